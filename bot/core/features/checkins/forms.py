"""The form of a week's answer."""

from bot.core.actions.checkins import SaveLine, WriteLine
from bot.core.boundary.forms import Filled, Problems, Sheet
from bot.core.boundary.views import (
    Choice,
    Form,
)
from bot.core.boundary.wording import Words
from bot.core.features.checkins import rules
from bot.core.programme.checkins.model import Met


def line_form(
    words: Words, asked: rules.Asked, filled: Filled, problems: Problems | None = None
) -> Form:
    """The answer of a week with its line, and who may read the line."""
    sheet = Sheet(words, "checkins.form", filled, problems or {})
    met = tuple(Choice(one.value, words.line(f"checkins.met.{one.value}")) for one in Met)
    private = Choice(rules.PRIVATE, words.line("checkins.form.share.private"))
    share = tuple(
        Choice(one.id, words.line("checkins.form.share.circle", circle=one.name))
        for one in asked.circles
    )
    fields = (
        sheet.choice("met", met, least=1),
        sheet.text("line", most=rules.LINE, long=True),
        sheet.choice("share", (private, *share), least=1),
    )
    season, week = asked.season.id, asked.week
    return sheet.form(fields, SaveLine(season, week), WriteLine(season, week))

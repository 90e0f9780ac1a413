"""The forms that open a season and make it longer."""

from datetime import date

from bot.core.actions.seasons import ExtendSeason, OpenSeason
from bot.core.boundary.views import (
    Form,
    TextField,
)
from bot.core.features.seasons.rules import next_monday
from bot.core.features.seasons.views import problem
from bot.core.programme.seasons.model import Season
from bot.core.programme.unit import Unit


def opening_form(
    unit: Unit, today: date, start: str, weeks: str, problems: dict[str, str], *, told: bool = False
) -> Form:
    """The form that opens a season. ``told``: the problems are said in its introduction too,
    for a form that is the first answer to a command."""
    words = unit.words
    said = {field: problem(unit, key, weeks) for field, key in problems.items()}
    intro = words.text("seasons.form.open.intro")
    return Form(
        words.line("seasons.form.open.title"),
        (
            TextField(
                "start",
                words.line("seasons.form.start"),
                words.line("seasons.form.start.hint"),
                start[:40] or next_monday(today).isoformat(),
                required=True,
                most=40,
            ),
            TextField(
                "weeks",
                words.line("seasons.form.weeks"),
                words.line("seasons.form.weeks.hint"),
                weeks[:40] or str(unit.community.settings.season_weeks),
                required=True,
                most=40,
            ),
        ),
        OpenSeason(),
        OpenSeason(),
        words.line("seasons.form.open.submit"),
        (" ".join(said.values()),) if told and said else intro,
        {} if told else said,
    )


def extending_form(unit: Unit, season: Season, more: str, problems: dict[str, str]) -> Form:
    """The form that adds weeks to a season."""
    words = unit.words
    field = TextField(
        "weeks",
        words.line("seasons.form.more"),
        words.line("seasons.form.more.hint"),
        more[:40],
        required=True,
        most=40,
    )
    return Form(
        words.line("seasons.form.extend.title"),
        (field,),
        ExtendSeason(season.id),
        ExtendSeason(season.id),
        words.line("seasons.form.extend.submit"),
        words.text(
            "seasons.form.extend.intro",
            number=season.number,
            n=season.weeks,
            day=words.date(season.last_day),
        ),
        {field: problem(unit, key, more) for field, key in problems.items()},
    )

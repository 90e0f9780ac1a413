"""The form of a report."""

from bot.core.actions.safety import OpenReport, SendReport
from bot.core.boundary.forms import Filled, Problems, Sheet
from bot.core.boundary.views import (
    Form,
)
from bot.core.boundary.wording import Words
from bot.core.features.safety.rules import MOST_WORDS

NO_PROBLEMS: Problems = {}


def report_form(words: Words, filled: Filled, problems: Problems = NO_PROBLEMS) -> Form:
    """The form: about whom, if anybody, and what happened."""
    sheet = Sheet(words, "safety.report", filled, problems)
    fields = (
        sheet.people("about", most=1),
        sheet.text("words", most=MOST_WORDS, required=True, long=True),
    )
    return sheet.form(fields, SendReport(), OpenReport(), words.text("safety.report.intro"))

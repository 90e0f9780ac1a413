"""The forms of the programme's settings, themes and questions."""

from bot.core.actions.community import (
    AddThemes,
    ChangeSettings,
    RenameTheme,
    WriteQuestion,
)
from bot.core.boundary.forms import Filled, Problems, Sheet
from bot.core.boundary.views import (
    Choice,
    Form,
    FormField,
)
from bot.core.boundary.wording import Words
from bot.core.features.community.choices import CHOICES, PARTS, SENSITIVE, TEXTS
from bot.core.features.community.rules import (
    PROMPT_LENGTH,
    PURPOSE_LENGTH,
    THEME_LENGTH,
    themes_out,
)
from bot.core.features.community.views.settings import span
from bot.core.programme.community.model import Community
from bot.core.programme.unit import Unit

NONE: Problems = {}


LONG = 200
"""From this length on a text gets more than one line to be typed in."""


def settings_form(part: str, filled: Filled, unit: Unit, problems: Problems = NONE) -> Form:
    """One part of the settings."""
    words = unit.words
    sheet = Sheet(words, "community", filled, problems)
    called = f"community.{part}"
    intro = words.text(f"{called}.intro") if words.has(f"{called}.intro") else ()
    if part == "asking" and not unit.community.carries_sensitive:
        intro = words.text("community.discreet")
    fields = tuple(_field(key, sheet, unit.community) for key in PARTS[part])
    return sheet.form(fields, ChangeSettings(part), ChangeSettings(part), intro, called=called)


def _field(key: str, sheet: Sheet, community: Community) -> FormField:
    if key in TEXTS:
        return sheet.text(key, most=TEXTS[key], long=TEXTS[key] >= LONG)
    offered = CHOICES[key]
    if key == "asking" and not community.carries_sensitive:
        offered = tuple(one for one in offered if one not in SENSITIVE)
    choices = tuple(Choice(one, _choice_label(key, one, sheet.words)) for one in offered)
    if key == "asking":
        return sheet.choice(key, choices, most=len(choices))
    return sheet.choice(key, choices, least=1)


def _choice_label(key: str, value: str, words: Words) -> str:
    if key.endswith("_weekday"):
        return words.weekday(int(value))
    if key.endswith("_hour") or key.startswith("quiet_"):
        return f"{int(value):02d}:00"
    if key == "season_weeks":
        return words.line("community.weeks", n=int(value))
    if key == "session_minutes":
        return words.line("community.minutes", n=int(value))
    if value in {"yes", "no"}:
        return words.line(f"community.{value}")
    if key == "mentors":
        least, most = value.split("-")
        return span(int(least), int(most))
    return value if value.isdigit() else words.line(f"community.{key}.{value}")


def add_theme_form(filled: Filled, unit: Unit, problems: Problems = NONE) -> Form:
    """A new theme, or some of ours back in."""
    words = unit.words
    sheet = Sheet(words, "community.add_theme", filled, problems)
    out = tuple(
        Choice(key, words.line(f"theme.{key}")) for key in themes_out(unit.community.settings)
    )
    fields: tuple[FormField, ...] = (sheet.text("label", most=THEME_LENGTH),)
    if out:
        fields = (*fields, sheet.choice("back", out, most=len(out)))
    return sheet.form(fields, AddThemes(), AddThemes())


def rename_theme_form(key: str, filled: Filled, unit: Unit, problems: Problems = NONE) -> Form:
    """Another name for a theme."""
    sheet = Sheet(unit.words, "community.rename_theme", filled, problems)
    field = sheet.text("label", most=THEME_LENGTH)
    return sheet.form((field,), RenameTheme(key), RenameTheme(key))


def question_form(key: str, filled: Filled, unit: Unit, problems: Problems = NONE) -> Form:
    """A question, to write or write again."""
    words = unit.words
    sheet = Sheet(words, "community.question", filled, problems)
    yes_no = tuple(Choice(one, words.line(f"community.{one}")) for one in ("no", "yes"))
    fields: tuple[FormField, ...] = (
        sheet.text("prompt", most=PROMPT_LENGTH, required=True),
        sheet.text("choices", most=2000, long=True),
    )
    action = WriteQuestion(key)
    if not unit.community.carries_sensitive:
        return sheet.form(fields, action, action, words.text("community.question.intro.discreet"))
    fields = (
        *fields,
        sheet.choice("sensitive", yes_no, least=1),
        sheet.text("purpose", most=PURPOSE_LENGTH, long=True),
    )
    return sheet.form(fields, action, action, words.text("community.question.intro"))

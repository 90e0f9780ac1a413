"""The three forms of the intro, and those behind *Add more about you*."""

from dataclasses import replace

from bot.core.actions.intros import ChangeQuiet, Fill, TellMore
from bot.core.boundary.forms import Filled, Problems, Sheet
from bot.core.boundary.text import Text
from bot.core.boundary.views import Choice, ChoiceField, Form, FormField
from bot.core.boundary.wording import Words
from bot.core.features.intros.answers import (
    BIO_LENGTH,
    CAPACITIES,
    COMFORT,
)
from bot.core.features.intros.times import BLOCKS, PARTS
from bot.core.matching.files.reading import MAX_CAPACITY
from bot.core.programme.community.model import COMFORT_TOPICS, Question
from bot.core.programme.community.themes import theme_choices
from bot.core.programme.members.model import (
    MOST_AVOID,
    MOST_THEMES,
    MOST_WISHES,
    Purpose,
    Role,
    Show,
)
from bot.core.programme.unit import Unit

NONE: Problems = {}


def intro_form(
    part: str,
    filled: Filled,
    unit: Unit,
    problems: Problems = NONE,
    *,
    note: Text = (),
    joining: bool = True,
) -> Form:
    """One of the three forms, in joining or to change something. ``note`` is said first."""
    sheet = Sheet(unit.words, f"intros.{part}", filled, problems)
    fields = {"about": _about, "times": _times, "people": _people}[part](sheet, unit)
    if not joining:
        # What the bot sends is said wherever it is agreed to; the rest was read on the way in.
        intro = _intro(part, unit) if part == "people" else ()
        return sheet.form(fields, Fill(part), Fill(part), intro, called=f"intros.{part}.edit")
    intro = _intro(part, unit)
    if note:
        intro = (*note, "\n\n", *intro)
    return sheet.form(fields, Fill(part), Fill(part), intro)


def _intro(part: str, unit: Unit) -> Text:
    return unit.words.text(f"intros.{part}.intro", n=unit.community.settings.nudges_a_week)


def _about(sheet: Sheet, unit: Unit) -> tuple[FormField, ...]:
    words, themes = unit.words, theme_choices(unit.community.settings, unit.words)
    roles = tuple(
        Choice(one.value, words.line(f"intros.role.{one.value}"), words.line(f"{key}.hint"))
        for one in (Role.MENTEE, Role.MENTOR, Role.BOTH)
        for key in [f"intros.role.{one.value}"]
    )
    offered = {*CAPACITIES, *(one for one in sheet.filled.chosen("capacity") if _from_file(one))}
    capacities = tuple(
        Choice(one, words.line("intros.capacity", n=int(one))) for one in sorted(offered, key=int)
    )
    most = min(MOST_THEMES, len(themes))
    return (
        sheet.choice("role", roles, least=1),
        sheet.choice("seeks", themes, most=most),
        sheet.choice("offers", themes, most=most),
        sheet.choice("capacity", capacities),
    )


def _from_file(capacity: str) -> bool:
    """Whether a capacity may be one that a moderator's file brought: then the form keeps it."""
    return capacity.isascii() and capacity.isdigit() and int(capacity) <= MAX_CAPACITY


def _times(sheet: Sheet, unit: Unit) -> tuple[FormField, ...]:
    words = unit.words
    parts = [words.line(f"intros.part.{part}") for part in PARTS]
    bio = sheet.text("bio", most=BIO_LENGTH, long=True)
    read = unit.community.settings.approve_mentors and _offers(unit)
    blocks = tuple(
        Choice(one.value, f"{words.weekday(one.day)}, {parts[index % len(parts)]}")
        for index, one in enumerate(BLOCKS)
    )
    return (
        sheet.text("zone", most=80, required=True),
        sheet.choice("availability", blocks, most=len(blocks)),
        sheet.text("languages", most=200, required=True),
        sheet.text("preferred", most=60),
        replace(bio, hint=words.line("intros.times.bio.mentor")) if read else bio,
    )


def _offers(unit: Unit) -> bool:
    """Whether the actor takes part, or is about to, as somebody who mentors."""
    me = unit.actor
    if me is None:
        return False
    draft = unit.members.draft(me.id)
    member = None if draft else unit.members.get(me.id)
    role = draft.role if draft else member.role.value if member else ""
    return bool(role) and Role(role).mentors


def _people(sheet: Sheet, unit: Unit) -> tuple[FormField, ...]:
    words = unit.words
    offered = [one for one in Show if one is not Show.STAGE or unit.community.settings.ask_stage]
    shows = tuple(Choice(one.value, words.line(f"intros.show.{one.value}")) for one in offered)
    return (
        sheet.people("wishes", most=MOST_WISHES),
        sheet.people("avoid", most=MOST_AVOID),
        sheet.choice("show", shows, most=len(shows)),
        sheet.choice("private", _private(words), least=1),
    )


def _private(words: Words) -> tuple[Choice, ...]:
    return tuple(Choice(one, words.line(f"intros.private.{one}")) for one in ("private", "room"))


# ---- Add more about you -------------------------------------------------------------------------


def more_form(what: str, filled: Filled, unit: Unit, problems: Problems = NONE) -> Form | None:
    """The form behind a further question; ``None`` once it is no longer asked."""
    question = question_of(what, unit)
    area = "intros.question" if question else f"intros.{what}"
    sheet = Sheet(unit.words, area, filled, problems)
    if question:
        fields, intro = _question(sheet, question), _asked(question, unit.words)
    elif what in _MORE:
        fields, intro = _MORE[what](sheet, unit), unit.words.text(f"intros.{what}.intro")
    else:
        return None
    return sheet.form(fields, TellMore(what), TellMore(what), intro)


def question_of(what: str, unit: Unit) -> Question | None:
    """The community's own question behind ``q:<key>``."""
    asked = unit.community.settings.questions
    return next((one for one in asked if what == f"q:{one.key}"), None)


def _stage(sheet: Sheet, unit: Unit) -> tuple[FormField, ...]:
    stages = tuple(Choice(one, one) for one in unit.community.settings.stages)
    return (sheet.choice("stage", stages, least=1),)


def _heritage(sheet: Sheet, unit: Unit) -> tuple[FormField, ...]:
    answers = tuple(Choice(one, unit.words.line(f"intros.shared.{one}")) for one in ("yes", "no"))
    return (
        sheet.text("heritage", most=400, required=True, long=True),
        _uses(sheet),
        sheet.choice("shared", answers),
    )


def _comfort(sheet: Sheet, unit: Unit) -> tuple[FormField, ...]:
    wishes = tuple(Choice(one, unit.words.line(f"intros.comfort.{one}")) for one in COMFORT)
    return tuple(sheet.choice(topic, wishes) for topic in COMFORT_TOPICS)


def _question(sheet: Sheet, question: Question) -> tuple[FormField, ...]:
    choices = tuple(Choice(one, one) for one in question.choices)
    answer: FormField = (
        sheet.choice("answer", choices, least=1, most=len(choices))
        if choices
        else sheet.text("answer", most=400, required=True, long=True)
    )
    return (answer, _uses(sheet)) if question.sensitive else (answer,)


def _asked(question: Question, words: Words) -> Text:
    if not question.sensitive:
        return (question.prompt,)
    purpose = words.text("intros.question.purpose", purpose=question.purpose)
    return (question.prompt, "\n\n", *purpose)


def _uses(sheet: Sheet) -> ChoiceField:
    offered = (Purpose.MATCHING, Purpose.MY_CIRCLE)
    uses = tuple(Choice(one.value, sheet.words.line(f"intros.use.{one.value}")) for one in offered)
    return sheet.choice("uses", uses, least=1, most=len(uses), label=_label(sheet.words))


def _label(words: Words) -> str:
    return words.line("intros.uses")


_MORE = {"stage": _stage, "heritage": _heritage, "comfort": _comfort}


# ---- Quiet --------------------------------------------------------------------------------------


def quiet_form(filled: Filled, unit: Unit, problems: Problems = NONE) -> Form:
    """How many nudges, between which hours none, and whether the weekly question comes."""
    words = unit.words
    sheet = Sheet(words, "intros.quiet", filled, problems)
    most = unit.community.settings.nudges_a_week
    budgets = tuple(Choice(str(n), words.line("intros.nudges", n=n)) for n in range(most + 1))
    hours = tuple(Choice(str(hour), f"{hour:02d}:00") for hour in range(24))
    fields = (
        sheet.choice("budget", budgets, least=1),
        sheet.choice("from", hours, least=1),
        sheet.choice("until", hours, least=1),
        sheet.choice("private", _private(words), least=1),
    )
    return sheet.form(fields, ChangeQuiet(), ChangeQuiet(), words.text("intros.quiet.intro"))

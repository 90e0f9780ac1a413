"""Setup, and the settings part by part."""

from bot.core.actions.community import ChangeSettings, ShowQuestions, ShowSettings, ShowThemes
from bot.core.actions.seasons import OpenSeason
from bot.core.boundary.forms import zone_now
from bot.core.boundary.languages import language_name
from bot.core.boundary.text import Text
from bot.core.boundary.views import (
    Block,
    Button,
    Buttons,
    Choice,
    Fact,
    Facts,
    Message,
    Paragraph,
    Select,
    Small,
    Tone,
)
from bot.core.features.community.choices import PARTS
from bot.core.programme.members.model import Standing
from bot.core.programme.unit import Unit


def said(unit: Unit, key: str, *buttons: Button) -> Message:
    """One sentence, and perhaps buttons."""
    return Message("", (Paragraph(unit.words.text(key)), *([Buttons(buttons)] if buttons else [])))


def welcome(unit: Unit) -> Message:
    """The first run."""
    words = unit.words
    begin = Button(words.line("community.button.setup"), ChangeSettings("setup"), Tone.PRIMARY)
    return Message(
        words.line("community.welcome.title"),
        (
            Paragraph(words.text("community.welcome")),
            Small(words.text("community.welcome.next")),
            Buttons((begin,)),
        ),
    )


def saved(unit: Unit, key: str) -> Text:
    """What is said once settings are kept: ``key``, unless the language is one we do not speak."""
    now = unit.community.settings
    if unit.words_in(now.zone).language.partition("-")[0] == now.language.partition("-")[0]:
        return unit.words.text(key)
    language = language_name(now.language, unit.words.language)
    return unit.words.text("community.saved.not_spoken", language=language)


def guide(unit: Unit, *, note: Text = ()) -> Message:
    """Where the community stands, and what comes next. ``note`` is said first."""
    words = unit.words
    members, waiting = len(unit.members.all()), len(unit.members.all(Standing.WAITING))
    season = unit.seasons.current()
    blocks: list[Block] = [Paragraph(note)] if note else []
    blocks.append(Facts(_basics(unit)))
    blocks.append(Paragraph(words.text("community.guide.join", n=members)))
    if waiting:
        blocks.append(Paragraph(words.text("community.guide.waiting", n=waiting)))
    blocks.append(Paragraph(words.text(f"community.guide.{'season' if season else 'no_season'}")))
    blocks += discreet_only(unit)
    buttons = [
        Button(words.line("community.button.settings"), ShowSettings()),
        Button(words.line("community.button.themes"), ShowThemes()),
        Button(words.line("community.button.questions"), ShowQuestions()),
    ]
    if season is None:
        label = words.line("community.button.season")
        buttons.insert(0, Button(label, OpenSeason(), Tone.PRIMARY))
    blocks.append(Buttons(tuple(buttons)))
    return Message(words.line("community.guide.title"), tuple(blocks))


def discreet_only(unit: Unit) -> list[Block]:
    """Why nothing sensitive can be asked here, where that is so."""
    here = unit.community.carries_sensitive
    return [] if here else [Small(unit.words.text("community.discreet"))]


def _basics(unit: Unit) -> tuple[Fact, ...]:
    words, settings = unit.words, unit.community.settings
    slot = words.text(
        "community.slot",
        day=words.weekday(settings.slot_weekday),
        time="{:02d}:{:02d}".format(*divmod(settings.slot_minute, 60)),
    )
    return (
        Fact(words.line("community.language"), (language_name(settings.language, words.language),)),
        Fact(words.line("community.zone"), zone_now(settings.zone, unit.at, words, yours=False)),
        Fact(words.line("community.fact.slot"), slot),
        Fact(
            words.line("community.season_weeks"),
            words.text("community.weeks", n=settings.season_weeks),
        ),
    )


def settings(unit: Unit, *, note: Text = ()) -> Message:
    """The main settings, and which part to change. ``note`` is said first."""
    words, now = unit.words, unit.community.settings
    yes_no = {True: words.text("community.yes"), False: words.text("community.no")}
    asked = [
        words.line(f"community.asking.{key}")
        for key, on in (
            ("stage", now.ask_stage),
            ("heritage", now.ask_heritage),
            ("comfort", now.ask_comfort),
        )
        if on
    ]
    (fewest, most), (least, greatest) = now.sizes.mentors, now.sizes.mentees
    facts = (
        *_basics(unit),
        Fact(
            words.line("community.fact.size"),
            words.text("community.size", mentors=span(fewest, most), mentees=span(least, greatest)),
        ),
        Fact(words.line("community.nudges_a_week"), (str(now.nudges_a_week),)),
        Fact(
            words.line("community.fact.quiet"),
            (f"{now.quiet_from:02d}:00–{now.quiet_until:02d}:00",),
        ),
        Fact(words.line("community.approve_mentors"), yes_no[now.approve_mentors]),
        Fact(
            words.line("community.fact.safety"), yes_no[bool(now.help_line or now.report_contact)]
        ),
        Fact(
            words.line("community.asking"),
            (" · ".join(asked),) if asked else words.text("community.asking.none"),
        ),
    )
    parts = tuple(
        Choice(part, words.line(f"community.part.{part}")) for part in PARTS if part != "setup"
    )
    blocks: list[Block] = [Paragraph(note)] if note else []
    blocks += [
        Facts(facts),
        *discreet_only(unit),
        Select(words.line("community.change"), parts, ShowSettings()),
    ]
    return Message(words.line("community.settings.title"), tuple(blocks))


def span(least: int, most: int) -> str:
    """Both numbers, or the one that they are."""
    return str(least) if least == most else f"{least}–{most}"

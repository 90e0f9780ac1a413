"""How a member stands, and what they see when they join, pause, leave or want quiet."""

from bot.core.actions.intros import (
    ChangeQuiet,
    ComeBack,
    Fill,
    Join,
    Leave,
    PauseFor,
    ShowMore,
    ShowProfile,
    StartNudges,
    Stay,
    StopNudges,
)
from bot.core.actions.overview import ShowStatus
from bot.core.boundary.actions import Action
from bot.core.boundary.forms import zone_now
from bot.core.boundary.limits import FACT_VALUE
from bot.core.boundary.text import Style, Text
from bot.core.boundary.views import (
    Block,
    Button,
    Buttons,
    Fact,
    Facts,
    Message,
    Paragraph,
    Small,
    Tone,
)
from bot.core.boundary.wording import Words
from bot.core.features.intros.rules import further_questions
from bot.core.features.intros.until import LONGEST, NotADate, Passed, TooFar
from bot.core.features.intros.views.profile import role, shortened, times
from bot.core.programme.community.themes import theme_labels
from bot.core.programme.members.model import Member, Profile, Standing
from bot.core.programme.unit import Unit


def said(unit: Unit, key: str, *buttons: Button) -> Message:
    """One sentence, and perhaps buttons."""
    row = (Buttons(buttons),) if buttons else ()
    return Message("", (Paragraph(unit.words.text(key)), *row))


def told(words: Words, key: str, *buttons: tuple[str, Action], **values: Text) -> Message:
    """The same for somebody who is told later, in their own language. The first button is what
    to do next; each has its key and its action."""
    row = tuple(
        Button(words.line(label), action, Tone.PLAIN if index else Tone.PRIMARY)
        for index, (label, action) in enumerate(buttons)
    )
    return Message("", (Paragraph(words.text(key, **values)), Buttons(row)))


def joined(name: str, member: Member, told: Profile, unit: Unit) -> Message:
    """The warm end of the intro."""
    words, settings = unit.words, unit.community.settings
    facts = [Fact(words.line("intros.fact.role"), role(member, words))]
    for key, themes in (("seeks", told.seeks), ("offers", told.offers)):
        if labels := theme_labels(themes, settings, words):
            facts.append(
                Fact(words.line(f"intros.fact.{key}"), (shortened(words.list(labels), FACT_VALUE),))
            )
    facts.append(Fact(words.line("intros.fact.zone"), zone_now(member.zone, unit.at, words)))
    if told.availability:
        facts.append(Fact(words.line("intros.fact.times"), times(told.availability, words)))
    waits = member.standing is Standing.WAITING
    blocks: list[Block] = [
        Paragraph(words.text("intros.joined.waits" if waits else "intros.joined")),
        Facts(tuple(facts)),
    ]
    if not told.availability:
        blocks.append(Paragraph(words.text("intros.no_times")))
    buttons = [Button(words.line("intros.button.change"), ShowProfile())]
    if not told.availability:
        buttons.insert(0, _choose_times(unit))
    if further_questions(settings):
        buttons.append(Button(words.line("intros.button.more"), ShowMore()))
    buttons.append(Button(words.line("intros.button.status"), ShowStatus()))
    if not waits:
        blocks.append(Small(words.text("intros.joined.next")))
    blocks.append(Buttons(tuple(buttons)))
    return Message(words.line("intros.joined.title", name=name), tuple(blocks))


def _choose_times(unit: Unit) -> Button:
    return Button(unit.words.line("intros.button.choose_times"), Fill("times"), Tone.PRIMARY)


def already_in(unit: Unit) -> Message:
    """Joining twice."""
    words = unit.words
    return said(
        unit,
        "intros.already_in",
        Button(words.line("intros.button.profile"), ShowProfile()),
        Button(words.line("intros.button.status"), ShowStatus()),
    )


def not_joined(unit: Unit, *, half_way: bool, left: bool) -> tuple[Block, ...]:
    """What somebody reads who takes no part (any more)."""
    words = unit.words
    key = "intros.left_before" if left else "intros.not_joined"
    if half_way:
        key = "intros.half_way"
    button = Button(words.line(f"{key}.button"), Join(), Tone.PRIMARY)
    return (Paragraph(words.text(key)), Buttons((button,)))


def status(member: Member, told: Profile, unit: Unit) -> tuple[Block, ...]:
    """Our part of ``/circle status``."""
    words = unit.words
    blocks: list[Block] = [Paragraph(_standing(member, unit))]
    buttons: list[Button] = []
    if member.standing is Standing.PAUSED:
        buttons.append(_come_back(unit))
    if not told.availability:
        blocks.append(Paragraph(words.text("intros.no_times")))
        buttons.append(_choose_times(unit))
    elif member.standing is Standing.ACTIVE and not unit.circles.of_person(member.person):
        blocks.append(Small(words.text("intros.status.no_circle")))
    if member.nudges_stopped:
        blocks.append(Small(words.text("intros.nudges_stopped")))
        buttons.append(Button(words.line("intros.button.start"), StartNudges()))
    buttons.append(Button(words.line("intros.button.profile"), ShowProfile()))
    return (*blocks, Buttons(tuple(buttons)))


def _standing(member: Member, unit: Unit) -> Text:
    words = unit.words
    name = words.line(f"intros.role.{member.role.value}")
    match member.standing:
        case Standing.WAITING:
            return words.text("intros.status.waiting")
        case Standing.DECLINED:
            return words.text("intros.status.declined")
        case Standing.PAUSED:
            return _until(member, unit)
        case Standing.ACTIVE | Standing.LEFT:
            return words.text("intros.status.active", role=name)


def _until(member: Member, unit: Unit) -> Text:
    if member.paused_until is None:
        return unit.words.text("intros.paused")
    back = unit.words.moment(member.paused_until, Style.DATE)
    return unit.words.text("intros.paused_until", day=back)


# ---- Pause --------------------------------------------------------------------------------------

SPANS = (7, 14, 28)
"""Days offered for a pause, beside *until I come back*."""


def ask_pause(unit: Unit, problem: NotADate | Passed | TooFar | None = None) -> Message:
    """How long? Said again with what was wrong."""
    words = unit.words
    lead = _how_long(unit, problem)
    spans = [
        Button(words.line("intros.pause.weeks", n=days // 7), PauseFor(days)) for days in SPANS
    ]
    spans.append(Button(words.line("intros.pause.open"), PauseFor(0)))
    return Message("", (Paragraph(lead), Buttons(tuple(spans))))


def _how_long(unit: Unit, problem: NotADate | Passed | TooFar | None) -> Text:
    words = unit.words
    match problem:
        case None:
            return words.text("intros.pause.ask")
        case NotADate():
            return words.text("intros.pause.not_a_date")
        case Passed(day):
            return words.text("intros.pause.passed", day=words.date(day, "long"))
        case TooFar(day):
            return words.text("intros.pause.too_far", day=words.date(day, "long"), n=LONGEST)


def paused(member: Member, unit: Unit) -> Message:
    """Away, and how to come back."""
    return Message(
        "",
        (
            Paragraph(_until(member, unit)),
            Small(unit.words.text("intros.paused.means")),
            Buttons((_come_back(unit),)),
        ),
    )


def _come_back(unit: Unit) -> Button:
    return Button(unit.words.line("intros.button.come_back"), ComeBack())


# ---- Leave --------------------------------------------------------------------------------------


def ask_leave(unit: Unit) -> Message:
    """Sure?"""
    words = unit.words
    return Message(
        words.line("intros.leave.title"),
        (
            Paragraph(words.text("intros.leave.means")),
            Small(words.text("intros.leave.kept", n=unit.community.settings.left_kept_days)),
            Buttons(
                (
                    Button(words.line("intros.leave.yes"), Leave(), Tone.DANGER),
                    Button(words.line("intros.leave.pause"), PauseFor(14)),
                    Button(words.line("intros.leave.no"), Stay()),
                )
            ),
        ),
    )


def left(unit: Unit) -> Message:
    """Goodbye."""
    words = unit.words
    again = Button(words.line("intros.left.again"), Join())
    return Message(
        words.line("intros.left.title"),
        (Paragraph(words.text("intros.left")), Buttons((again,))),
    )


# ---- Quiet --------------------------------------------------------------------------------------


def quiet(member: Member, unit: Unit, *, note: str = "") -> Message:
    """How much the bot may say unasked. ``note`` is a key said first."""
    words = unit.words
    start = Button(words.line("intros.button.start"), StartNudges(), Tone.PRIMARY)
    stop = Button(words.line("intros.button.stop"), StopNudges(), Tone.DANGER)
    change = Button(words.line("intros.button.quiet"), ChangeQuiet())
    hours = (
        words.text("intros.quiet.none")
        if member.quiet_from == member.quiet_until
        else (f"{member.quiet_from:02d}:00–{member.quiet_until:02d}:00",)
    )
    asks = "private" if member.private_question else "room"
    blocks: list[Block] = [Paragraph(words.text(note))] if note else []
    if member.nudges_stopped:
        blocks.append(Paragraph(words.text("intros.nudges_stopped")))
    else:
        facts = (
            Fact(
                words.line("intros.quiet.budget"),
                words.text("intros.nudges", n=member.nudges_a_week),
            ),
            Fact(words.line("intros.quiet.hours"), hours),
            Fact(words.line("intros.quiet.private"), words.text(f"intros.asks.{asks}")),
        )
        blocks.append(Facts(facts))
    blocks.append(Small(words.text("intros.quiet.means")))
    blocks.append(Buttons((start if member.nudges_stopped else stop, change)))
    return Message(words.line("intros.quiet.name"), tuple(blocks))

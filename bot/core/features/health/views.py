"""The board of all circles, and one circle's card."""

from collections.abc import Sequence

from bot.core.actions.circles import OpenNewRoom
from bot.core.actions.desk import FindPeople, RunMatch
from bot.core.actions.health import ShowHealth
from bot.core.actions.intros import ShowWaiting
from bot.core.actions.seasons import OpenSeason
from bot.core.actions.trouble import ShowDoubtful
from bot.core.boundary.limits import FACTS
from bot.core.boundary.text import RoomLink, Text
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
from bot.core.features.health.rules import Concern, Condition, Health
from bot.core.programme.circles.labels import theme_name
from bot.core.programme.circles.model import Seat
from bot.core.programme.mail.rooms import rooms_in_doubt
from bot.core.programme.members.model import Standing
from bot.core.programme.seasons.model import Season
from bot.core.programme.unit import Unit

PAGE = FACTS
"""Circles on one page."""
_NAMED = 5
"""Mentors who wait, by name."""


def nothing_running(season: Season | None, unit: Unit) -> Message:
    """No circles meet now: what comes first."""
    words = unit.words
    if season is None:
        button = Button(words.line("health.button.open"), OpenSeason(), Tone.PRIMARY)
    else:
        button = Button(words.line("health.button.match"), RunMatch("normal"), Tone.PRIMARY)
    lead = words.text("health.none" if season is None else "health.not_yet")
    waiting, buttons = _waiting(unit)
    return Message(
        words.line("health.title"), (Paragraph(lead), *waiting, Buttons((button, *buttons)))
    )


def board(
    season: Season,
    week: int,
    found: Sequence[Health],
    answered: tuple[int, int] | None,
    *,
    page: int,
    unit: Unit,
) -> Message:
    """All circles, the most urgent first. ``answered``: how many of how many, if told."""
    words = unit.words
    pages = max(1, -(-len(found) // PAGE))
    page = min(max(page, 0), pages - 1)
    shown = found[page * PAGE : (page + 1) * PAGE]
    lead = words.text("health.lead", number=season.number, week=week, n=season.weeks)
    blocks: list[Block] = [Paragraph(lead), Paragraph(_counted(found, unit))]
    if answered is not None:
        blocks.append(Paragraph(words.text("health.answered", n=answered[0], people=answered[1])))
    waiting, buttons = _waiting(unit)
    blocks += waiting
    if shown:
        facts = tuple(Fact(one.circle.name, _in_short(one, unit)) for one in shown)
        choices = tuple(Choice(one.circle.id, one.circle.name) for one in shown)
        select = Select(words.line("health.pick"), choices, ShowHealth(page))
        blocks += [Facts(facts), select]
    if page + 1 < pages:
        buttons.append(Button(words.line("health.button.more"), ShowHealth(page + 1)))
    if page:
        buttons.append(Button(words.line("health.button.back"), ShowHealth(page - 1)))
    blocks += [Small(words.text("health.small")), *([Buttons(tuple(buttons))] if buttons else [])]
    return Message(words.line("health.title"), tuple(blocks))


def card(one: Health, page: int, unit: Unit) -> Message:
    """One circle, what it needs and the next step; ``page`` is the board's to go back to."""
    words, circle = unit.words, one.circle
    lost = Concern.LOST_ROOM in one.concerns
    ref = None if lost else unit.rooms.ref(circle.room)
    missing = words.text("health.room.lost" if lost else "health.room.opening")
    room: Text = (RoomLink(ref, circle.name),) if ref else missing
    mentors = unit.people.many(list(circle.mentors)).values()
    facts = [
        Fact(words.line("health.fact.room"), room),
        Fact(words.line("health.fact.condition"), words.text(f"health.{one.condition.value}")),
        Fact(
            words.line("health.fact.theme"),
            (theme_name(unit.community.settings, words, circle.theme),),
        ),
        Fact(words.line("health.fact.mentees"), (str(len(circle.mentees)),)),
        Fact(
            words.line("health.fact.signed"),
            words.text("health.signed", n=circle.signed, people=len(circle.people)),
        ),
        Fact(words.line("health.fact.heard"), words.text(f"health.heard.{_heard(one)}")),
    ]
    if mentors:
        named = words.people(mentor.mention() for mentor in mentors)
        facts.insert(1, Fact(words.line("health.fact.mentors"), named))
    said = [Paragraph(words.text(f"health.concern.{one.value}.next")) for one in one.concerns]
    if one.large:
        said.append(Paragraph(words.text("health.large")))
    buttons = [
        Button(words.line(f"health.button.find.{seat.value}"), FindPeople(circle.id, seat.value))
        for concern, seat in (
            (Concern.NO_MENTOR, Seat.MENTOR),
            (Concern.FEW_MENTEES, Seat.MENTEE),
        )
        if concern in one.concerns
    ]
    if lost:
        again = Button(words.line("circles.room.anew", n=1), OpenNewRoom(circle.id), Tone.PRIMARY)
        buttons.insert(0, again)
    buttons.append(Button(words.line("health.button.board"), ShowHealth(page)))
    return Message(circle.name, (Facts(tuple(facts)), *said, Buttons(tuple(buttons))))


def _counted(found: Sequence[Health], unit: Unit) -> Text:
    """How many circles are how well."""
    words = unit.words
    counts = [(kind, sum(one.condition is kind for one in found)) for kind in Condition]
    parts = [words.line(f"health.count.{kind.value}", n=n) for kind, n in counts if n]
    if not parts:
        return words.text("health.count.none")
    return words.text("health.count", n=len(found), parts=words.list(parts))


def _in_short(one: Health, unit: Unit) -> Text:
    """One circle on the board: how it is and why."""
    words = unit.words
    said = words.text(f"health.{one.condition.value}")
    for concern in one.concerns:
        said = (*said, " ", *words.text(f"health.concern.{concern.value}"))
    if not one.concerns and one.heard:
        said = (*said, " ", *words.text(f"health.heard.{_heard(one)}"))
    return said


def _heard(one: Health) -> str:
    return one.heard.value if one.heard else "nothing"


def _waiting(unit: Unit) -> tuple[list[Block], list[Button]]:
    """What waits for a moderator besides the circles."""
    words, blocks, buttons = unit.words, list[Block](), list[Button]()
    if waiting := unit.members.all(Standing.WAITING):
        known = unit.people.many([one.person for one in waiting]).values()
        named = words.people([one.mention() for one in known][:_NAMED])
        if len(known) > _NAMED:
            named = (*named, " ", *words.text("health.more", n=len(known) - _NAMED))
        blocks.append(Paragraph(words.text("health.waiting", n=len(waiting), people=named)))
        buttons.append(Button(words.line("health.button.waiting"), ShowWaiting(0)))
    me = unit.actor.id if unit.actor else None
    if reports := len(unit.reports.open(me)):
        blocks.append(Paragraph(words.text("health.reports", n=reports)))
    if doubtful := rooms_in_doubt(unit):
        blocks.append(Paragraph(words.text("health.doubtful", n=len(doubtful))))
        buttons.append(Button(words.line("health.button.doubtful"), ShowDoubtful("")))
    return blocks, buttons

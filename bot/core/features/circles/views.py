"""What is said in a circle's room, and to its people about it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.core.actions.circles import LetMeIn, OpenNewRoom, RetryRoom, ShowWhy, SignCharter
from bot.core.actions.desk import FindPeople
from bot.core.actions.health import ShowHealth
from bot.core.boundary.languages import language_name
from bot.core.boundary.limits import FACT_VALUE
from bot.core.boundary.text import RoomLink, Text, joined
from bot.core.boundary.views import (
    Block,
    Button,
    Buttons,
    Fact,
    Facts,
    Message,
    Paragraph,
    Quote,
    Small,
    Tone,
)
from bot.core.boundary.wording import Words
from bot.core.programme.circles.labels import theme_name
from bot.core.programme.circles.model import Circle, CircleState, Seat
from bot.core.programme.circles.rules import NOT_HERE, ONLY_ME, WELCOME
from bot.core.programme.community.model import Settings
from bot.core.programme.members.model import Profile, Show
from bot.core.programme.people import Person
from bot.core.programme.unit import Unit

GROUND_RULES = 5


def welcome(
    circle: Circle, weeks: int, sessions: Sequence[datetime], unit: Unit, words: Words
) -> Message:
    """The first message of a room. Names nobody, so it can stay whoever leaves."""
    theme = theme_name(unit.community.settings, words, circle.theme)
    blocks: list[Block] = [
        Paragraph(words.text("circles.welcome", n=len(circle.people), weeks=weeks)),
        Small(words.text(unit.community.room_readers)),
        Paragraph(words.text("circles.welcome.theme", theme=theme)),
    ]
    if sessions:
        moments = [("• ", words.moment(one)) for one in sessions]
        lead = words.text("circles.welcome.first", n=len(sessions))
        blocks.append(Paragraph(joined([lead, *moments], "\n")))
    day, clock = _slot(circle, words)
    zone = circle.zone.replace("_", " ")
    blocks.append(Small(words.text("circles.welcome.weekly", day=day, time=clock, zone=zone)))
    return Message(words.line("circles.welcome.title", circle=circle.name), tuple(blocks))


def introduction(
    person: Person,
    seat: Seat,
    profile: Profile,
    heritage: Sequence[str],
    settings: Settings,
    *,
    words: Words,
) -> Message:
    """One member, with what they chose to show and nothing else."""
    lead = words.text(f"circles.intro.{seat.value}", person=person.mention(ping=True))
    blocks: list[Block] = [Paragraph(lead)]
    if Show.BIO in profile.show and profile.bio.strip():
        blocks.append(Quote((profile.bio,)))
    facts: list[Fact] = []

    def fact(key: str, values: Sequence[str]) -> None:
        if values:
            facts.append(Fact(words.line(f"circles.intro.{key}"), (_short(words, values),)))

    if Show.THEMES in profile.show:
        if seat is Seat.MENTOR:
            fact("offers", [theme_name(settings, words, theme) for theme in profile.offers])
        else:
            fact("seeks", [theme_name(settings, words, theme) for theme in profile.seeks])
    if Show.LANGUAGES in profile.show:
        fact("languages", [language_name(one, words.language) for one in profile.languages])
    if Show.STAGE in profile.show and profile.stage:
        fact("stage", [profile.stage])
    fact("heritage", heritage)
    if facts:
        blocks.append(Facts(tuple(facts)))
    return Message("", tuple(blocks))


def first_host(person: Person, words: Words) -> Message:
    """Who hosts first, and what that is."""
    host = person.mention(ping=True)
    return Message("", (Paragraph(words.text("circles.first_host", person=host)),))


def charter(circle: Circle, wishes: Mapping[str, str], words: Words) -> Message:
    """The ground rules, with as many signatures as there are."""
    rules = [("• ", *words.text(f"circles.charter.rule.{n}")) for n in range(1, GROUND_RULES + 1)]
    blocks: list[Block] = [
        Paragraph(words.text("circles.charter")),
        Paragraph(joined(rules, "\n")),
    ]
    topics = _topics(wishes, words)
    if topics:
        blocks.append(Paragraph(joined(topics, "\n")))
        blocks.append(Small(words.text("circles.charter.topics.small")))
    signed, everybody = circle.signed, len(circle.people)
    key = "circles.charter.all_signed" if signed >= everybody else "circles.charter.signed"
    blocks.append(Paragraph(words.text(key, n=signed, people=everybody)))
    sign = Button(words.line("circles.charter.sign"), SignCharter(circle.id), Tone.PRIMARY)
    blocks.append(Buttons((sign,)))
    return Message(words.line("circles.charter.title", circle=circle.name), tuple(blocks))


def placed(circle: Circle, seat: Seat, unit: Unit, words: Words) -> Message:
    """The private word that somebody has a circle."""
    theme = theme_name(unit.community.settings, words, circle.theme)
    room = room_link(circle, unit)
    return Message(
        words.line("circles.placed.title", circle=circle.name),
        (
            Paragraph(words.text(f"circles.placed.{seat.value}", room=room, theme=theme)),
            Small(words.text("circles.placed.small")),
            Buttons((why_button(circle, words),)),
        ),
    )


def not_placed(why: str, help_: str, words: Words) -> Message:
    """The private word that somebody has no circle this time."""
    return Message(
        words.line("circles.not_placed.title"),
        (
            Paragraph(words.text(f"circles.not_placed.why.{why}")),
            Paragraph(words.text(f"circles.not_placed.help.{help_}")),
            Small(words.text("circles.not_placed.next")),
        ),
    )


def why(circle: Circle, reasons: Sequence[Text], words: Words) -> tuple[Block, ...]:
    """Why somebody is in this circle."""
    lead = words.text("circles.why.lead", circle=circle.name)
    if not reasons:
        return (Paragraph(lead), Paragraph(words.text("circles.why.none")))
    return (Paragraph(lead), Paragraph(joined([("• ", *reason) for reason in reasons], "\n")))


def room_anew(circle: Circle, words: Words) -> Message:
    """The first message of a room that comes after a lost one. Names nobody."""
    return Message(
        words.line("circles.anew.title", circle=circle.name),
        (
            Paragraph(words.text("circles.anew")),
            Paragraph(words.text("circles.anew.next")),
        ),
    )


def moved(circle: Circle, unit: Unit, words: Words) -> Message:
    """The private word that somebody's circle has a new room."""
    return Message(
        words.line("circles.moved.title", circle=circle.name),
        (Paragraph(words.text("circles.moved", room=room_link(circle, unit))),),
    )


def rooms_gone(circles: Sequence[Circle], words: Words) -> Message:
    """To moderators: which circles have no room any more, and the way on."""
    n = len(circles)
    names = _short(words, [circle.name for circle in circles])
    return Message(
        words.line("circles.rooms_gone.title", n=n, circle=names),
        (
            Paragraph(words.text("circles.rooms_gone", n=n, circles=names)),
            Paragraph(words.text("circles.rooms_gone.next", n=n)),
            Small(words.text("circles.rooms_gone.small", n=n)),
            Buttons((new_room_button(circles, words), board_button(words))),
        ),
    )


def new_room_button(circles: Sequence[Circle], words: Words) -> Button:
    """A new room for this circle, or for all these that have lost theirs."""
    action = OpenNewRoom(circles[0].id if len(circles) == 1 else "")
    return Button(words.line("circles.room.anew", n=len(circles)), action, Tone.PRIMARY)


def board_button(words: Words) -> Button:
    """How all circles are doing."""
    return Button(words.line("circles.button.board"), ShowHealth(0))


def one_line(key: str, words: Words, circle: Circle) -> Message:
    """A message of one sentence about a circle."""
    return Message("", (Paragraph(words.text(key, circle=circle.name)),))


def seats_empty(circle: Circle, seat: Seat, words: Words) -> Message:
    """To moderators: a circle lacks a mentor or mentees, and what can be done."""
    key, action = f"circles.seats_empty.{seat.value}", FindPeople(circle.id, seat.value)
    said = words.text(key, circle=circle.name, n=len(circle.mentees))
    find = Button(words.line(f"{key}.find"), action, Tone.PRIMARY)
    return Message("", (Paragraph(said), Buttons((find,))))


def season_over(circle: Circle, words: Words) -> Message:
    """The goodbye in the room."""
    return Message(
        words.line("circles.over.title"),
        (
            Paragraph(words.text("circles.over", circle=circle.name)),
            Paragraph(words.text("circles.over.thanks")),
            Small(words.text("circles.over.next")),
        ),
    )


def room_refused(circle: Circle, why_: str, attempt: int, words: Words) -> Message:
    """To moderators: what keeps a room from opening, and the way on."""
    again = Button(words.line("circles.room.retry"), RetryRoom(circle.id, attempt), Tone.PRIMARY)
    return Message(
        words.line("circles.room.refused.title", circle=circle.name),
        (
            Paragraph(words.text(f"circles.room.refused.{why_}")),
            Small(words.text("circles.room.refused.small")),
            Buttons((again,)),
        ),
    )


def invite_refused(circle: Circle, person: Person, words: Words) -> Message:
    """To moderators: somebody could not be let into their circle's room."""
    said = words.text("circles.invite.refused", person=person.mention(), circle=circle.name)
    return Message("", (Paragraph(said), Small(words.text("circles.invite.refused.small"))))


def outside(circle: Circle, words: Words) -> tuple[Block, ...]:
    """Somebody is not in their circle's room: the way in."""
    again = Button(words.line("circles.outside.button"), LetMeIn(circle.id), Tone.PRIMARY)
    said = words.text("circles.outside", circle=circle.name)
    return (Paragraph(said), Buttons((again,)))


def status(
    circle: Circle, host: Person | None, unit: Unit, *, is_outside: bool = False
) -> tuple[Block, ...]:
    """One circle of ``/circle status``."""
    words = unit.words
    theme = theme_name(unit.community.settings, words, circle.theme)
    if circle.state is CircleState.LOST:
        return (Paragraph(words.text("circles.status.lost", circle=circle.name)),)
    if unit.rooms.ref(circle.room) is None:
        return (Paragraph(words.text("circles.status.opening", circle=circle.name)),)
    n = len(circle.people)
    room: Text = (circle.name,) if is_outside else room_link(circle, unit)
    said = words.text("circles.status", room=room, theme=theme, n=n)
    if host:
        said = (*said, " ", *words.text("circles.status.host", person=host.mention()))
    in_again = outside(circle, words) if is_outside else ()
    return (Paragraph(said), *in_again, Buttons((why_button(circle, words),)))


def room_link(circle: Circle, unit: Unit) -> Text:
    """The way into the room, or the circle's name while it is not open."""
    ref = unit.rooms.ref(circle.room)
    return (RoomLink(ref, circle.name),) if ref else (circle.name,)


def why_button(circle: Circle, words: Words) -> Button:
    """Why this circle?"""
    return Button(words.line("circles.button.why", circle=circle.name), ShowWhy(circle.id))


def _topics(wishes: Mapping[str, str], words: Words) -> list[Text]:
    found: list[Text] = []
    for wish in (WELCOME, ONLY_ME, NOT_HERE):
        topics = [words.line(f"circles.topic.{topic}") for topic, w in wishes.items() if w == wish]
        if topics:
            listed = words.list(topics)
            found.append(("• ", *words.text(f"circles.charter.topics.{wish}", topics=listed)))
    return found


def _slot(circle: Circle, words: Words) -> tuple[str, str]:
    moment = datetime(2024, 1, 1, circle.minute // 60, circle.minute % 60, tzinfo=words.zone)
    return words.weekday(circle.weekday), words.clock(moment.time())


def _short(words: Words, values: Sequence[str]) -> str:
    """A list that fits a fact: what does not fit is counted."""
    for most in range(len(values), 0, -1):
        rest = len(values) - most
        more = [words.line("circles.more", n=rest)] if rest else []
        listed = words.list([*values[:most], *more])
        if len(listed) <= FACT_VALUE:
            return listed
    return words.line("circles.more", n=len(values))

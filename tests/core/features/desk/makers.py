"""Communities to draft circles for, brought in from a file as a moderator would."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count

from bot.core.boundary.events import Actor
from bot.core.boundary.ids import CommunityRef, PersonId, PersonRef
from bot.core.boundary.views import Buttons, Message, Picked
from bot.core.matching.files.columns import COLUMNS
from bot.core.programme.circles.names import free_names
from bot.core.programme.drafts.model import Draft, DraftCircle
from storage.unit import SqlUnit
from tests.paper import Member, ref
from tests.world import World

EVENINGS = "Tue 18:00-21:00;Thu 18:00-21:00"
_ACTS = count(1000)
HOME = CommunityRef(ref("home"))


def row(key: str, role: str = "mentee", **given: str) -> dict[str, str]:
    """Somebody easy to place, but for what is given."""
    themes = {"seeks": "career;confidence"} if role == "mentee" else {"offers": "career;confidence"}
    plain = {
        "id": key,
        "name": key.title(),
        "role": role,
        "languages": "en",
        "preferred_language": "en",
        "timezone": "Europe/London",
        "availability": EVENINGS,
        "bio": f"{key.title()} likes tea.",
    }
    return {**plain, **themes, **given}


def people_csv(rows: Iterable[dict[str, str]]) -> bytes:
    """The rows as a file."""
    lines = [",".join(COLUMNS)]
    lines += [",".join(one.get(column, "") for column in COLUMNS) for one in rows]
    return "\n".join(lines).encode()


def two_circles() -> list[dict[str, str]]:
    """Four mentors and eight mentees, all of whom could sit with all."""
    mentors = [row(f"mentor{n}", "mentor") for n in range(1, 5)]
    return mentors + [row(f"mentee{n}") for n in range(1, 9)]


async def moderator(world: World, name: str = "Nadia") -> Member:
    """Somebody who may configure."""
    return world.member(name, moderator=True)


async def brought_in(world: World, rows: Iterable[dict[str, str]], who: Member) -> None:
    """These people are members now."""
    await who.send_file("circle-admin import", "people.csv", people_csv(rows))
    await who.press("Bring them in")


async def season_open(who: Member, start: str = "2026-01-12", weeks: str = "12") -> None:
    """A season is open."""
    await who.use("circle-admin season", action="open", start=start, weeks=weeks)


def persona(world: World, key: str) -> Member:
    """Somebody brought in from a file, acting for themselves."""
    member = world.member(key)
    member._ids = _ACTS  # somebody may be made anew within a test, but acts on
    member.actor = Actor(member.actor.person, key.title(), "en", "Europe/London")
    return member


def picked(key: str) -> Picked:
    """Somebody chosen in a people field."""
    return Picked(PersonRef(ref(key)), key.title())


@contextmanager
def unit_of(world: World) -> Iterator[SqlUnit]:
    """One transaction on the home community, to look at it or to set something up."""
    with world.database.unit(HOME, None, world.clock.now()) as unit:
        yield unit


def laid(world: World, *circles: tuple[str, str], version: int = 1) -> None:
    """Lay a draft on the desk without searching: mentors and mentees by their keys."""
    with unit_of(world) as unit:
        season = unit.seasons.current()
        assert season
        names = free_names(unit, len(circles))
        made = tuple(
            DraftCircle(name, _ids(unit, mentors), _ids(unit, mentees))
            for name, (mentors, mentees) in zip(names, circles, strict=True)
        )
        unit.desk.save(Draft(season.id, version, made, back=version - 1))


async def published(world: World, rows: Iterable[dict[str, str]] | None = None) -> Member:
    """The same two circles, with their rooms open."""
    who = await on_the_desk(world, rows)
    await who.use("circle-admin publish")
    await who.press("Yes, open these circles")
    await world.settle()
    return who


async def on_the_desk(world: World, rows: Iterable[dict[str, str]] | None = None) -> Member:
    """Two circles, Rowan and Alder, laid on the desk; the moderator sees them in short."""
    who = await moderator(world)
    await brought_in(world, rows if rows is not None else two_circles(), who)
    await season_open(who)
    laid(
        world,
        ("mentor1 mentor2", "mentee1 mentee2 mentee3 mentee4"),
        ("mentor3 mentor4", "mentee5 mentee6 mentee7 mentee8"),
    )
    await who.use("circle-admin match")
    return who


def _ids(unit: SqlUnit, keys: str) -> tuple[PersonId, ...]:
    found = [unit.people.find(PersonRef(ref(key))) for key in keys.split()]
    return tuple(person.id for person in found if person)


def seats(world: World) -> dict[str, set[str]]:
    """Who sits where in the newest draft, by keys."""
    with unit_of(world) as unit:
        season = unit.seasons.current()
        draft = unit.desk.draft(season.id) if season else None
        assert draft
        everybody = [who for circle in draft.circles for who in circle.people]
        known = unit.people.many(everybody)
        return {
            circle.name: {known[who].ref.key for who in circle.people} for circle in draft.circles
        }


def labels(message: Message) -> list[str]:
    """What can be pressed."""
    rows = [block for block in message.blocks if isinstance(block, Buttons)]
    return [button.label for one in rows for button in one.buttons]


WEEK = timedelta(weeks=1)

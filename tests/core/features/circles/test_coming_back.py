"""Who leaves a circle and is seated there again is told, let in and introduced: every time."""

from itertools import count

from bot.core.actions.circles import LetMeIn
from bot.core.boundary.events import RoomEntered, RoomLeft
from bot.core.boundary.ids import RoomRef, SeasonId
from bot.core.boundary.outcome import Answer
from storage.unit import SqlUnit
from tests.core.features.circles.test_rooms import charter, room, said
from tests.core.features.desk.makers import (
    HOME,
    labels,
    persona,
    picked,
    published,
    row,
    two_circles,
    unit_of,
)
from tests.paper import Member, answer_text, ref, text_of
from tests.world import World

LEAVER = "mentee1"


async def gone(world: World, key: str) -> None:
    """Somebody leaves the programme."""
    member = persona(world, key)
    await member.use("circle leave")
    await member.press("Leave")
    await world.settle()


async def joined_again(world: World, key: str) -> None:
    """Somebody takes part again, with what they told before."""
    member = persona(world, key)
    await member.use("circle join")
    while not hasattr(member.answer, "message"):
        await member.fill()


async def seated(world: World, who: Member, key: str) -> None:
    """A moderator gives somebody a seat in Rowan."""
    await who.use("circle-admin place", person=picked(key))
    await who.press(next(one for one in labels(who.message) if "Rowan" in one))
    await world.settle()


async def test_who_comes_back_is_told_let_in_and_introduced_every_time(home: World) -> None:
    who = await published(home)
    for times in range(1, 4):
        rowan, member = room(home, "Rowan"), persona(home, LEAVER)
        told = [m for m in member.mail if "You have a circle: Rowan" in text_of(m)]
        assert len(told) == times
        assert LEAVER in rowan.people
        assert said(rowan).count("Meet Mentee1") == 1
        await member.press("Sign the charter", within=charter(rowan))
        await home.settle()
        assert "1 of 6 has signed." in text_of(charter(rowan))

        await gone(home, LEAVER)
        assert LEAVER not in rowan.people
        assert "Meet Mentee1" not in said(rowan)
        assert said(rowan).count("A seat in Rowan has come free.") == times
        assert "0 of 5 have signed." in text_of(charter(rowan))

        await joined_again(home, LEAVER)
        await seated(home, who, LEAVER)


async def test_whoever_left_the_platform_comes_back_in_the_same_way(home: World) -> None:
    who = await published(home)
    for _ in range(2):
        await persona(home, LEAVER).leave_platform()
        await home.settle()
        assert LEAVER not in room(home, "Rowan").people
        await joined_again(home, LEAVER)
        await seated(home, who, LEAVER)
        assert LEAVER in room(home, "Rowan").people
        assert said(room(home, "Rowan")).count("Meet Mentee1") == 1


async def test_a_mentor_lost_a_second_time_is_reported_a_second_time(home: World) -> None:
    who = await published(home, [*two_circles(), row("spare", "mentor")])
    await gone(home, "mentor2")
    for times in range(1, 4):
        await gone(home, "mentor1")
        reports = [m for m in who.mail if "Rowan has no mentor any more." in text_of(m)]
        assert len(reports) == times
        await joined_again(home, "mentor1")
        await who.use("circle-admin approve", person=picked("mentor1"))
        await who.press("Approve")
        await seated(home, who, "mentor1")
        assert "mentor1" in room(home, "Rowan").people


async def test_who_is_seated_again_before_the_word_to_let_them_out_arrived_stays_in(
    home: World,
) -> None:
    who = await published(home)
    member = persona(home, LEAVER)
    await member.use("circle leave")
    await member.press("Leave")
    await joined_again(home, LEAVER)
    await seated(home, who, LEAVER)
    assert LEAVER in room(home, "Rowan").people
    assert said(room(home, "Rowan")).count("Meet Mentee1") == 1


async def found(world: World, key: str, kind: type[RoomLeft | RoomEntered]) -> Answer:
    """The platform tells that somebody is outside of Rowan's room, or in it again."""
    member = persona(world, key)
    at = next(k for k, sheet in world.paper.rooms.items() if sheet.name == "Rowan")
    if kind is RoomLeft:
        world.paper.rooms[at].people.discard(key)
    told = f"{kind.__name__}-{next(_TOLD)}"
    where, who = RoomRef(ref(at)), member.actor.person
    return await member.inbox.receive(kind(told, world.clock.now(), HOME, who, where))


_TOLD = count(1)


async def test_who_is_found_outside_is_offered_the_way_in_by_whatever_they_do_next(
    home: World,
) -> None:
    await published(home)
    for _ in range(3):
        answer = await found(home, LEAVER, RoomLeft)
        assert "you are not in its room at the moment" in answer_text(answer)
        member = persona(home, LEAVER)
        for command in ("circle join", "circle status", "circle help", "circle quiet"):
            await member.use(command)
            assert labels(member.message).count("Let me in again") == 1, command
        await member.press("Let me in again")
        assert "In a moment Rowan opens for you again." in answer_text(member.answer)
        await home.settle()
        assert LEAVER in room(home, "Rowan").people
        assert said(room(home, "Rowan")).count("Meet Mentee1") == 1
        await member.use("circle status")
        assert "Let me in again" not in labels(member.message)


async def test_who_went_back_in_by_themselves_is_offered_nothing_more(home: World) -> None:
    await published(home)
    await found(home, LEAVER, RoomLeft)
    assert answer_text(await found(home, LEAVER, RoomLeft)) == "(nothing)"
    await found(home, LEAVER, RoomEntered)
    member = persona(home, LEAVER)
    await member.use("circle status")
    assert "Let me in again" not in labels(member.message)


async def test_nobody_is_let_into_a_room_in_which_they_have_no_seat(home: World) -> None:
    await published(home)
    await found(home, LEAVER, RoomLeft)
    await persona(home, LEAVER).use("circle status")
    with unit_of(home) as unit:
        rowan = next(c for c in unit.circles.of_season(_season(unit)) if c.name == "Rowan")
    stranger = persona(home, "mentee8")
    await stranger.take(LetMeIn(rowan.id))
    assert "You have no seat in this circle." in answer_text(stranger.answer)
    await gone(home, LEAVER)
    assert answer_text(await found(home, LEAVER, RoomLeft)) == "(nothing)"
    await persona(home, LEAVER).take(LetMeIn(rowan.id))
    await home.settle()
    assert room(home, "Rowan").people.isdisjoint({LEAVER, "mentee8"})


def _season(unit: SqlUnit) -> SeasonId:
    season = unit.seasons.current()
    assert season
    return season.id

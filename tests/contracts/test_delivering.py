"""What the bot owes, on every platform: done once, done in the right place, or said not to be."""

import asyncio

import pytest

from bot.core.boundary.events import Why
from bot.core.boundary.ids import MessageRef, RoomRef
from bot.shell.ports import (
    CloseRoom,
    ErasePlatformData,
    LetIn,
    OpenRoom,
    Parcel,
    PostInRoom,
    Receipt,
    SayAnew,
    TakeBack,
    TakeOut,
    Task,
    TellPerson,
    TryLater,
    Undeliverable,
)
from tests.contracts.table import said
from tests.contracts.venue import Closing, Distant, Somebody, Venue

CLOSING = pytest.mark.parametrize("venue", ["paper", "discord", "slack"], indirect=True)
"""For platforms on which people can take no private messages."""
DISTANT = pytest.mark.parametrize("venue", ["discord", "slack"], indirect=True)
"""For platforms behind a network."""


async def do(venue: Venue, key: str, task: Task, *, again: bool = False) -> Receipt:
    return await venue.adapter.deliver(Parcel(key, venue.community, task, again))


async def room(venue: Venue, *people: Somebody) -> RoomRef:
    """A room with these people in it."""
    made = await do(venue, "open", OpenRoom("Rowan"))
    assert made is not None
    ref = RoomRef(made)
    for at, somebody in enumerate(people):
        assert await do(venue, f"in-{at}", LetIn(ref, somebody.ref)) is None
    return ref


async def why(venue: Venue, task: Task) -> Why:
    with pytest.raises(Undeliverable) as never:
        await do(venue, "never", task)
    return never.value.why


async def test_only_whoever_is_let_in_reads_a_room(venue: Venue) -> None:
    mei, ravi = await venue.person("Mei"), await venue.person("Ravi")
    rowan = await room(venue, mei)
    assert await do(venue, "hello", PostInRoom(rowan, said("Hello, Rowan"))) is not None
    assert await mei.reads(rowan) == ["Hello, Rowan"]
    assert await ravi.reads(rowan) is None


async def test_letting_in_and_taking_out_change_nothing_the_second_time(venue: Venue) -> None:
    mei = await venue.person("Mei")
    rowan = await room(venue, mei)
    await do(venue, "in-again", LetIn(rowan, mei.ref), again=True)
    assert await mei.reads(rowan) == []
    await do(venue, "out", TakeOut(rowan, mei.ref))
    await do(venue, "out-again", TakeOut(rowan, mei.ref), again=True)
    assert await mei.reads(rowan) is None
    await do(venue, "back", LetIn(rowan, mei.ref))
    assert await mei.reads(rowan) == []


async def test_a_room_that_may_have_been_opened_is_opened_once(venue: Venue) -> None:
    first = await do(venue, "open", OpenRoom("Rowan"))
    again = await do(venue, "open", OpenRoom("Rowan"), again=True)
    assert first == again is not None


async def test_two_rooms_of_different_keys_are_two(venue: Venue) -> None:
    made = [await do(venue, f"open-{name}", OpenRoom(name)) for name in ("Rowan", "Elm")]
    assert len(set(made)) == 2


async def test_what_may_have_been_said_in_a_room_is_never_said_twice(venue: Venue) -> None:
    mei = await venue.person("Mei")
    rowan = await room(venue, mei)
    task = PostInRoom(rowan, said("Hello"))
    first = await do(venue, "hello", task)
    assert await _again(venue, "hello", task) == (first if venue.recognises else None)
    assert await mei.reads(rowan) == ["Hello"]


async def test_what_may_have_been_told_somebody_is_never_told_twice(venue: Venue) -> None:
    mei = await venue.person("Mei")
    task = TellPerson(mei.ref, said("Hello, you"))
    first = await do(venue, "hello", task)
    assert await _again(venue, "hello", task) == (first if venue.recognises else None)
    assert await mei.mail() == ["Hello, you"]


async def test_a_private_message_is_for_one_person(venue: Venue) -> None:
    mei, ravi = await venue.person("Mei"), await venue.person("Ravi")
    assert await do(venue, "one", TellPerson(mei.ref, said("For Mei"))) is not None
    assert await do(venue, "two", TellPerson(ravi.ref, said("For Ravi"))) is not None
    assert (await mei.mail(), await ravi.mail()) == (["For Mei"], ["For Ravi"])


async def test_a_message_is_said_anew_where_it_stands(venue: Venue) -> None:
    mei = await venue.person("Mei")
    rowan = await room(venue, mei)
    made = await do(venue, "hello", PostInRoom(rowan, said("Hello")))
    assert made is not None
    await do(venue, "anew", SayAnew(MessageRef(made), said("Good day")))
    assert await mei.reads(rowan) == ["Good day"]
    await do(venue, "anew", SayAnew(MessageRef(made), said("Good day")), again=True)
    assert await mei.reads(rowan) == ["Good day"]


async def test_a_message_taken_back_is_gone_however_often_it_is_taken(venue: Venue) -> None:
    mei = await venue.person("Mei")
    rowan = await room(venue, mei)
    made = await do(venue, "hello", PostInRoom(rowan, said("Hello")))
    assert made is not None
    await do(venue, "back", TakeBack(MessageRef(made)))
    await do(venue, "back-2", TakeBack(MessageRef(made)), again=True)
    assert await mei.reads(rowan) == []


async def test_closing_a_room_keeps_what_was_said(venue: Venue) -> None:
    mei = await venue.person("Mei")
    rowan = await room(venue, mei)
    await do(venue, "hello", PostInRoom(rowan, said("Hello")))
    assert await do(venue, "close", CloseRoom(rowan)) is None
    assert await mei.reads(rowan) == ["Hello"]


async def test_a_room_that_is_not_there_is_lost(venue: Venue) -> None:
    mei = await venue.person("Mei")
    rowan = await room(venue)
    await venue.lose(rowan)
    assert await why(venue, PostInRoom(rowan, said("Hello"))) is Why.LOST
    assert await why(venue, LetIn(rowan, mei.ref)) is Why.LOST


async def test_somebody_who_is_not_there_is_gone(venue: Venue) -> None:
    mei = await venue.person("Mei")
    await venue.leaves(mei)
    assert await why(venue, TellPerson(mei.ref, said("Hello"))) is Why.GONE


async def test_erasing_what_is_kept_of_somebody_can_be_done_again(venue: Venue) -> None:
    mei = await venue.person("Mei")
    await do(venue, "hello", TellPerson(mei.ref, said("Hello")))
    assert await do(venue, "erase", ErasePlatformData(mei.ref)) is None
    assert await do(venue, "erase", ErasePlatformData(mei.ref), again=True) is None


@CLOSING
async def test_somebody_who_takes_no_messages_is_closed_and_nobody_else(venue: Closing) -> None:
    mei, ravi = await venue.person("Mei"), await venue.person("Ravi")
    venue.shut(mei)
    assert await why(venue, TellPerson(mei.ref, said("Hello"))) is Why.CLOSED
    assert await mei.mail() == []
    await do(venue, "hello", TellPerson(ravi.ref, said("Hello")))
    assert await ravi.mail() == ["Hello"]


@DISTANT
async def test_a_platform_that_names_a_time_is_left_alone_for_it(venue: Distant) -> None:
    mei = await venue.person("Mei")
    rowan = await room(venue, mei)
    with venue.busy(), pytest.raises(TryLater) as later:
        await do(venue, "hello", PostInRoom(rowan, said("Hello")))
    assert (later.value.asked, later.value.uncertain) == (True, False)
    assert later.value.seconds > 0
    assert await mei.reads(rowan) == []
    await _in_time(venue, "hello", PostInRoom(rowan, said("Hello")))
    assert await mei.reads(rowan) == ["Hello"]


@DISTANT
@pytest.mark.parametrize("done", [True, False])
async def test_a_message_that_failed_without_a_word_is_uncertain_and_never_doubled(
    venue: Distant, done: bool
) -> None:
    mei = await venue.person("Mei")
    rowan = await room(venue, mei)
    task = PostInRoom(rowan, said("Hello"))
    with venue.broken(done=done), pytest.raises(TryLater) as later:
        await do(venue, "hello", task)
    assert later.value.uncertain
    await _again(venue, "hello", task)
    assert await mei.reads(rowan) == (["Hello"] if done or venue.recognises else [])


@DISTANT
async def test_what_the_community_does_not_allow_is_forbidden(venue: Distant) -> None:
    mei = await venue.person("Mei")
    rowan = await room(venue, mei)
    with venue.forbidding():
        assert await why(venue, PostInRoom(rowan, said("Hello"))) is Why.FORBIDDEN
    assert await mei.reads(rowan) == []
    await do(venue, "hello", PostInRoom(rowan, said("Hello")))
    assert await mei.reads(rowan) == ["Hello"]


async def _again(venue: Venue, key: str, task: Task) -> Receipt:
    """Try it once more, as what may have got through; ``None`` where nobody can know whether."""
    if venue.recognises:
        made = await _in_time(venue, key, task, again=True)
        assert made is not None
        return made
    with pytest.raises(Undeliverable) as never:
        await do(venue, key, task, again=True)
    assert never.value.why is Why.UNCERTAIN
    return None


async def _in_time(venue: Venue, key: str, task: Task, *, again: bool = False) -> Receipt:
    """Do it as the postman would: whenever a time to wait is named, after that time."""
    async with asyncio.timeout(20):
        while True:
            try:
                return await do(venue, key, task, again=again)
            except TryLater as later:
                await asyncio.sleep(min(later.seconds, 3))

"""The playground as the postman sees it: each parcel once, and honest about what cannot arrive."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.playground.ids import COMMUNITY, message, person, room
from bot.core.boundary.events import Why
from bot.core.boundary.ids import RoomRef
from bot.core.boundary.text import Mention
from bot.core.boundary.views import Message, Paragraph
from bot.shell.ports import (
    CloseRoom,
    ErasePlatformData,
    LetIn,
    OpenRoom,
    Parcel,
    PostInRoom,
    SayAnew,
    TakeBack,
    TakeOut,
    Task,
    TellPerson,
    Undeliverable,
)
from tests.adapters.playground.place import Place, opened, said, words_of


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    async with opened(tmp_path) as place:
        yield place


def parcel(key: str, task: Task) -> Parcel:
    return Parcel(key, COMMUNITY, task)


async def open_room(place: Place, *people: str) -> RoomRef:
    made = await place.playground.deliver(parcel("open", OpenRoom("Oak")))
    assert made is not None
    ref = RoomRef(made)
    for one in people:
        await place.playground.deliver(parcel(f"in {one}", LetIn(ref, person(one))))
    return ref


async def test_who_is_let_out_and_in_again_has_the_room_again_every_time(place: Place) -> None:
    oak = await open_room(place, "you")
    await place.playground.deliver(parcel("post", PostInRoom(oak, said("Welcome to Oak."))))
    for times in range(3):
        await place.playground.deliver(parcel(f"out {times}", TakeOut(oak, person("you"))))
        async with place.page() as you:
            assert oak.key not in [one["id"] for one in you.heard[-1]["rooms"]]
        await place.playground.deliver(parcel(f"in again {times}", LetIn(oak, person("you"))))
        async with place.page() as you:
            assert [words_of(one) for one in await you.open(oak.key)] == ["Welcome to Oak."]


async def test_a_room_opens_for_those_let_in_and_closes_for_good(place: Place) -> None:
    oak = await open_room(place, "you", "rosa")
    await place.playground.deliver(parcel("post", PostInRoom(oak, said("Welcome to Oak."))))
    async with place.page() as you, place.page("daniel") as daniel:
        assert [words_of(one) for one in await you.open(oak.key)] == ["Welcome to Oak."]
        assert oak.key not in [one["id"] for one in daniel.heard[-1]["rooms"]]
        await place.playground.deliver(parcel("out", TakeOut(oak, person("you"))))
        frame = await you.until("standing")
        assert oak.key not in [one["id"] for one in frame["rooms"]]
    await place.playground.deliver(parcel("close", CloseRoom(oak)))
    with pytest.raises(Undeliverable) as never:
        await place.playground.deliver(parcel("late", PostInRoom(oak, said("Too late"))))
    assert never.value.why is Why.LOST


async def test_the_same_parcel_again_changes_nothing_and_has_the_same_receipt(
    place: Place,
) -> None:
    oak = await open_room(place, "you")
    again = await place.playground.deliver(parcel("open", OpenRoom("Oak")))
    assert again == oak
    post = parcel("post", PostInRoom(oak, said("Once")))
    tell = parcel("tell", TellPerson(person("you"), said("Once, too")))
    receipts = [await place.playground.deliver(one) for one in (post, tell, post, tell)]
    assert receipts[:2] == receipts[2:]
    async with place.page() as you:
        assert len(await you.open(oak.key)) == 1
        direct = next(one for one in you.heard[0]["rooms"] if one["bot"])
        assert direct["unread"] == 1
        assert len(await you.open(direct["id"])) == 1


async def test_a_receipt_outlives_a_restart(tmp_path: Path) -> None:
    tell = parcel("tell", TellPerson(person("you"), said("Once")))
    async with opened(tmp_path) as place:
        first = await place.playground.deliver(tell)
    async with opened(tmp_path) as place:
        assert await place.playground.deliver(tell) == first


async def test_a_message_can_be_said_anew_and_taken_back(place: Place) -> None:
    oak = await open_room(place, "you")
    made = await place.playground.deliver(parcel("post", PostInRoom(oak, said("First"))))
    assert made is not None
    ref = message(made.key)
    async with place.page() as you:
        await you.open(oak.key)
        await place.playground.deliver(parcel("anew", SayAnew(ref, said("Second"))))
        frame = await you.until("said")
        assert (words_of(frame["message"]), frame["message"]["edited"]) == ("Second", True)
        await place.playground.deliver(parcel("back", TakeBack(ref)))
        await you.until("unsaid")
        assert await you.open(oak.key) == []
    await place.playground.deliver(parcel("back again", TakeBack(ref)))


@pytest.mark.parametrize(
    "task",
    [
        PostInRoom(room("nowhere"), said("Hello")),
        TellPerson(person("nobody"), said("Hello")),
        LetIn(room("welcome"), person("nobody")),
        LetIn(room("nowhere"), person("you")),
        CloseRoom(room("nowhere")),
        SayAnew(message("nothing"), said("Hello")),
    ],
)
async def test_what_is_not_there_is_said_to_be_gone(place: Place, task: Task) -> None:
    with pytest.raises(Undeliverable) as never:
        await place.playground.deliver(parcel("never", task))
    assert never.value.why is (Why.LOST if _in_a_room_that_is_not_there(task) else Why.GONE)


def _in_a_room_that_is_not_there(task: Task) -> bool:
    return isinstance(task, PostInRoom | LetIn | CloseRoom) and task.room.key == "nowhere"


async def test_a_forgotten_persona_is_gone_from_every_open_page(place: Place) -> None:
    oak = await open_room(place, "you", "rosa")
    about = Message("", (Paragraph((Mention(person("you"), "Robin Tan"), " is here.")),))
    await place.playground.deliver(parcel("post", PostInRoom(oak, about)))
    async with place.page() as you, place.page("rosa") as rosa:
        erase = parcel("erase", ErasePlatformData(person("you")))
        assert await place.playground.deliver(erase) is None
        assert await place.playground.deliver(erase) is None
        for page in (you, rosa):
            await page.until("afresh")
        await you.send(kind="hello", **{"as": "you"})
        hello = await you.until("hello")
        assert hello["as"] == "rosa"
        assert "you" not in [one["id"] for one in hello["people"]]
        (told,) = await rosa.open(oak.key)
        assert "Robin" not in str(told)

"""What Discord asks to wait for waits, alone, and nothing goes out while it is asked to."""

import asyncio
import time
from pathlib import Path

import pytest
from discord.http import Route

from adapters.discord import ids
from adapters.discord.door import Door, Limited
from bot.core.boundary.ids import RoomRef
from bot.shell.ports import LetIn, OpenRoom, Parcel, PostInRoom, Task, TellPerson, TryLater
from tests.adapters.discord.harness import Rig, online
from tests.adapters.discord.mailing import mailed
from tests.contracts.table import said
from tests.platforms.discord import Person

OPENING = "/users/@me/channels"


async def do(rig: Rig, key: str, task: Task) -> None:
    await rig.adapter.deliver(Parcel(key, rig.community, task))


async def told(rig: Rig, person: Person) -> None:
    number = len(rig.stand_in.ledger)
    await do(rig, f"tell-{number}", TellPerson(ids.person(person.user.id), said("Hello")))


def requests(rig: Rig, path: str) -> int:
    return sum(entry.path == path for entry in rig.stand_in.ledger)


async def put_off(doing: asyncio.Task[None]) -> TryLater:
    with pytest.raises(TryLater) as caught:
        await doing
    assert caught.value.asked
    assert not caught.value.uncertain
    return caught.value


async def test_opening_a_direct_message_is_limited_and_all_other_messages_arrive(
    tmp_path: Path,
) -> None:
    async with online(tmp_path) as rig:
        mei, ravi, ana = (rig.person(name) for name in ("Mei", "Ravi", "Ana"))
        await told(rig, mei)
        limits = rig.stand_in.limits
        limits.concerns = lambda method, path: path == OPENING
        limits.next.append("user")
        later = await put_off(asyncio.ensure_future(told(rig, ravi)))
        asked = requests(rig, OPENING)
        await put_off(asyncio.ensure_future(told(rig, ana)))
        assert requests(rig, OPENING) == asked
        await told(rig, mei)
        assert len(mei.mail) == 2
        await asyncio.sleep(later.seconds)
        await told(rig, ana)
        await told(rig, ravi)
        assert limits.ignored == 0


async def test_openings_that_were_limited_do_not_count_against_those_of_a_minute(
    tmp_path: Path,
) -> None:
    async with online(tmp_path) as rig:
        people = [rig.person(f"Person {at}") for at in range(5)]
        limits = rig.stand_in.limits
        limits.concerns = lambda method, path: path == OPENING
        for _ in range(2):
            limits.next.append("shared")
            later = await put_off(asyncio.ensure_future(told(rig, people[0])))
            await asyncio.sleep(later.seconds)
        for one in people:
            await told(rig, one)
        assert [len(one.mail) for one in people] == [1] * 5
        assert limits.ignored == 0


async def test_a_limit_of_the_whole_bot_stops_the_outbox_and_not_the_answers(
    tmp_path: Path,
) -> None:
    async with online(tmp_path) as rig:
        mei, mo = rig.person("Mei"), rig.moderator()
        limits = rig.stand_in.limits
        limits.next.append("global")
        await put_off(asyncio.ensure_future(told(rig, mei)))
        made = len(rig.stand_in.ledger)
        with pytest.raises(TryLater):
            await do(rig, "room", OpenRoom("Rowan"))
        assert len(rig.stand_in.ledger) == made
        await mo.use("circle help")
        assert "Hello" in mo.sees
        assert limits.ignored == 0


async def test_what_shares_a_bucket_waits_together_and_other_rooms_do_not(tmp_path: Path) -> None:
    async with online(tmp_path) as rig:
        people = [rig.person(name) for name in ("Mei", "Ravi", "Ana")]
        rooms: list[RoomRef] = []
        for name in ("Rowan", "Alder"):
            opened = await rig.adapter.deliver(Parcel(f"r-{name}", rig.community, OpenRoom(name)))
            assert opened is not None
            rooms.append(RoomRef(opened))
        mei, ravi, ana = (ids.person(one.user.id) for one in people)
        await do(rig, "in-1", LetIn(rooms[0], mei))
        rig.stand_in.limits.next.append("shared")
        await put_off(asyncio.ensure_future(do(rig, "in-2", LetIn(rooms[0], ravi))))
        made = len(rig.stand_in.ledger)
        await put_off(asyncio.ensure_future(do(rig, "in-3", LetIn(rooms[0], ana))))
        assert len(rig.stand_in.ledger) == made
        await do(rig, "in-4", LetIn(rooms[1], ravi))
        assert rig.stand_in.limits.ignored == 0


async def test_what_waited_for_its_turn_asks_again_before_it_sets_out(tmp_path: Path) -> None:
    async with online(tmp_path) as rig:
        people = [rig.person(f"Person {at}") for at in range(4)]
        for one in people:
            await told(rig, one)
        rig.stand_in.limits.next.append("global")
        made = len(rig.stand_in.ledger)
        for telling in [asyncio.create_task(told(rig, one)) for one in people]:
            await put_off(telling)
        assert len(rig.stand_in.ledger) == made + 1


async def test_nothing_goes_out_within_a_retry_after_in_a_storm_and_all_of_it_arrives(
    tmp_path: Path,
) -> None:
    seen = await mailed(tmp_path, 12, storm=0.3)
    assert (seen.arrived, seen.ignored) == (12, 0)
    assert seen.limited > 0


async def test_a_message_that_has_arrived_is_known_to_have_although_its_channel_is_used_up(
    tmp_path: Path,
) -> None:
    async with online(tmp_path) as rig:
        rig.stand_in.limits.messages = (1, 30.0)
        made = await rig.adapter.deliver(Parcel("room", rig.community, OpenRoom("Rowan")))
        assert made is not None
        room = RoomRef(made)
        async with asyncio.timeout(15):
            await do(rig, "one", PostInRoom(room, said("Hello")))
            later = await put_off(
                asyncio.ensure_future(do(rig, "two", PostInRoom(room, said("?"))))
            )
        assert later.seconds > 10
        assert rig.stand_in.limits.refused == 0


def _route(method: str, path: str, **places: str) -> Route:
    return Route(method, path, **places)


def test_a_route_of_which_nothing_is_known_waits_with_whatever_is_closed_in_its_place() -> None:
    door = Door(lambda: 100.0)
    posting = _route("POST", "/channels/{channel_id}/messages", channel_id="1")
    deleting = _route("DELETE", "/channels/{channel_id}/messages/5", channel_id="1")
    elsewhere = _route("POST", "/channels/{channel_id}/messages", channel_id="2")
    door.heard(posting, {"X-RateLimit-Bucket": "a"}, Limited(5.0))
    assert door.wait(posting) == door.wait(deleting) == 5.0
    assert door.wait(elsewhere) == 0.0
    door.heard(deleting, {"X-RateLimit-Bucket": "b"})
    assert door.wait(deleting) == 0.0
    door.heard(deleting, {"X-RateLimit-Bucket": "a"})
    assert door.wait(deleting) == 5.0


def test_a_bucket_stays_closed_when_discord_calls_it_by_another_name() -> None:
    door = Door(lambda: 100.0)
    posting = _route("POST", "/channels/{channel_id}/messages", channel_id="1")
    door.heard(posting, {"X-RateLimit-Bucket": "a"}, Limited(5.0))
    door.heard(posting, {"X-RateLimit-Bucket": "b"})
    assert door.wait(posting) == 5.0


def test_what_stands_before_discord_closes_the_door_to_answers_too() -> None:
    door = Door(time.monotonic)
    answer = _route(
        "POST", "/webhooks/{webhook_id}/{webhook_token}", webhook_id="1", webhook_token="t"
    )
    door.heard(_route("GET", "/gateway/bot"), {}, Limited(5.0, everywhere=True))
    assert door.wait(answer) == 0.0
    door.heard(_route("GET", "/gateway/bot"), {}, Limited(5.0, everywhere=True, alike=True))
    assert door.wait(answer) > 4.0
    assert door.wait(None) > 4.0

"""People are let into a room together, and one who cannot come keeps nobody else out."""

import asyncio

import pytest

from adapters.slack import ids
from bot.core.boundary.events import Why
from bot.core.boundary.ids import RoomRef
from bot.core.boundary.views import Message, Paragraph
from bot.shell.ports import LetIn, OpenRoom, Parcel, TellPerson, Undeliverable
from tests.adapters.slack.running import Running
from tests.platforms.slack.model import Workspace
from tests.platforms.slack.server import SlackServer


async def _room(bot: Running, home: Workspace) -> RoomRef:
    made = await bot.slack.deliver(Parcel("room", ids.community(home.id), OpenRoom("Rowan")))
    assert made is not None
    return RoomRef(made)


async def _let_in(
    bot: Running, home: Workspace, room: RoomRef, *users: str
) -> list[BaseException | None]:
    parcels = [
        Parcel(f"in-{user}", ids.community(home.id), LetIn(room, ids.person(user)))
        for user in users
    ]
    ends = await asyncio.gather(*map(bot.slack.deliver, parcels), return_exceptions=True)
    return [end if isinstance(end, BaseException) else None for end in ends]


async def test_a_circle_is_let_into_its_room_by_one_call(
    server: SlackServer, home: Workspace, bot: Running
) -> None:
    users = [server.user(home, f"Person {at}").id for at in range(5)]
    room = await _room(bot, home)
    assert await _let_in(bot, home, room, *users) == [None] * 5
    assert sorted(home.conversations[room.key].invited) == sorted(users)
    assert len(server.made("conversations.invite")) == 1


async def test_whoever_comes_while_a_call_is_made_is_let_in_by_the_next(
    server: SlackServer, home: Workspace, bot: Running
) -> None:
    users = [server.user(home, f"Person {at}").id for at in range(4)]
    room = await _room(bot, home)
    server.faults.slow = 0.4
    first = asyncio.create_task(_let_in(bot, home, room, *users[:2]))
    await asyncio.sleep(0.3)
    second = asyncio.create_task(_let_in(bot, home, room, users[2]))
    await first
    assert await _let_in(bot, home, room, users[3]) == [None]
    assert await second == [None]
    assert sorted(home.conversations[room.key].invited) == sorted(users)


async def test_one_who_cannot_come_keeps_nobody_out_and_is_told_of_alone(
    server: SlackServer, home: Workspace, bot: Running
) -> None:
    here, there, late = (server.user(home, name).id for name in ("Mei", "Ravi", "Ana"))
    room = await _room(bot, home)
    await _let_in(bot, home, room, there)
    ends = await _let_in(bot, home, room, here, there, "UGONE", late)
    gone = ends[2]
    assert isinstance(gone, Undeliverable)
    assert gone.why is Why.GONE
    assert ends[:2] == [None, None]
    assert ends[3] is None
    assert sorted(home.conversations[room.key].invited) == sorted([here, there, late])
    assert isinstance((await _let_in(bot, home, room, "UGONE", "UAWAY"))[1], Undeliverable)


async def test_a_refusal_that_names_nobody_is_asked_about_one_by_one(
    server: SlackServer, home: Workspace, bot: Running
) -> None:
    users = [server.user(home, name).id for name in ("Mei", "Ravi")]
    room = await _room(bot, home)
    server.forbidden["conversations.invite"] = "user_is_restricted"
    ends = await _let_in(bot, home, room, *users)
    assert all(isinstance(end, Undeliverable) and end.why is Why.FORBIDDEN for end in ends)
    del server.forbidden["conversations.invite"]
    assert await _let_in(bot, home, room, *users) == [None, None]


async def test_a_private_message_needs_no_conversation_to_be_opened(
    server: SlackServer, home: Workspace, bot: Running
) -> None:
    mei = server.user(home, "Mei")
    hello = TellPerson(ids.person(mei.id), Message("", (Paragraph(("Hello",)),)))
    await bot.slack.deliver(Parcel("hello", ids.community(home.id), hello))
    assert server.made("conversations.open") == []
    assert [one.messages[-1].text for one in home.conversations.values() if not one.name] == [
        "Hello"
    ]
    nobody = TellPerson(ids.person("UGONE"), hello.message)
    with pytest.raises(Undeliverable):
        await bot.slack.deliver(Parcel("nobody", ids.community(home.id), nobody))

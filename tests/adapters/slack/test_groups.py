"""Circles that talk in group conversations, and what becomes of them when they grow."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.slack import ids
from bot.core.boundary.ids import RoomRef
from bot.core.boundary.views import Message
from bot.shell.ports import (
    CloseRoom,
    ErasePlatformData,
    LetIn,
    OpenRoom,
    Parcel,
    PostInRoom,
    TakeOut,
    Task,
)
from tests.adapters.slack.running import Running, bot_running
from tests.adapters.slack.season import rooms
from tests.platforms.slack.model import Conversation, User, Workspace
from tests.platforms.slack.server import SlackServer


class Circle:
    """A circle's room, told of its people one by one."""

    def __init__(self, bot: Running, home: Workspace) -> None:
        self._bot = bot
        self._home = home
        self._count = 0
        self.room = RoomRef(ids.room("nowhere"))

    async def do(self, task: Task) -> object:
        """Deliver it."""
        self._count += 1
        parcel = Parcel(f"wirekey{self._count}", ids.community(self._home.id), task, False)
        return await self._bot.slack.deliver(parcel)

    async def say(self, words: str) -> Conversation:
        """Post in the room; where that came."""
        await self.do(PostInRoom(self.room, Message(words, ()), False))
        return next(
            one
            for one in self._home.conversations.values()
            if any(words in message.text for message in one.messages)
        )


@pytest.fixture
async def circle(server: SlackServer, home: Workspace, tmp_path: Path) -> AsyncIterator[Circle]:
    home.scopes |= {"mpim:write"}
    async with bot_running(server, tmp_path, home=home, rooms="group_dms") as bot:
        made = Circle(bot, home)
        opened = await made.do(OpenRoom("Silver birch"))
        assert opened is not None
        made.room = opened  # type: ignore[assignment]
        yield made


def _users(server: SlackServer, home: Workspace, count: int) -> list[User]:
    return [server.user(home, f"Person {number}") for number in range(count)]


async def test_eight_people_talk_in_one_group_conversation(
    server: SlackServer, home: Workspace, circle: Circle
) -> None:
    people = _users(server, home, 8)
    for user in people:
        await circle.do(LetIn(circle.room, ids.person(user.id)))
    place = await circle.say("Welcome")
    assert place.members == sorted([*(one.id for one in people), home.bot_user])
    assert rooms(home) == []
    await circle.do(TakeOut(circle.room, ids.person(people[0].id)))
    assert people[0].id not in (await circle.say("Farewell")).members


async def test_with_the_ninth_the_room_becomes_a_channel_and_stays_one(
    server: SlackServer, home: Workspace, circle: Circle
) -> None:
    people = _users(server, home, 10)
    for user in people[:9]:
        await circle.do(LetIn(circle.room, ids.person(user.id)))
    (channel,) = rooms(home)
    assert channel.name.startswith("silver-birch-")
    assert set(channel.invited) == {one.id for one in people[:9]}
    await circle.do(LetIn(circle.room, ids.person(people[9].id)))
    for user in people[:4]:
        await circle.do(TakeOut(circle.room, ids.person(user.id)))
    assert await circle.say("Welcome") is channel
    assert set(channel.members) == {home.bot_user, *(one.id for one in people[4:])}
    await circle.do(CloseRoom(circle.room))
    assert channel.archived


async def test_whoever_is_forgotten_is_noted_nowhere_though_slack_refuses_to_take_them_out(
    server: SlackServer, home: Workspace, circle: Circle
) -> None:
    people = _users(server, home, 9)
    for user in people:
        await circle.do(LetIn(circle.room, ids.person(user.id)))
    server.forbidden["conversations.kick"] = "restricted_action"

    def invitations() -> int:
        return len([one for one in server.calls if one.method == "conversations.invite"])

    invited = invitations()
    await circle.do(ErasePlatformData(ids.person(people[0].id)))
    await circle.do(LetIn(circle.room, ids.person(people[1].id)))
    assert invitations() == invited, "they are noted to be in"
    await circle.do(LetIn(circle.room, ids.person(people[0].id)))
    assert invitations() == invited + 1


async def test_growing_into_a_channel_can_be_done_again_after_it_broke_off(
    server: SlackServer, home: Workspace, circle: Circle
) -> None:
    people = _users(server, home, 9)
    for user in people[:8]:
        await circle.do(LetIn(circle.room, ids.person(user.id)))
    server.forbidden["conversations.invite"] = "internal_error"
    with pytest.raises(Exception, match="again"):
        await circle.do(LetIn(circle.room, ids.person(people[8].id)))
    del server.forbidden["conversations.invite"]
    await circle.do(LetIn(circle.room, ids.person(people[8].id)))
    (channel,) = rooms(home)
    assert set(channel.invited) == {one.id for one in people}
    assert len(channel.invited) == 9

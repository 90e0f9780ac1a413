"""Group conversations in the place of channels, where moderators prefer them.

Slack fixes the members of a group conversation when it is opened, while circles are told of their
people one by one. So a room here is a note of who belongs to it, and whatever group conversation
has exactly these people is where its messages go; opening it again finds the same one. Eight people
fit: with the ninth the room becomes a private channel, and stays one.
"""

import asyncio

import msgspec

from adapters.slack import ids
from adapters.slack.api import Api
from adapters.slack.installations import Installation, Installations
from adapters.slack.rooms import Rooms
from bot.core.boundary.events import Why
from bot.core.boundary.ids import RoomRef
from bot.shell.ports import TryLater, Undeliverable

_MOST = 8
_PREFIX = "group-"


class Group(msgspec.Struct, frozen=True):
    """Who belongs to a room."""

    room: str
    people: tuple[str, ...] = ()
    name: str = ""
    channel: str = ""
    """The private channel that it has become, if it has."""


class Groups:
    """The group conversations of every workspace."""

    def __init__(self, api: Api, kept: Installations) -> None:
        self._api = api
        self.rooms = Rooms(api)
        self._kept = kept
        self._turns: dict[str, asyncio.Lock] = {}

    @staticmethod
    def is_group(room: RoomRef) -> bool:
        """Whether the room is one of these."""
        return room.key.startswith(_PREFIX)

    async def open(self, ours: Installation, name: str, key: str) -> RoomRef:
        """A room that nobody belongs to yet. Its name is for a channel: group talks have none."""
        room = ids.room(_PREFIX + key)
        async with self._turn(ours, room):
            if await self._read(ours, room.key) is None:
                await self._write(ours, Group(room.key, name=name))
        return room

    async def let_in(self, ours: Installation, room: RoomRef, user: str) -> None:
        """Somebody belongs to the room from now on. Raises as :class:`Rooms`."""
        async with self._turn(ours, room):
            group = await self._known(ours, room)
            if user in group.people:
                return
            more = msgspec.structs.replace(group, people=(*group.people, user))
            if group.channel:
                await self.rooms.let_in(ours, ids.room(group.channel), user)
            elif len(more.people) > _MOST:
                more = await self._as_channel(ours, more)
            await self._write(ours, more)

    async def take_out(self, ours: Installation, room: RoomRef, user: str) -> None:
        """Somebody does not belong to the room any more. Raises as :class:`Rooms`."""
        async with self._turn(ours, room):
            group = await self._known(ours, room)
            if group.channel:
                await self.rooms.take_out(ours, ids.room(group.channel), user)
            await self._note_gone(ours, group, user)

    async def close(self, ours: Installation, room: RoomRef) -> None:
        """Forget the room: what was said stays where it was said. Raises as :class:`Rooms`."""
        group = await self._read(ours, room.key)
        if group is not None and group.channel:
            await self.rooms.close(ours, ids.room(group.channel))
        await asyncio.to_thread(self._kept.drop, _note(ours, room.key))
        self._turns.pop(_note(ours, room.key), None)

    async def conversation(self, ours: Installation, room: RoomRef) -> str:
        """The conversation of exactly these people."""
        group = await self._known(ours, room)
        if group.channel:
            return group.channel
        if not group.people:
            raise TryLater(5.0)  # the first of them is still to be let in
        opened = await self._api.call(
            ours.team, ours.token, "conversations.open", {"users": ",".join(sorted(group.people))}
        )
        return str(opened["channel"]["id"])

    async def _as_channel(self, ours: Installation, group: Group) -> Group:
        """The room as a private channel with all its people in it; each step can be done again."""
        channel = await self.rooms.open(ours, group.name, group.room.removeprefix(_PREFIX))
        await asyncio.gather(*(self.rooms.let_in(ours, channel, user) for user in group.people))
        return msgspec.structs.replace(group, channel=channel.key)

    async def forget(self, ours: Installation, user: str) -> None:
        """Keep no note of somebody who is forgotten. They are taken out of each room by itself."""
        notes = await asyncio.to_thread(self._kept.members, _all(ours))
        for note in notes:
            room = ids.room(msgspec.json.decode(note, type=Group).room)
            async with self._turn(ours, room):
                group = await self._read(ours, room.key)
                if group is not None and user in group.people:
                    await self._note_gone(ours, group, user)

    async def behind(self, ours: Installation, channel: str) -> RoomRef | None:
        """The room that has become this channel."""
        for note in await asyncio.to_thread(self._kept.members, _all(ours)):
            group = msgspec.json.decode(note, type=Group)
            if group.channel == channel:
                return ids.room(group.room)
        return None

    def _turn(self, ours: Installation, room: RoomRef) -> asyncio.Lock:
        """For one change of a room after the other; other rooms need not wait for Slack."""
        return self._turns.setdefault(_note(ours, room.key), asyncio.Lock())

    async def _note_gone(self, ours: Installation, group: Group, user: str) -> None:
        rest = tuple(one for one in group.people if one != user)
        await self._write(ours, msgspec.structs.replace(group, people=rest))

    async def _known(self, ours: Installation, room: RoomRef) -> Group:
        group = await self._read(ours, room.key)
        if group is None:
            raise Undeliverable(Why.LOST, "no such group")
        return group

    async def _read(self, ours: Installation, key: str) -> Group | None:
        note = await asyncio.to_thread(self._kept.find, _note(ours, key))
        return msgspec.json.decode(note, type=Group) if note else None

    async def _write(self, ours: Installation, group: Group) -> None:
        note = msgspec.json.encode(group)
        await asyncio.to_thread(self._kept.keep, _note(ours, group.room), _all(ours), note)


def _note(ours: Installation, room: str) -> str:
    return f"slack:{ours.team}:{room}"


def _all(ours: Installation) -> str:
    return f"slack:{ours.team}:groups"

"""Who is outside of a room that they should be able to enter.

Discord tells a bot without the intent for members of nobody who leaves a thread, is put out of a
server or comes back. So it is looked at when somebody acts: after they were answered, never before,
since most are where they should be.
"""

import asyncio
from typing import Final

import aiohttp
import discord

from adapters.discord import decode
from adapters.discord.online import Online
from adapters.discord.payloads import COMMAND, Interaction
from adapters.discord.rest import Busy
from bot.core.boundary.events import Actor, RoomEntered, RoomLeft
from bot.core.boundary.ids import CommunityRef, RoomRef
from bot.core.boundary.outcome import Say
from bot.core.boundary.views import Message
from bot.shell.ports import Clock, Inbox

PAUSE: Final = 60.0
"""Seconds in which nobody is looked for again because of buttons; who types a command is."""
MOST: Final = 10_000
"""People of whom it is remembered when they were looked for."""


class Whereabouts:
    """Looks for people in their rooms, and tells the core whom it does not find there."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._looked: dict[str, float] = {}
        self._inside: set[tuple[str, str]] = set()
        """Who was told to be in which room. Of all others, also after a restart, it is told anew:
        the core may still think that they are outside."""

    async def look(
        self, inbox: Inbox, online: Online, given: Interaction, by: Actor
    ) -> Message | None:
        """Look for whoever acted. What they should read if they are outside."""
        community, person = decode.community_of(given), by.person
        now = asyncio.get_running_loop().time()
        mark = f"{community.key} {person.key}"
        if given.type != COMMAND and now - self._looked.get(mark, -PAUSE) < PAUSE:
            return None
        if len(self._looked) >= MOST:
            self._looked.clear()
        self._looked[mark] = now
        offered: Message | None = None
        for room in await inbox.rooms_of(community, person):
            told = await self._at(inbox, online, given, community, by, room=room)
            offered = offered or told
        return offered

    async def _at(
        self,
        inbox: Inbox,
        online: Online,
        given: Interaction,
        community: CommunityRef,
        by: Actor,
        *,
        room: RoomRef,
    ) -> Message | None:
        try:
            inside = await online.rooms.has(room, by.person)
        except (discord.DiscordException, Busy, aiohttp.ClientError, TimeoutError):
            return None  # a room that is gone, or a request that failed, says nothing of anybody
        found, at = (by.person.key, room.key), self._clock.now()
        if not inside:
            self._inside.discard(found)
            left = RoomLeft(f"outside:{given.id}:{room.key}", at, community, by.person, room)
            answer = await inbox.receive(left)
            return answer.message if isinstance(answer, Say) else None
        if found not in self._inside:
            if len(self._inside) >= MOST:
                self._inside.clear()
            self._inside.add(found)
            entered = RoomEntered(f"inside:{given.id}:{room.key}", at, community, by.person, room)
            await inbox.receive(entered)
        return None

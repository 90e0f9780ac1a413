"""Private rooms on Discord: threads under a channel, or channels of their own.

Neither takes a key that would make a second try harmless, so what an earlier try may have made is
looked for first: a room of the same name, made by us, in the same place, in which nothing was ever
said. The core's names are unique in a community, and it speaks in a room as soon as it knows of
it, so there is no other such room.
"""

import logging
from collections.abc import Callable
from typing import Any, Final

import discord

from adapters.discord import ids
from adapters.discord.rest import Rest
from bot import config
from bot.core.boundary.events import Why
from bot.core.boundary.ids import PersonRef, RoomRef
from bot.shell.ports import TryLater, Undeliverable

log = logging.getLogger("banyan.discord")

USUAL_NAME: Final = "circles"
"""What the channel for circles is called in servers for which none is configured."""
WEEK: Final = 10080  # minutes: the longest that a thread stays open without a word
PRIVATE_THREAD, TEXT_CHANNEL = 12, 0
FOR_ROLE, FOR_MEMBER = 0, 1

UNKNOWN_CHANNEL, UNKNOWN_MEMBER, IN_ARCHIVE = 10003, 10007, 50083

_SEES = discord.Permissions(view_channel=True, read_message_history=True)
_SPEAKS = discord.Permissions(send_messages=True, send_messages_in_threads=True)
_USES = _SEES | _SPEAKS | discord.Permissions(attach_files=True)
_OURS = _USES | discord.Permissions(manage_channels=True)
_AT_LEAST = discord.Permissions(
    view_channel=True, send_messages_in_threads=True, create_private_threads=True
)

NEEDED: Final = _USES | discord.Permissions(create_private_threads=True, manage_threads=True)
"""What the bot uses, with rooms as threads."""
NEEDED_FOR_CHANNELS: Final = _OURS | discord.Permissions(manage_roles=True)
"""What the bot uses, with rooms as channels."""

GuildOf = Callable[[str], discord.Guild | None]


def needed(settings: config.Discord) -> discord.Permissions:
    """What the bot uses, with this configuration."""
    return NEEDED_FOR_CHANNELS if settings.rooms == "channels" else NEEDED


class Rooms:
    """Opens rooms, lets people in and out, and closes rooms."""

    def __init__(self, rest: Rest, settings: config.Discord, guild_of: GuildOf, us: str) -> None:
        self._rest = rest
        self._settings = settings
        self._guild_of = guild_of
        self._us = us

    async def open(self, guild: str, name: str, *, perhaps_done: bool) -> RoomRef:
        """Open a room, or find the one that an earlier try has opened."""
        threads = self._settings.rooms == "threads"
        if perhaps_done:
            found = await (self._thread_of(guild, name) if threads else self._channel(guild, name))
            if found:
                return ids.room(found, thread=threads)
        made = await (self._new_thread(guild, name) if threads else self._new_channel(guild, name))
        return ids.room(made, thread=threads)

    async def let_in(self, room: RoomRef, person: PersonRef, *, perhaps_done: bool) -> None:
        """Let somebody in; somebody who is in already stays in."""
        if not ids.is_thread(room):
            allowed = {"type": FOR_MEMBER, "allow": _SEES.value, "deny": 0}
            await self._permission("PUT", room, person.key, allowed)
        elif not (perhaps_done and await self._is_in(room, person)):
            await self._thread_member("PUT", room, person)

    async def has(self, room: RoomRef, person: PersonRef) -> bool:
        """Whether somebody is in the room. Raises where that cannot be told now."""
        if ids.is_thread(room):
            try:
                await self._thread_member("GET", room, person)
            except discord.NotFound as error:
                if error.code != UNKNOWN_MEMBER:
                    raise
                return False
            return True
        path = "/channels/{channel_id}"
        told = await self._rest.ask_in_turn("GET", path, channel_id=ids.channel_of(room))
        return any(one.get("id") == person.key for one in told.get("permission_overwrites", ()))

    async def take_out(self, room: RoomRef, person: PersonRef) -> None:
        """Take somebody out; somebody who is not there stays out."""
        try:
            if ids.is_thread(room):
                await self._thread_member("DELETE", room, person)
            else:
                await self._permission("DELETE", room, person.key)
        except discord.NotFound as error:
            if error.code == UNKNOWN_CHANNEL:
                raise

    async def close(self, guild: str, room: RoomRef) -> None:
        """Keep what was said there, and let nobody say more."""
        if ids.is_thread(room):
            await self._edit(room, {"archived": True, "locked": True})
        else:
            silent = {"type": FOR_ROLE, "allow": 0, "deny": (_SEES | _SPEAKS).value}
            await self._permission("PUT", room, guild, silent)

    async def reopen(self, room_channel: str) -> None:
        """Take a thread out of the archive: it goes there by itself after a week of silence."""
        await self._edit(ids.room(room_channel, thread=True), {"archived": False})

    def home(self, guild: str, us: discord.Member | None = None) -> discord.TextChannel | None:
        """The channel under which circles get their threads, in this server.

        The configured one if it is in this server; else the one called "circles"; else the first
        in which the bot may open private threads.
        """
        known = self.known(guild)
        # A channel for announcements takes no private threads.
        channels = [one for one in known.text_channels if not one.is_news()]
        channels.sort(key=lambda one: (one.position, one.id))
        named = [one for one in channels if str(one.id) == self._settings.circles_channel]
        named += [one for one in channels if one.name == USUAL_NAME]
        if named:
            return named[0]
        us = us or known.get_member(int(self._us))
        if us is None:
            return next(iter(channels), None)  # what we may there is not known: try it
        return next((one for one in channels if one.permissions_for(us) >= _AT_LEAST), None)

    def known(self, guild: str) -> discord.Guild:
        """A server as Discord has told of it. Raises ``TryLater`` until it has."""
        known = self._guild_of(guild)
        if known is None or known.unavailable:
            raise TryLater(5)
        return known

    async def _new_thread(self, guild: str, name: str) -> str:
        home = self.home(guild)
        if home is None:
            log.warning(
                "no channel for circles: set [discord] circles_channel, or make a channel called"
                " circles in which the bot may create private threads",
                extra={"server": guild},
            )
            raise Undeliverable(Why.FORBIDDEN, "no channel for circles")
        body = {
            "name": name,
            "type": PRIVATE_THREAD,
            "invitable": False,  # only the bot lets people in
            "auto_archive_duration": WEEK,
        }
        path = "/channels/{channel_id}/threads"
        made = await self._rest.ask_in_turn("POST", path, body, channel_id=str(home.id))
        return str(made["id"])

    async def _thread_of(self, guild: str, name: str) -> str | None:
        home = self.home(guild)
        active = await self._rest.ask_in_turn(
            "GET", "/guilds/{guild_id}/threads/active", guild_id=guild
        )
        for one in active["threads"]:
            ours = one.get("owner_id") == self._us and one.get("name") == name
            inside = home is not None and one.get("parent_id") == str(home.id)
            if ours and inside and not one.get("total_message_sent") and not _archived(one):
                return str(one["id"])
        return None

    async def _new_channel(self, guild: str, name: str) -> str:
        home = self.home(guild)
        body: dict[str, Any] = {
            "name": name,
            "type": TEXT_CHANNEL,
            "permission_overwrites": [
                {"id": guild, "type": FOR_ROLE, "allow": 0, "deny": _SEES.value},
                {"id": self._us, "type": FOR_MEMBER, "allow": _OURS.value, "deny": 0},
            ],
        }
        if home is not None and home.category_id is not None:
            body["parent_id"] = str(home.category_id)
        path = "/guilds/{guild_id}/channels"
        made = await self._rest.ask_in_turn("POST", path, body, guild_id=guild)
        return str(made["id"])

    async def _channel(self, guild: str, name: str) -> str | None:
        path = "/guilds/{guild_id}/channels"
        for one in await self._rest.ask_in_turn("GET", path, guild_id=guild):
            ours = any(w.get("id") == self._us for w in one.get("permission_overwrites", ()))
            named = _folded(one.get("name")) == _folded(name)
            if (
                ours
                and named
                and one.get("type") == TEXT_CHANNEL
                and not one.get("last_message_id")
            ):
                return str(one["id"])
        return None

    async def _is_in(self, room: RoomRef, person: PersonRef) -> bool:
        try:
            await self._thread_member("GET", room, person)
        except discord.NotFound:
            return False
        return True

    async def _thread_member(self, method: str, room: RoomRef, person: PersonRef) -> None:
        await self._rest.ask_in_turn(
            method,
            "/channels/{channel_id}/thread-members/{user_id}",
            channel_id=ids.channel_of(room),
            user_id=person.key,
        )

    async def _permission(
        self, method: str, room: RoomRef, target: str, allowed: dict[str, int] | None = None
    ) -> None:
        await self._rest.ask_in_turn(
            method,
            "/channels/{channel_id}/permissions/{target}",
            allowed,
            channel_id=ids.channel_of(room),
            target=target,
        )

    async def _edit(self, room: RoomRef, changed: dict[str, bool]) -> None:
        path = "/channels/{channel_id}"
        await self._rest.ask_in_turn("PATCH", path, changed, channel_id=ids.channel_of(room))


def _archived(thread: dict[str, Any]) -> bool:
    return bool(thread.get("thread_metadata", {}).get("archived"))


def _folded(name: object) -> str:
    """A name as Discord writes a text channel's: lower case, with dashes for spaces."""
    return "-".join(str(name).lower().split())

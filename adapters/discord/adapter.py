"""The adapter: brings what people do on Discord to the core, and delivers what the core owes."""

import logging
import os
from collections.abc import Callable
from typing import Any

import discord

from adapters.discord import commands, ids
from adapters.discord.connection import Connection, stay_connected, use_addresses
from adapters.discord.door import Door
from adapters.discord.errands import Errands
from adapters.discord.online import Online
from bot import config
from bot.core.boundary.actions import Codec
from bot.core.boundary.events import CommunityGone, RoomsLost
from bot.core.boundary.ids import RoomRef
from bot.core.boundary.wording import Wording
from bot.core.decide import Bot
from bot.shell.ports import Clock, Inbox, Parcel, Receipt, Refused, TryLater

log = logging.getLogger("banyan.discord")


class Discord:
    """One bot account, in as many servers as have added it.

    Raises :class:`Refused` when made with a wording whose commands Discord would not take.
    """

    platform = ids.PLATFORM
    carries_sensitive = False
    """Discord's Developer Policy (16) forbids sending it sensitive information."""

    @property
    def room_readers(self) -> str:
        """Who reads along: Manage Threads opens private threads, Administrator any channel."""
        channels = self._settings.rooms == "channels"
        return "circles.room.readers.channels" if channels else "circles.room.readers.threads"

    def __init__(
        self,
        settings: config.Discord,
        token: str,
        *,
        bot: Bot,
        wording: Wording,
        codec: Codec,
        clock: Clock,
    ) -> None:
        self._settings = settings
        self._token = token
        self._commands = commands.slash_commands(bot, wording)
        self._clock = clock
        self._errands = Errands(settings, bot, wording, codec, clock)
        self._door = Door()
        self._online: Online | None = None

    async def listen(self, inbox: Inbox, ready: Callable[[], None]) -> None:
        """Bring events until cancelled. Raises :class:`Refused` if Discord will not have us."""
        if not self._token:
            raise Refused(
                "The bot's token is missing: put it in the environment, as DISCORD_TOKEN."
            )
        api_base = self._settings.api_base or os.environ.get("DISCORD_API_URL", "")
        use_addresses(api_base, self._settings.gateway)
        was_ready = False

        def connected() -> None:
            nonlocal was_ready
            if not was_ready:
                was_ready = True
                ready()

        def make() -> Connection:
            connection = Connection(
                self._door,
                on_login=lambda: self._logged_in(connection),
                on_connected=connected,
                on_told=lambda: self._compare(inbox, connection),
                on_interaction=lambda payload: self._take(inbox, payload),
                on_gone=lambda guild: self._gone(inbox, guild),
                on_lost=lambda guild, room: self._lost(inbox, guild, room),
            )
            return connection

        try:
            await stay_connected(make, self._token)
        finally:
            self._online = None

    async def deliver(self, parcel: Parcel) -> Receipt:
        """Do it, and say what it became. Raises only ``TryLater`` and ``Undeliverable``."""
        online = self._online
        if online is None:
            raise TryLater(1)
        try:
            return await online.delivery.deliver(parcel)
        except RuntimeError:
            if not online.closed:
                raise
            raise TryLater(1, uncertain=True) from None  # we stopped, or lost Discord, meanwhile

    async def _logged_in(self, connection: Connection) -> None:
        online = Online(connection, self._door, self._settings, self._clock)
        await self._sync(online)
        self._online = online

    async def _sync(self, online: Online) -> None:
        """Write the slash commands to Discord, if others stand there."""
        scope = f"/guilds/{self._settings.guild}" if self._settings.guild else ""
        path = f"/applications/{online.application}{scope}/commands"
        extra: dict[str, str | int] = {"server": self._settings.guild or "all"}
        try:
            standing = await online.rest.ask("GET", path, query={"with_localizations": "true"})
            if not commands.same(self._commands, standing):
                await online.rest.ask("PUT", path, self._commands)
                log.info("slash commands written", extra=extra)
        except discord.HTTPException as error:
            if error.status == 401:
                raise
            # What was written before still stands, and everything else works.
            extra |= {"status": error.status, "code": error.code}
            log.error("Discord refused the slash commands", extra=extra)

    async def _compare(self, inbox: Inbox, connection: Connection) -> None:
        """Tell of the servers that put the bot out while it was away."""
        known = {one.key for one in await inbox.communities(self.platform)}
        missing = known - connection.servers
        if missing == known and len(known) > 1:
            # Not one is left: much rather somebody gave the bot another account's token.
            log.error("this account is in none of the servers known here; nothing was changed")
            return
        for guild in sorted(missing):
            await self._gone(inbox, guild)

    async def _gone(self, inbox: Inbox, guild: str) -> None:
        at = self._clock.now()
        gone = CommunityGone(f"gone:{guild}:{at.isoformat()}", at, ids.community(guild))
        await inbox.receive(gone)

    async def _lost(self, inbox: Inbox, guild: int, room: RoomRef) -> None:
        """A channel or a thread was deleted; whether it was a circle's room the core knows."""
        at = self._clock.now()
        told = f"lost:{room.key}:{at.isoformat()}"
        await inbox.receive(RoomsLost(told, at, ids.community(str(guild)), (room,)))

    async def _take(self, inbox: Inbox, payload: dict[str, Any]) -> None:
        if self._online is not None:
            await self._errands.take(inbox, self._online, payload)

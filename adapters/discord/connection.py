"""The connection to Discord: one discord.py client, with as many shards as Discord advises.

Interactions are taken from the gateway as they come. The library's own interaction objects would
drop the role ids of a server that is not yet in its cache, and its views keep state in memory,
which a restart forgets; here everything a component means is in its ``custom_id``.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from itertools import chain
from typing import Any, ClassVar, Final

import aiohttp
import discord
import discord.shard
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from adapters.discord import ids
from adapters.discord.door import Door
from adapters.discord.rest import Busy, use_door, watching
from bot.core.boundary.ids import RoomRef
from bot.shell.ports import Refused

log = logging.getLogger("banyan.discord")

INTENTS: Final = discord.Intents(guilds=True)
"""What we ask to hear of: servers, their channels and roles. Nothing of it is privileged."""

_FINAL: Final = {
    4004: "Discord does not accept the bot's token. Make a new one in the developer portal, under"
    " Bot, and put it in DISCORD_TOKEN.",
    4010: "Discord refused the connection: a shard it does not know.",
    4011: "Discord refused the connection: the bot is in too many servers for one shard.",
    4012: "Discord no longer speaks the version of its interface that this bot uses.",
    4013: "Discord refused the connection: it does not know what the bot asks to hear of.",
    4014: "Discord refused the connection: the bot asks to hear of something it may not.",
}


def use_addresses(api_base: str, gateway: str) -> None:
    """Send everything to these addresses in the place of Discord's own, where they are given.

    The library keeps both in class attributes, so they hold for the whole process.
    """
    if api_base:
        Route.BASE = api_base.rstrip("/")
    _Socket.pinned = yarl.URL(gateway) if gateway else None
    discord.shard.DiscordWebSocket = _Socket  # type: ignore[misc]


class _Socket(DiscordWebSocket):
    """A gateway connection that is resumed where it was opened, if that is not Discord's own.

    Discord names another address for resuming; a proxy or a test server stands before that too.
    """

    pinned: ClassVar[yarl.URL | None] = None
    _named: yarl.URL

    @property
    def gateway(self) -> yarl.URL:
        """Where to connect."""
        return self.pinned or self._named

    @gateway.setter
    def gateway(self, named: yarl.URL) -> None:
        self._named = named


class Connection(discord.AutoShardedClient):
    """The client: hands on interactions as Discord sent them, and tells of servers that go.

    ``on_connected`` is called when all shards can be used, ``on_told`` when Discord has told of all
    servers that the bot is in; both again after every session that could not be resumed.
    """

    def __init__(
        self,
        door: Door,
        *,
        on_login: Callable[[], Coroutine[Any, Any, None]],
        on_connected: Callable[[], None],
        on_told: Callable[[], Coroutine[Any, Any, None]],
        on_interaction: Callable[[dict[str, Any]], Coroutine[Any, Any, None]],
        on_gone: Callable[[str], Coroutine[Any, Any, None]],
        on_lost: Callable[[int, RoomRef], Coroutine[Any, Any, None]],
    ) -> None:
        # Voice is not used, so what it would need is not missed.
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
        use_door()
        super().__init__(
            intents=INTENTS,
            allowed_mentions=discord.AllowedMentions.none(),
            chunk_guilds_at_startup=False,
            member_cache_flags=discord.MemberCacheFlags.none(),
            max_messages=None,
            http_trace=watching(door),
        )
        self.revoked = False
        self._on_login = on_login
        self._on_connected = on_connected
        self._on_told = on_told
        self._on_gone = on_gone
        self._on_lost = on_lost
        self._servers: dict[int, set[str]] = {}
        self._under_way: set[asyncio.Task[None]] = set()

        def take(payload: dict[str, Any]) -> None:
            task = asyncio.create_task(on_interaction(payload))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)

        parse_ready = self._connection.parsers["READY"]

        def ready(payload: dict[str, Any]) -> None:
            # The library's own list goes on naming servers that a new session does not.
            self._servers[payload["shard"][0]] = {str(one["id"]) for one in payload["guilds"]}
            parse_ready(payload)

        self._connection.parsers["INTERACTION_CREATE"] = take
        self._connection.parsers["READY"] = ready

    @property
    def servers(self) -> frozenset[str]:
        """The ids of the servers we are in, those that are unreachable for now included."""
        return frozenset(chain.from_iterable(self._servers.values()))

    async def setup_hook(self) -> None:
        """Called by the library between logging in and connecting."""
        self.shard_count, gateway, sessions = await self.http.get_bot_gateway()
        if sessions.get("remaining", 1000) < self.shard_count:
            # Whoever begins more sessions in a day than Discord allows loses the token.
            seconds = sessions["reset_after"] / 1000
            log.error("too many sessions were begun today", extra={"wait": round(seconds)})
            await asyncio.sleep(seconds)
        opened = _Socket.pinned or yarl.URL(gateway)
        if not (opened.host or "").endswith("discord.gg"):
            _Socket.pinned = opened
        # What the library falls back on when a connection is lost before it was named another.
        DiscordWebSocket.DEFAULT_GATEWAY = opened
        await self._on_login()

    async def on_shard_connect(self, shard: int) -> None:
        """A shard can be used; when all can, so can the bot."""
        if len(self._servers) == self.shard_count:
            self._on_connected()

    async def on_ready(self) -> None:
        """Every shard has heard of all its servers, or of none for a while."""
        await self._on_told()

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Somebody added us to a server."""
        self._servers.setdefault(guild.shard_id, set()).add(str(guild.id))

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """A server can be reached, at first or again."""
        self._servers.setdefault(guild.shard_id, set()).add(str(guild.id))

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """We were removed from a server, or it was deleted (not: it is unreachable for now)."""
        self._servers.get(guild.shard_id, set()).discard(str(guild.id))
        await self._on_gone(str(guild.id))

    async def on_raw_thread_delete(self, thread: discord.RawThreadDeleteEvent) -> None:
        """A thread was deleted, by itself or with the channel that it was under."""
        await self._on_lost(thread.guild_id, ids.room(str(thread.thread_id), thread=True))

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """A channel was deleted."""
        await self._on_lost(channel.guild.id, ids.room(str(channel.id), thread=False))

    def revoke(self) -> None:
        """Discord does not know our token any more: nothing can be done with it."""
        self.revoked = True
        self._ending = asyncio.create_task(self.close())

    async def finish(self) -> None:
        """Let answers under way reach the people who wait for them, then disconnect."""
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=3.0)
        await self.close()


async def stay_connected(make: Callable[[], Connection], token: str) -> None:
    """Connect, and again whenever Discord could not be reached, until cancelled.

    Raises :class:`Refused` when Discord will never have us.
    """
    wait = 1.0
    while True:
        connection = make()
        loop = asyncio.get_running_loop()
        began, lost, asked = loop.time(), "closed", 0.0
        try:
            await connection.start(token)
            if connection.revoked:
                raise Refused(_FINAL[4004])
        except _LOST as error:
            if words := _final(error):
                raise Refused(words) from None
            lost = _named(error)
            asked = error.seconds if isinstance(error, Busy) else 0.0
        finally:
            await connection.finish()
        wait = 1.0 if loop.time() - began > 60 else min(wait * 2, 60.0)
        pause = max(wait, asked)
        log.warning("Discord cannot be reached", extra={"why": lost, "wait": pause})
        await asyncio.sleep(pause)


_LOST: Final = (
    discord.LoginFailure,
    discord.PrivilegedIntentsRequired,
    discord.ConnectionClosed,
    discord.HTTPException,
    discord.GatewayNotFound,
    aiohttp.ClientError,
    OSError,
    TimeoutError,
)


def _final(error: Exception) -> str:
    """What the operator is to mend, where Discord will never have us; else nothing."""
    match error:
        case discord.LoginFailure() | discord.HTTPException(status=401):
            return _FINAL[4004]
        case discord.PrivilegedIntentsRequired():
            return _FINAL[4014]
        case discord.ConnectionClosed(code=code):
            return _FINAL.get(code, "")
        case _:
            return ""


def _named(error: Exception) -> str:
    match error:
        case discord.ConnectionClosed(code=code):
            return str(code)
        case discord.HTTPException(status=status, code=code):
            return f"{status} {code}"
        case Busy(status=status):
            return str(status)
        case _:
            return type(error).__name__

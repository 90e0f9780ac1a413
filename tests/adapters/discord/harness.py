"""The Discord adapter on the stand-in, with the real shell and database and a small table."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from adapters.discord import Discord
from bot import config
from bot.core.boundary.actions import Codec
from bot.core.boundary.ids import CommunityRef
from bot.core.boundary.wording import load as load_wording
from bot.core.decide import Bot
from bot.shell.clock import SystemClock
from tests.contracts.table import TABLE, Heard, hearing
from tests.platforms.discord import Person, StandIn
from tests.platforms.discord.world import Guild, Member, Role


@dataclass
class Rig:
    """The adapter at work, and a server to use it in."""

    stand_in: StandIn
    adapter: Discord
    heard: Heard
    guild: Guild
    listening: asyncio.Task[None]

    @property
    def community(self) -> CommunityRef:
        from adapters.discord import ids

        return ids.community(self.guild.id)

    def person(self, name: str, *roles: Role, guild: Guild | None = None) -> Person:
        """Somebody in the server."""
        home = guild or self.guild
        return Person(self.stand_in, home, self.stand_in.join(home, name, *roles))

    def moderator(self, name: str = "Mo") -> Person:
        """Somebody who may manage the server."""
        return self.person(name, self.guild.role("Managers"))

    def owner(self) -> Person:
        """The server's owner."""
        return Person(self.stand_in, self.guild, self.guild.members[self.guild.owner])

    @property
    def us(self) -> Member:
        """The bot as a member."""
        return self.guild.members[self.stand_in.bot.id]


@asynccontextmanager
async def online(
    folder: Path,
    *,
    settings: config.Discord | None = None,
    stand_in: StandIn | None = None,
    wait: bool = True,
    patience: float = 60.0,
) -> AsyncIterator[Rig]:
    """The adapter, connected to a stand-in with one server (or to one that is already there).

    Slow machines may take ``patience`` seconds to answer, where punctuality is not the question.
    """
    bot, wording, clock = Bot((TABLE,)), load_wording(), SystemClock()
    async with hearing(folder, clock) as heard:
        fresh = stand_in or StandIn()
        fresh.patience = patience
        if stand_in is None:
            await fresh.__aenter__()
        guild = next(iter(fresh.guilds.values()), None) or fresh.guild("Mango Society")
        given = settings or config.Discord()
        api = given.api_base or f"{fresh.address}/api/v10"
        where = config.Discord(
            enabled=True,
            api_base=api,
            gateway=given.gateway,
            circles_channel=given.circles_channel,
            rooms=given.rooms,
            moderator_role=given.moderator_role,
            guild=given.guild,
        )
        adapter = Discord(
            where, fresh.token, bot=bot, wording=wording, codec=Codec(bot.action_kinds), clock=clock
        )
        ready = asyncio.Event()
        listening = asyncio.create_task(adapter.listen(heard, ready.set))
        try:
            if wait:
                await fresh.until(lambda: ready.is_set() or listening.done())
                assert ready.is_set(), listening
            yield Rig(fresh, adapter, heard, guild, listening)
        finally:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)
            if stand_in is None:
                await fresh.__aexit__()

"""Telling many people privately at once: the whole way from the outbox to the stand-in."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from adapters.discord import Discord, ids
from bot import config
from bot.app import App
from bot.core.boundary.events import Actor
from bot.core.boundary.ids import PersonRef, SeasonId
from bot.core.boundary.outcome import Delivery
from bot.core.boundary.wording import load as load_wording
from bot.core.decide import Bot
from bot.core.features import FEATURES
from bot.core.programme.circles.forming import tell_not_placed
from bot.core.programme.members.model import Member, Profile, Role, Standing
from bot.core.programme.seasons.model import Season, Stage
from bot.shell.clock import MovableClock
from storage.engine import Database
from storage.keyfile import KeySource
from storage.unit import SqlUnit
from tests.databases import with_tables
from tests.platforms.discord import StandIn
from tests.platforms.discord.world import Guild, Post, User

NOON = datetime(2027, 1, 12, 12, 1, tzinfo=UTC)
PATIENCE = 300.0
"""Seconds."""


@dataclass(frozen=True)
class Mailed:
    """What became of it."""

    seconds: float
    arrived: int
    limited: int
    """Answers with 429."""
    ignored: int
    """Requests in the time that a 429 had closed to them."""


class Sender:
    """A whole bot in one server."""

    def __init__(self, stand_in: StandIn, guild: Guild, app: App, database: Database) -> None:
        self.stand_in = stand_in
        self.guild = guild
        self._app = app
        self._database = database

    def people(self, count: int, *, known: bool = True) -> list[User]:
        """So many people, to whom the bot has already spoken privately if they are ``known``."""
        found = [self.stand_in.join(self.guild, f"Person {at}").user for at in range(count)]
        for one in found if known else ():
            channel = self.stand_in.open_direct(one)
            said = Post(self.stand_in.ids.new(), channel.id, self.stand_in.bot, [], 0)
            channel.posts[said.id] = said
        return found

    async def tell(self, people: list[User], season: str = "one") -> None:
        """Owe each of them a private message."""
        at = self._app.clock.now()

        def owing() -> None:
            with self._database.unit(ids.community(self.guild.id), None, at) as unit:
                unit.owe(_owed(unit, people, season))

        await self._app.worker.run(owing)
        self._app.postman.ring()

    async def arrived(self, people: list[User], each: int = 1) -> int:
        """Wait until everybody has so many messages; how many of them have."""

        def there() -> int:
            come = (sum(1 for post in self.stand_in.mail(one) if post.components) for one in people)
            return sum(count == each for count in come)

        with contextlib.suppress(AssertionError):
            await self.stand_in.until(lambda: there() == len(people), PATIENCE)
        return there()


@asynccontextmanager
async def sending(folder: Path, stand_in: StandIn) -> AsyncIterator[Sender]:
    """A bot at work."""
    wording = load_wording()
    database = Database.open(
        with_tables(folder / "banyan.db"),
        keys=KeySource(folder / "key"),
        ledger=folder / "erased",
        wording=wording,
        kinds=Bot(FEATURES).notice_kinds,
    )
    clock = MovableClock(folder / "clock.json")
    clock.reset(NOON)
    app, guild = App(database, clock, wording), stand_in.guild("Mango")
    settings = config.Discord(enabled=True, api_base=f"{stand_in.address}/api/v10")
    given = {"bot": app.bot, "wording": wording, "codec": app.codec, "clock": clock}
    adapter = Discord(settings, stand_in.token, **given)  # type: ignore[arg-type]
    app.add(adapter)
    ready = asyncio.Event()
    try:
        async with app.at_work():
            listening = asyncio.create_task(adapter.listen(app.dispatcher, ready.set))
            async with asyncio.timeout(60):
                await ready.wait()
            yield Sender(stand_in, guild, app, database)
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)
    finally:
        database.close()


async def mailed(
    folder: Path,
    people: int,
    *,
    limited_once: bool = False,
    storm: float = 0.0,
    openings: tuple[int, float] | None = None,
) -> Mailed:
    """Tell so many people, in this weather. ``openings``: how many channels can be opened in how
    many seconds, where that is less than the stand-in allows."""
    async with StandIn() as stand_in, sending(folder, stand_in) as bot:
        users, limits = bot.people(people), stand_in.limits
        limits.storm = storm
        limits.others = openings or limits.others
        if limited_once:
            limits.concerns = lambda method, path: path == "/users/@me/channels"
            limits.next.append("user")
        began = time.monotonic()
        await bot.tell(users)
        arrived = await bot.arrived(users)
        return Mailed(time.monotonic() - began, arrived, limits.refused, limits.ignored)


def _owed(unit: SqlUnit, people: list[User], season: str) -> tuple[Delivery, ...]:
    running = Season(SeasonId(season), 1, Stage.RUNNING, unit.at.date(), 12).of_length(12)
    unit.seasons.save(running)
    unplaced = []
    for user in people:
        person = unit.people.ensure(Actor(PersonRef(ids.person(user.id)), user.name)).id
        unit.people.set_clock(person, "Europe/London")
        unit.members.save(Member(person, Standing.ACTIVE, Role.MENTEE, "Europe/London"))
        unit.members.save_profile(person, Profile())
        unplaced.append((person, "no_shared_hours", "more_hours"))
    return tell_not_placed(running, unplaced)

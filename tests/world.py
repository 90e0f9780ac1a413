"""A whole Banyan in one process, on a real database, with a platform made of paper.

Makers for tests: a world, its people, and time that passes when the test says so.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from bot.app import App
from bot.core.boundary.wording import Wording
from bot.core.boundary.wording import load as load_wording
from bot.core.decide import Bot
from bot.core.features import FEATURES
from bot.shell.clock import MovableClock
from storage.chance import Chance
from storage.engine import Database
from storage.keyfile import KeySource
from tests.databases import with_tables
from tests.paper import Member, Paper

SAMPLE = Path(__file__).parents[1] / "adapters/playground/sample/people.csv"
"""Some sixty made-up people."""

START = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
"""A Monday morning."""


class CountedChance:
    """Ids and seeds that are the same every time, for conversations that are to be read.

    What is made earlier comes first where things are put in the order of their ids.
    """

    def __init__(self) -> None:
        self._next = count(1)

    def new_id(self) -> str:
        """The next id."""
        return f"{next(self._next):012d}".translate(str.maketrans("0123456789", "234567abcd"))

    def new_seed(self) -> int:
        """Always the same."""
        return 7


class World:
    """The parts of one running bot that tests speak to."""

    def __init__(self, app: App, database: Database, clock: MovableClock, paper: Paper) -> None:
        self.app = app
        self.database = database
        self.clock = clock
        self.paper = paper

    def member(
        self,
        name: str,
        *,
        moderator: bool = False,
        zone: str | None = "Europe/London",
        language: str | None = None,
        community: str = "home",
    ) -> Member:
        """Somebody who can act."""
        return Member(
            name,
            self.app.dispatcher,
            self.paper,
            self.clock.now,
            community=community,
            moderator=moderator,
            zone=zone,
            language=language,
        )

    async def settle(self) -> None:
        """Let the postman deliver everything that is due, computations included."""
        await self.app.postman.drain(jobs=True)

    async def move_on(self, by: timedelta) -> None:
        """Let time pass, the bot awake all the while."""
        await self.app.timekeeper.advance(self.clock.now() + by)
        await self.settle()

    async def sleep(self, by: timedelta) -> None:
        """Let time pass with the bot switched off."""
        await self.app.timekeeper.sleep_until(self.clock.now() + by)
        await self.settle()


@asynccontextmanager
async def world(
    folder: Path,
    *,
    url: str | None = None,
    at: datetime = START,
    wording: Wording | None = None,
    paper: Paper | None = None,
    chance: Chance | None = None,
) -> AsyncIterator[World]:
    """A world in ``folder``; opened again on the same folder it goes on where it was.

    With a ``chance`` of one's own everything happens in the same order every time: one delivery
    after the other.
    """
    wording = wording or load_wording()
    database = Database.open(
        url or with_tables(folder / "banyan.sqlite3"),
        keys=KeySource(folder / "key"),
        ledger=folder / "erased",
        wording=wording,
        kinds=Bot(FEATURES).notice_kinds,
        chance=chance,
    )
    first = not (folder / "clock.json").exists()
    clock = MovableClock(folder / "clock.json", frozen=True)
    if first:
        clock.reset(at)
    app = App(database, clock, wording)
    if chance is not None:
        app.postman.at_once = 1
    paper = paper or Paper()
    app.add(paper)
    try:
        yield World(app, database, clock, paper)
    finally:
        await app.postman.stop()
        app.worker.close()
        database.close()

"""Time: what it is, and telling the core that it passed.

APScheduler is a metronome here and nothing more: one interval job in memory. What is due is asked
of the database, so nothing is lost when the process is not there to hear the beat.
"""

import asyncio
import json
import logging
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.core.boundary.events import Tick
from bot.shell.blunders import blunder
from bot.shell.dispatcher import Dispatcher
from bot.shell.ports import Clock, Fault, Storage
from bot.shell.postman import Postman
from bot.shell.worker import Worker

log = logging.getLogger("banyan.clock")

BEAT = 1.0
"""Seconds between two looks at what is due."""


class SystemClock:
    """The machine's own time."""

    def now(self) -> datetime:
        """The moment it is (UTC)."""
        return datetime.now(UTC)


class ClockDamaged(Fault):
    """The file with the time cannot be understood."""

    exit_code = 74


class MovableClock:
    """A clock for rehearsals and tests, kept in a file so that a restart does not turn it back.

    It runs on from where it was set, unless ``frozen``: then it moves only when it is set.
    """

    def __init__(self, path: Path, *, frozen: bool = False) -> None:
        self._path = path
        self._frozen = frozen
        self._set_to = self._set_when = datetime.now(UTC)
        if path.exists():
            try:
                kept = json.loads(path.read_text())
                self._set_to = datetime.fromisoformat(kept["set_to"])
                self._set_when = datetime.fromisoformat(kept["set_when"])
            except (ValueError, KeyError, TypeError):
                raise ClockDamaged(
                    f"{path} is damaged. Delete it, and set the clock anew with `tick --at`."
                ) from None
        else:
            self.reset(self._set_to)

    def now(self) -> datetime:
        """The moment it is taken to be (UTC)."""
        if self._frozen:
            return self._set_to
        return self._set_to + (datetime.now(UTC) - self._set_when)

    def set(self, to: datetime) -> None:
        """Take it to be ``to`` from now on. Time does not go back: an earlier moment is ignored."""
        if to >= self.now():
            self.reset(to)

    def reset(self, to: datetime) -> None:
        """Begin at ``to``: only where nothing has happened yet."""
        self._set_to, self._set_when = to.astimezone(UTC), datetime.now(UTC)
        kept = {"set_to": self._set_to.isoformat(), "set_when": self._set_when.isoformat()}
        fresh = self._path.with_suffix(".new")
        fresh.write_text(json.dumps(kept))
        os.replace(fresh, self._path)  # noqa: PTH105 - the atomic one


class Timekeeper:
    """Sends ``Tick`` to every community in which something is due."""

    def __init__(
        self,
        clock: Clock,
        storage: Storage,
        worker: Worker,
        dispatcher: Dispatcher,
        postman: Postman,
    ) -> None:
        self.clock = clock
        self._storage = storage
        self._worker = worker
        self._dispatcher = dispatcher
        self._postman = postman
        self._moving = asyncio.Lock()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Beat once a second for as long as the block runs."""
        scheduler = AsyncIOScheduler(timezone=UTC)
        scheduler.add_job(
            self._beat, "interval", seconds=BEAT, max_instances=1, coalesce=True, id="tick"
        )
        scheduler.start()
        try:
            yield
        finally:
            scheduler.shutdown(wait=False)

    def now(self) -> datetime:
        """The moment it is taken to be (UTC)."""
        return self.clock.now()

    async def next_due(self) -> datetime | None:
        """The next moment at which anything is due."""
        return await self._worker.run(self._storage.next_due)

    async def tick(self) -> None:
        """Tell every community in which something is due, once."""
        at = self.clock.now()
        for community in await self._worker.run(self._storage.due_communities, at):
            await self._dispatcher.receive(Tick(f"tick:{at.isoformat()}", at, community))

    async def advance(self, to: datetime) -> None:
        """Move a movable clock, stepping from one due moment to the next, as if always awake."""
        clock = self._movable()
        async with self._moving:
            last: datetime | None = None
            while (due := await self.next_due()) is not None and due <= to:
                if last is not None and due <= last:
                    # Whatever was due then had its turn and is due still: do not wait for it.
                    due = min(last + timedelta(hours=1), to)
                last = due
                clock.set(due)
                await self.tick()
                await self._postman.drain()
                if due == to:
                    break
            clock.set(to)
            await self.tick()
            await self._postman.drain()

    async def sleep_until(self, to: datetime) -> None:
        """Move a movable clock at once, as if the bot had been switched off until then."""
        clock = self._movable()
        async with self._moving:
            clock.set(to)
            await self.tick()
            await self._postman.drain()

    async def _beat(self) -> None:
        if self._moving.locked():
            return
        try:
            async with self._moving:
                await self.tick()
        except Exception as error:  # noqa: BLE001 - the next beat may find the database back
            blunder("tick", error)

    def _movable(self) -> MovableClock:
        if not isinstance(self.clock, MovableClock):
            raise TypeError("the system's clock cannot be moved")
        return self.clock

"""The whole bot as a process of its own, configured by a file and the environment alone.

Its clock stands where the test puts it, beginning on a Monday morning: nothing hangs on the hour
of the day at which a test runs.
"""

import asyncio
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp

from bot.shell.clock import MovableClock
from tests.platforms.discord import StandIn
from tests.ports import free_port

ROOT = Path(__file__).parents[3]
BEGIN = datetime(2026, 3, 2, 10, tzinfo=UTC)


class Bot:
    """A running bot."""

    def __init__(self, folder: Path, stand_in: StandIn) -> None:
        self._folder = folder
        self._stand_in = stand_in
        self._data = folder / "data"
        self._data.mkdir(exist_ok=True)
        MovableClock(self._data / "clock.json", frozen=True).reset(BEGIN)
        self._port = free_port()
        self._process: asyncio.subprocess.Process | None = None
        self.now = BEGIN
        """Where the test has put its clock."""
        self.log = folder / "log"
        self.more: dict[str, str] = {}
        """Settings besides, for the environment."""
        self.program: tuple[str, ...] = ("-m", "bot", "run")

    async def start(self) -> None:
        """Start it, and wait until it can be used."""
        environment = {
            key: value for key, value in os.environ.items() if not key.startswith("BANYAN")
        }
        settings = {
            "BANYAN_CONFIG": str(self._configured()),
            **self._stand_in.environment,
            **self.more,
        }
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, *self.program),
                cwd=ROOT,
                env=environment | settings,
                stderr=log,
            )
        async with aiohttp.ClientSession() as session:
            for _ in range(600):
                assert self._process.returncode is None, self.log.read_text()
                try:
                    async with session.get(f"http://127.0.0.1:{self._port}/readyz") as answer:
                        if answer.status == 200:
                            return
                except aiohttp.ClientError:
                    pass
                await asyncio.sleep(0.05)
        raise AssertionError(f"not ready in time:\n{self.log.read_text()}")

    async def ask(self, path: str) -> tuple[int, str]:
        """What its own HTTP server says."""
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"http://127.0.0.1:{self._port}{path}") as answer,
        ):
            return answer.status, await answer.text()

    async def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Stop it; its exit code."""
        assert self._process is not None
        if self._process.returncode is None:
            self._process.send_signal(how)
        return await asyncio.wait_for(self._process.wait(), 20)

    async def wait(self) -> int:
        """Wait until it ends by itself; its exit code."""
        assert self._process is not None
        return await asyncio.wait_for(self._process.wait(), 20)

    async def move_clock(self, to: datetime) -> None:
        """Let time pass, the bot awake all the while."""
        url = f"http://127.0.0.1:{self._port}/test/clock"
        patience = aiohttp.ClientTimeout(total=120)
        async with (
            aiohttp.ClientSession(timeout=patience) as session,
            session.post(url, json={"at": to.isoformat()}) as answer,
        ):
            assert answer.status < 300, await answer.text()
        self.now = to

    async def until(self, holds: Callable[[], object], seconds: float = 60.0) -> None:
        """Wait until something holds, its clock going on meanwhile.

        What Discord asks to wait is put back by the bot's clock, and would wait for ever by one
        that stands still.
        """
        end = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < end, "it did not come to be in time"
            await self.move_clock(self.now + timedelta(seconds=1))
            await asyncio.sleep(0.2)

    def _configured(self) -> Path:
        file = self._folder / "config.toml"
        file.write_text(
            f"""
[storage]
data = "{self._data}"
[clock]
now = "manual"
[http]
port = {self._port}
[discord]
enabled = true
"""
        )
        return file


@asynccontextmanager
async def running(folder: Path, stand_in: StandIn) -> AsyncIterator[Bot]:
    """A bot at work against the stand-in, stopped at the end."""
    bot = Bot(folder, stand_in)
    await bot.start()
    try:
        yield bot
    finally:
        await bot.stop()

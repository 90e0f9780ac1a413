"""The playground as a stranger starts it: a process of its own, that can be killed."""

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.ports import free_port

_PROJECT = Path(__file__).parent.parent.parent
_PATIENCE = 60  # seconds until the address is printed: a busy machine takes its time


class Running:
    """One playground in a folder, on a port of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._port = free_port()
        self._process: asyncio.subprocess.Process | None = None
        self.address = ""

    async def start(self) -> None:
        """Start it, as the command line does, and wait for the address it prints."""
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "playground"),
            *("--data", str(self._folder), "--port", str(self._port)),
            cwd=_PROJECT,
            stdout=asyncio.subprocess.PIPE,
        )
        assert self._process.stdout is not None
        async with asyncio.timeout(_PATIENCE):
            while True:
                line = (await self._process.stdout.readline()).decode()
                if not line:
                    raise RuntimeError("the playground ended before it was ready")
                if found := re.search(r"http://\S+", line):
                    self.address = found[0]
                    return

    async def kill(self) -> None:
        """SIGKILL: no time to tidy up."""
        await self._end(signal.SIGKILL)

    async def stop(self) -> None:
        """SIGTERM, and wait until it is gone."""
        await self._end(signal.SIGTERM)

    def bytes(self) -> bytes:
        """Everything that lies in its folder."""
        files = [file for file in sorted(self._folder.rglob("*")) if file.is_file()]
        return b"".join(file.read_bytes() for file in files)

    async def _end(self, number: signal.Signals) -> None:
        if self._process is None or self._process.returncode is not None:
            return
        os.kill(self._process.pid, number)
        await self._process.communicate()


@asynccontextmanager
async def running(folder: Path) -> AsyncIterator[Running]:
    """A playground that is up; it is gone when the block ends."""
    playground = Running(folder)
    await playground.start()
    try:
        yield playground
    finally:
        await playground.kill()

"""What is measured: a bot in a process of its own, from this checkout or another, or a bare one."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from tests.ports import free_port

HERE = Path(__file__).parents[2]
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Subject:
    """A checkout of Banyan, or (``checkout`` is ``None``) the bare bot."""

    name: str
    checkout: Path | None


def subjects(against: str | None, *, bare: bool) -> list[Subject]:
    """What to measure one after the other: the bare bot, the other checkout, and this one."""
    found = [Subject("discord.py alone", None)] if bare else []
    if against:
        found.append(Subject(against, Path(against).resolve()))
    return [*found, Subject("this checkout", HERE)]


class Running:
    """A process at work."""

    def __init__(self, process: asyncio.subprocess.Process, port: int, folder: Path) -> None:
        self.process = process
        self.port = port
        self.folder = folder

    @property
    def cpu(self) -> float:
        """Seconds of CPU it has used so far, its children that have ended included."""
        told = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return sum(map(int, told[11:15])) / _TICKS

    def memory(self, kind: str = "VmRSS") -> float:
        """MiB of it that lie in memory now, or (``VmHWM``) ever did."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith(f"{kind}:"):
                return int(line.split()[1]) / 1024
        raise LookupError(kind)


@asynccontextmanager
async def running(
    subject: Subject, folder: Path, settings: str, environment: Mapping[str, str]
) -> AsyncIterator[Running]:
    """The bot at work in ``folder``, which holds its data, its configuration and its log.

    ``settings`` are the tables of config.toml besides those that every run needs.
    """
    port = free_port()
    file = folder / "config.toml"
    file.write_text(f'[http]\nport = {port}\n[storage]\ndata = "{folder / "data"}"\n{settings}')
    clean = {name: value for name, value in os.environ.items() if not name.startswith("BANYAN")}
    what = ("bot", "run") if subject.checkout else ("tests.benchmarks.bare",)
    with (folder / "log").open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", *what),
            cwd=subject.checkout or HERE,
            env={**clean, "BANYAN_CONFIG": str(file), **environment},
            stderr=log,
        )
    here = Running(process, port, folder)
    try:
        if subject.checkout:
            await _ready(here)
        yield here
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        try:
            await asyncio.wait_for(process.wait(), 20)
        except TimeoutError:
            process.kill()
            await process.wait()


async def _ready(here: Running) -> None:
    async with aiohttp.ClientSession() as session:
        for _ in range(1200):
            if here.process.returncode is not None:
                break
            try:
                async with session.get(f"http://127.0.0.1:{here.port}/readyz") as answer:
                    if answer.status == 200:
                        return
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.05)
    raise SystemExit(f"it did not become ready:\n{(here.folder / 'log').read_text()}")

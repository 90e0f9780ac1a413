"""A long computation ends with the bot that wanted it, even when that is killed."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from bot.core.boundary.outcome import Outcome
from bot.core.feature import Job
from bot.shell.computer import compute

Progressed = Callable[[float, float], None]


def endless(given: bytes, progressed: Progressed) -> bytes:
    """Tell its process's number, and go on for ever."""
    progressed(0.1, float(os.getpid()))
    while True:
        sum(range(1000))


def endless_where_no_kernel_helps(given: bytes, progressed: Progressed) -> bytes:
    """The same as on a system that does not end children with their parents."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(1, 0)
    return endless(given, progressed)


def double(given: bytes, progressed: Progressed) -> bytes:
    return given * 2


def _job(run: Callable[[bytes, Progressed], bytes]) -> Job:
    return Job("test", lambda key, unit: b"", run, lambda *_: Outcome(), lambda *_: Outcome())


def parent(name: str) -> None:
    """The process that is going to be killed: it computes, and writes its child's number."""

    async def told(share: float, number: float) -> None:
        os.write(1, f"{number:.0f}\n".encode())

    asyncio.run(compute(_job(globals()[name]), b"x" * 100_000, told))


@pytest.mark.parametrize("run", [endless, endless_where_no_kernel_helps])
async def test_the_child_of_a_killed_bot_ends(run: Callable[[bytes, Progressed], bytes]) -> None:
    program = f"from tests.reliability.test_children import parent; parent({run.__name__!r})"
    killed = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", program),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert killed.stdout is not None
    assert killed.stderr is not None
    child = int(await killed.stdout.readline())
    os.kill(child, 0)
    killed.kill()
    # The child has its parent's standard error, so this ends only when both are gone.
    async with asyncio.timeout(60):
        said = await killed.stderr.read()
    assert await killed.wait() == -signal.SIGKILL
    assert not said
    assert not _is_running(child)


async def test_the_result_comes_though_nothing_tells_the_child_that_its_input_is_over() -> None:
    async def told(share: float, best: float) -> None: ...

    given = os.urandom(3_000_000)
    assert await compute(_job(double), given, told) == given * 2


def _is_running(process: int) -> bool:
    """Whether it is there, and is not only waiting for somebody to notice its end."""
    for _ in range(600):
        state = subprocess.run(
            ["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True, check=False
        ).stdout.strip()
        if not state or state.startswith("Z"):
            return False
        time.sleep(0.05)
    return True

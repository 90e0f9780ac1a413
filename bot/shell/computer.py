"""Long computations, each in a child process, so that the bot stays awake.

The child is :mod:`bot.shell.child`, which imports nothing but what the computation needs: a small
community's circles are found in less time than the whole bot takes to start.
"""

import asyncio
import base64
import os
import sys
from collections.abc import Awaitable, Callable

import msgspec

from bot.core.feature import FileReader, Job
from bot.shell.child import LENGTH, Line


class JobFailed(Exception):
    """The child process ended without a result."""


async def compute(
    job: Job | FileReader, given: bytes, progressed: Callable[[float, float], Awaitable[None]]
) -> bytes:
    """The job's result for this input. The child ends when the wait is cancelled, and
    with this process, even when that is killed.

    Raises :class:`JobFailed`.
    """
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot.shell.child",
        job.run.__module__,
        job.run.__qualname__,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        limit=1 << 28,
    )
    try:
        if child.stdin is None or child.stdout is None:
            raise JobFailed(job.name)
        # It stays open: when this process is gone, however that came, it closes and the child ends.
        child.stdin.write(len(given).to_bytes(LENGTH) + given)
        async for line in child.stdout:
            said = msgspec.json.decode(line, type=Line)
            if said.result is not None:
                await child.wait()
                return base64.b85decode(said.result)
            await progressed(said.share, said.best)
        raise JobFailed(job.name)
    except (BrokenPipeError, ConnectionResetError, msgspec.DecodeError) as error:
        raise JobFailed(job.name) from error
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()

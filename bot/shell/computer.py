"""Long computations, each in a child process, so that the bot stays awake.

The child is ``python -m bot compute <job>``: its input on standard input, and on standard output
one JSON line for each step forward and a last one with the result.
"""

import asyncio
import base64
import os
import sys
from collections.abc import Awaitable, Callable

import msgspec


class JobFailed(Exception):
    """The child process ended without a result."""


class _Line(msgspec.Struct):
    share: float = 0.0
    best: float = 0.0
    result: str | None = None


async def compute(
    job: str, given: bytes, progressed: Callable[[float, float], Awaitable[None]]
) -> bytes:
    """The job's result for this input. The child is ended when the wait is cancelled.

    Raises :class:`JobFailed`.
    """
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "compute",
        job,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        limit=1 << 28,
    )
    try:
        if child.stdin is None or child.stdout is None:
            raise JobFailed(job)
        child.stdin.write(given)
        child.stdin.close()
        async for line in child.stdout:
            said = msgspec.json.decode(line, type=_Line)
            if said.result is not None:
                await child.wait()
                return base64.b85decode(said.result)
            await progressed(said.share, said.best)
        raise JobFailed(job)
    except (BrokenPipeError, ConnectionResetError, msgspec.DecodeError) as error:
        raise JobFailed(job) from error
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()


def work(run: Callable[[bytes, Callable[[float, float], None]], bytes]) -> None:
    """The child's side: read the input, run, and write progress and result."""
    out = sys.stdout.buffer

    def write(line: _Line) -> None:
        out.write(msgspec.json.encode(line) + b"\n")
        out.flush()

    def progressed(share: float, best: float) -> None:
        write(_Line(share=share, best=best))

    result = run(sys.stdin.buffer.read(), progressed)
    write(_Line(share=1.0, result=base64.b85encode(result).decode()))

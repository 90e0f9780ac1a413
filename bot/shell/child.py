"""The child process of a long computation: ``python -m bot.shell.child <module> <function>``.

On standard input comes the length of its input (8 bytes, big-endian) and the input itself; then
standard input stays open for as long as the parent lives, however that ends, and the child ends
with it. It works on all processors, and gives way to the bot.

On standard output it writes one JSON line for each step forward and a last one with the
result.
"""

import base64
import ctypes
import os
import signal
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from importlib import import_module
from inspect import signature
from threading import Lock, Thread
from typing import Final

import msgspec

LENGTH: Final = 8
"""Bytes."""
ORPHANED: Final = 75
"""The exit code of a child whose parent is gone."""
_PR_SET_PDEATHSIG: Final = 1


class Line(msgspec.Struct):
    """How far it is and the best value yet, or in the last line the result in base 85."""

    share: float = 0.0
    best: float = 0.0
    result: str | None = None


def work(run: Callable[..., bytes]) -> None:
    """Read the input, run, and write progress and result."""
    given = sys.stdin.buffer
    out = sys.stdout.buffer
    size = int.from_bytes(given.read(LENGTH))
    told = given.read(size)
    if len(told) < size:
        sys.exit(ORPHANED)
    Thread(target=_end_with_parent, daemon=True).start()

    writing = Lock()

    def write(line: Line) -> None:
        with writing:
            out.write(msgspec.json.encode(line) + b"\n")
            out.flush()

    def progressed(share: float, best: float) -> None:
        write(Line(share=share, best=best))

    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        if "hands" in signature(run).parameters:  # a piece of it may be done on each processor
            run = partial(run, hands=lambda pieces: pool.map(lambda piece: piece(), pieces))
        result = run(told, progressed)
    write(Line(share=1.0, result=base64.b85encode(result).decode()))


def _end_with_parent() -> None:
    """Nothing more ever comes on standard input; it closes when the parent is gone."""
    os.read(sys.stdin.fileno(), 1)
    os._exit(ORPHANED)


def _have_the_kernel_end_us() -> None:
    """On Linux the kernel ends the child with its parent, also in the midst of compiled code."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


if __name__ == "__main__":
    _have_the_kernel_end_us()
    if hasattr(os, "nice"):
        os.nice(5)
    work(getattr(import_module(sys.argv[1]), sys.argv[2]))

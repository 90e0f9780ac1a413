"""The child process of a long computation: ``python -m bot.shell.child <module> <function>``.

Its input comes on standard input; on standard output it writes one JSON line for each step forward
and a last one with the result.
"""

import base64
import sys
from collections.abc import Callable
from importlib import import_module

import msgspec


class Line(msgspec.Struct):
    """How far it is and the best value yet, or in the last line the result in base 85."""

    share: float = 0.0
    best: float = 0.0
    result: str | None = None


def work(run: Callable[[bytes, Callable[[float, float], None]], bytes]) -> None:
    """Read the input, run, and write progress and result."""
    out = sys.stdout.buffer

    def write(line: Line) -> None:
        out.write(msgspec.json.encode(line) + b"\n")
        out.flush()

    def progressed(share: float, best: float) -> None:
        write(Line(share=share, best=best))

    result = run(sys.stdin.buffer.read(), progressed)
    write(Line(share=1.0, result=base64.b85encode(result).decode()))


if __name__ == "__main__":
    work(getattr(import_module(sys.argv[1]), sys.argv[2]))

"""What one file costs everybody else: ``python -m tests.benchmarks.files``.

A bot on SQLite, with a second community that keeps asking for help while somebody in the first
sends in files. For each file: how long it took to be answered, the CPU it cost (the child's too),
and the longest that the other community waited meanwhile. Alone, without a bot: what reading a
header of many columns costs.
"""

import asyncio
import resource
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.core.features.desk.makers import people_csv, row
from tests.paper import Member
from tests.world import World, world

BAD = ["id,role,languages,timezone,availability"]


def bad_rows(size: int) -> bytes:
    """Rows in which every cell is wrong, of so many bytes."""
    lines, length, number = [*BAD], 0, 0
    while length < size:
        number += 1
        line = f"p{number},boss,Englisch{number},Nowhere {number},whenever {number}"
        lines.append(line)
        length += len(line) + 1
    return "\n".join(lines).encode()


def columns(many: int) -> bytes:
    """A header of so many columns that nobody knows, and one row."""
    return ",".join(f"column number {n}" for n in range(many)).encode()


def _cpu() -> float:
    both = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(resource.getrusage(who).ru_utime + resource.getrusage(who).ru_stime for who in both)


async def _measured(name: str, work: Callable[[], Awaitable[object]], other: Member) -> None:
    longest, stop = 0.0, False

    async def ask() -> None:
        nonlocal longest
        while not stop:
            began = time.perf_counter()
            await other.use("circle help")
            longest = max(longest, time.perf_counter() - began)
            await asyncio.sleep(0.1)

    asking = asyncio.create_task(ask())
    await asyncio.sleep(0.2)
    longest, cpu, began = 0.0, _cpu(), time.perf_counter()
    await work()
    took, cost = time.perf_counter() - began, _cpu() - cpu
    stop = True
    await asking
    told = (
        f"{name:<34} answered in {took:6.2f} s  CPU {cost:6.2f} s  others at most {longest:6.2f} s"
    )
    print(told, flush=True)


async def _all(here: World) -> None:
    nadia, other = here.member("Nadia", moderator=True), here.member("Mei", community="elsewhere")
    await nadia.use("circle help")

    def sending(content: bytes) -> Callable[[], Awaitable[object]]:
        return lambda: nadia.send_file("circle-admin import", "people.csv", content)

    for size in (39_000, 100_000, 1_000_000):
        await _measured(f"{size // 1000} kB of bad rows", sending(bad_rows(size)), other)
    for many in (1_000, 2_000, 4_000):
        await _measured(f"a header of {many} columns", sending(columns(many)), other)
    people = [row(f"p{n}", "mentor" if n % 4 == 0 else "mentee") for n in range(1_200)]
    await _measured("1,200 people: what would change", sending(people_csv(people)), other)
    await _measured("1,200 people: bringing them in", lambda: nadia.press("Bring them in"), other)


async def main() -> None:
    """All of it, in a folder that is deleted afterwards."""
    with TemporaryDirectory() as folder:
        async with world(Path(folder)) as here:
            await _all(here)


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))

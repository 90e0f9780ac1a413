"""500 people press *join* within two seconds: ``python -m tests.benchmarks.storm [slack]``.

On the stand-in for Discord, one after the other: a bot of nothing but discord.py, the checkout at
``--against`` (the release before, say), and this checkout. Each gets the same presses at the same
moments; then everybody sends the first form in, in the same way. ``--busy`` has another program
take one core all the while. Told are the answers by kind, the time until each, and CPU a press.

On 2026-11-27, on two cores that others used as well (forms, p99, CPU a press):

- discord.py alone: 500, 115 ms, 3.0 ms; with ``--busy`` 500, 95 ms, 2.4 ms
- the release before: 454, 1,818 ms, 6.1 ms; with ``--busy`` 139, 1,905 ms, 6.3 ms
- this checkout: 500, 96 ms, 2.1 ms; with ``--busy`` 500, 193 ms, 3.0 ms

``slack``: the same there, by Socket Mode and by HTTP: :mod:`tests.benchmarks.storm_slack`.
"""

import argparse
import asyncio
import multiprocessing
import os
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from tests.benchmarks import storm_slack
from tests.benchmarks.subject import Running, Subject, running, subjects
from tests.platforms.discord import Person, StandIn
from tests.platforms.discord.world import Interaction

WITHIN = 2.0
"""Seconds in which everybody presses."""
KINDS = {4: "message", 5: "promise", 7: "message", 9: "form", None: "lost"}


async def storm(
    here: Running, people: Sequence[Person], act: Callable[[Person], Awaitable[object]], seed: int
) -> str:
    """Everybody acts at a moment of their own; what came of it, as a line."""
    chance = Random(seed)
    began = here.cpu

    async def one(person: Person, wait: float) -> Interaction | None:
        await asyncio.sleep(wait)
        before = person.last
        try:
            await act(person)
        except TimeoutError:
            return None
        return person.last if person.last is not before else None

    moments = [chance.uniform(0, WITHIN) for _ in people]
    answered = await asyncio.gather(*map(one, people, moments))
    kinds = Counter(KINDS.get(one.kind if one else None, "other") for one in answered)
    waits = sorted(one.answered_after for one in answered if one and one.answered_after)
    if not waits:
        return "nobody was answered"
    cpu = 1000 * (here.cpu - began) / len(people)
    at = {share: waits[min(int(share * len(waits)), len(waits) - 1)] for share in (0.5, 0.99)}
    told = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    return (
        f"{told:32} p50 {1000 * at[0.5]:5.0f} ms  p99 {1000 * at[0.99]:5.0f} ms  "
        f"worst {1000 * waits[-1]:5.0f} ms  {cpu:5.2f} ms of CPU a press"
    )


async def measure(subject: Subject, folder: Path, people: int, seed: int) -> None:
    """Both storms, for one bot that has just been started."""
    async with StandIn() as stand_in:
        guild = stand_in.guild("Mango Society")
        crowd = [
            Person(stand_in, guild, stand_in.join(guild, f"Person {one}")) for one in range(people)
        ]
        settings = "[discord]\nenabled = true\n"
        async with running(subject, folder, settings, stand_in.environment) as here:
            await stand_in.gateway.connected()
            await stand_in.until(lambda: stand_in.commands)
            first = Person(stand_in, guild, stand_in.join(guild, "First"))
            await first.use("circle join")
            line = await storm(here, crowd, lambda one: one.use("circle join"), seed)
            print(f"{subject.name:18} join     {line}", flush=True)
            if subject.checkout is None:
                return  # it keeps nothing
            ready = [one for one in crowd if one.form]
            line = await storm(here, ready, send_in, seed)
            print(f"{subject.name:18} send in  {line}", flush=True)


async def send_in(person: Person) -> None:
    """Fill in as little of the first form as it asks for."""
    await person.fill(what_would="Mentee", what_do=("Identity", "Culture"))


@contextmanager
def another_program(wanted: bool) -> Iterator[None]:
    """Something else that takes one core."""
    if not wanted:
        yield
        return
    other = multiprocessing.get_context("spawn").Process(target=_spin, daemon=True)
    other.start()
    try:
        yield
    finally:
        other.kill()
        other.join()


def _spin() -> None:
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    while True:
        pass


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("platform", nargs="?", choices=("discord", "slack"), default="discord")
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--against", help="another checkout, measured in the same run")
    parser.add_argument("--busy", action="store_true", help="another program takes one core")
    parser.add_argument("--no-bare", action="store_true", help="leave discord.py alone out")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    if given.platform == "discord":
        for subject in subjects(given.against, bare=not given.no_bare):
            with TemporaryDirectory() as folder, another_program(given.busy):
                asyncio.run(measure(subject, Path(folder), given.people, given.seed))
        return
    for subject in subjects(given.against, bare=False):
        for mode in ("socket", "http"):
            with TemporaryDirectory() as folder, another_program(given.busy):
                asyncio.run(
                    storm_slack.measure(subject, Path(folder), given.people, given.seed, mode)
                )


if __name__ == "__main__":
    main()

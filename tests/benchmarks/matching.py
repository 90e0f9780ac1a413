"""How good, how fast and how large: ``python -m tests.benchmarks.matching [people …]``.

Seeded communities of several kinds, each matched by the engine and, in the same run, at random
(what pairing bots do) and by a constructive greedy. Each is measured in a process of its own.
``--against`` names the checkout of another release: its engine matches the same communities, under
its own definition, beside this one.

All of it takes hours, nearly all for the largest: name sizes, ``--kind``, ``--effort`` or
``--alone`` (without the arrangements to compare with) for less, as in
``python -m tests.benchmarks.matching 200 1000 --kind world``.
"""

import argparse
import os
import resource
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path

from bot.core.matching.definition.model import Circle, Effort, Problem
from bot.core.matching.engine import check_all, solve
from bot.core.matching.search.chance import Chance
from bot.core.matching.search.machine import Machine
from tests.core.matching.community import KINDS, community

SIZES = (50, 200, 1_000, 10_000)
_AT_A_TIME = 2_000
"""Of larger communities, the arrangements to compare with are made so many people at a time."""

_OTHER = """
import resource, sys, time
from tests.core.matching.community import KINDS, community
from bot.core.matching.engine import solve
try:
    from bot.core.matching.definition.model import Effort
except ImportError:
    from bot.core.matching.model import Effort
people, kind, effort, seed = int(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])
problem = community(people, seed, KINDS[kind])
began = time.process_time()
result = solve(problem, seed=seed, effort=Effort(effort))
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(f"{result.objective:.1f} (gap told {100 * result.gap:.1f} %, "
      f"{time.process_time() - began:.1f} s, {memory:.0f} MiB)")
"""


def at_random(problem: Problem, machine: Machine, seed: int) -> float:
    """The value of a random arrangement that breaks no rule of a single circle."""
    chance, total = Chance(seed), 0.0
    mentors = [p.id for p in problem.people for _ in range(p.mentor_seats)]
    waiting = [p.id for p in problem.people if p.mentee_seats]
    for mentor in _shuffled(mentors, chance):
        team: tuple[str, ...] = ()
        value = 0.0
        for who in _shuffled(waiting, chance):
            if who == mentor or len(team) == 5:
                continue
            grown = (*team, who)
            worth = machine.value(Circle((mentor,), grown))
            if worth is not None or (len(grown) < 3 and _could(problem, mentor, grown)):
                team, value = grown, worth or 0.0
        if len(team) >= 3:
            total += value
            waiting = [who for who in waiting if who not in team]
    return total


def greedily(problem: Problem, machine: Machine) -> float:
    """The value of a constructive greedy: each mentor takes who adds most, one after another."""
    total = 0.0
    waiting = [p.id for p in problem.people if p.mentee_seats]
    for mentor in [p.id for p in problem.people for _ in range(p.mentor_seats)]:
        team: tuple[str, ...] = ()
        value = 0.0
        while len(team) < 5:
            fitting = []
            for who in waiting:
                if who == mentor or who in team:
                    continue
                grown = (*team, who)
                worth = machine.value(Circle((mentor,), grown))
                if worth is not None or (len(grown) < 3 and _could(problem, mentor, grown)):
                    fitting.append((worth or 0.0, who))
            if not fitting or (len(team) >= 3 and max(fitting)[0] <= value):
                break
            value, who = max(fitting)
            team = (*team, who)
        if len(team) >= 3 and value > 0.0:
            total += value
            waiting = [who for who in waiting if who not in team]
    return total


def _could(problem: Problem, mentor: str, mentees: tuple[str, ...]) -> bool:
    """Whether these could sit together, were they more."""
    broken = check_all(problem, [Circle((mentor,), mentees)])
    return all(type(one).__name__ == "WrongSize" for one in broken)


def _shuffled(some: list[str], chance: Chance) -> list[str]:
    order = list(range(len(some)))
    chance.shuffle(order)
    return [some[index] for index in order]


@dataclass(frozen=True, slots=True)
class Measured:
    """One run."""

    kind: str
    objective: float
    upper_bound: float
    gap: float
    worst: str
    unplaced: int
    seconds: float
    processor: float
    memory: float
    others: str

    def line(self, people: int) -> str:
        """As a line of the table."""
        return (
            f"{people:7} {self.kind:14} {self.objective:11.1f} {self.upper_bound:11.1f} "
            f"{100 * self.gap:6.1f} % {self.worst:>5} {self.unplaced:7} {self.seconds:8.1f} s "
            f"{self.processor:8.1f} s {self.memory:6.0f} MiB  {self.others}"
        )


def others(problem: Problem, seed: int, objective: float) -> str:
    """What plain arrangements reach of this."""
    people, best = problem.people, max(objective, 1.0)
    by_chance = by_greed = 0.0
    for start in range(0, len(people), _AT_A_TIME):
        some = Problem(people[start : start + _AT_A_TIME], problem.settings)
        machine = Machine(some, searching=False)
        by_chance += at_random(some, machine, seed)
        by_greed += greedily(some, machine)
    return f"random {100 * by_chance / best:3.0f} %, greedy {100 * by_greed / best:3.0f} %"


def measure(people: int, kind: str, effort: str, seed: int, alone: bool) -> Measured:
    """Match one community, and check that no rule is broken."""
    problem = comparable(community(people, seed, KINDS[kind]))
    began, worked = time.perf_counter(), time.process_time()
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        result = solve(
            problem,
            seed=seed,
            effort=Effort(effort),
            hands=lambda searches: pool.map(lambda search: search(), searches),
        )
    seconds, processor = time.perf_counter() - began, time.process_time() - worked
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if check_all(problem, [scored.circle for scored in result.circles]):
        raise AssertionError("a hard rule is broken")
    return Measured(
        kind,
        result.objective,
        result.upper_bound,
        result.gap,
        f"{result.worst.score:.1f}" if result.worst else "–",
        len(result.unplaced),
        seconds,
        processor,
        memory,
        "" if alone else others(problem, seed, result.objective),
    )


def comparable(problem: Problem) -> Problem:
    """The same people without what earlier releases do not know: what matters most, and teams."""
    plain = (replace(p, matters_most="", teams=frozenset()) for p in problem.people)
    return Problem(tuple(plain), problem.settings)


def against(folder: Path, people: int, kind: str, effort: str, seed: int) -> str:
    """What the engine of another checkout finds for the same people."""
    command = [sys.executable, "-c", _OTHER, str(people), kind, effort, str(seed)]
    done = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Benchmarks of the matching engine")
    parser.add_argument("people", type=int, nargs="*", default=list(SIZES))
    parser.add_argument("--effort", choices=[one.value for one in Effort], default="normal")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kind", choices=sorted(KINDS), action="append")
    parser.add_argument("--alone", action="store_true")
    parser.add_argument("--against", type=Path, help="a checkout of another release")
    chosen = parser.parse_args()
    print(
        " people kind            objective       bound      gap worst unplaced  wall  CPU  memory"
    )
    for people in chosen.people:
        for kind in chosen.kind or sorted(KINDS):
            with get_context("spawn").Pool(1) as pool:
                told = pool.apply(measure, (people, kind, chosen.effort, chosen.seed, chosen.alone))
            print(told.line(people), flush=True)
            if chosen.against:
                other = against(chosen.against, people, kind, chosen.effort, chosen.seed)
                print(f"        there: {other}", flush=True)


if __name__ == "__main__":
    main()

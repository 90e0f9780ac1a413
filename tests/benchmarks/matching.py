"""How good, how fast and how large: ``python -m tests.benchmarks.matching [people …]``.

Seeded communities of several kinds, each matched by the engine and, in the same run, at random
(what pairing bots do) and by a constructive greedy. Each is measured in a process of its own.

All of it takes hours, nearly all for the largest: name sizes, ``--kind``, ``--effort`` or
``--alone`` (without the arrangements to compare with) for less, as in
``python -m tests.benchmarks.matching 200 1000 --kind world``.
"""

import argparse
import os
import resource
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

from bot.core.matching.definition.model import Effort, Problem
from bot.core.matching.engine import SMALL, check_all, solve
from bot.core.matching.search.chance import Chance
from bot.core.matching.search.greedy import construct
from bot.core.matching.search.roster import IMPOSSIBLE, Roster
from bot.core.matching.search.seating import Seating
from tests.core.matching.community import KINDS, community

SIZES = (50, 200, 1_000, 10_000, 100_000)
_AT_A_TIME = 2_000
"""Of larger communities, the arrangements to compare with are made so many people at a time."""


def at_random(roster: Roster, seed: int) -> float:
    """The value of a random arrangement that breaks no rule."""
    chance = Chance(seed)
    seating = Seating(roster)
    mentors = [who for who, seats in enumerate(roster.mentor_seats) for _ in range(seats)]
    chance.shuffle(mentors)
    for mentor in mentors:
        waiting = [who for who in seating.waiting() if who != mentor]
        chance.shuffle(waiting)
        team: list[int] = []
        for who in waiting:
            if len(team) < 5 and roster.fits((mentor, *team, who)):
                team.append(who)
        seats = ((mentor,), tuple(sorted(team)))
        if len(team) >= roster.sizes[1][0] and seating.value(seats) != IMPOSSIBLE:
            seating.open(seats)
    return seating.total()


def greedily(roster: Roster) -> float:
    """The value of the constructive greedy's arrangement."""
    seating = Seating(roster)
    construct(seating)
    return seating.total()


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
        some = people[start : start + _AT_A_TIME]
        roster = Roster(Problem(some, problem.settings))
        by_chance += at_random(roster, seed)
        by_greed += greedily(roster)
    return f"random {100 * by_chance / best:3.0f} %, greedy {100 * by_greed / best:3.0f} %"


def measure(people: int, kind: str, effort: str, seed: int, alone: bool) -> Measured:
    """Match one community, and check that no rule is broken."""
    problem = community(people, seed, KINDS[kind])
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


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Benchmarks of the matching engine")
    parser.add_argument("people", type=int, nargs="*", default=list(SIZES))
    parser.add_argument("--effort", choices=[one.value for one in Effort], default="normal")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kind", choices=sorted(KINDS), action="append")
    parser.add_argument("--alone", action="store_true", help="compare with nothing")
    chosen = parser.parse_args()
    print(f"plain search up to {SMALL} people; effort {chosen.effort}, seed {chosen.seed}")
    print(
        " people kind                     F       bound      gap worst unplaced     time"
        "  processor     memory  of F"
    )
    for people in chosen.people:
        for kind in chosen.kind or KINDS:
            wanted = (people, kind, chosen.effort, chosen.seed, chosen.alone)
            with get_context("spawn").Pool(1) as process:
                print(process.apply(measure, wanted).line(people), flush=True)


if __name__ == "__main__":
    main()

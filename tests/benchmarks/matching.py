"""How good, how fast and how large: ``python -m tests.benchmarks.matching [people …]``.

Seeded communities of several kinds, each matched by the engine and, in the same run, at random
(what pairing bots do) and by a constructive greedy.
"""

import argparse
import resource
import time
from dataclasses import dataclass

from bot.core.matching.chance import Chance
from bot.core.matching.engine import SMALL, check_all, solve
from bot.core.matching.greedy import construct
from bot.core.matching.model import Effort, Problem, Result
from bot.core.matching.roster import IMPOSSIBLE, Roster
from bot.core.matching.seating import Seating
from tests.core.matching.community import KINDS, community

SIZES = (50, 200, 1_000, 10_000, 100_000)
_COMPARED = 2_000
"""Beyond so many people the plain arrangements to compare with would take too long."""


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
    result: Result
    seconds: float
    processor: float
    others: str

    def line(self, people: int) -> str:
        """As a line of the table."""
        result = self.result
        worst = f"{result.worst.score:5.1f}" if result.worst else "    –"
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        return (
            f"{people:7} {self.kind:14} {result.objective:11.1f} {result.upper_bound:11.1f} "
            f"{100 * result.gap:6.1f} % {worst} {len(result.unplaced):7} {self.seconds:8.1f} s "
            f"{self.processor:8.1f} s {memory:6.0f} MiB  {self.others}"
        )


def measure(problem: Problem, kind: str, effort: Effort, seed: int) -> Measured:
    """Match one community, and check that no rule is broken."""
    began, worked = time.perf_counter(), time.process_time()
    result = solve(problem, seed=seed, effort=effort)
    seconds, processor = time.perf_counter() - began, time.process_time() - worked
    if check_all(problem, [scored.circle for scored in result.circles]):
        raise AssertionError("a hard rule is broken")
    others = ""
    if len(problem.people) <= _COMPARED:
        roster = Roster(problem)
        best = max(result.objective, 1.0)
        others = (
            f"random {100 * at_random(roster, seed) / best:3.0f} %, "
            f"greedy {100 * greedily(roster) / best:3.0f} %"
        )
    return Measured(kind, result, seconds, processor, others)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Benchmarks of the matching engine")
    parser.add_argument("people", type=int, nargs="*", default=list(SIZES))
    parser.add_argument("--effort", choices=[one.value for one in Effort], default="normal")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kind", choices=sorted(KINDS), action="append")
    chosen = parser.parse_args()
    print(f"plain search up to {SMALL} people; effort {chosen.effort}, seed {chosen.seed}")
    print(
        " people kind                     F       bound      gap worst unplaced     time"
        "  processor     memory  of F"
    )
    for people in chosen.people:
        for kind in chosen.kind or KINDS:
            problem = community(people, chosen.seed, KINDS[kind])
            measured = measure(problem, kind, Effort(chosen.effort), chosen.seed)
            print(measured.line(people), flush=True)


if __name__ == "__main__":
    main()

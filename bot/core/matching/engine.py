"""The matcher's front door: everything that others ask of matching."""

from collections.abc import Callable, Iterable
from math import fsum

from bot.core.matching.anneal import Cancelled, anneal
from bot.core.matching.chance import Chance
from bot.core.matching.codec import decode, encode
from bot.core.matching.desk import move, place, rearranged, repair, swap
from bot.core.matching.facts import Broken
from bot.core.matching.greedy import construct
from bot.core.matching.model import Circle, Effort, Locks, Problem, Result
from bot.core.matching.roster import Roster
from bot.core.matching.rules import check, check_all
from bot.core.matching.score import objective, score_circle
from bot.core.matching.seating import EMPTY, Seating
from bot.core.matching.unplaced import unplaced

__all__ = [
    "Cancelled",
    "check",
    "check_all",
    "decode",
    "encode",
    "move",
    "place",
    "rearranged",
    "repair",
    "rescore",
    "solve",
    "swap",
]

STEPS = {Effort.QUICK: 20_000, Effort.NORMAL: 60_000, Effort.THOROUGH: 600_000}


def solve(
    problem: Problem,
    *,
    seed: int,
    effort: Effort = Effort.NORMAL,
    locks: Locks | None = None,
    progress: Callable[[float, float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Result:
    """The best circles found for these people.

    ``progress`` is told the share done (0–1) and the best objective so far. Raises
    :class:`Cancelled` soon after ``cancelled`` says so, and ValueError for locks that break a rule.
    """

    def watch(done: float, best: float) -> None:
        if progress is not None:
            progress(done, best)
        if cancelled is not None and cancelled():
            raise Cancelled

    seating = Seating(Roster(problem))
    _seat_locked(seating, locks or Locks())
    construct(seating)
    anneal(seating, Chance(seed), STEPS[effort], watch)
    circles = [seating.roster.circle(*seats) for seats in seating.circles if seats != EMPTY]
    return rescore(problem, circles, seed=seed, effort=effort)


def rescore(
    problem: Problem,
    circles: Iterable[Circle],
    *,
    seed: int = 0,
    effort: Effort = Effort.NORMAL,
) -> Result:
    """These circles as they are, with scores and reasons. The hard rules are not asked."""
    circles = sorted(circles, key=lambda circle: (circle.mentors, circle.mentees))
    scored = tuple(score_circle(problem, circle) for circle in circles)
    value = objective(scored)
    return Result(
        circles=scored,
        unplaced=unplaced(problem, scored),
        objective=value,
        upper_bound=max(value, loose_bound(problem)),
        seed=seed,
        effort=effort,
    )


def loose_bound(problem: Problem) -> float:
    """No arrangement is worth more: every mentee at 100, every mentor's seat at 100."""
    mentees = sum(person.mentee_seats for person in problem.people)
    seats = sum(person.mentor_seats for person in problem.people)
    seats = min(seats, mentees * problem.settings.mentors[1] // problem.settings.mentees[0])
    return fsum((100.0 * mentees, 10.0 * seats))


def _seat_locked(seating: Seating, locks: Locks) -> None:
    """Seat the draft's circles that hold something locked, and hold it there."""
    problem, number = seating.roster.problem, seating.roster.number
    kept = locks.circles | {index for index, _ in locks.seats}
    broken: tuple[Broken, ...] = check_all(problem, [locks.draft[index] for index in sorted(kept)])
    if broken:
        raise ValueError(f"a locked circle breaks a rule: {broken[0]}")
    for index in sorted(kept):
        circle = locks.draft[index]
        mentors = tuple(sorted(number[who] for who in circle.mentors))
        mentees = tuple(sorted(number[who] for who in circle.mentees))
        slot = seating.open((mentors, mentees))
        if index in locks.circles:
            seating.fixed.add(slot)
        else:
            seating.held[slot] = frozenset(number[who] for at, who in locks.seats if at == index)

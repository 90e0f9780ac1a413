"""The search for small communities, in plain Python.

Where the feasible circles can all be listed, the best of them are chosen exactly; where there are
too many, an arrangement is annealed and then improved block by block.
"""

from dataclasses import dataclass, replace

from bot.core.matching.definition.model import Circle, Effort, Locks, Problem
from bot.core.matching.search.anneal import Watch, anneal
from bot.core.matching.search.blocks import Reach, choose, improve
from bot.core.matching.search.chance import Chance
from bot.core.matching.search.feasible import feasible
from bot.core.matching.search.greedy import construct
from bot.core.matching.search.roster import Roster
from bot.core.matching.search.seating import EMPTY, Seating, Seats


@dataclass(frozen=True, slots=True)
class Budget:
    """How much to do, in steps and not in seconds."""

    steps: int
    """Of annealing."""
    listed: int
    """The most circles to choose among exactly."""
    work: int
    """The most looks at one of them while choosing."""
    reach: Reach


BUDGETS = {
    Effort.QUICK: Budget(6_000, 2_000, 200_000, Reach(6, 500, 20_000, 4)),
    Effort.NORMAL: Budget(25_000, 10_000, 3_000_000, Reach(24, 900, 40_000, 6)),
    Effort.THOROUGH: Budget(250_000, 30_000, 60_000_000, Reach(400, 4_000, 400_000, 10)),
}


_SMALL, _SOME = 150, 1_000
_PATIENT = 8
"""So many times as much is done for larger communities, whose moderators lack the engine made for
them and have no preview to wait for."""


def search(
    problem: Problem, locks: Locks, seed: int, effort: Effort, watch: Watch
) -> tuple[list[Circle], float | None]:
    """The circles found, and a valid bound where all feasible circles could be listed."""
    budget, chance = BUDGETS[effort], Chance(seed)
    if _SMALL < len(problem.people) <= _SOME:
        rounds = _PATIENT * budget.reach.rounds
        reach = replace(budget.reach, rounds=rounds)
        budget = replace(budget, steps=_PATIENT * budget.steps, reach=reach)
    roster = Roster(problem)
    seating = Seating(roster)
    _seat_locked(seating, locks)
    construct(seating)
    listed = None
    if not seating.fixed and not seating.held:
        listed = _listed(roster, budget.listed)
    if listed is not None:
        seating.known.update(listed)
    steps = budget.steps if listed is None else budget.steps // 2

    def first_half(done: float, best: float) -> None:
        watch(done / 2, best)

    def second_half(done: float, best: float) -> None:
        watch(0.5 + done / 2, best)

    anneal(seating, chance, steps, first_half)
    if listed is None:
        improve(seating, chance, budget.reach, second_half)
        return _circles(seating), None
    few = replace(budget.reach, rounds=budget.reach.rounds // 3)
    improve(seating, chance, few, second_half)
    found, packed = choose(roster, listed, list(roster.mentor_seats), _seats(seating), budget.work)
    return [roster.circle(*seats) for seats in found], packed.bound


def listable(problem: Problem, locks: Locks, effort: Effort) -> bool:
    """Whether all feasible circles can be listed, so that :func:`search` chooses exactly."""
    if locks.circles or locks.seats:
        return False
    return _listed(Roster(problem), BUDGETS[effort].listed) is not None


def _listed(roster: Roster, most: int) -> dict[Seats, float] | None:
    """All feasible circles, or None where there are more than so many."""
    everybody = range(len(roster.ids))
    mentors = [who for who in everybody if roster.mentor_seats[who]]
    mentees = [who for who in everybody if roster.mentee_seats[who]]
    return feasible(roster, mentors, mentees, most)


def _seats(seating: Seating) -> list[Seats]:
    return [seats for seats in seating.circles if seats != EMPTY]


def _circles(seating: Seating) -> list[Circle]:
    return [seating.roster.circle(*seats) for seats in _seats(seating)]


def _seat_locked(seating: Seating, locks: Locks) -> None:
    """Seat the draft's circles that hold something locked, and hold it there."""
    number = seating.roster.number
    for index in sorted(locks.circles | {index for index, _ in locks.seats}):
        circle = locks.draft[index]
        mentors = tuple(sorted(number[who] for who in circle.mentors))
        mentees = tuple(sorted(number[who] for who in circle.mentees))
        slot = seating.open((mentors, mentees))
        if index in locks.circles:
            seating.fixed.add(slot)
        else:
            seating.held[slot] = frozenset(number[who] for at, who in locks.seats if at == index)

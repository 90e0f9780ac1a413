"""The search for as many people as are looked at together: several starts, and the best of them.

Where all circles there can be are few enough to be listed, the best choice of them is proved and
nothing else is done.
"""

from functools import partial

from bot.core.matching.definition.model import Circle, Effort, Locks, Problem
from bot.core.matching.search.hands import Hands, Told
from bot.core.matching.search.machine import Machine
from bot.core.matching.search.people_arrays import MOST_QUESTIONS, questions_of
from bot.core.matching.search.plans import Legs, bounding, starts
from bot.core.matching.search.watch import Watch

_PROVED = 1e-9


def search(
    problem: Problem, locks: Locks, seed: int, effort: Effort, watch: Watch, *, hands: Hands
) -> tuple[list[Circle], float | None]:
    """The circles found, and a valid bound where one came out of the search."""
    people = problem.people
    if not (any(p.mentor_seats for p in people) and any(p.mentee_seats for p in people)):
        return [], 0.0
    (opening, *legs), *others = starts(effort, len(problem.people))
    first = Machine(problem)
    first.begin(locks=locks)
    told = Told(watch, 1, 0.0, 0.2 if legs else 0.9)
    first.search(opening, seed, partial(told.by, 0))
    proved = first.bound is not None and first.bound <= first.total * (1 + _PROVED) + _PROVED
    best = first
    if legs and not proved:
        told = Told(watch, 1 + len(others), 0.2, 0.7)
        works = [partial(_go_on, first, tuple(legs), seed, partial(told.by, 0))]
        works += [
            partial(_start, problem, locks, one, seed + 7_919 * at, partial(told.by, at))
            for at, one in enumerate(others, 1)
        ]
        best = max(hands(works), key=lambda one: one.total)
    if locks.circles or locks.seats or len(questions_of(problem)) >= MOST_QUESTIONS:
        return best.circles(), None
    known = [] if best.bound is None and first.bound is None else [best.bound, first.bound]
    if not proved:
        best.tighten(bounding(effort, len(problem.people)), _quietly(watch))
        known.append(best.bound)
    return best.circles(), min((one for one in known if one is not None), default=None)


def _start(problem: Problem, locks: Locks, legs: Legs, seed: int, watch: Watch) -> Machine:
    """A search of its own."""
    machine = Machine(problem)
    machine.begin(locks=locks)
    machine.search(legs[0], seed, watch)
    return _go_on(machine, legs[1:], seed, watch)


def _go_on(machine: Machine, legs: Legs, seed: int, watch: Watch) -> Machine:
    """The same search, further legs of it."""
    for number, leg in enumerate(legs, 1):
        machine.go_on(leg, seed + 104_729 * number, watch)
    return machine


def _quietly(watch: Watch) -> Watch:
    def told(_done: float, best: float) -> None:
        watch(0.95, best)

    return told

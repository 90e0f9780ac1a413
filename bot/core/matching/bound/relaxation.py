"""How good any arrangement could possibly be, where there are too many people to look at teams.

Every mentee is given the best company there could be, every mentor too; only the mentors' seats are
shared. A seat gets a price: a mentee in a circle of *a* mentors and *b* mentees pays *a/b* of it,
and every seat there is earns it. Whatever the price, the sum is a bound; the lowest is taken.
"""

from collections import Counter
from collections.abc import Sequence
from math import fsum

from bot.core.matching.definition.model import QUESTION, Person, Problem, Weights
from bot.core.matching.definition.score import phi, size_share

_TURNS = 60
_SAFETY = 1e-6

Types = list[tuple[int, int]]


def bound(problem: Problem) -> float:
    """No allowed arrangement of these people is worth more."""
    (low, high), (least, most) = problem.settings.mentors, problem.settings.mentees
    types = [(a, b) for a in range(low, high + 1) for b in range(least, most + 1)]
    offered = frozenset[str]().union(*(p.offers for p in problem.people if p.mentor_seats))
    weights = problem.settings.mentee_weights
    mentees = Counter(
        tuple(_mentee(p, weights, types, offered)) for p in problem.people if p.mentee_seats
    )
    seats = sum(person.mentor_seats for person in problem.people)
    return _lowest(list(mentees.items()), seats, types) + _SAFETY


def _mentee(person: Person, w: Weights, types: Types, offered: frozenset[str]) -> list[float]:
    """What a mentee is worth for whom everything but the size is as good as can be."""
    optional = [
        w.of("heritage", person) if person.wants_shared_heritage and person.heritage else 0.0,
        w.of("stage", person) if person.stage is not None else 0.0,
        w.of("wish", person) if person.wishes else 0.0,
        *(w.of(QUESTION + question, person) for question, tags in person.answers.items() if tags),
    ]
    goals = w.of("goals", person)
    met = len(person.seeks & offered) / len(person.seeks) if person.seeks else 0.0
    total = goals + w.of("language", person) + w.of("time", person) + w.peers + w.size
    total = total + fsum(optional) or 1.0
    lost = goals * (1.0 - met)
    return [
        phi(max(0.0, 100.0 * (total - lost - w.size * (1 - size_share(*kind))) / total))
        for kind in types
    ]


def _lowest(mentees: Sequence[tuple[tuple[float, ...], int]], seats: int, types: Types) -> float:
    """The lowest bound over all prices; it is convex in the price."""
    shares = [a / b for a, b in types]

    def at(price: float) -> float:
        paid = fsum(
            count * max(0.0, *(v - price * s for v, s in zip(values, shares, strict=True)))
            for values, count in mentees
        )
        return paid + seats * max(0.0, 10.0 + price)

    low, high = -20.0, 1_000.0
    for _ in range(_TURNS):
        left, right = low + (high - low) / 3, high - (high - low) / 3
        if at(left) <= at(right):
            high = right
        else:
            low = left
    return min(at(low), at(high), at((low + high) / 2))

"""How good any arrangement could possibly be: a number that no arrangement exceeds.

Every mentee is given the best company they could have had if nobody else needed it, every mentor
too; only the mentors' seats are shared. A seat gets a price: a mentee in a circle of *a* mentors
and *b* mentees pays *a/b* of it, and every seat there is earns it. Whatever the price, the sum is
a bound; the lowest is taken.
"""

from collections.abc import Sequence
from functools import reduce
from math import fsum

from bot.core.matching.definition.model import Person, Problem, Seat, Weights
from bot.core.matching.definition.score import (
    FULL_TIME_STARTS,
    HERITAGE_SHARES,
    LANGUAGE_SECOND_BEST,
    phi,
    size_share,
    worth,
)
from bot.core.matching.search.roster import Roster

MOST_LOOKED_AT = 1_200
"""Up to so many people, it is looked at who could meet whom; beyond, everybody could meet all."""

_TURNS = 60
_SAFETY = 1e-6

Types = list[tuple[int, int]]


def bound(problem: Problem) -> float:
    """No allowed arrangement of these people is worth more."""
    (low, high), (least, most) = problem.settings.mentors, problem.settings.mentees
    types = [(a, b) for a in range(low, high + 1) for b in range(least, most + 1)]
    if len(problem.people) <= MOST_LOOKED_AT:
        best = _Best(Roster(problem))
        mentees = [best.mentee(i, types) for i in range(len(problem.people))]
        mentors = [(p.mentor_seats, best.mentor(i)) for i, p in enumerate(problem.people)]
    else:
        weights = problem.settings.mentee_weights
        mentees = [_any_mentee(p, weights, types) for p in problem.people if p.mentee_seats]
        mentors = [(p.mentor_seats, 10.0) for p in problem.people]
    mentees = [values for values in mentees if values]
    seats = [(count, value) for count, value in mentors if count]
    return _lowest(mentees, seats, types) + _SAFETY


def _any_mentee(person: Person, w: Weights, types: Types) -> list[float]:
    """What a mentee is worth for whom everything but the size is as good as can be."""
    optional = [
        w.heritage if person.wants_shared_heritage and person.heritage else 0.0,
        w.stage if person.stage is not None else 0.0,
        w.wish if person.wishes else 0.0,
        *(w.question(question) for question, tags in person.answers.items() if tags),
    ]
    total = w.goals + w.language + w.time + w.peers + w.size + fsum(optional) or 1.0
    return [phi(100.0 * (total - w.size * (1 - size_share(*kind))) / total) for kind in types]


def _lowest(
    mentees: Sequence[list[float]], seats: Sequence[tuple[int, float]], types: Types
) -> float:
    """The lowest bound over all prices; it is convex in the price."""
    shares = [a / b for a, b in types]

    def at(price: float) -> float:
        paid = fsum(
            max(0.0, *(v - price * s for v, s in zip(values, shares, strict=True)))
            for values in mentees
        )
        return paid + fsum(count * max(0.0, value + price) for count, value in seats)

    low, high = -20.0, 1_000.0
    for _ in range(_TURNS):
        left, right = low + (high - low) / 3, high - (high - low) / 3
        if at(left) <= at(right):
            high = right
        else:
            low = left
    return min(at(low), at(high), at((low + high) / 2))


class _Best:
    """The best company for each person, nobody else considered."""

    def __init__(self, roster: Roster) -> None:
        self._roster = roster
        self._mentors = [i for i, seats in enumerate(roster.mentor_seats) if seats]
        self._mentees = [i for i, seats in enumerate(roster.mentee_seats) if seats]
        self._bits = [1 << index for index in range(len(roster.ids))]

    def mentee(self, who: int, types: Types) -> list[float]:
        """What this mentee could be worth in circles of each type; empty if in none."""
        roster = self._roster
        if not roster.mentee_seats[who]:
            return []
        mentors, mentees = self._company(who, self._mentors), self._company(who, self._mentees)
        if not mentors or len(mentees) < types[0][1] - 1:
            return []
        terms = roster.terms[Seat.MENTEE][who]
        w = terms.weights
        sought = roster.seeks[who]
        met = sorted(((sought & roster.offers[m]).bit_count() for m in mentors), reverse=True)
        union = sought & reduce(lambda all_, m: all_ | roster.offers[m], mentors, 0)
        learners = sum(self._bits[other] for other in mentees)
        company = learners | sum(self._bits[m] for m in mentors if m not in mentees)
        peers = (roster.peers[who] & learners).bit_count()
        rest = self._rest(who, Seat.MENTEE, company, mentors)
        rest += w.peers * min(1.0, peers / 2)
        if terms.stage >= 0:
            rest += w.stage * max([0.5, *(self._near(terms.stage, other) for other in mentees)])
        found = []
        for a, b in types:
            covered = min(sum(met[:a]), union.bit_count()) / max(1, sought.bit_count())
            total = rest + w.goals * covered + w.size * size_share(a, b)
            found.append(worth(100.0 * total / terms.total, Seat.MENTEE))
        return found

    def mentor(self, who: int) -> float:
        """What one seat of this mentor could be worth."""
        roster = self._roster
        if not roster.mentor_seats[who]:
            return 0.0
        mentees = self._company(who, self._mentees)
        mentors = self._company(who, self._mentors)
        least = roster.sizes[1][0]
        if len(mentees) < least:
            return -40.0
        terms = roster.terms[Seat.MENTOR][who]
        w = terms.weights
        learners = sum(self._bits[other] for other in mentees)
        company = learners | sum(self._bits[m] for m in mentors if m not in mentees)
        helped = (roster.helped[who] & learners).bit_count()
        rest = self._rest(who, Seat.MENTOR, company, mentees)
        rest += w.goals * min(1.0, helped / least)
        if terms.stage >= 0:
            rest += w.stage
        return worth(100.0 * rest / terms.total, Seat.MENTOR)

    def _company(self, who: int, others: Sequence[int]) -> list[int]:
        roster = self._roster
        starts, languages, needed = roster.starts, roster.languages, roster.needed
        own, spoken, barred = starts[who], languages[who], roster.barred[who] | 1 << who
        return [
            other
            for other in others
            if (own & starts[other]).bit_count() >= needed
            and spoken & languages[other]
            and not barred >> other & 1
        ]

    def _near(self, stage: int, other: int) -> float:
        theirs = self._roster.terms[Seat.MENTEE][other].stage
        return max(0.0, 1.0 - abs(theirs - stage) / 3) if theirs >= 0 else 0.0

    def _rest(self, who: int, seat: Seat, company: int, across: Sequence[int]) -> float:
        """The terms that both seats have: heritage, questions, language, time, wish."""
        roster = self._roster
        terms = roster.terms[seat][who]
        w = terms.weights
        total = 0.0
        if terms.heritage:
            total += w.heritage * HERITAGE_SHARES[min(2, (roster.kin[who] & company).bit_count())]
        total += sum(weight for weight, alike in terms.answers if alike & company)
        heard = any(roster.preferred[who] & roster.languages[other] for other in across)
        own = roster.preferred[who] & roster.languages[who]
        total += w.language * (1.0 if heard and own else LANGUAGE_SECOND_BEST)
        own_starts = roster.starts[who]
        times = max((own_starts & roster.starts[other]).bit_count() for other in across)
        total += w.time * min(1.0, times / FULL_TIME_STARTS)
        if terms.wishes and roster.wished[who] & company:
            total += w.wish
        return total

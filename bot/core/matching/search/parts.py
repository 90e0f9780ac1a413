"""The search for many thousands: part by part, each small enough to be searched quickly.

People who are free at like hours come into the same part, so that little is lost. The next round
cuts elsewhere, and lets the circles on either side of the old cuts exchange their people. What
comes out depends on the parts alone, and never on how many of them are searched at a time.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import cos, pi, sin

import numpy as np
from numpy.typing import NDArray

from bot.core.matching.definition.availability import QUARTERS
from bot.core.matching.definition.model import Circle, Effort, Locks, Person, Problem, Role
from bot.core.matching.search.anneal import Watch
from bot.core.matching.search.chance import Chance
from bot.core.matching.search.hands import Hands, Told, one_by_one
from bot.core.matching.search.kernel import Numbers, Shares
from bot.core.matching.search.large import Means, Plan, improve
from bot.core.matching.search.market import Look
from bot.core.matching.search.table import Table

_PART = 1_000
_FEW = 20_000
"""Beyond so many people, each gets less work."""

_NORMAL = Plan(
    heat=12.0,
    steps=400,
    looks=8,
    look=Look(each=3, likely=20, nodes=20, most=8_000, teams=2_000),
    share=0.1,
    near=Look(each=3, likely=20, nodes=20, most=8_000, teams=200),
    width=12,
    work=0,
    bound=0,
)
_BRIEF = replace(
    _NORMAL,
    steps=300,
    looks=6,
    look=Look(each=3, likely=20, nodes=10, most=8_000, teams=1_500),
    share=0.15,
    near=Look(each=3, likely=20, nodes=10, most=8_000, teams=100),
)
_QUICK = replace(_BRIEF, looks=3, share=0.25, width=10)
_THOROUGH = replace(
    _NORMAL,
    heat=20.0,
    steps=1_000,
    looks=12,
    look=Look(each=3, likely=30, nodes=30, most=10_000, teams=6_000),
    share=0.06,
    width=16,
)
"""How each part is searched; how much work there is for each person, :func:`rounds` says."""

_DAY = 24 * 4
_AT_A_TIME = 4_096

Angles = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Round:
    """One search through all the parts."""

    plan: Plan
    work: int
    """How much of it there is for each person (see :class:`Plan`)."""
    shift: float
    """How far the cuts lie from those of the first round, in parts."""


def rounds(effort: Effort, people: int) -> tuple[Round, ...]:
    """The first begins from nothing, the others put together again what is there."""
    works: tuple[int, ...]
    if effort is Effort.QUICK:
        first, works = _QUICK, (4_000, 4_000)
    elif effort is Effort.THOROUGH:
        first, works = _THOROUGH, (100_000,) * 4
    elif people > _FEW:
        first, works = _BRIEF, (15_000, 25_000)
    else:
        first, works = _NORMAL, (40_000,) * 3
    again = replace(first, looks=2)
    shifts = (0.0, 0.5, 0.25, 0.75)
    return tuple(
        Round(again if turn else first, work, shift)
        for turn, (work, shift) in enumerate(zip(works, shifts, strict=False))
    )


def search(
    problem: Problem,
    locks: Locks,
    seed: int,
    effort: Effort,
    watch: Watch,
    *,
    hands: Hands = one_by_one,
) -> list[Circle]:
    """The circles found."""
    whole = [locks.draft[index] for index in sorted(locks.circles)]
    held = {index: set[str]() for index, _ in locks.seats if index not in locks.circles}
    for index, who in locks.seats:
        if index in held:
            held[index].add(who)
    circles = [Held(locks.draft[index], frozenset(held[index])) for index in sorted(held)]
    cutter = _Cutter(without(problem, whole))
    plans = rounds(effort, len(problem.people))
    paid: Shares = np.zeros(2 * len(problem.people))
    for turn, plan in enumerate(plans):
        parts = cutter.parts(circles, plan.shift)
        told = Told(watch, len(parts), turn / len(plans), 1 / len(plans))
        searches = [
            partial(_search, part, plan, partial(told.by, number), _seed(seed, turn, number),
                    paid[part.seats] if turn else None)
            for number, part in enumerate(parts)
        ]  # fmt: skip
        circles = []
        for part, (found, prices) in zip(parts, hands(searches), strict=True):
            circles += found
            if prices is not None:
                paid[part.seats] = prices
    table = Table(problem, seed)
    for circle in whole:
        table.sit(circle, closed=True)
    for one in circles:
        table.sit(one.circle, one.people)
    table.acquaint()
    table.fill()
    return table.circles()


@dataclass(frozen=True, slots=True)
class Held:
    """A circle, and who of it must stay."""

    circle: Circle
    people: frozenset[str]


def without(problem: Problem, circles: Sequence[Circle]) -> Problem:
    """The problem that is left when these circles stay as they are."""
    if not circles:
        return problem
    learning = {who for circle in circles for who in circle.mentees}
    leading = Counter(who for circle in circles for who in circle.mentors)
    people = []
    for person in problem.people:
        mentoring = person.mentor_seats - leading[person.id]
        here = _seated(person, mentoring, learns=person.id not in learning)
        people.append(here or replace(person, role=Role.MENTOR, capacity=0))
    return Problem(tuple(people), problem.settings)


@dataclass(frozen=True, slots=True)
class _Part:
    """Some of the people, with the seats they may take here, and who sits together already."""

    problem: Problem
    circles: tuple[Held, ...]
    seats: Numbers
    """Where their seats are among those of everybody."""


def _seed(seed: int, turn: int, part: int) -> int:
    """The seed of a part's search."""
    return seed + 1_000_003 * turn + part


def _search(
    part: _Part, one: Round, watch: Watch, seed: int, paid: Shares | None
) -> tuple[list[Held], Shares | None]:
    table = Table(part.problem, seed)
    for held in part.circles:
        table.sit(held.circle, held.people)
    plan = replace(one.plan, work=one.work * len(part.problem.people))
    prices, _ = improve(table, plan, Means(Chance(seed), watch), paid)
    watch(1.0, table.total())
    staying = [held.people for held in part.circles if held.people]
    found = []
    for circle in table.circles():
        together = (people for people in staying if people.issubset(circle.people))
        found.append(Held(circle, next(together, frozenset())))
    return found, prices


class _Cutter:
    """Cuts a problem into parts."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._number = {person.id: index for index, person in enumerate(problem.people)}
        order = np.argsort(_hours(problem), kind="stable")
        self._rank = np.empty(len(order), np.int64)
        self._rank[order] = np.arange(len(order))
        self._count = -(-len(order) // _PART)

    def parts(self, circles: Sequence[Held], shift: float) -> list[_Part]:
        """All people in parts; each circle is where its first mentor is.

        Who mentors in several parts is in each of them, with as many seats as they hold there.
        """
        people = self._problem.people
        home = self._home(shift)
        within: list[list[Held]] = [[] for _ in range(self._count)]
        mentoring = [
            {where: person.mentor_seats} for where, person in zip(home, people, strict=True)
        ]
        learning = list(home)
        for held in circles:
            circle = held.circle
            where = home[self._number[circle.mentors[0]]]
            within[where].append(held)
            for who in circle.mentors:
                seats, own = mentoring[self._number[who]], home[self._number[who]]
                seats[own] -= 1
                seats[where] = seats.get(where, 0) + 1
            for who in circle.mentees:
                learning[self._number[who]] = where
        members: list[list[Person]] = [[] for _ in range(self._count)]
        numbers: list[list[int]] = [[] for _ in range(self._count)]
        for index, (person, seats, where) in enumerate(
            zip(people, mentoring, learning, strict=True)
        ):
            for part in sorted({where, *seats}):
                here = _seated(person, seats.get(part, 0), learns=part == where)
                if here is not None:
                    members[part].append(here)
                    numbers[part].append(index)
        return [
            _Part(
                Problem(tuple(some), self._problem.settings),
                tuple(circles_here),
                np.concatenate((own, np.add(own, len(people)))).astype(np.int64),
            )
            for some, circles_here, own in zip(members, within, numbers, strict=True)
        ]

    def _home(self, shift: float) -> list[int]:
        """The part that each person belongs to."""
        places = self._rank * (self._count / len(self._rank)) + shift
        return [int(place) % self._count for place in places.tolist()]


def _seated(person: Person, mentoring: int, *, learns: bool) -> Person | None:
    """This person with only these seats to take; None without any."""
    learns = learns and person.mentee_seats > 0
    if not (learns or mentoring):
        return None
    if learns == (person.mentee_seats > 0) and mentoring == person.mentor_seats:
        return person
    role = Role.MENTEE if not mentoring else Role.BOTH if learns else Role.MENTOR
    return replace(person, role=role, capacity=mentoring)


def _hours(problem: Problem) -> Angles:
    """The middle of each person's free hours on the clock of UTC, as an angle.

    Sums of whole numbers, so that no machine rounds them otherwise.
    """
    turn = 2 * pi / _DAY
    clock = np.array(
        [[round(1000 * cos(turn * q)), round(1000 * sin(turn * q))] for q in range(QUARTERS)]
    )
    sums = np.zeros((len(problem.people), 2), np.int64)
    for start in range(0, len(problem.people), _AT_A_TIME):
        some = problem.people[start : start + _AT_A_TIME]
        flat = b"".join(person.availability.to_bytes(QUARTERS // 8, "little") for person in some)
        bits = np.unpackbits(np.frombuffer(flat, np.uint8), bitorder="little")
        sums[start : start + len(some)] = bits.reshape(-1, QUARTERS) @ clock
    return np.arctan2(sums[:, 1], sums[:, 0])

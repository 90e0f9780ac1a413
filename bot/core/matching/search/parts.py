"""The search for many thousands: part by part, each small enough to be searched quickly.

People who are free at like hours come into the same part, so that little is lost. The next round
cuts elsewhere, and lets the circles on either side of the old cuts exchange their people. What
comes out depends on the parts alone, and never on how many of them are searched at a time.
"""

from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import atan2, cos, pi, sin

from bot.core.matching.definition.availability import QUARTERS, on_utc, quarters
from bot.core.matching.definition.model import Circle, Effort, Locks, Person, Problem, Role
from bot.core.matching.search.attending import attending
from bot.core.matching.search.hands import Hands, Told
from bot.core.matching.search.machine import Machine, Plan
from bot.core.matching.search.plans import cooled
from bot.core.matching.search.watch import Watch

_PART = 1_000
_DAY = 24 * 4

_NORMAL = Plan(work=12_000, listing=0, width=12, near_teams=200)
_QUICK = replace(_NORMAL, steps=300, looks=3, share=0.25, width=10, near_teams=100, work=1_500)
_WORK = {Effort.QUICK: (1_500, 1_500), Effort.NORMAL: (10_000,) * 3, Effort.THOROUGH: (40_000,) * 4}
"""How much work there is for each person, round after round."""


def search(
    problem: Problem, locks: Locks, seed: int, effort: Effort, watch: Watch, *, hands: Hands
) -> list[Circle]:
    """The circles found."""
    whole = [locks.draft[index] for index in sorted(locks.circles)]
    held = {index: set[str]() for index, _ in locks.seats if index not in locks.circles}
    for index, who in locks.seats:
        if index in held:
            held[index].add(who)
    circles = [Held(locks.draft[index], frozenset(held[index])) for index in sorted(held)]
    cutter = _Cutter(without(problem, whole))
    works, shifts = _WORK[effort], (0.0, 0.5, 0.25, 0.75)
    first = _QUICK if effort is Effort.QUICK else _NORMAL
    paid: list[float] = []
    for turn, work in enumerate(works):
        parts = cutter.parts(circles, shifts[turn])
        told = Told(watch, len(parts), turn / len(works), 0.95 / len(works))
        plan = replace(first, work=work)
        if turn:
            plan = replace(plan, steps=0, diving=0, looks=2)
        searches = [
            partial(_search, part, plan, partial(told.by, number), seed + 1_000_003 * turn + number,
                    tuple(paid[seat] for seat in part.seats) if turn else ())
            for number, part in enumerate(parts)
        ]  # fmt: skip
        circles, paid = [], [0.0] * (2 * len(problem.people))
        for part, (found, prices) in zip(parts, hands(searches), strict=True):
            circles += found
            for seat, price in zip(part.seats, prices, strict=True):
                paid[seat] = price
    machine = Machine(problem, searching=False)
    closed = [*whole, *(one.circle for one in circles if one.people)]
    machine.begin(attending(problem, [*whole, *(one.circle for one in circles)], closed))
    machine.top_up()
    watch(1.0, machine.total)
    return machine.circles()


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
    seats: tuple[int, ...]
    """Where their seats are among those of everybody."""


def _search(
    part: _Part, plan: Plan, watch: Watch, seed: int, paid: Sequence[float]
) -> tuple[list[Held], Sequence[float]]:
    people = len(part.problem.people)
    machine = Machine(part.problem)
    locked = tuple(held for held in part.circles if held.people)
    locks = Locks(
        tuple(held.circle for held in locked),
        seats=frozenset((at, who) for at, held in enumerate(locked) for who in held.people),
    )
    machine.begin([held.circle for held in part.circles if not held.people], locks)
    wanted = cooled(replace(plan, work=plan.work * people), people) if plan.steps else plan
    wanted = replace(wanted, work=plan.work * people)
    machine.search(wanted, seed, watch, array("d", paid).tobytes())
    watch(1.0, machine.total)
    staying = [held.people for held in locked]
    found = []
    for circle in machine.circles():
        together = (people_ for people_ in staying if people_.issubset(circle.people))
        found.append(Held(circle, next(together, frozenset())))
    return found, array("d", machine.prices)


class _Cutter:
    """Cuts a problem into parts."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._number = {person.id: index for index, person in enumerate(problem.people)}
        angles = [_hours(person) for person in problem.people]
        order = sorted(range(len(angles)), key=lambda index: (angles[index], index))
        self._rank = [0] * len(order)
        for rank, index in enumerate(order):
            self._rank[index] = rank
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
                (*own, *(len(people) + index for index in own)),
            )
            for some, circles_here, own in zip(members, within, numbers, strict=True)
        ]

    def _home(self, shift: float) -> list[int]:
        """The part that each person belongs to."""
        scale = self._count / max(1, len(self._rank))
        return [int(rank * scale + shift) % self._count for rank in self._rank]


def _seated(person: Person, mentoring: int, *, learns: bool) -> Person | None:
    """This person with only these seats to take; None without any."""
    learns = learns and person.mentee_seats > 0
    if not (learns or mentoring):
        return None
    if learns == (person.mentee_seats > 0) and mentoring == person.mentor_seats:
        return person
    role = Role.MENTEE if not mentoring else Role.BOTH if learns else Role.MENTOR
    return replace(person, role=role, capacity=mentoring)


_CLOCK = tuple(
    (round(1000 * cos(2 * pi / _DAY * q)), round(1000 * sin(2 * pi / _DAY * q)))
    for q in range(QUARTERS)
)


def _hours(person: Person) -> float:
    """The middle of somebody's free hours on the clock of UTC, as an angle.

    Sums of whole numbers, so that no machine rounds them otherwise.
    """
    free = quarters(on_utc(person.availability, person.offsets[0] if person.offsets else 0))
    return atan2(sum(_CLOCK[q][1] for q in free), sum(_CLOCK[q][0] for q in free))

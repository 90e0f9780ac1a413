"""The search for many thousands: part by part, each small enough to be searched quickly.

People who are free at like hours come into the same part, so that little is lost. The next round
cuts elsewhere, and lets the circles on either side of the old cuts exchange their people. What
comes out depends on the parts alone, and never on how many of them are searched at a time.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import cos, pi, sin

import numpy as np
from numpy.typing import NDArray

from bot.core.matching.anneal import Watch
from bot.core.matching.availability import QUARTERS
from bot.core.matching.hands import Hands, Told
from bot.core.matching.model import Circle, Effort, Person, Problem, Role
from bot.core.matching.table import Table

_PART = 2_500
_FEW = 20_000
"""Beyond so many people, each gets fewer steps."""

_STEPS = {
    Effort.QUICK: (150, 80),
    Effort.NORMAL: (1_200, 1_000, 1_000, 1_000),
    Effort.THOROUGH: (1_500, 1_200, 1_200, 1_200, 1_200, 1_200),
}
_STEPS_OF_MANY = (600, 450, 450, 400)
"""For each person, round by round."""

_HOT, _GENTLE = 5.0, 1.5
"""Losses, in points of the objective, that are still accepted one time in e as a round begins."""

_DAY = 24 * 4
_AT_A_TIME = 4_096

Angles = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Round:
    """One search through all the parts."""

    a_head: int
    """Steps for each person."""
    hot: float
    shift: float
    """How far the cuts lie from those of the first round, in parts."""


def rounds(effort: Effort, people: int) -> tuple[Round, ...]:
    """The first begins from nothing, the others gently with what is there."""
    steps = _STEPS[effort]
    if effort is Effort.NORMAL and people > _FEW:
        steps = _STEPS_OF_MANY
    shifts = (0.0, 0.5, 0.25, 0.75, 0.0, 0.5)
    return tuple(
        Round(a_head, _GENTLE if turn else _HOT, shift)
        for turn, (a_head, shift) in enumerate(zip(steps, shifts, strict=False))
    )


def search(problem: Problem, seed: int, effort: Effort, watch: Watch, hands: Hands) -> list[Circle]:
    """The circles found."""
    cutter = _Cutter(problem)
    plan = rounds(effort, len(problem.people))
    work = sum(one.a_head for one in plan)
    circles: list[Circle] = []
    done = 0
    for turn, one in enumerate(plan):
        parts = cutter.parts(circles, one.shift)
        told = Told(watch, len(parts), done / work, one.a_head / work)
        searches = [
            partial(_search, part, one, seed + 1_000_003 * turn + number, told, number)
            for number, part in enumerate(parts)
        ]
        circles = [circle for found in hands(searches) for circle in found]
        done += one.a_head
    table = Table(problem, seed)
    table.sit(circles)
    table.acquaint()
    table.fill()
    return table.circles()


@dataclass(frozen=True, slots=True)
class _Part:
    """Some of the people, with the seats they may take here, and who sits together already."""

    problem: Problem
    circles: tuple[Circle, ...]


def _search(part: _Part, one: Round, seed: int, told: Told, number: int) -> list[Circle]:
    table = Table(part.problem, seed)
    table.sit(part.circles)
    steps = one.a_head * len(part.problem.people)
    if steps:
        table.anneal(steps, lambda done, best: told.by(number, done, best), one.hot)
    told.by(number, 1.0, table.total())
    return table.circles()


class _Cutter:
    """Cuts a problem into parts."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._number = {person.id: index for index, person in enumerate(problem.people)}
        order = np.argsort(_hours(problem), kind="stable")
        self._rank = np.empty(len(order), np.int64)
        self._rank[order] = np.arange(len(order))
        self._count = -(-len(order) // _PART)

    def parts(self, circles: Sequence[Circle], shift: float) -> list[_Part]:
        """All people in parts; each circle is where its first mentor is.

        Who mentors in several parts is in each of them, with as many seats as they hold there.
        """
        people = self._problem.people
        home = self._home(shift)
        within: list[list[Circle]] = [[] for _ in range(self._count)]
        mentoring = [
            {where: person.mentor_seats} for where, person in zip(home, people, strict=True)
        ]
        learning = list(home)
        for circle in circles:
            where = home[self._number[circle.mentors[0]]]
            within[where].append(circle)
            for who in circle.mentors:
                seats, own = mentoring[self._number[who]], home[self._number[who]]
                seats[own] -= 1
                seats[where] = seats.get(where, 0) + 1
            for who in circle.mentees:
                learning[self._number[who]] = where
        members: list[list[Person]] = [[] for _ in range(self._count)]
        for person, seats, where in zip(people, mentoring, learning, strict=True):
            for part in sorted({where, *seats}):
                here = _seated(person, seats.get(part, 0), learns=part == where)
                if here is not None:
                    members[part].append(here)
        return [
            _Part(Problem(tuple(some), self._problem.settings), tuple(circles_here))
            for some, circles_here in zip(members, within, strict=True)
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

"""The search for large communities: compiled annealing, then blocks put together exactly.

Needs the optional packages numpy, numba and highspy; everything else in matching does without.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from bot.core.matching import highs, kernel
from bot.core.matching.anneal import Watch
from bot.core.matching.arrays import arrays, board_arrays
from bot.core.matching.chance import Chance
from bot.core.matching.kernel import Numbers, Shares
from bot.core.matching.model import Circle, Effort, Locks, Problem

HOT, COLD = 30.0, 1.0
_CHUNK = 250_000
"""Steps between two looks at the clock on the wall and the button that cancels."""

_LOOKS = 3_000
_IDLE = 30
"""After so many blocks in a row that could not be improved, the search is over."""


@dataclass(frozen=True, slots=True)
class Budget:
    """How much to do."""

    steps: int
    """Of annealing."""
    blocks: int
    block: int
    """The most feasible circles in one block."""
    whole: int
    """Up to so many feasible circles, the best are chosen among all of them at once."""
    care: highs.Care


_QUICK = highs.Care(600, 5)
_NORMAL = highs.Care(1_000, 20)
_THOROUGH = highs.Care(3_000, 60)


def budget(effort: Effort, people: int) -> Budget:
    """By effort and size; in large communities each person gets fewer steps."""
    a_head = 18_000 if people <= 300 else 9_000 if people <= 2_000 else 3_000
    steps = people * (a_head if people <= 20_000 else 1_000)
    match effort:
        case Effort.QUICK:
            return Budget(steps // 5, 10, 2_000, 5_000, _QUICK)
        case Effort.NORMAL:
            return Budget(steps, 50 + people // 20, 4_000, 15_000, _NORMAL)
        case Effort.THOROUGH:
            return Budget(steps * 6, 400 + people // 2, 12_000, 120_000, _THOROUGH)


def search(
    problem: Problem, locks: Locks, seed: int, effort: Effort, watch: Watch
) -> tuple[list[Circle], float | None]:
    """The circles found, and a valid bound where one came out of the search."""
    table = Table(problem, seed)
    table.lock(locks)
    plan = budget(effort, len(problem.people))
    table.anneal(plan.steps, watch)
    bound = None
    if not (locks.circles or locks.seats):
        bound = table.whole(plan.whole, plan.care)
    if bound is None:
        chance = Chance(seed)
        idle = 0
        for turn in range(plan.blocks):
            watch(0.8 + 0.2 * turn / plan.blocks, table.total())
            idle = 0 if table.block(chance, plan.block, plan.care) else idle + 1
            if idle > _IDLE:
                break
    table.fill()
    return table.circles(), bound


def warm() -> None:
    """Compile everything now, so that the first real search need not wait for it."""
    from datetime import date

    from bot.core.matching.model import Person, Role, Settings

    people = [
        Person(str(i), Role.MENTOR if i < 3 else Role.MENTEE, ("en",), "en", (1 << 40) - 1)
        for i in range(12)
    ]
    problem = Problem(tuple(people), Settings(date(2026, 1, 1)))
    table = Table(problem, 1)
    table.anneal(1_000, lambda _done, _best: None)
    table.whole(1_000, _QUICK)
    table.fill()


class Table:
    """The arrays of one search."""

    def __init__(self, problem: Problem, seed: int) -> None:
        self._problem = problem
        self._people, self._rules = arrays(problem)
        self._board = board_arrays(problem, seed)
        self._first = problem.settings.mentors[1]
        width = sum(problem.settings.mentors[1:] + problem.settings.mentees[1:])
        self._stack = np.zeros((3, width + 2), np.int64)
        self._fitting = np.zeros(len(problem.people) + 1, np.int64)
        self._number = {person.id: index for index, person in enumerate(problem.people)}

    def lock(self, locks: Locks) -> None:
        """Seat the draft's circles that hold something locked, and keep it there."""
        board = self._board
        kept = sorted(locks.circles | {index for index, _ in locks.seats})
        for index in kept:
            circle = locks.draft[index]
            mentors = [self._number[who] for who in circle.mentors]
            mentees = [self._number[who] for who in circle.mentees]
            slot = self.seat(mentors, mentees)
            if index in locks.circles:
                board.kept[slot, 0] = -2
            else:
                held = [self._number[who] for at, who in locks.seats if at == index]
                board.kept[slot, : len(held)] = sorted(held)

    def total(self) -> float:
        """What the arrangement is worth."""
        return float(self._board.values.sum())

    def sit(self, circles: Iterable[Circle]) -> None:
        """Begin with these circles."""
        number = self._number
        for circle in circles:
            self.seat(
                [number[who] for who in circle.mentors], [number[who] for who in circle.mentees]
            )

    def acquaint(self) -> None:
        """Find likely company for everybody."""
        if len(self._board.pupils) and len(self._board.tutors):
            kernel.acquaint(self._people, self._rules, self._board, _LOOKS)

    def anneal(self, steps: int, watch: Watch, hot: float = HOT) -> None:
        """Acquaint, begin, and search so many steps, the first at this heat."""
        board, people, rules = self._board, self._people, self._rules
        if not len(board.pupils) or not len(board.tutors):
            return
        self.acquaint()
        kernel.begin(people, rules, board)
        chunks = max(1, steps // _CHUNK)
        each = steps // chunks
        cooling = (COLD / hot) ** (1.0 / steps)
        chunk_cooling = (COLD / hot) ** (1.0 / chunks)
        heat = hot
        for chunk in range(chunks):
            watch(0.8 * chunk / chunks, self.total())
            kernel.run(people, rules, board, each, heat, cooling)
            heat *= chunk_cooling
        kernel.run(people, rules, board, each, 1e-6, 1.0)

    def fill(self) -> None:
        """Open what circles can still be opened, and seat whoever waits where that gains."""
        board = self._board
        if len(board.pupils) and len(board.tutors):
            kernel.begin(self._people, self._rules, board)
            kernel.fill(self._people, self._rules, board)

    def whole(self, limit: int, care: highs.Care) -> float | None:
        """Choose among all feasible circles, where there are not too many; returns a bound."""
        board = self._board
        chosen, bound = self._choose(board.tutors, board.pupils, self._used(), limit, care)
        if chosen is not None:
            self._put(self._used(), chosen)
        return bound

    def block(self, chance: Chance, limit: int, care: highs.Care) -> bool:
        """Take related circles apart and put them together well; False if that gained nothing."""
        slots = self._used()
        slots = slots[self._board.kept[slots, 0] == -1]
        if not len(slots):
            return False
        related = self._related(slots, chance)
        for width in (24, 16, 11, 8, 6, 4, 3):
            some = related[:width]
            tutors, pupils = self._around(some, chance)
            chosen, bound = self._choose(tutors, pupils, some, limit, care)
            if bound is not None:
                if chosen is not None:
                    self._put(some, chosen)
                return chosen is not None
        return False

    def circles(self) -> list[Circle]:
        """What was found, by id."""
        ids = [person.id for person in self._problem.people]
        return [
            Circle(
                tuple(ids[who] for who in sorted(mentors)),
                tuple(ids[who] for who in sorted(mentees)),
            )
            for mentors, mentees in map(self._members, self._used())
        ]

    def _used(self) -> Numbers:
        return np.nonzero(self._board.mentors)[0]

    def _members(self, slot: int) -> tuple[list[int], list[int]]:
        board = self._board
        row = board.rows[slot].tolist()
        mentees = row[self._first : self._first + int(board.mentees[slot])]
        return row[: int(board.mentors[slot])], mentees

    def _related(self, slots: Numbers, chance: Chance) -> Numbers:
        """These circles, those first whose people could best meet those of one of them."""
        board = self._board
        first = int(slots[chance.below(len(slots))])
        _, mentees = self._members(first)
        near = set(board.near[mentees].ravel().tolist())
        scores = []
        for slot in slots.tolist():
            tutors, _ = self._members(slot)
            likely = sum(tutor in near for tutor in tutors) + chance.share()
            scores.append(-1e9 if slot == first else -likely)
        return slots[np.argsort(np.array(scores), kind="stable")]

    def _around(self, slots: Numbers, chance: Chance) -> tuple[Numbers, Numbers]:
        """The people of these circles, and some without a seat who fit with them."""
        board = self._board
        tutors: set[int] = set()
        pupils: set[int] = set()
        for slot in slots.tolist():
            mentors, mentees = self._members(slot)
            tutors.update(mentors)
            pupils.update(mentees)
        waiting = {
            int(who)
            for tutor in sorted(tutors)
            for who in board.reach[tutor]
            if who >= 0 and board.place[who] < 0
        }
        spare = {
            int(who)
            for pupil in sorted(pupils)
            for who in board.near[pupil]
            if who >= 0 and board.spare[who] > 0
        }
        guests, helpers = sorted(waiting - pupils), sorted(spare - tutors)
        chance.shuffle(guests)
        chance.shuffle(helpers)
        pupils.update(guests[: 2 * len(slots) + 4])
        tutors.update(helpers[: len(slots)])
        return np.array(sorted(tutors), np.int64), np.array(sorted(pupils), np.int64)

    def _choose(
        self, tutors: Numbers, pupils: Numbers, slots: Numbers, limit: int, care: highs.Care
    ) -> tuple[list[tuple[list[int], list[int]]] | None, float | None]:
        """The best circles of these people instead of those in the slots, and a bound.

        No circles where nothing better was found; no bound where there are too many to list.
        """
        board, count = self._board, len(self._problem.people)
        room = np.zeros((limit, self._stack.shape[1] + 2), np.int64)
        values = np.zeros(limit)
        found = kernel.list_circles(
            self._people, self._rules, tutors, pupils, room, values, self._stack, self._fitting
        )
        if found < 0:
            return None, None
        if found == 0:
            return None, 0.0
        room, values = room[:found], values[:found]
        capacity = np.concatenate((np.zeros(count, np.int64), board.spare))
        capacity[pupils] = 1
        known = {}
        for slot in slots.tolist():
            mentors, mentees = self._members(slot)
            capacity[[count + who for who in mentors]] += 1
            known[tuple(sorted(mentors)), tuple(sorted(mentees))] = slot
        start = [
            index
            for index, row in enumerate(room.tolist())
            if (tuple(row[2 : 2 + row[0]]), tuple(row[2 + row[0] : 2 + row[0] + row[1]])) in known
        ]
        columns = _columns(room, values, count)
        chosen, bound = highs.pack(columns, capacity, np.array(start, np.int64), care)
        if float(values[chosen].sum()) <= float(board.values[slots].sum()) + 1e-9:
            return None, bound
        rows = [room[index].tolist() for index in chosen]
        return [(r[2 : 2 + r[0]], r[2 + r[0] : 2 + r[0] + r[1]]) for r in rows], bound

    def _put(self, slots: Numbers, circles: Sequence[tuple[list[int], list[int]]]) -> None:
        """These circles instead of those in the slots."""
        board = self._board
        for slot in slots.tolist():
            board.counts[1] = 0
            at = kernel.touch(board, slot)
            board.trial_mentors[at] = board.trial_mentees[at] = 0
            board.trial_values[at] = 0.0
            kernel.commit(self._rules, board)
        for mentors, mentees in circles:
            self.seat(mentors, mentees)

    def seat(self, mentors: Sequence[int], mentees: Sequence[int]) -> int:
        """Open a circle; says in which slot."""
        board = self._board
        board.counts[1] = 0
        slot = int(board.empty[board.counts[0] - 1])
        at = kernel.touch(board, slot)
        board.trial_rows[at, : len(mentors)] = mentors
        board.trial_rows[at, self._first : self._first + len(mentees)] = mentees
        board.trial_mentors[at], board.trial_mentees[at] = len(mentors), len(mentees)
        kernel.judge(self._people, self._rules, board, board.who)
        kernel.commit(self._rules, board)
        return slot


def _columns(room: Numbers, values: Shares, count: int) -> highs.Columns:
    """Listed circles as columns; a mentee's seat is their number, a mentor's that plus count."""
    places = np.arange(room.shape[1] - 2)
    mentors, total = room[:, :1], room[:, :1] + room[:, 1:2]
    seats = room[:, 2:] + count * (places < mentors)
    ends = np.concatenate(([0], np.cumsum(total.ravel())))
    return highs.Columns(values, ends, seats[places < total])

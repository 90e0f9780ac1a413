"""An arrangement on the arrays that the compiled search works on, and what is done with it."""

from collections.abc import Iterable, Sequence
from copy import copy

import numpy as np

from bot.core.matching import highs, kernel
from bot.core.matching.anneal import Watch
from bot.core.matching.arrays import arrays, board_arrays
from bot.core.matching.chance import Chance
from bot.core.matching.kernel import Board, Numbers, Shares
from bot.core.matching.model import Circle, Locks, Problem
from bot.core.matching.pool import as_columns

HOT, COLD = 30.0, 1.0
_MILD = 30.0
"""Circles that come about below this heat are remembered."""

_CHUNK = 50_000
"""Steps between two looks at the clock on the wall and the button that cancels."""

_LOOKS = 3_000


class Table:
    """The arrays of one search."""

    def __init__(self, problem: Problem, seed: int) -> None:
        self._problem = problem
        self._people, self._rules = arrays(problem)
        self.board = board_arrays(problem, self._people, seed)
        self._first = problem.settings.mentors[1]
        width = sum(problem.settings.mentors[1:] + problem.settings.mentees[1:])
        self._stack = np.zeros((3, width + 2), np.int64)
        self._fitting = np.zeros(len(problem.people) + 1, np.int64)
        self._number = {person.id: index for index, person in enumerate(problem.people)}

    def twin(self, seed: int, pool: int) -> "Table":
        """The same arrangement, with a chance of its own and room to remember so many circles."""
        twin = copy(self)
        own = board_arrays(self._problem, self._people, seed, pool)
        twin.board = Board._make(array.copy() for array in self.board)._replace(
            pool=own.pool, pool_values=own.pool_values, pool_keys=own.pool_keys, chance=own.chance
        )
        twin.board.counts[kernel.POOLED] = 0
        return twin

    def free(self) -> Numbers:
        """The circles of which nothing is locked."""
        slots = self.used()
        free: Numbers = slots[self.board.kept[slots, 0] == -1]
        return free

    def lock(self, locks: Locks) -> None:
        """Seat the draft's circles that hold something locked, and keep it there."""
        board = self.board
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
        return float(self.board.values.sum())

    def sit(self, circles: Iterable[Circle]) -> None:
        """Begin with these circles."""
        number = self._number
        for circle in circles:
            self.seat(
                [number[who] for who in circle.mentors], [number[who] for who in circle.mentees]
            )

    def acquaint(self) -> None:
        """Find likely company for everybody."""
        if len(self.board.pupils) and len(self.board.tutors):
            kernel.acquaint(self._people, self._rules, self.board, _LOOKS)

    def anneal(self, steps: int, watch: Watch, hot: float = HOT) -> None:
        """Acquaint, begin, and search so many steps, the first at this heat."""
        board, people, rules = self.board, self._people, self._rules
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
            watch(chunk / chunks, self.total())
            kernel.run(people, rules, board, each, heat, cooling, _MILD)
            heat *= chunk_cooling
        kernel.run(people, rules, board, steps // 16, 1e-6, 1.0, _MILD)

    def fill(self) -> None:
        """Open what circles can still be opened, and seat whoever waits where that gains."""
        board = self.board
        if len(board.pupils) and len(board.tutors):
            kernel.begin(self._people, self._rules, board)
            kernel.fill(self._people, self._rules, board)

    def whole(self, limit: int, care: highs.Care) -> float | None:
        """Choose among all feasible circles, where there are not too many; returns a bound."""
        board = self.board
        chosen, bound = self._choose(board.tutors, board.pupils, self.used(), limit, care)
        if chosen is not None:
            self.put(self.used(), chosen)
        return bound

    def block(self, chance: Chance, limit: int, care: highs.Care) -> bool:
        """Take related circles apart and put them together well; False if that gained nothing."""
        slots = self.used()
        slots = slots[self.board.kept[slots, 0] == -1]
        if not len(slots):
            return False
        related = self._related(slots, chance)
        for width in (24, 16, 11, 8, 6, 4, 3):
            some = related[:width]
            tutors, pupils = self._around(some, chance)
            chosen, bound = self._choose(tutors, pupils, some, limit, care)
            if bound is not None:
                if chosen is not None:
                    self.put(some, chosen)
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
            for mentors, mentees in map(self._members, self.used())
        ]

    def used(self) -> Numbers:
        """The slots that hold a circle."""
        return np.nonzero(self.board.mentors)[0]

    def _members(self, slot: int) -> tuple[list[int], list[int]]:
        board = self.board
        row = board.rows[slot].tolist()
        mentees = row[self._first : self._first + int(board.mentees[slot])]
        return row[: int(board.mentors[slot])], mentees

    def _related(self, slots: Numbers, chance: Chance) -> Numbers:
        """These circles, those first whose people could best meet those of one of them."""
        board = self.board
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
        board = self.board
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
        board, count = self.board, len(self._problem.people)
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
        columns = as_columns(room, values, count)
        chosen, bound = highs.pack(columns, capacity, np.array(start, np.int64), care)
        if float(values[chosen].sum()) <= float(board.values[slots].sum()) + 1e-9:
            return None, bound
        return [split(row) for row in room[chosen].tolist()], bound

    def capacity(self, slots: Numbers) -> Numbers:
        """How often each seat may be taken if these circles are taken apart."""
        board = self.board
        waiting = np.zeros(len(board.place), np.int64)
        waiting[board.pupils] = board.place[board.pupils] < 0
        capacity = np.concatenate((waiting, board.spare))
        for slot in slots.tolist():
            mentors, mentees = self._members(slot)
            capacity[mentees] = 1
            capacity[[len(waiting) + who for who in mentors]] += 1
        return capacity

    def rows(self, slots: Numbers) -> Numbers:
        """These circles as [mentors, mentees, people without gaps]."""
        rows = np.zeros((len(slots), self.board.rows.shape[1] + 2), np.int64)
        for index, slot in enumerate(slots.tolist()):
            mentors, mentees = self._members(slot)
            members = [len(mentors), len(mentees), *mentors, *mentees]
            rows[index, : len(members)] = members
        return rows

    def seen(self) -> tuple[Numbers, Shares]:
        """The circles that were remembered, and what each is worth."""
        count = min(self.board.counts[kernel.POOLED], len(self.board.pool))
        return self.board.pool[:count], self.board.pool_values[:count]

    def put(self, slots: Numbers, circles: Sequence[tuple[list[int], list[int]]]) -> None:
        """These circles instead of those in the slots."""
        board = self.board
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
        board = self.board
        board.counts[1] = 0
        slot = int(board.empty[board.counts[0] - 1])
        at = kernel.touch(board, slot)
        board.trial_rows[at, : len(mentors)] = mentors
        board.trial_rows[at, self._first : self._first + len(mentees)] = mentees
        board.trial_mentors[at], board.trial_mentees[at] = len(mentors), len(mentees)
        kernel.judge(self._people, self._rules, board, board.who)
        kernel.commit(self._rules, board)
        return slot


def split(row: list[int]) -> tuple[list[int], list[int]]:
    """Mentors and mentees of a circle written as [mentors, mentees, people without gaps]."""
    mentors, mentees = row[0], row[1]
    return row[2 : 2 + mentors], row[2 + mentors : 2 + mentors + mentees]

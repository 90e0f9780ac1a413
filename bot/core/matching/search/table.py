"""An arrangement on the arrays that the compiled search works on, and what is done with it."""

from collections.abc import Iterable, Sequence
from copy import copy

import numpy as np

from bot.core.matching.definition.model import Circle, Locks, Problem
from bot.core.matching.search import kernel
from bot.core.matching.search.anneal import Watch
from bot.core.matching.search.arrays import arrays, board_arrays, workspace_arrays
from bot.core.matching.search.chance import Chance
from bot.core.matching.search.kernel import Board, Numbers, Shares
from bot.core.matching.search.pricing import Workspace

HOT, COLD = 30.0, 1.0
_MILD = 30.0
"""Circles that come about below this heat are remembered."""

_COOL = 1e-6

_CHUNK = 50_000
"""Steps between two looks at the clock on the wall and the button that cancels."""

_LOOKS = 3_000


class Table:
    """The arrays of one search."""

    def __init__(self, problem: Problem, seed: int) -> None:
        self._problem = problem
        self.people, self.rules = arrays(problem)
        self.board = board_arrays(problem, self.people, seed)
        self._first = problem.settings.mentors[1]
        self._number = {person.id: index for index, person in enumerate(problem.people)}

    def twin(self, seed: int, pool: int) -> "Table":
        """The same arrangement, with a chance of its own and room to remember so many circles."""
        twin = copy(self)
        own = board_arrays(self._problem, self.people, seed, pool)
        twin.board = Board._make(array.copy() for array in self.board)._replace(
            pool=own.pool, pool_values=own.pool_values, pool_keys=own.pool_keys, chance=own.chance
        )
        twin.board.counts[kernel.POOLED] = 0
        return twin

    def take_over(self, other: "Table") -> None:
        """Be arranged as this table of the same people is."""
        own = self.board
        self.board = Board._make(array.copy() for array in other.board)._replace(
            pool=own.pool, pool_values=own.pool_values, pool_keys=own.pool_keys
        )

    @property
    def has_pairs(self) -> bool:
        """Whether what each is to each can be looked up."""
        return len(self.people.pairs) > 0

    def values(self, rows: Numbers) -> Shares:
        """What these circles are worth."""
        values = np.zeros(len(rows))
        people = np.ascontiguousarray(rows[:, 2:])
        kernel.circle_values(self.people, self.rules, people, rows[:, 0], rows[:, 1], values)
        return values

    def free(self) -> Numbers:
        """The circles of which nothing is locked."""
        slots = self.used()
        free: Numbers = slots[self.board.kept[slots, 0] == -1]
        return free

    def lock(self, locks: Locks) -> None:
        """Seat the draft's circles that hold something locked, and keep it there."""
        for index in sorted(locks.circles | {index for index, _ in locks.seats}):
            stay = [who for at, who in locks.seats if at == index]
            self.sit(locks.draft[index], stay, closed=index in locks.circles)

    def total(self) -> float:
        """What the arrangement is worth."""
        return float(self.board.values.sum())

    def sit(self, circle: Circle, stay: Iterable[str] = (), *, closed: bool = False) -> None:
        """Seat this circle. Who must ``stay`` is kept in it; a closed one is kept as it is."""
        number = self._number
        mentors, mentees = (
            [number[who] for who in some] for some in (circle.mentors, circle.mentees)
        )
        slot = self.seat(mentors, mentees)
        kept = [-2] if closed else sorted(number[who] for who in stay)
        self.board.kept[slot, : len(kept)] = kept

    def acquaint(self) -> None:
        """Find likely company for everybody."""
        if len(self.board.pupils) and len(self.board.tutors):
            kernel.acquaint(self.people, self.rules, self.board, _LOOKS)

    def anneal(self, steps: int, watch: Watch, hot: float = HOT) -> None:
        """Acquaint, begin, and search so many steps, the first at this heat."""
        board, people, rules = self.board, self.people, self.rules
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
        self.cool(steps // 16)

    def cool(self, steps: int) -> None:
        """Make so many small changes, none of which may lose anything."""
        kernel.run(self.people, self.rules, self.board, steps, _COOL, 1.0, _MILD)

    def fill(self) -> None:
        """Open what circles can still be opened, and seat whoever waits where that gains."""
        board = self.board
        if len(board.pupils) and len(board.tutors):
            kernel.begin(self.people, self.rules, board)
            kernel.fill(self.people, self.rules, board)

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

    def related(self, slots: Numbers, chance: Chance, count: int) -> Numbers:
        """So many of these circles: one of them, and those whose people could best meet its own."""
        board = self.board
        first = int(slots[chance.below(len(slots))])
        _, mentees = self._members(first)
        near = np.zeros(len(board.place), np.bool_)
        near[board.near[mentees].ravel()] = True
        likely = near[board.rows[slots, : self._first]]
        likely &= np.arange(self._first) < board.mentors[slots][:, None]
        lots = np.array([chance.share() for _ in slots])
        rank = likely.sum(axis=1) + lots + 1e9 * (slots == first)
        return slots[np.argsort(-rank, kind="stable")[:count]]

    def waiting(self) -> Numbers:
        """How often each seat is free."""
        board = self.board
        waiting = np.zeros(len(board.place), np.int64)
        waiting[board.pupils] = board.place[board.pupils] < 0
        return np.concatenate((waiting, board.spare))

    def taken(self, slots: Numbers) -> Numbers:
        """How often each seat is taken in these circles."""
        count = len(self.board.place)
        taken = np.zeros(2 * count, np.int64)
        for slot in slots.tolist():
            mentors, mentees = self._members(slot)
            taken[mentees] = 1
            taken[[count + who for who in mentors]] += 1
        return taken

    def workspaces(self, count: int, most: int) -> list[Workspace]:
        """Room to look for circles in so many places at a time, for so many circles each."""
        return [workspace_arrays(self._problem, self.people, most) for _ in range(count)]

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
            kernel.commit(self.rules, board)
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
        kernel.judge(self.people, self.rules, board, board.who)
        kernel.commit(self.rules, board)
        return slot


def split(row: list[int]) -> tuple[list[int], list[int]]:
    """Mentors and mentees of a circle written as [mentors, mentees, people without gaps]."""
    mentors, mentees = row[0], row[1]
    return row[2 : 2 + mentors], row[2 + mentors : 2 + mentors + mentees]

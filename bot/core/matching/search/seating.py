"""An arrangement while it is being searched: circles of numbers, changed a little at a time.

A change names circles by slot and says who sits there afterwards; an empty slot holds no circle.
Nothing here breaks a hard rule: a change that would is worth IMPOSSIBLE.
"""

from collections.abc import Iterable, Sequence

from bot.core.matching.search.roster import IMPOSSIBLE, Roster

Seats = tuple[tuple[int, ...], tuple[int, ...]]
"""Mentors and mentees, each in ascending order."""

Change = dict[int, Seats]
"""What the slots named hold afterwards."""

EMPTY: Seats = ((), ())

_REMEMBERED = 200_000


class Seating:
    """Circles, who has which seat, and what it is all worth."""

    def __init__(self, roster: Roster) -> None:
        self.roster = roster
        self.circles: list[Seats] = []
        self.values: list[float] = []
        self.place: list[int] = [-1] * len(roster.ids)
        """The slot of each mentee, or -1."""
        self.spare = list(roster.mentor_seats)
        """How many more circles each person may mentor."""
        self.fixed: set[int] = set()
        """Slots that may not change."""
        self.held: dict[int, frozenset[int]] = {}
        """People who may not leave a slot."""
        self.known: dict[Seats, float] = {}

    def value(self, seats: Seats) -> float:
        """What a circle is worth; remembered."""
        if seats == EMPTY:
            return 0.0
        value = self.known.get(seats)
        if value is None:
            value = self.roster.value(*seats)
            if value != IMPOSSIBLE and len(self.known) < _REMEMBERED:
                self.known[seats] = value
        return value

    def gain(self, change: Change) -> float:
        """How much more the arrangement is worth afterwards. Seats held twice are not asked."""
        gain = 0.0
        for slot, seats in change.items():
            gain += self.value(seats) - self.values[slot]
            if gain == IMPOSSIBLE:
                return IMPOSSIBLE
        return gain

    def allowed(self, change: Change) -> bool:
        """Whether the locks let this change happen."""
        for slot, (mentors, mentees) in change.items():
            if slot in self.fixed:
                return False
            if slot in self.held and not self.held[slot].issubset((*mentors, *mentees)):
                return False
        return True

    def apply(self, change: Change) -> None:
        """Make this change."""
        for slot in change:
            for mentor in self.circles[slot][0]:
                self.spare[mentor] += 1
            for mentee in self.circles[slot][1]:
                self.place[mentee] = -1
        for slot, seats in change.items():
            self.circles[slot] = seats
            self.values[slot] = self.value(seats)
            for mentor in seats[0]:
                self.spare[mentor] -= 1
            for mentee in seats[1]:
                self.place[mentee] = slot

    def open(self, seats: Seats) -> int:
        """Seat a circle in an empty slot, and say which."""
        slot = self.empty_slot()
        self.apply({slot: seats})
        return slot

    def empty_slot(self) -> int:
        """A slot that holds no circle; made if need be."""
        for slot, seats in enumerate(self.circles):
            if seats == EMPTY:
                return slot
        self.circles.append(EMPTY)
        self.values.append(0.0)
        return len(self.circles) - 1

    def waiting(self) -> list[int]:
        """Who could be a mentee and is not."""
        seats = self.roster.mentee_seats
        return [who for who, slot in enumerate(self.place) if slot < 0 and seats[who]]

    def total(self) -> float:
        """What the whole arrangement is worth."""
        return sum(self.values)

    def snapshot(self) -> list[Seats]:
        """Every circle as it is now, slot by slot."""
        return list(self.circles)

    def restore(self, circles: Sequence[Seats]) -> None:
        """Go back to a snapshot."""
        for slot in range(len(self.circles)):
            self.apply({slot: EMPTY})
        for slot, seats in enumerate(circles):
            while slot >= len(self.circles):
                self.circles.append(EMPTY)
                self.values.append(0.0)
            self.apply({slot: seats})


def with_one(some: Iterable[int], one: int) -> tuple[int, ...]:
    """These and one more, in order."""
    return tuple(sorted([*some, one]))


def without(some: Iterable[int], one: int) -> tuple[int, ...]:
    """These without that one."""
    return tuple([other for other in some if other != one])


def instead(some: Iterable[int], old: int, new: int) -> tuple[int, ...]:
    """These with one exchanged, in order."""
    return tuple(sorted([new if other == old else other for other in some]))

"""Circles as columns: what each is worth, and which seats it takes.

A circle is a row ``[mentors, mentees, people without gaps]``; people go by number. A mentee's seat
has their number, a mentor's seat that number plus the number of people.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.core.matching.search.kernel import Numbers, Shares


@dataclass(frozen=True, slots=True)
class Columns:
    """Column *c* is worth ``values[c]`` and takes ``seats[starts[c]:starts[c + 1]]``."""

    values: Shares
    starts: Numbers
    seats: Numbers

    def above(self, prices: Shares) -> Shares:
        """How much more each is worth than its seats."""
        if not len(self.values):
            return self.values
        paid: Shares = np.add.reduceat(prices[self.seats], self.starts[:-1])
        return self.values - paid

    def fit(self, capacity: Numbers) -> NDArray[np.bool_]:
        """Which of them there are seats for."""
        if not len(self.values):
            return np.zeros(0, np.bool_)
        fits: NDArray[np.bool_] = np.minimum.reduceat(capacity[self.seats], self.starts[:-1]) > 0
        return fits


def as_columns(rows: Numbers, values: Shares, people: int) -> Columns:
    """These circles as columns."""
    places = np.arange(rows.shape[1] - 2)
    mentors, total = rows[:, :1], rows[:, :1] + rows[:, 1:2]
    seats = rows[:, 2:] + people * (places < mentors)
    starts = np.concatenate(([0], np.cumsum(total.ravel())))
    return Columns(values, starts, seats[places < total])


def marks(rows: Numbers) -> Numbers:
    """A number for each circle that hardly any other has, whatever the order of its people."""
    places = np.arange(rows.shape[1] - 2)
    mixed = (2 * rows[:, 2:] + (places < rows[:, :1]) + 1).astype(np.uint64)
    mixed *= np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(31))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(29)
    mixed[places >= rows[:, :1] + rows[:, 1:2]] = 0
    found: Numbers = mixed.sum(axis=1, dtype=np.uint64).view(np.int64)
    return found


def once(rows: Numbers, values: Shares) -> tuple[Numbers, Shares]:
    """Each circle once, in the order of their first coming."""
    _, first = np.unique(marks(rows), return_index=True)
    first.sort()
    return rows[first], values[first]

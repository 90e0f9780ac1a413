"""Circles that several searches came across, and the best choice among them.

Each search gets stuck somewhere else, and what one did well another may have missed. All that is
done with the circles they remembered: some related circles of the best arrangement are taken apart,
and the best choice of remembered circles that fit in their stead is put in place, many times over.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.core.matching import highs
from bot.core.matching.chance import Chance
from bot.core.matching.kernel import Numbers, Shares

_MOST = 400
"""The most circles that one choice is made among; of more, the most promising."""

_FEW = 200
"""Of so few that can still be in a better choice, the best is found at once."""

_KEPT = 2_000
_PRICED = 400
"""Up to so many people, prices come from the linear relaxation; of more, that takes too long."""

_NEAR = 0.004
_CARE = highs.Care(200, 1)
_LOOKS = 200
_SLACK = 1e-6


@dataclass(frozen=True, slots=True)
class Pool:
    """Remembered circles."""

    rows: Numbers
    """[mentors, mentees, people without gaps]."""
    columns: highs.Columns
    capacity: Numbers
    """How often each seat may be taken."""

    def chosen(self, rows: Numbers) -> Numbers:
        """Which of the remembered circles these are."""
        where = {mark: index for index, mark in enumerate(marks(self.rows).tolist())}
        return np.array([where[mark] for mark in marks(rows).tolist()], np.int64)


def pooled(seen: Sequence[tuple[Numbers, Shares]], capacity: Numbers) -> Pool:
    """All these circles, each once, without those that the seats there are have no room for."""
    every = np.vstack([rows for rows, _ in seen])
    worth = np.concatenate([values for _, values in seen])
    _, first = np.unique(marks(every), return_index=True)
    first = first[worth[first] > 0.0]
    every, worth = every[first], worth[first]
    columns = as_columns(every, worth, len(capacity) // 2)
    fits = np.minimum.reduceat(capacity[columns.seats], columns.starts[:-1]) > 0
    kept = np.nonzero(fits)[0]
    return Pool(every[kept], columns.some(kept), capacity)


def as_columns(rows: Numbers, values: Shares, people: int) -> highs.Columns:
    """Circles as columns; a mentee's seat is their number, a mentor's that plus ``people``."""
    places = np.arange(rows.shape[1] - 2)
    mentors, total = rows[:, :1], rows[:, :1] + rows[:, 1:2]
    seats = rows[:, 2:] + people * (places < mentors)
    starts = np.concatenate(([0], np.cumsum(total.ravel())))
    return highs.Columns(values, starts, seats[places < total])


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


def recombine(
    pool: Pool, chosen: Numbers, chance: Chance, rounds: int, width: int
) -> tuple[Numbers, Numbers]:
    """A choice of remembered circles at least as good as this one; and the circles that it is worth
    to remember on."""
    columns = pool.columns
    if len(pool.capacity) <= 2 * _PRICED:
        paid = highs.prices(columns, pool.capacity, _NEAR)
        above = columns.above(paid)
        bound = float((pool.capacity * paid).sum() + np.maximum(above, 0.0).sum())
    else:
        above, bound = columns.above(_shares(pool, chosen)), float("inf")
    choice = _Choice(pool, above, chosen)
    for _ in range(rounds):
        choice.improve(choice.related(chance, width))
        room = bound - float(columns.values[choice.chosen].sum())
        kept = np.nonzero(above >= -room - _SLACK)[0]
        if len(kept) <= _FEW:
            choice.improve(choice.chosen)
            break
    return np.sort(choice.chosen), np.sort(np.argsort(-above, kind="stable")[:_KEPT])


def _shares(pool: Pool, chosen: Numbers) -> Shares:
    """What each seat's taker contributes in this choice, at equal shares in each circle."""
    columns = pool.columns.some(chosen)
    shares = np.zeros(len(pool.capacity))
    shares[columns.seats] = np.repeat(columns.values / columns.lengths, columns.lengths)
    return shares


class _Choice:
    """A choice of remembered circles that share no seat."""

    def __init__(self, pool: Pool, above: Shares, chosen: Numbers) -> None:
        self.chosen = chosen
        self._columns = columns = pool.columns
        self._capacity = pool.capacity
        self._above = above
        order = np.argsort(columns.seats, kind="stable")
        self._takers = np.repeat(np.arange(len(above)), columns.lengths)[order]
        self._taken_at = np.searchsorted(columns.seats[order], np.arange(len(pool.capacity) + 1))

    def _seats(self, column: int) -> Numbers:
        columns = self._columns
        return columns.seats[columns.starts[column] : columns.starts[column + 1]]

    def related(self, chance: Chance, width: int) -> Numbers:
        """Some of the chosen circles, whose people met in other remembered circles."""
        owners: dict[int, list[int]] = {}
        for column in self.chosen.tolist():
            for seat in self._seats(column).tolist():
                owners.setdefault(seat, []).append(column)
        some = [int(self.chosen[chance.below(len(self.chosen))])]
        for _ in range(_LOOKS):
            if len(some) >= min(width, len(self.chosen)):
                break
            seats = self._seats(some[chance.below(len(some))])
            seat = int(seats[chance.below(len(seats))])
            first, last = int(self._taken_at[seat]), int(self._taken_at[seat + 1])
            other = int(self._takers[first + chance.below(last - first)])
            for met in self._seats(other).tolist():
                some += [one for one in owners.get(met, ()) if one not in some]
        return np.array(some[:width], np.int64)

    def improve(self, free: Numbers) -> None:
        """Choose again in the place of these circles."""
        columns = self._columns
        kept = self.chosen[~np.isin(self.chosen, free)]
        left = self._capacity.copy()
        np.subtract.at(left, columns.some(kept).seats, 1)
        within = np.nonzero(np.minimum.reduceat(left[columns.seats], columns.starts[:-1]) > 0)[0]
        if len(within) > _MOST:
            best = within[np.argsort(-self._above[within], kind="stable")[:_MOST]]
            within = np.unique(np.concatenate((best, free)))
        some = columns.some(within)
        seats, renumbered = np.unique(some.seats, return_inverse=True)
        few = highs.Columns(some.values, some.starts, renumbered)
        start = np.nonzero(np.isin(within, free))[0]
        chosen, _ = highs.pack(few, left[seats], start, _CARE)
        self.chosen = np.concatenate((kept, within[chosen]))

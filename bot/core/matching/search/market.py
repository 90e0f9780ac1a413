"""Seats at prices: which circles are worth theirs, and a good choice of circles that share no seat.

Column generation and diving. Prices are moved until the circles known are hardly worth more than
their seats (:mod:`prices`); circles worth more are looked for (:mod:`pricing`), and added, until
there are hardly any. Then the circles that a fractional choice takes most of are taken for good, a
few at a time, the prices of what is left are found again, and so on until nobody is left.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from bot.core.matching.search import pricing
from bot.core.matching.search.columns import Columns, as_columns, marks, once
from bot.core.matching.search.hands import Hands, one_by_one
from bot.core.matching.search.kernel import (
    BARRED,
    MOST_MENTEES,
    MOST_MENTORS,
    Numbers,
    People,
    Rules,
    Shares,
)
from bot.core.matching.search.prices import settle
from bot.core.matching.search.pricing import FOUND, GIVEN_UP, LOOKED, TEAMS, Wanted, Workspace

_STEPS = 200
_TARGET = 0.99
"""The sum of all prices is expected to stay above this share of what it was before."""

_FAR = 60.0
"""Circles so much below the prices of their seats are forgotten."""

EVERYBODY = 1 << 30
"""As many as there are."""

_GAIN = 1e-6
_TEAM, _CIRCLE = 100, 30
"""What a team that is looked at costs, and a circle whose seats are priced, in nodes."""

_NONE = 0.02
"""A circle of which a fractional choice takes less is not taken."""


@dataclass(frozen=True, slots=True)
class Look:
    """How carefully to look for circles worth more than their seats."""

    each: int
    likely: int
    nodes: int
    most: int
    """The most that are added at a time: those furthest above their prices."""
    teams: int
    """About so many teams of two mentors are looked at, drawn anew each time."""


class Market:
    """Some seats, their prices, and the circles that are known to fit in them."""

    def __init__(
        self,
        people: People,
        rules: Rules,
        workspaces: Sequence[Workspace],
        capacity: Numbers,
        prices: Shares,
    ) -> None:
        self._people, self._rules, self._workspaces = people, rules, workspaces
        self._count = len(capacity) // 2
        self.whole = capacity
        self.capacity, self.prices = capacity.copy(), prices.copy()
        width = workspaces[0].circles.shape[1]
        self.rows: Numbers = np.zeros((0, width), np.int64)
        self.values: Shares = np.zeros(0)
        self.taken: Shares = np.zeros(0)
        self.sum = 0.0
        """What no choice among the circles known is worth more than."""
        self._columns: Columns | None = None
        self._looks = 0
        self._shunned: Numbers | None = None
        self.work = 0
        """How much was done here, in nodes looked at (a microsecond makes about six)."""

    @property
    def columns(self) -> Columns:
        """The circles known."""
        if self._columns is None:
            self._columns = as_columns(self.rows, self.values, self._count)
        return self._columns

    def shun(self, rows: Numbers) -> None:
        """Never know these circles."""
        self._shunned = marks(rows)

    def learn(self, rows: Numbers, values: Shares) -> None:
        """Know these circles too."""
        if self._shunned is not None:
            wanted = ~np.isin(marks(rows), self._shunned)
            rows, values = rows[wanted], values[wanted]
        rows, values = np.vstack([self.rows, rows]), np.concatenate((self.values, values))
        self._know(*once(rows, values))

    def _know(self, rows: Numbers, values: Shares) -> None:
        self.rows, self.values, self._columns = rows, values, None

    def forget(self) -> None:
        """Forget circles that no longer fit, or are far below the prices of their seats."""
        columns = self.columns
        kept = columns.fit(self.capacity) & (columns.above(self.prices) > -_FAR)
        if not kept.all():
            self._know(self.rows[kept], self.values[kept])

    def settle(self) -> None:
        """Find prices for the circles known."""
        columns = self.columns
        lowest, spare = np.zeros_like(self.prices), np.zeros((2, len(self.prices)))
        self.taken = np.zeros(len(self.values))
        self.sum = settle(
            columns.values, columns.starts, columns.seats, self.capacity, self.prices.copy(),
            lowest, self.taken, spare[0], spare[1], _TARGET * self.sum, _STEPS,
        )  # fmt: skip
        self.prices = lowest
        self.work += _CIRCLE * len(self.values)

    def look(self, look: Look, least: float = _GAIN, hands: Hands = one_by_one) -> int:
        """Find circles worth more than their seats (by ``least``), and know them from now on.

        Returns how many. The teams are shared out among the workspaces there are.
        """
        count = self._count
        tutors = np.nonzero(self.capacity[count:])[0]
        pupils = np.nonzero(self.capacity[:count])[0]
        share = self._share(look.teams)
        self._looks += 1

        def search(number: int) -> tuple[Numbers, Shares]:
            wanted = Wanted(
                least,
                look.each,
                look.likely,
                look.nodes,
                number,
                len(self._workspaces),
                share,
                self._looks,
            )
            workspace = self._workspaces[number]
            mentor_prices, mentee_prices = self.prices[count:], self.prices[:count]
            pricing.price(
                self._people, self._rules, tutors, pupils, mentor_prices, mentee_prices, wanted,
                workspace,
            )  # fmt: skip
            found = int(workspace.counts[FOUND])
            return workspace.circles[:found].copy(), workspace.above[:found].copy()

        parts = list(hands([partial(search, number) for number in range(len(self._workspaces))]))
        self.work += sum(
            int(workspace.counts[LOOKED] + _TEAM * workspace.counts[TEAMS])
            for workspace in self._workspaces
        )
        rows = np.vstack([part[0] for part in parts])
        above = np.concatenate([part[1] for part in parts])
        best = np.argsort(-above, kind="stable")[: look.most]
        rows, above = rows[best], above[best]
        if len(rows):
            columns = as_columns(rows, above, count)
            self.learn(rows, above + (above - columns.above(self.prices)))
        return len(rows)

    def teams(self) -> int:
        """About how many teams of as many mentors as may be in a circle there are."""
        tutors = np.nonzero(self.capacity[self._count :])[0]
        apart = (self._people.pairs[np.ix_(tutors, tutors)] & BARRED) > 0
        teams = (apart.size - int(apart.sum())) // 2
        for mentors in range(3, int(self._rules.limits[MOST_MENTORS]) + 1):
            teams *= max(1, len(tutors) // mentors)
        return teams

    def _share(self, wanted: int) -> int:
        """How many of 1,024 teams to look at, so that they are about as many as wanted."""
        most = int(self._rules.limits[MOST_MENTORS])
        return int(1024 * min(1.0, wanted / max(1, self.teams())) ** (1 / max(1, most - 1)))

    @property
    def given_up(self) -> bool:
        """Whether the last look left something out for want of nodes."""
        return any(workspace.counts[GIVEN_UP] for workspace in self._workspaces)

    def ceiling(self) -> float:
        """What no arrangement is worth more than, by the last look; valid only if it left nobody
        out for being unlikely."""
        count = self._count
        above = np.max([workspace.ceiling for workspace in self._workspaces], axis=0)
        paid = float((self.capacity * self.prices).sum())
        # what is above by less than that was not looked for
        return paid + float((self.capacity[count:] * np.maximum(above, _GAIN)).sum())

    def dive(self, share: float, look: Look, hands: Hands = one_by_one) -> tuple[Numbers, float]:
        """Take circles until nobody is left who could sit in one; returns them, and their worth.

        ``share`` of the circles still possible are taken at a time. The market is used up.
        """
        taken: list[Numbers] = []
        worth = 0.0
        typical = int(self._rules.limits[MOST_MENTEES]) - 1
        while True:
            self.forget()
            if len(self.values):
                self.settle()
            self.look(look, hands=hands)
            if not len(self.values):
                break
            self.settle()
            waiting = int((self.capacity[: self._count] > 0).sum())
            picked = self._pick(max(1, round(share * waiting / typical)))
            taken.append(self.rows[picked])
            worth += float(self.values[picked].sum())
            self.sum -= float(self.values[picked].sum())
        return (np.vstack(taken) if taken else self.rows[:0]), worth

    def _pick(self, wanted: int) -> Numbers:
        """Take so many circles, those first of which the fractional choice takes most."""
        columns = self.columns
        order = np.lexsort((-columns.above(self.prices), -self.taken))
        picked: list[int] = []
        for index in order.tolist():
            if len(picked) == wanted or (picked and self.taken[index] < _NONE):
                break
            seats = columns.seats[columns.starts[index] : columns.starts[index + 1]]
            if (self.capacity[seats] > 0).all():
                self.capacity[seats] -= 1
                picked.append(index)
        return np.array(picked, np.int64)

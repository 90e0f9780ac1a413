"""The best choice of circles that share no seat: set packing, solved exactly where it can be.

Every seat gets a price. Whatever the prices, no choice is worth more than all seats at their prices
plus what each circle is worth above its own seats': that is the bound. Prices are moved until the
bound is low; circles that could not be in a better choice than the best known are dropped; what is
left is decided by branching on one seat at a time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum

_FIRST_ROUNDS = 400
_NODE_ROUNDS = 25
_TINY = 1e-7


@dataclass(frozen=True, slots=True)
class Column:
    """One circle that may be chosen: what it is worth, and the seats it takes."""

    value: float
    seats: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Packed:
    """The best choice found (columns by index), what it is worth, and a valid bound."""

    chosen: tuple[int, ...]
    value: float
    bound: float

    @property
    def proved(self) -> bool:
        """Whether nothing can be better."""
        return self.bound <= self.value + 1e-6


def pack(
    columns: Sequence[Column],
    capacity: Mapping[int, int],
    start: Sequence[int] = (),
    nodes: int = 2_000,
    rounds: int = _FIRST_ROUNDS,
) -> Packed:
    """Choose columns of the greatest total value; ``start`` is a choice already known.

    ``nodes`` limits the branching. Columns must be worth more than nothing.
    """
    search = _Search(columns, nodes)
    search.take(list(start))
    prices: dict[int, float] = {}
    for column in columns:
        for seat in column.seats:
            prices[seat] = max(prices.get(seat, 0.0), column.value / len(column.seats))
    bound = search.branch(list(range(len(columns))), dict(capacity), prices, [], 0.0, rounds)
    return Packed(tuple(sorted(search.best)), search.value, max(bound, search.value))


class _Search:
    def __init__(self, columns: Sequence[Column], nodes: int) -> None:
        self._values = [column.value for column in columns]
        self._seats = [column.seats for column in columns]
        self._nodes = nodes
        self.best: list[int] = []
        self.value = 0.0

    def take(self, chosen: list[int]) -> None:
        """Keep this choice if it is the best so far."""
        value = fsum(self._values[index] for index in chosen)
        if value > self.value + _TINY:
            self.best, self.value = list(chosen), value

    def branch(  # noqa: PLR0917 - a recursion carries its state
        self,
        left: list[int],
        capacity: dict[int, int],
        prices: dict[int, float],
        chosen: list[int],
        fixed: float,
        rounds: int,
    ) -> float:
        """Decide the columns that are left; returns a valid bound on what this branch is worth."""
        self._nodes -= 1
        prices, left, bound = self._price(left, capacity, prices, chosen, fixed, rounds)
        if not left or bound <= self.value + _TINY or self._nodes <= 0:
            return bound
        seat, using = self._seat(left, prices)
        worst = fixed
        for index in using:
            rest = dict(capacity)
            for taken in self._seats[index]:
                rest[taken] -= 1
            after = [
                other
                for other in left
                if other != index and all(rest[taken] > 0 for taken in self._seats[other])
            ]
            chosen.append(index)
            value = fixed + self._values[index]
            self.take(chosen)
            worst = max(worst, self.branch(after, rest, prices, chosen, value, _NODE_ROUNDS))
            chosen.pop()
        rest = dict(capacity)
        rest[seat] = 0
        without = set(using)
        after = [other for other in left if other not in without]
        worst = max(worst, self.branch(after, rest, prices, chosen, fixed, _NODE_ROUNDS))
        return min(bound, worst)

    def _seat(self, left: list[int], prices: dict[int, float]) -> tuple[int, list[int]]:
        """The dear seat that the fewest columns want, and those columns, best first."""
        wanted: dict[int, list[int]] = {}
        for index in left:
            for seat in self._seats[index]:
                wanted.setdefault(seat, []).append(index)
        seat = min(wanted, key=lambda one: (len(wanted[one]) / (1.0 + prices.get(one, 0.0)), one))

        def above(index: int) -> float:
            return sum(prices.get(taken, 0.0) for taken in self._seats[index]) - self._values[index]

        return seat, sorted(wanted[seat], key=lambda index: (above(index), index))

    def _price(  # noqa: C901, PLR0912, PLR0917 - one loop, spelled out because it is the hot one
        self,
        left: list[int],
        capacity: dict[int, int],
        prices: dict[int, float],
        chosen: list[int],
        fixed: float,
        rounds: int,
    ) -> tuple[dict[int, float], list[int], float]:
        """Prices with a low bound, the columns that they leave in question, and the bound."""
        all_values, all_seats = self._values, self._seats
        best_prices, best_bound = prices, float("inf")
        pace, idle = 1.0, 0
        for turn in range(rounds):
            if not left:
                return best_prices, left, min(best_bound, max(fixed, self.value))
            over = dict.fromkeys(prices, 0)
            above: list[float] = []
            bound = fixed
            for index in left:
                gain = all_values[index]
                for seat in all_seats[index]:
                    gain -= prices[seat]
                above.append(gain)
                if gain > 0.0:
                    bound += gain
                    for seat in all_seats[index]:
                        over[seat] += 1
            for seat, price in prices.items():
                bound += capacity[seat] * price
            if turn % 20 == 0:
                self._complete(left, above, capacity, chosen)
            if bound < best_bound - 1e-9:
                idle = 0 if bound < best_bound - 1e-4 * abs(best_bound) else idle + 1
                best_bound, best_prices = bound, prices
            else:
                idle += 1
            if best_bound <= self.value + _TINY:
                return best_prices, left, best_bound
            room = -(bound - self.value) - _TINY
            if min(above) < room:
                left = [index for index, gain in zip(left, above, strict=True) if gain >= room]
            steps = {seat: capacity[seat] - count for seat, count in over.items()}
            length = sum(step * step for seat, step in steps.items() if step < 0 or prices[seat])
            if not length:
                break
            if idle >= 6:
                pace, idle, prices = pace * 0.5, 0, best_prices
                if pace < 0.02:
                    break
                continue
            pull = pace * (bound - self.value) / length
            prices = {
                seat: price - pull * steps[seat] if price > pull * steps[seat] else 0.0
                for seat, price in prices.items()
            }
        return best_prices, left, best_bound

    def _complete(
        self, left: list[int], above: list[float], capacity: dict[int, int], chosen: list[int]
    ) -> None:
        """A whole choice, made of the columns that are worth most above their prices."""
        rest = dict(capacity)
        choice = list(chosen)
        for _, index in sorted(zip(above, left, strict=True), key=lambda one: (-one[0], one[1])):
            seats = self._seats[index]
            if all(rest[seat] > 0 for seat in seats):
                choice.append(index)
                for seat in seats:
                    rest[seat] -= 1
        self.take(choice)

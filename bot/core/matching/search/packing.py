"""The best choice of circles that share no seat: set packing, solved exactly where it can be.

Every seat gets a price. Whatever the prices, no choice is worth more than all seats at their prices
plus what each circle is worth above its own seats': that is the bound. Prices are moved until the
bound is low; circles that could not be in a better choice than the best known are dropped; what is
left is decided by branching on one seat at a time.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from math import fsum
from typing import NamedTuple

_FIRST_ROUNDS = 600
_NODE_ROUNDS = 30
_PATIENCE = 10
"""After so many rounds without a lower bound the prices move more slowly."""

_LIKELY = 400
"""A good choice is first looked for among so many columns, those nearest to their price."""

_PLUNGE = 3
"""Every so many nodes one is followed down to a whole choice."""

_MEMORY = 0.6
"""How much of the last direction the next one keeps: prices would zigzag without."""

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
    work: int = 1_000_000,
    rounds: int = _FIRST_ROUNDS,
) -> Packed:
    """Choose columns of the greatest total value; ``start`` is a choice already known.

    ``work`` limits the branching: so many looks at a column. Columns are worth more than nothing.
    """
    search = _Search(columns, work)
    search.take(list(start))
    prices: dict[int, float] = {}
    for column in columns:
        for seat in column.seats:
            prices[seat] = max(prices.get(seat, 0.0), column.value / len(column.seats))
    bound = search.run(dict(capacity), prices, rounds)
    return Packed(tuple(sorted(search.best)), search.value, max(bound, search.value))


class _Node(NamedTuple):
    """A part of the choices: what is chosen, and what is still to be decided."""

    ceiling: float
    """No choice here is worth more (negative, so that the most promising comes first)."""
    order: int
    left: list[int]
    """The columns, seats and prices of the node above."""
    capacity: dict[int, int]
    prices: dict[int, float]
    chosen: tuple[int, ...]
    taken: int
    """The column chosen last, or -1; or the seat that stays empty from here on."""
    closed: int


class _Search:
    def __init__(self, columns: Sequence[Column], work: int) -> None:
        self._values = [column.value for column in columns]
        self._seats = [column.seats for column in columns]
        self._work = work
        self.best: list[int] = []
        self.value = 0.0

    def take(self, chosen: list[int]) -> None:
        """Keep this choice if it is the best so far."""
        value = fsum(self._values[index] for index in chosen)
        if value > self.value + _TINY:
            self.best, self.value = list(chosen), value

    def run(self, capacity: dict[int, int], prices: dict[int, float], rounds: int) -> float:
        """Branch, the most promising node first; returns a valid bound on any choice."""
        everything = list(range(len(self._values)))
        prices, left, bound = self._price(everything, capacity, prices, [], 0.0, rounds)
        if len(left) > 2 * _LIKELY:
            likely = sorted(left, key=lambda index: (self._dear(index, prices), index))[:_LIKELY]
            whole, self._work = self._work, self._work // 3
            self._branch(_Node(-bound, 0, sorted(likely), capacity, prices, (), -1, -1))
            self._work += whole - whole // 3
        return self._branch(_Node(-bound, 0, left, capacity, prices, (), -1, -1))

    def _dear(self, index: int, prices: dict[int, float]) -> float:
        """How far a column is worth less than its seats."""
        return fsum(prices[seat] for seat in self._seats[index]) - self._values[index]

    def _branch(self, root: "_Node") -> float:
        """Divide and price until nothing better can be there, or the work is used up."""
        nodes = [root]
        born = popped = 0
        while nodes:
            node = heappop(nodes)
            if -node.ceiling <= self.value + _TINY:
                return self.value
            if self._work <= 0:
                return -node.ceiling
            plunging = popped % _PLUNGE == 0
            popped += 1
            while True:
                children = sorted(self._expand(node))
                follow = plunging and bool(children) and self._work > 0
                for child in children[follow:]:
                    born += 1
                    heappush(nodes, child._replace(order=born))
                if not follow:
                    break
                node = children[0]
        return self.value

    def _expand(self, node: "_Node") -> Iterator["_Node"]:
        """The nodes that a node is divided into: one seat's taker, or nobody in that seat."""
        left, capacity = self._decide(node)
        fixed = fsum(self._values[index] for index in node.chosen)
        self.take(list(node.chosen))
        prices, left, bound = self._price(
            left, capacity, node.prices, list(node.chosen), fixed, _NODE_ROUNDS
        )
        bound = min(bound, -node.ceiling)
        if not left or bound <= self.value + _TINY:
            return
        seat, using = self._seat(left, prices)
        for index, above in using:
            ceiling = bound - max(0.0, above)
            if ceiling > self.value + _TINY:
                chosen = (*node.chosen, index)
                yield _Node(-ceiling, index, left, capacity, prices, chosen, index, -1)
        ceiling = bound - capacity[seat] * prices[seat]
        yield _Node(-ceiling, -1, left, capacity, prices, node.chosen, -1, seat)

    def _decide(self, node: "_Node") -> tuple[list[int], dict[int, int]]:
        """What is left of the parent's columns and seats once the node's own decision is made."""
        capacity = dict(node.capacity)
        if node.closed >= 0:
            capacity[node.closed] = 0
        if node.taken >= 0:
            for seat in self._seats[node.taken]:
                capacity[seat] -= 1
        gone = {seat for seat, count in capacity.items() if count == 0}
        if not gone:
            return node.left, capacity
        left = [
            index
            for index in node.left
            if index != node.taken and gone.isdisjoint(self._seats[index])
        ]
        return left, capacity

    def _seat(
        self, left: list[int], prices: dict[int, float]
    ) -> tuple[int, list[tuple[int, float]]]:
        """The dear seat that the fewest columns want; and those columns, with how far each is worth
        less than its seats."""
        wanted: dict[int, list[int]] = {}
        for index in left:
            for seat in self._seats[index]:
                wanted.setdefault(seat, []).append(index)
        seat = min(wanted, key=lambda one: (len(wanted[one]) / (1.0 + prices[one]), one))
        return seat, [(index, self._dear(index, prices)) for index in wanted[seat]]

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
        pace, idle = (1.0, 0) if rounds > _NODE_ROUNDS else (0.3, 0)
        pull = dict.fromkeys(prices, 0.0)
        for turn in range(rounds):
            self._work -= len(left) + 20
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
            slack = -(bound - self.value) - _TINY
            if min(above) < slack:
                left = [index for index, gain in zip(left, above, strict=True) if gain >= slack]
            if idle >= _PATIENCE:
                pace, idle, prices = pace * 0.6, 0, best_prices
                pull = dict.fromkeys(prices, 0.0)
                if pace < 0.003:
                    break
            for seat, count in over.items():
                pull[seat] = _MEMORY * pull[seat] + (1.0 - _MEMORY) * (capacity[seat] - count)
            length = sum(one * one for one in pull.values())
            if not length:
                break
            step = pace * (bound - self.value) / length
            prices = {seat: max(0.0, price - step * pull[seat]) for seat, price in prices.items()}
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

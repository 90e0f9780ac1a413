# ruff: noqa: C901, PLR0912, PLR0917 - loops over arrays, as numba compiles them best
"""A price for every seat, compiled: the subgradient method on circles that are known.

Whatever the prices, no choice among these circles is worth more than all seats at their prices plus
what each circle is worth above its own seats'. The prices are moved until that sum is low. How
often a circle was worth more than its seats on the way says how much of it a fractional choice
would take (the volume algorithm, Barahona and Anbil 2000).
"""

from bot.core.matching.search.compiling import compiled
from bot.core.matching.search.kernel import Numbers, Shares

_STALE = 6
"""After so many steps without a lower sum, steps get shorter."""

_SHORTER, _SHORTEST = 0.6, 1e-3
_MEMORY = 0.6
"""How much of the last direction the next one keeps: prices would zigzag without."""

_NEWEST = 0.05
"""How much the newest step counts in what a fractional choice would take."""


@compiled
def settle(
    values: Shares,
    starts: Numbers,
    seats: Numbers,
    capacity: Numbers,
    prices: Shares,
    lowest: Shares,
    taken: Shares,
    slope: Shares,
    way: Shares,
    target: float,
    steps: int,
) -> float:
    """Move ``prices``; the best are left in ``lowest``, and the sum for them is returned.

    Circle *c* is worth ``values[c]`` and takes ``seats[starts[c]:starts[c + 1]]``. ``target`` is
    what the sum is expected to stay above. ``taken`` gets the fractional choice (0–1, by circle);
    ``slope`` and ``way`` are room to work in, by seat.
    """
    best = 1e300
    length, stale = 1.0, 0
    way[:] = 0.0
    taken[:] = 0.0
    for _ in range(steps):
        total = 0.0
        for seat in range(capacity.shape[0]):
            total += capacity[seat] * prices[seat]
            slope[seat] = capacity[seat]
        for circle in range(values.shape[0]):
            above = values[circle]
            for entry in range(starts[circle], starts[circle + 1]):
                above -= prices[seats[entry]]
            taken[circle] *= 1.0 - _NEWEST
            if above > 0.0:
                taken[circle] += _NEWEST
                total += above
                for entry in range(starts[circle], starts[circle + 1]):
                    slope[seats[entry]] -= 1.0
        if total < best:
            if total < best - 1e-4 * abs(best):
                stale = 0
            best = total
            for seat in range(capacity.shape[0]):
                lowest[seat] = prices[seat]
        else:
            stale += 1
        if best <= target:
            break
        if stale >= _STALE:
            length *= _SHORTER
            stale = 0
            if length < _SHORTEST:
                break
        square = 0.0
        for seat in range(capacity.shape[0]):
            way[seat] = slope[seat] + _MEMORY * way[seat]
            if prices[seat] > 0.0 or way[seat] < 0.0:
                square += way[seat] * way[seat]
        if square == 0.0:
            break
        step = length * (total - target) / square
        for seat in range(capacity.shape[0]):
            prices[seat] = max(0.0, prices[seat] - step * way[seat])
    return best

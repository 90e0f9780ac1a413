"""The best choice among remembered circles, and the searches side by side that remember them."""

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from bot.core.matching import highs
from bot.core.matching.chance import Chance
from bot.core.matching.engine import SMALL, encode, solve
from bot.core.matching.hands import Search
from bot.core.matching.model import Circle, Effort
from bot.core.matching.pool import marks, pooled, recombine
from bot.core.matching.table import Table
from tests.core.matching.community import KINDS, community


def unwatched(_done: float, _best: float) -> None:
    """Nobody looks on."""


@pytest.mark.parametrize("kind", ["one continent", "few mentors"])
def test_what_several_searches_saw_is_put_together_without_taking_a_seat_twice(kind: str) -> None:
    problem = community(SMALL + 20, 6, KINDS[kind])
    tables = [Table(problem, seed).twin(seed, 1_000) for seed in (1, 2)]
    for table in tables:
        table.anneal(20_000, unwatched)
    best = max(tables, key=lambda table: table.total())
    start = best.rows(best.free()), best.board.values[best.free()]
    capacity = best.capacity(best.free())
    pool = pooled([start, *(table.seen() for table in tables)], capacity)
    assert len(pool.rows) > len(start[0])
    chosen, _ = recombine(pool, pool.chosen(start[0]), Chance(3), 10, 12)
    taken = np.bincount(pool.columns.some(chosen).seats, minlength=len(capacity))
    assert (taken <= capacity).all()
    assert pool.columns.values[chosen].sum() >= start[1].sum() - 1e-9


def test_one_circle_has_one_mark_whatever_the_order_of_its_people() -> None:
    rows = np.array([[2, 3, 7, 9, 1, 2, 3], [2, 3, 9, 7, 3, 1, 2], [2, 3, 1, 9, 7, 2, 3]])
    one, same, other = marks(rows).tolist()
    assert one == same != other


def test_prices_from_a_part_of_the_columns_still_give_a_valid_bound() -> None:
    problem = community(SMALL + 20, 6, KINDS["few mentors"])
    table = Table(problem, 4).twin(4, 3_000)
    table.anneal(40_000, unwatched)
    start = table.rows(table.free()), table.board.values[table.free()]
    pool = pooled([start, table.seen()], table.capacity(table.free()))
    exact = highs.prices(pool.columns, pool.capacity)
    rough = highs.prices(pool.columns, pool.capacity, 0.05)
    lowest, looser = (
        float((pool.capacity * paid).sum() + np.maximum(pool.columns.above(paid), 0.0).sum())
        for paid in (exact, rough)
    )
    assert looser >= lowest - 1e-3
    assert lowest >= start[1].sum() - 1e-3


def test_searches_side_by_side_find_what_they_find_one_by_one() -> None:
    problem = community(SMALL + 10, 9, KINDS["world"])

    def hands(searches: Sequence[Search]) -> Iterable[list[Circle]]:
        with ThreadPoolExecutor(3) as threads:
            return list(threads.map(lambda search: search(), searches))

    apart = solve(problem, seed=3, effort=Effort.QUICK, hands=hands)
    assert encode(apart) == encode(solve(problem, seed=3, effort=Effort.QUICK))

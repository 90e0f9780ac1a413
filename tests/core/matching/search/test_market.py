"""Seats at prices: what is found is right, and no arrangement is worth more than the bound."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.matching.definition.model import Effort, Locks, Problem
from bot.core.matching.definition.score import objective, score_circle
from bot.core.matching.engine import SMALL, check_all, encode, solve
from bot.core.matching.search import large, small
from bot.core.matching.search.chance import Chance
from bot.core.matching.search.columns import as_columns, marks
from bot.core.matching.search.feasible import feasible
from bot.core.matching.search.hands import Piece, one_by_one
from bot.core.matching.search.market import EVERYBODY, Look, Market
from bot.core.matching.search.roster import Roster
from bot.core.matching.search.table import Table
from tests.core.matching.community import KINDS, community

EVERYTHING = Look(EVERYBODY, EVERYBODY, EVERYBODY, EVERYBODY, EVERYBODY)


def unwatched(_done: float, _best: float) -> None:
    """Nobody looks on."""


def market_of(problem: Problem, prices: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> Market:
    table = Table(problem, 1)
    rooms = table.workspaces(2, 100_000)
    return Market(table.people, table.rules, rooms, table.waiting(), prices)


@settings(max_examples=20, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    kind=st.sampled_from(sorted(KINDS)),
    sizes=st.sampled_from([((1, 2), (3, 6)), ((1, 1), (2, 4)), ((1, 3), (3, 4)), ((2, 2), (2, 8))]),
    dear=st.floats(10, 70),
)
def test_every_circle_worth_more_than_its_seats_is_found(
    seed: int, kind: str, sizes: tuple[tuple[int, int], tuple[int, int]], dear: float
) -> None:
    problem = community(32, seed, KINDS[kind])
    rules = replace(problem.settings, mentors=sizes[0], mentees=sizes[1])
    problem = Problem(problem.people, rules)
    roster = Roster(problem)
    people = range(len(roster.ids))
    mentors = [who for who in people if roster.mentor_seats[who]]
    mentees = [who for who in people if roster.mentee_seats[who]]
    every = feasible(roster, mentors, mentees, 60_000)
    if every is None:
        return
    chance = Chance(seed)
    prices = np.array([dear * 2 * chance.share() for _ in range(2 * len(people))])
    expected = {}
    for (leads, learners), value in every.items():
        paid = prices[list(learners)].sum() + prices[[len(people) + who for who in leads]].sum()
        if value > 0.0 and value - paid > 1e-6:
            expected[tuple(sorted(leads)), tuple(sorted(learners))] = value
    market = market_of(problem, prices)
    market.look(EVERYTHING)
    found = {}
    for row, value in zip(market.rows.tolist(), market.values.tolist(), strict=True):
        leads, learners = row[2 : 2 + row[0]], row[2 + row[0] : 2 + row[0] + row[1]]
        found[tuple(sorted(leads)), tuple(sorted(learners))] = value
    assert found == pytest.approx(expected, abs=1e-6)
    highest = max((v - prices[list(k[1])].sum() - prices[[len(people) + w for w in k[0]]].sum()
                   for k, v in expected.items()), default=0.0)  # fmt: skip
    assert market.ceiling() >= (market.capacity * prices).sum() + highest - 1e-6


@pytest.mark.parametrize("nodes", [0, 5, EVERYBODY])
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_ceiling_is_never_below_the_best_arrangement(kind: str, nodes: int) -> None:
    for seed in range(6):
        problem = community(40, seed, KINDS[kind])
        best = solve(problem, seed=1, effort=Effort.QUICK).objective
        chance = Chance(seed)
        for _ in range(5):
            prices = np.array([60 * chance.share() for _ in range(2 * len(problem.people))])
            market = market_of(problem, prices)
            market.look(Look(2, EVERYBODY, nodes, 100, EVERYBODY))
            assert market.ceiling() >= best - 1e-6


def test_a_dive_takes_no_seat_twice_and_is_worth_what_it_says() -> None:
    problem = community(90, 5, KINDS["one continent"])
    table = Table(problem, 1)
    market = market_of(problem, np.full(2 * len(problem.people), 20.0))
    whole = table.waiting()
    chosen, worth = market.dive(0.2, Look(3, 20, 20, 1_000, 1_000))
    columns = as_columns(chosen, table.values(chosen), len(problem.people))
    assert len(chosen) > 5
    assert (np.bincount(columns.seats, minlength=len(whole)) <= whole).all()
    assert worth == pytest.approx(float(columns.values.sum()))


def test_the_bound_of_a_sparse_community_is_close() -> None:
    problem = community(SMALL + 20, 6, KINDS["few mentors"])
    circles, bound = large.search(problem, Locks(), 1, Effort.NORMAL, unwatched)
    result = solve(problem, seed=1)
    assert bound is not None
    assert [scored.circle for scored in result.circles] == sorted(
        circles, key=lambda circle: (circle.mentors, circle.mentees)
    )
    assert 0.0 <= result.gap < 0.05


@pytest.mark.parametrize("size", [90, 120, 145])
def test_the_engine_serves_small_communities_whose_circles_cannot_all_be_listed(size: int) -> None:
    problem = community(size, 3, KINDS["one continent"])
    assert not small.listable(problem, Locks(), Effort.NORMAL)
    plain, _ = small.search(problem, Locks(), 1, Effort.NORMAL, unwatched)
    result = solve(problem, seed=1)
    assert check_all(problem, [scored.circle for scored in result.circles]) == ()
    assert result.objective >= objective([score_circle(problem, circle) for circle in plain])
    assert result.gap < 0.4


def test_one_circle_has_one_mark_whatever_the_order_of_its_people() -> None:
    rows = np.array([[2, 3, 7, 9, 1, 2, 3], [2, 3, 9, 7, 3, 1, 2], [2, 3, 1, 9, 7, 2, 3]])
    one, same, other = marks(rows).tolist()
    assert one == same != other


def test_pieces_side_by_side_find_what_they_find_one_by_one() -> None:
    problem = community(SMALL + 10, 9, KINDS["world"])

    def hands(work: Sequence[Callable[[], Piece]], /) -> Iterable[Piece]:
        with ThreadPoolExecutor(3) as threads:
            return list(threads.map(lambda piece: piece(), work))

    apart = solve(problem, seed=3, effort=Effort.QUICK, hands=hands)
    assert encode(apart) == encode(solve(problem, seed=3, effort=Effort.QUICK))


def test_a_search_may_be_stopped_while_circles_are_put_together_again() -> None:
    problem = community(SMALL + 10, 9, KINDS["world"])

    def watch(done: float, _best: float) -> None:
        if done > 0.7:
            raise StopIteration

    with pytest.raises(StopIteration):
        large.search(problem, Locks(), 1, Effort.QUICK, watch, hands=one_by_one)


def test_circles_of_three_mentors_are_found_in_large_communities_too() -> None:
    problem = community(SMALL + 10, 2, KINDS["one continent"])
    problem = Problem(problem.people, replace(problem.settings, mentors=(2, 3), mentees=(2, 8)))
    result = solve(problem, seed=1, effort=Effort.QUICK)
    assert check_all(problem, [scored.circle for scored in result.circles]) == ()
    assert len(result.circles) > 5

"""The compiled engine for large communities keeps every promise of the plain one."""

from dataclasses import replace

import numpy as np
import pytest

from bot.core.matching.definition.model import Effort, Locks, Problem
from bot.core.matching.definition.rules import check
from bot.core.matching.definition.score import score_circle
from bot.core.matching.engine import SMALL, check_all, encode, solve, warm
from bot.core.matching.files.match_toml import parse_settings
from bot.core.matching.search import kernel, prices, pricing
from bot.core.matching.search.arrays import arrays
from bot.core.matching.search.kernel import NO, circle_values
from tests.core.matching.community import KINDS, community
from tests.core.matching.search.test_roster import circles

ENTRIES = {
    kernel: ("acquaint", "begin", "run", "relate_all", "touch", "commit", "judge", "circle_values"),
    prices: ("settle",),
    pricing: ("price", "price_team", "descend", "likeliest", "mentee_gains", "mentor_gains"),
}


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("table", [True, False])
def test_the_compiled_value_equals_the_reference(kind: str, table: bool) -> None:
    problem = community(40, 77, KINDS[kind])
    tried = circles(problem, 5, 400)
    tried += [scored.circle for scored in solve(problem, seed=1, effort=Effort.QUICK).circles]
    people, rules = arrays(problem)
    if not table:
        people = people._replace(pairs=np.zeros((0, 0), np.int64))
    number = {person.id: index for index, person in enumerate(problem.people)}
    rows = np.zeros((len(tried), 12), np.int64)
    for index, circle in enumerate(tried):
        rows[index, : len(circle.people)] = [number[who] for who in circle.people]
    mentors = np.array([len(circle.mentors) for circle in tried])
    mentees = np.array([len(circle.mentees) for circle in tried])
    values = np.zeros(len(tried))
    circle_values(people, rules, rows, mentors, mentees, values)
    possible = 0
    for circle, value in zip(tried, values.tolist(), strict=True):
        assert (value == NO) == bool(check(problem, circle))
        if value != NO:
            possible += 1
            assert value == pytest.approx(score_circle(problem, circle).value, abs=1e-9)
    assert possible


def test_a_large_community_is_matched_by_the_rules_and_the_same_each_time() -> None:
    problem = community(SMALL + 30, 4, KINDS["sparse hours"])
    result = solve(problem, seed=5, effort=Effort.QUICK)
    assert check_all(problem, [scored.circle for scored in result.circles]) == ()
    assert result.upper_bound >= result.objective
    assert encode(solve(problem, seed=5, effort=Effort.QUICK)) == encode(result)
    draft = tuple(scored.circle for scored in result.circles)
    held = draft[1].mentees[0]
    locks = Locks(draft, frozenset({0}), frozenset({(1, held), (1, draft[1].mentors[0])}))
    again = solve(problem, seed=6, effort=Effort.QUICK, locks=locks).circles
    assert draft[0] in [scored.circle for scored in again]
    together = [one.circle for one in again if draft[1].mentors[0] in one.circle.mentors]
    assert any(held in circle.mentees for circle in together)


def compiled() -> dict[str, int]:
    return {
        name: len(getattr(module, name).signatures)
        for module, names in ENTRIES.items()
        for name in names
    }


def test_once_warm_nothing_is_compiled_again() -> None:
    assert warm()
    shapes = compiled()
    for kind in ("world", "few mentors"):
        solve(community(SMALL + 10, 2, KINDS[kind]), seed=1, effort=Effort.QUICK)
    bare = tuple(
        replace(person, answers={}, heritage=frozenset(), stage=None, wishes=frozenset())
        for person in community(SMALL + 10, 2).people
    )
    flat = parse_settings(b"season_start = 2026-09-07\n[weights]\ngoals = 20.5\naffinity = 3\n")
    solve(Problem(bare, flat), seed=1, effort=Effort.QUICK)
    assert compiled() == shapes

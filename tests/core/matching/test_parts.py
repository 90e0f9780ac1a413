"""The search part by part: the same whoever does the work, and within every rule."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

from bot.core.matching import parts
from bot.core.matching.hands import Hands, Search, one_by_one
from bot.core.matching.model import Circle, Effort, Problem
from bot.core.matching.rules import check_all
from bot.core.matching.score import objective, score_circle
from bot.core.matching.unplaced import unplaced
from tests.core.matching.community import KINDS, community


def search(problem: Problem, hands: Hands) -> list[Circle]:
    return parts.search(problem, 7, Effort.QUICK, lambda _done, _best: None, hands)


def test_a_search_in_parts_keeps_the_rules_and_does_not_depend_on_threads() -> None:
    problem = community(2_600, 5, KINDS["world"])
    found = search(problem, one_by_one)
    assert check_all(problem, found) == ()
    with ThreadPoolExecutor(2) as pool:

        def hands(searches: Sequence[Search]) -> Iterator[list[Circle]]:
            return pool.map(lambda search: search(), searches)

        assert search(problem, hands) == found
    scored = tuple(score_circle(problem, circle) for circle in found)
    assert objective(scored) > 60 * len(problem.people)
    assert unplaced(problem, scored, settled=False) == unplaced(problem, scored, settled=True)

"""The search part by part: the same whoever does the work, and within every rule."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

from bot.core.matching.definition.model import Circle, Effort, Locks, Problem
from bot.core.matching.definition.rules import check_all
from bot.core.matching.definition.score import objective, score_circle
from bot.core.matching.search import parts
from bot.core.matching.search.hands import Hands, Piece, one_by_one
from bot.core.matching.telling.unplaced import unplaced
from tests.core.matching.community import KINDS, community


def search(problem: Problem, hands: Hands, locks: Locks | None = None) -> list[Circle]:
    locks = locks or Locks()
    return parts.search(problem, locks, 7, Effort.QUICK, lambda _done, _best: None, hands=hands)


def test_a_search_in_parts_keeps_the_rules_and_does_not_depend_on_threads() -> None:
    problem = community(2_600, 5, KINDS["world"])
    found = search(problem, one_by_one)
    assert check_all(problem, found) == ()
    with ThreadPoolExecutor(2) as pool:

        def hands(work: Sequence[Callable[[], Piece]], /) -> Iterator[Piece]:
            return pool.map(lambda piece: piece(), work)

        assert search(problem, hands) == found
    scored = tuple(score_circle(problem, circle) for circle in found)
    assert objective(scored) > 60 * len(problem.people)
    assert unplaced(problem, scored, settled=False) == unplaced(problem, scored, settled=True)


def test_what_is_locked_stays_where_it_is_in_whichever_part_it_is() -> None:
    problem = community(2_100, 8, KINDS["world"])
    draft = tuple(search(problem, one_by_one))
    held = {(index, draft[index].mentees[0]) for index in (3, 40, 90)}
    held |= {(index, draft[index].mentors[0]) for index in (3, 40, 90)}
    locks = Locks(draft, frozenset({0, 50, 120}), frozenset(held))
    again = search(Problem(problem.people[::-1], problem.settings), one_by_one, locks)
    assert check_all(problem, again) == ()
    whole = {(frozenset(one.mentors), frozenset(one.mentees)) for one in again}
    for index in locks.circles:
        assert (frozenset(draft[index].mentors), frozenset(draft[index].mentees)) in whole
    for index in (3, 40, 90):
        lead, learner = draft[index].mentors[0], draft[index].mentees[0]
        assert any(lead in one.mentors and learner in one.mentees for one in again)

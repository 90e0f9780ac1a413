"""The kernel is what its source gives, counts as the readable scorer does, and keeps its word."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.matching.definition.model import Circle, Effort, Locks, Problem
from bot.core.matching.definition.rules import attends_both, check, common_starts
from bot.core.matching.definition.score import score_circle
from bot.core.matching.engine import check_all, encode, solve
from bot.core.matching.search.arrays import header
from bot.core.matching.search.chance import Chance
from bot.core.matching.search.hands import Piece, one_by_one
from bot.core.matching.search.machine import KERNEL, Machine
from bot.core.matching.search.plans import starts
from bot.core.matching.search.starts import search
from tests.core.matching.community import KINDS, community
from tests.kernel import HEADER, compiled


def circles(problem: Problem, seed: int, count: int) -> list[Circle]:
    """Circles at random, allowed or not, of people who may hold the seats."""
    chance = Chance(seed)
    mentors = [p.id for p in problem.people if p.mentor_seats]
    mentees = [p.id for p in problem.people if p.mentee_seats]
    found = []
    for _ in range(count if mentors else 0):
        lead = {mentors[chance.below(len(mentors))] for _ in range(1 + chance.below(2))}
        team = {mentees[chance.below(len(mentees))] for _ in range(2 + chance.below(6))}
        found.append(Circle(tuple(sorted(lead)), tuple(sorted(team - lead))))
    return found


def test_the_kernel_is_what_its_source_gives() -> None:
    assert HEADER.read_text(encoding="utf-8") == header()
    assert compiled() == KERNEL.read_bytes(), "run make kernel"


def test_each_file_of_the_kernel_can_be_read_at_a_sitting() -> None:
    for source in HEADER.parent.iterdir():
        assert len(source.read_text(encoding="utf-8").splitlines()) <= 400, source.name


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_kernel_counts_as_the_readable_scorer_does(kind: str) -> None:
    strict = community(40, 77, KINDS[kind])
    loose = replace(strict.settings, min_common_starts=1, mentees=(2, 6))
    for problem in (strict, Problem(strict.people, loose)):
        tried = circles(problem, 5, 400)
        tried += [scored.circle for scored in solve(problem, seed=1, effort=Effort.QUICK).circles]
        for machine in (Machine(problem), Machine(problem, searching=False)):
            possible = 0
            for circle in tried:
                value = machine.value(circle)
                assert (value is None) == bool(check(problem, circle)), circle
                if value is not None:
                    possible += 1
                    expected = score_circle(problem, circle).value
                    assert value == pytest.approx(expected, abs=1e-9)
            assert possible


@pytest.mark.parametrize("kind", ["world", "clock change", "sparse hours"])
def test_the_kernel_knows_who_cannot_be_at_two_circles(kind: str) -> None:
    problem = community(60, 3, KINDS[kind])
    rules = replace(problem.settings, min_common_starts=1, mentors=(1, 1), mentees=(1, 2))
    problem = Problem(problem.people, rules)
    machine, clashes = Machine(problem), 0
    pairs = [Circle((a.id,), (b.id,)) for a in problem.people for b in problem.people]
    tried = [one for one in pairs if not check(problem, one)][:60]
    for one in tried:
        for other in tried:
            starts_ = [common_starts(problem, map(problem.person, c.people)) for c in (one, other)]
            expected = not attends_both(problem, *starts_)
            assert machine.clash(one, other) == expected
            clashes += expected
    assert tried
    assert clashes


def test_more_effort_does_all_that_less_effort_does() -> None:
    for people in (100, 200, 1_000):
        lesser, normal, greater = (starts(effort, people) for effort in Effort)
        for less, more in ((lesser, normal), (normal, greater)):
            for legs, longer in zip(less, more, strict=False):
                same = [replace(leg, proving=0) for leg in longer[: len(legs)]]
                assert [replace(leg, proving=0) for leg in legs] == same


@settings(max_examples=6, deadline=None)
@given(seed=st.integers(0, 1_000), kind=st.sampled_from(sorted(KINDS)))
def test_where_all_circles_can_be_listed_the_best_of_them_are_proved(seed: int, kind: str) -> None:
    problem = community(45, seed, KINDS[kind])
    quick = solve(problem, seed=seed, effort=Effort.QUICK)
    assert quick.upper_bound == pytest.approx(quick.objective, abs=1e-6)
    normal = solve(problem, seed=seed + 1, effort=Effort.NORMAL)
    assert normal.objective == pytest.approx(quick.objective, abs=1e-6)


def test_the_bound_of_a_community_too_large_to_be_listed_is_close() -> None:
    result = solve(community(160, 6, KINDS["one continent"]), seed=1, effort=Effort.QUICK)
    assert 0.0 < result.gap < 0.03


def test_starts_side_by_side_find_what_they_find_one_by_one() -> None:
    problem = community(90, 9, KINDS["world"])

    def hands(work: Sequence[Callable[[], Piece]], /) -> Iterable[Piece]:
        with ThreadPoolExecutor(3) as threads:
            return list(threads.map(lambda piece: piece(), work))

    apart = solve(problem, seed=3, hands=hands)
    assert encode(apart) == encode(solve(problem, seed=3))


def test_a_search_may_be_stopped_while_circles_are_put_together_again() -> None:
    problem = community(160, 9, KINDS["world"])

    def watch(done: float, _best: float) -> None:
        if done > 0.5:
            raise StopIteration

    with pytest.raises(StopIteration):
        search(problem, Locks(), 1, Effort.QUICK, watch, hands=one_by_one)


def test_circles_of_three_mentors_are_found_too() -> None:
    problem = community(160, 2, KINDS["one continent"])
    problem = Problem(problem.people, replace(problem.settings, mentors=(2, 3), mentees=(2, 8)))
    result = solve(problem, seed=1, effort=Effort.QUICK)
    assert check_all(problem, [scored.circle for scored in result.circles]) == ()
    assert len(result.circles) > 5


def test_nobody_mentors_two_circles_that_meet_at_the_same_hour() -> None:
    problem = community(120, 4, KINDS["sparse hours"])
    many = tuple(replace(one, capacity=3) for one in problem.people)
    problem = Problem(many, replace(problem.settings, min_common_starts=1))
    result = solve(problem, seed=1, effort=Effort.QUICK)
    assert check_all(problem, [scored.circle for scored in result.circles]) == ()
    leading = [who for scored in result.circles for who in scored.circle.mentors]
    assert len(leading) > len(set(leading))

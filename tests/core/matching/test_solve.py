"""What the matcher promises of any result."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.matching.definition.model import Circle, Effort, Locks, Problem, Seat
from bot.core.matching.definition.score import objective, phi, score_circle, size_share
from bot.core.matching.engine import check_all, encode, rescore, solve
from tests.core.matching.community import KINDS, community


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000), kind=st.sampled_from(sorted(KINDS)), size=st.integers(1, 60))
def test_no_hard_rule_is_ever_broken_and_everybody_is_accounted_for(
    seed: int, kind: str, size: int
) -> None:
    problem = community(size, seed, KINDS[kind])
    result = solve(problem, seed=seed, effort=Effort.QUICK)
    circles = [scored.circle for scored in result.circles]
    assert check_all(problem, circles) == ()
    assert result.objective == objective(result.circles)
    assert result.upper_bound >= result.objective
    seated = {who for circle in circles for who in circle.people}
    told = {one.id for one in result.unplaced}
    assert seated | told == {person.id for person in problem.people}
    learning = {who for circle in circles for who in circle.mentees}
    missing = {p.id for p in problem.people if p.mentee_seats} - learning
    assert {one.id for one in result.unplaced if one.seat is Seat.MENTEE} == missing


def test_the_same_seed_gives_the_same_result() -> None:
    problem = community(45, 3, KINDS["world"])
    first = solve(problem, seed=11)
    assert encode(solve(problem, seed=11)) == encode(first)


def best_by_trying_everything(problem: Problem) -> float:
    """The optimum of a tiny community, found without any of the matcher's parts."""
    mentors = [p.id for p in problem.people if p.mentor_seats]
    mentees = [p.id for p in problem.people if p.mentee_seats]
    possible: list[tuple[Circle, float]] = []
    for lead_size in (1, 2):
        for lead in combinations(mentors, lead_size):
            for team_size in range(3, 7):
                for team in combinations(mentees, team_size):
                    circle = Circle(lead, team)
                    if not check_all(problem, [circle]):
                        possible.append((circle, score_circle(problem, circle).value))

    def best(index: int, chosen: list[Circle], value: float) -> float:
        if index == len(possible):
            return value
        without = best(index + 1, chosen, value)
        circle, worth = possible[index]
        if check_all(problem, [*chosen, circle]):
            return without
        return max(without, best(index + 1, [*chosen, circle], value + worth))

    return best(0, [], 0.0)


def test_a_tiny_community_gets_the_very_best_circles() -> None:
    compared = 0
    for seed in range(20):
        problem = community(12, seed, KINDS["one continent"])
        try:
            best = best_by_trying_everything(problem)
        except RecursionError:
            continue
        result = solve(problem, seed=1)
        assert result.objective == pytest.approx(best, abs=1e-6)
        assert result.upper_bound == pytest.approx(best, abs=1e-6)
        compared += best > 0
    assert compared >= 2


def test_locked_circles_and_people_stay_where_they_are() -> None:
    problem = community(60, 4)
    draft = tuple(scored.circle for scored in solve(problem, seed=1, effort=Effort.QUICK).circles)
    assert len(draft) > 3
    held = draft[2].mentees[1]
    locks = Locks(draft, frozenset({0}), frozenset({(2, held), (2, draft[2].mentors[0])}))
    again = [scored.circle for scored in solve(problem, seed=9, locks=locks).circles]
    assert draft[0] in again
    assert any(held in one.mentees and draft[2].mentors[0] in one.mentors for one in again)
    assert check_all(problem, again) == ()


def test_a_search_ends_with_what_its_watcher_raises() -> None:
    def progress(done: float, _best: float) -> None:
        raise KeyboardInterrupt(done)

    with pytest.raises(KeyboardInterrupt):
        solve(community(60, 4), seed=1, progress=progress)


def test_nobody_at_all_is_no_trouble() -> None:
    settings_ = community(1, 1).settings
    result = solve(Problem((), settings_), seed=1)
    assert result.circles == ()
    assert result.worst is None
    assert result.gap == 0.0


def test_phi_is_concave_and_counts_the_worst_off_three_times() -> None:
    assert [phi(score) for score in (0.0, 40.0, 60.0, 100.0)] == [0.0, 60.0, 80.0, 100.0]


def test_sizes_are_worth_what_is_written() -> None:
    assert [size_share(2, n) for n in (3, 4, 5, 6)] == [0.8, 1.0, 1.0, 0.8]
    assert [size_share(1, n) for n in (3, 4, 5, 6)] == [0.8, 0.6, 0.3, 0.1]
    assert size_share(3, 8) == pytest.approx(0.4)
    assert size_share(2, 1) == pytest.approx(0.4)
    assert size_share(1, 7) == 0.0


def test_every_reason_for_an_empty_seat_is_true() -> None:
    for kind in KINDS:
        problem = community(60, 8, KINDS[kind])
        result = solve(problem, seed=2, effort=Effort.QUICK)
        circles = [scored.circle for scored in result.circles]
        assert rescore(problem, circles).unplaced == result.unplaced
        for one in result.unplaced:
            if one.seat is Seat.MENTEE:
                truly(problem, circles, one.id, type(one.why).__name__)


def test_a_draft_that_could_take_somebody_in_says_so() -> None:
    problem = community(40, 4)
    whole = solve(problem, seed=2, effort=Effort.QUICK)
    circles = [scored.circle for scored in whole.circles]
    found = 0
    for index, circle in enumerate(circles):
        for who in circle.mentees:
            rest = Circle(circle.mentors, tuple(one for one in circle.mentees if one != who))
            drafted = [*circles[:index], rest, *circles[index + 1 :]]
            (told,) = (one for one in rescore(problem, drafted).unplaced if one.id == who)
            value = score_circle(problem, circle).value - score_circle(problem, rest).value
            if value > 1e-6:
                assert type(told.why).__name__ == "HasRoom"
                found += 1
    assert found


def truly(problem: Problem, circles: list[Circle], who: str, why: str) -> None:
    """Look again, with the rules alone."""
    person = problem.person(who)
    joinable = [
        circle
        for circle in circles
        if who not in circle.people
        and not [
            broken
            for broken in check_all(problem, [Circle(circle.mentors, (*circle.mentees, who))])
            if type(broken).__name__ != "WrongSize"
        ]
    ]
    roomy = [circle for circle in joinable if len(circle.mentees) < 6]
    if why == "EveryCircleFull":
        assert joinable
        assert not roomy
    elif why == "CostsOthersMore":
        assert roomy
    else:
        assert not joinable
    if why == "Confidential":
        assert problem.kept_apart(who)
    if why == "NoLanguage":
        assert not person.languages

"""One change at a time: what it would break, who gains and who loses."""

from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest

from bot.core.matching.definition.facts import NoCommonLanguage, OverCapacity, WrongSize
from bot.core.matching.definition.model import Circle, Effort, Person, Problem, Role, Seat, Settings
from bot.core.matching.engine import check_all, move, place, repair, rescore, solve, swap
from tests.core.matching.community import KINDS, community


def drafted(kind: str = "one continent") -> tuple[Problem, list[Circle]]:
    problem = community(60, 7, KINDS[kind])
    result = solve(problem, seed=1, effort=Effort.QUICK)
    return problem, [scored.circle for scored in result.circles]


def test_a_swap_is_scored_as_if_the_whole_draft_were() -> None:
    problem, circles = drafted()
    allowed = 0
    seats = [(index, who) for index, circle in enumerate(circles) for who in circle.mentees]
    for one, other in combinations(seats, 2):
        if one[0] == other[0]:
            continue
        outcome = swap(problem, circles, one, other)
        assert bool(outcome.broken) == bool(check_all(problem, outcome.circles))
        if not outcome.broken:
            allowed += 1
            gain = rescore(problem, outcome.circles).objective
            gain -= rescore(problem, circles).objective
            assert outcome.gain == pytest.approx(gain, abs=1e-9)
            assert all(changed.gain > 0 for changed in outcome.better)
            assert all(changed.gain < 0 for changed in outcome.worse)
    assert allowed


def test_a_move_that_leaves_too_few_is_refused_with_the_rule() -> None:
    problem, circles = drafted()
    small = next(i for i, circle in enumerate(circles) if len(circle.mentees) == 3)
    outcome = move(problem, circles, circles[small].mentees[0], origin=small, to=None)
    assert outcome.broken == (WrongSize(len(circles[small].mentors), 2),)


def test_a_mentor_moved_in_twice_is_over_capacity() -> None:
    problem, circles = drafted()
    single = next(
        (i, c.mentors[0])
        for i, c in enumerate(circles)
        if problem.person(c.mentors[0]).mentor_seats == 1
    )
    other = next(i for i in range(len(circles)) if i != single[0])
    outcome = move(problem, circles, single[1], origin=None, to=other, seat=Seat.MENTOR)
    assert OverCapacity(single[1], 1) in outcome.broken


def test_a_late_joiner_is_offered_every_circle_that_may_take_them_best_first() -> None:
    problem, circles = drafted()
    for late in circles[0].mentees:
        others = [circles[0], *circles[1:]]
        others[0] = Circle(others[0].mentors, tuple(w for w in others[0].mentees if w != late))
        placing = place(problem, others, late)
        assert bool(placing.options) != bool(placing.blocked)
        gains = [option.gain for option in placing.options]
        assert gains == sorted(gains, reverse=True)
        for option in placing.options:
            joined = [*others]
            joined[option.index] = option.after.circle
            broken = [b for b in check_all(problem, joined) if not isinstance(b, WrongSize)]
            assert not broken


def test_a_departure_touches_only_the_circles_that_were_left() -> None:
    problem, circles = drafted()
    for circle in circles:
        for departed in circle.people:
            repairs = repair(problem, circles, departed)
            assert {one.index for one in repairs} == {
                index for index, other in enumerate(circles) if departed in other.people
            }
            for one in repairs:
                assert departed not in one.left.people
                assert bool(one.broken) == (one.after is None)
                assert all(option.index == one.index for option in one.options)
                assert all(option.index != one.index for option in one.elsewhere)


def test_a_circle_that_people_have_left_is_filled_again_seat_by_seat() -> None:
    problem, circles = drafted()
    filled = 0
    for index, whole in enumerate(circles):
        for kept in range(3):
            left = [*circles]
            left[index] = Circle(whole.mentors[: kept % 2], whole.mentees[:kept])
            for who in whole.people:
                for option in place(problem, left, who).options:
                    if option.index == index:
                        filled += 1
                        assert who in option.after.circle.people
                        broken = check_all(problem, [option.after.circle])
                        assert all(isinstance(one, WrongSize) for one in broken)
    assert filled


def test_a_circle_grows_only_with_people_whom_every_other_rule_allows() -> None:
    problem, circles = drafted()
    index = next(i for i, circle in enumerate(circles) if len(circle.mentees) == 3)
    left = [*circles]
    left[index] = Circle(circles[index].mentors, circles[index].mentees[:1])
    away, back = circles[index].mentees[1:]
    assert not move(problem, left, back, origin=None, to=index).broken
    deaf = replace(problem.person(away), languages=("xx",), preferred_language="xx")
    others = tuple(deaf if person.id == away else person for person in problem.people)
    outcome = move(replace(problem, people=others), left, away, origin=None, to=index)
    assert NoCommonLanguage() in outcome.broken


def test_a_circle_with_too_few_people_may_not_lose_one_more() -> None:
    problem, circles = drafted()
    left = [*circles]
    left[0] = Circle(circles[0].mentors, circles[0].mentees[:2])
    who = left[0].mentees[0]
    outcome = move(problem, left, who, origin=0, to=None)
    assert outcome.broken == (WrongSize(len(left[0].mentors), 1),)


def test_nobody_is_offered_a_seat_that_keeps_somebody_from_their_other_circle() -> None:
    early, evening = _free(18, 0, 19, 45), _free(18, 0, 22, 0)
    both = _person("mentor", Role.MENTOR, evening, capacity=2)
    narrow = [_person(f"early{n}", Role.MENTEE, early) for n in range(4)]
    wide = [_person(f"wide{n}", Role.MENTEE, evening) for n in range(4)]
    problem = Problem((both, *narrow, *wide), Settings(date(2026, 1, 5)))
    here = Circle(("mentor",), ("early0", "early1", "early2"))
    there = Circle(("mentor",), ("wide0", "wide1", "wide2"))
    assert not check_all(problem, [here, there])

    at_both = place(problem, [here, there], "wide3")
    assert {one.index for one in at_both.options} == {0, 1}
    torn = place(problem, [here, there], "early3")
    assert [one.index for one in torn.options] == [0], "the mentor could not be at both"

    (left,) = repair(problem, [here, replace(there, mentees=(*there.mentees, "wide3"))], "wide3")
    assert [one.who for one in left.options] == []


def _free(hour: int, minute: int, to_hour: int, to_minute: int) -> int:
    """Monday, from and to, as bits of quarter-hours."""
    first, last = hour * 4 + minute // 15, to_hour * 4 + to_minute // 15
    return sum(1 << quarter for quarter in range(first, last))


def _person(who: str, role: Role, free: int, capacity: int = 1) -> Person:
    theme = frozenset({"confidence"})
    return Person(who, role, ("en",), "en", free, capacity=capacity, seeks=theme, offers=theme)

"""The fast arithmetic of the search equals the reference scorer."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.core.matching.definition.facts import OverCapacity
from bot.core.matching.definition.model import Circle, Problem
from bot.core.matching.definition.rules import check
from bot.core.matching.definition.score import score_circle
from bot.core.matching.search.chance import Chance
from bot.core.matching.search.roster import IMPOSSIBLE, Roster
from tests.core.matching.community import KINDS, community


def circles(problem: Problem, seed: int, count: int) -> list[Circle]:
    """Circles at random, allowed or not, of people who may hold the seats."""
    chance = Chance(seed)
    mentors = [p.id for p in problem.people if p.mentor_seats]
    mentees = [p.id for p in problem.people if p.mentee_seats]
    found = []
    for _ in range(count):
        lead = {mentors[chance.below(len(mentors))] for _ in range(1 + chance.below(2))}
        team = {mentees[chance.below(len(mentees))] for _ in range(2 + chance.below(6))}
        found.append(Circle(tuple(sorted(lead)), tuple(sorted(team - lead))))
    return found


@settings(max_examples=15, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    kind=st.sampled_from(sorted(KINDS)),
    loose=st.booleans(),
)
def test_the_fast_value_equals_the_reference(seed: int, kind: str, loose: bool) -> None:
    problem = community(30, seed, KINDS[kind])
    assume(any(person.mentor_seats for person in problem.people))  # few mentors may be none
    roster = Roster(problem)
    if loose:  # so that many circles are possible, and their values are compared
        roster.needed = 0
        roster.barred = [0] * 30
    compared = 0
    for circle in circles(problem, seed, 60):
        mentors = [roster.number[who] for who in circle.mentors]
        mentees = [roster.number[who] for who in circle.mentees]
        value = roster.value(mentors, mentees)
        if not loose:
            allowed = not [b for b in check(problem, circle) if not isinstance(b, OverCapacity)]
            assert (value != IMPOSSIBLE) == allowed
        if value != IMPOSSIBLE:
            compared += 1
            assert value == pytest.approx(score_circle(problem, circle).value, abs=1e-9)
    assert compared or not loose

"""No arrangement is ever worth more than the bound says."""

from dataclasses import replace
from datetime import date

import pytest

from bot.core.matching.bound import relaxation
from bot.core.matching.definition.model import Person, Problem, Role, Settings
from bot.core.matching.engine import solve
from tests.core.matching.community import KINDS, community


def alike(problem: Problem, questions: int) -> Problem:
    """The same people, who all gave the same answers to so many questions."""
    answers = {f"question {n}": frozenset({"yes"}) for n in range(questions)}
    people = tuple(replace(person, answers=answers) for person in problem.people)
    return replace(problem, people=people)


@pytest.mark.parametrize("questions", [0, 3, 200])
@pytest.mark.parametrize("kind", KINDS)
def test_the_bound_holds_however_little_it_looks_at(kind: str, questions: int) -> None:
    for seed in range(3):
        problem = alike(community(30, seed, KINDS[kind]), questions)
        assert relaxation.bound(problem) >= solve(problem, seed=1).objective


def test_the_bound_holds_where_hundreds_of_answers_outweigh_a_bad_size() -> None:
    everybody = [
        Person(
            f"p{n}",
            Role.MENTEE if n else Role.MENTOR,
            ("en",),
            "en",
            (1 << 40) - 1,
            seeks=frozenset({"career"} if n else ()),
            offers=frozenset(() if n else {"career"}),
        )
        for n in range(7)
    ]
    settings = Settings(date(2026, 3, 2), mentors=(1, 1), mentees=(6, 6))
    problem = alike(Problem(tuple(everybody), settings), 200)
    result = solve(problem, seed=1)
    assert len(result.circles) == 1
    assert relaxation.bound(problem) == pytest.approx(result.objective, abs=1e-3)

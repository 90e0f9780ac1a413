"""A problem and a result survive the way to another process."""

import json

import pytest

from bot.core.matching.definition.model import Effort, Locks, Problem, Result
from bot.core.matching.engine import decode, encode, solve
from bot.core.matching.files.codec import Undecodable
from tests.core.matching.community import community


def test_problem_locks_and_result_come_back_equal() -> None:
    problem = community(40, 5)
    result = solve(problem, seed=3, effort=Effort.QUICK)
    assert result.circles
    assert result.unplaced
    circles = tuple(scored.circle for scored in result.circles)
    locks = Locks(circles, frozenset({0}), frozenset({(1, circles[1].mentors[0])}))
    assert decode(json.loads(json.dumps(encode(problem))), Problem) == problem
    assert decode(json.loads(json.dumps(encode(result))), Result) == result
    assert decode(json.loads(json.dumps(encode(locks))), Locks) == locks


@pytest.mark.parametrize("data", [{"$": "Nothing"}, {"a": 1}, [1], {"$": "Problem"}, None])
def test_anything_else_is_refused(data: object) -> None:
    with pytest.raises(Undecodable):
        decode(json.loads(json.dumps(data)), Problem)

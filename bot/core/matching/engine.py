"""The matcher's front door: everything that others ask of matching.

One engine serves every community: a kernel of WebAssembly that gives the same circles on every
machine (see ``search/machine.py``). Beside it stands only the readable scorer in ``definition``,
which has the last word on every number that is told.
"""

from collections.abc import Callable, Iterable

from bot.core.matching.bound.relaxation import bound
from bot.core.matching.definition.model import Circle, Effort, Locks, Problem, Result
from bot.core.matching.definition.rules import check, check_all
from bot.core.matching.definition.score import objective, score_circle
from bot.core.matching.desk import move, place, rearranged, repair, swap
from bot.core.matching.files.codec import decode, encode
from bot.core.matching.search import parts, starts
from bot.core.matching.search.hands import Hands, one_by_one
from bot.core.matching.telling.unplaced import unplaced

__all__ = [
    "check",
    "check_all",
    "decode",
    "encode",
    "move",
    "place",
    "rearranged",
    "repair",
    "rescore",
    "solve",
    "swap",
]

MOST_AT_ONCE = 1_500
"""Beyond so many people, the search goes through them part by part."""


def solve(
    problem: Problem,
    *,
    seed: int,
    effort: Effort = Effort.NORMAL,
    locks: Locks | None = None,
    progress: Callable[[float, float], None] | None = None,
    hands: Hands = one_by_one,
) -> Result:
    """The best circles found for these people.

    ``progress`` is told the share done (0–1) and the best objective so far; what it raises ends the
    search. Raises ValueError for locks that break a rule. ``hands`` may do pieces of a search side
    by side, which changes nothing but the time.
    """

    def watch(done: float, best: float) -> None:
        if progress is not None:
            progress(done, best)

    locks = locks or Locks()
    kept = sorted(locks.circles | {index for index, _ in locks.seats})
    broken = check_all(problem, [locks.draft[index] for index in kept])
    if broken:
        raise ValueError(f"a locked circle breaks a rule: {broken[0]}")
    proved: float | None = None
    if len(problem.people) <= MOST_AT_ONCE:
        circles, proved = starts.search(problem, locks, seed, effort, watch, hands=hands)
    else:
        circles = parts.search(problem, locks, seed, effort, watch, hands=hands)
    return rescore(problem, circles, seed=seed, effort=effort, proved=proved, settled=True)


def rescore(
    problem: Problem,
    circles: Iterable[Circle],
    *,
    seed: int = 0,
    effort: Effort = Effort.NORMAL,
    proved: float | None = None,
    settled: bool = False,
) -> Result:
    """These circles as they are, with scores and reasons. The hard rules are not asked.

    ``proved`` is an upper bound already known; without one, one is worked out. ``settled``: nobody
    who waits would add to a circle with room, so that need not be tried again.
    """
    circles = sorted(circles, key=lambda circle: (circle.mentors, circle.mentees))
    scored = tuple(score_circle(problem, circle) for circle in circles)
    value = objective(scored)
    upper = value if proved is not None and proved <= value else bound(problem)
    upper = upper if proved is None else min(upper, proved)
    return Result(
        circles=scored,
        unplaced=unplaced(problem, scored, settled=settled),
        objective=value,
        upper_bound=max(value, upper),
        seed=seed,
        effort=effort,
    )

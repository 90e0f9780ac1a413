"""The matcher's front door: everything that others ask of matching.

Communities of up to :data:`SMALL` people whose circles can all be listed are matched in plain
Python, exactly. All others are searched by the compiled engine where its packages are installed;
without them the plain search still gives a valid answer, only a less good one (see
:func:`engine_would_help`).
"""

from collections.abc import Callable, Iterable
from importlib.util import find_spec

from bot.core.matching.bound.relaxation import bound
from bot.core.matching.definition.model import Circle, Effort, Locks, Problem, Result
from bot.core.matching.definition.rules import check, check_all
from bot.core.matching.definition.score import objective, score_circle
from bot.core.matching.desk import move, place, rearranged, repair, swap
from bot.core.matching.files.codec import decode, encode
from bot.core.matching.search.hands import Hands, one_by_one
from bot.core.matching.telling.unplaced import unplaced

__all__ = [
    "SMALL",
    "check",
    "check_all",
    "decode",
    "encode",
    "engine_would_help",
    "has_engine",
    "move",
    "place",
    "rearranged",
    "repair",
    "rescore",
    "solve",
    "swap",
    "warm",
]

SMALL = 150
MOST_AT_ONCE = 1_500
"""Beyond so many people, the search goes through them part by part."""


def has_engine() -> bool:
    """Whether the optional packages for large communities are installed."""
    return all(find_spec(package) for package in ("numpy", "numba"))


def engine_would_help(people: int) -> bool:
    """Whether so many people would get better circles if the optional engine were installed."""
    return people > SMALL and not has_engine()


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
    search. Raises ValueError for locks that break a rule. ``hands`` may do pieces of a large search
    side by side, which changes nothing but the time.
    """

    def watch(done: float, best: float) -> None:
        if progress is not None:
            progress(done, best)

    locks = locks or Locks()
    kept = sorted(locks.circles | {index for index, _ in locks.seats})
    broken = check_all(problem, [locks.draft[index] for index in kept])
    if broken:
        raise ValueError(f"a locked circle breaks a rule: {broken[0]}")
    plainly = _plainly(problem, locks, effort)
    if plainly:
        from bot.core.matching.search.small import search

        circles, proved = search(problem, locks, seed, effort, watch)
    elif len(problem.people) <= MOST_AT_ONCE:
        from bot.core.matching.search import large

        circles, proved = large.search(problem, locks, seed, effort, watch, hands=hands)
    else:
        from bot.core.matching.search import parts

        circles, proved = parts.search(problem, locks, seed, effort, watch, hands=hands), None
    return rescore(problem, circles, seed=seed, effort=effort, proved=proved, settled=not plainly)


def _plainly(problem: Problem, locks: Locks, effort: Effort) -> bool:
    """Whether the plain search is the one to ask: always without the engine, and with it for few
    people whose circles can all be listed, so that the best of them are chosen exactly."""
    if not has_engine():
        return True
    from bot.core.matching.search.small import listable

    return len(problem.people) <= SMALL and listable(problem, locks, effort)


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


def warm() -> bool:
    """Compile the engine for large communities; False where it is not installed."""
    if not has_engine():
        return False
    from bot.core.matching.search import large

    large.warm()
    return True

"""Nobody is asked to be at two circles at once: the last look, over all parts of a search.

Each part heeds this within itself; only somebody who mentors in two parts can be torn between them.
"""

from collections.abc import Sequence

from bot.core.matching.definition.facts import CannotAttendBoth
from bot.core.matching.definition.model import Circle, Problem
from bot.core.matching.definition.rules import check, check_all
from bot.core.matching.definition.score import score_circle


def attending(
    problem: Problem, circles: Sequence[Circle], closed: Sequence[Circle]
) -> list[Circle]:
    """These circles, without those parts of them that somebody could not attend.

    Of two that somebody is torn between, the one of less worth goes on without them, or ends. A
    circle that is closed stays as it is.
    """
    found = list(circles)
    while torn := [one for one in check_all(problem, found) if isinstance(one, CannotAttendBoth)]:
        who = torn[0].who
        held = [at for at, circle in enumerate(found) if who in circle.people]
        free = [at for at in held if found[at] not in closed] or held
        loser = min(free, key=lambda at: (score_circle(problem, found[at]).value, at))
        left = Circle(
            tuple(one for one in found[loser].mentors if one != who),
            tuple(one for one in found[loser].mentees if one != who),
        )
        found[loser : loser + 1] = [] if check(problem, left) else [left]
    return found

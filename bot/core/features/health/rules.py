"""How a circle is doing, from what is not private about it.

People answer the weekly question for themselves alone, so a circle's board tells nobody's answer:
it shows that a circle met or plans to, as soon as anybody in it said so, and otherwise only that
nothing was heard. "We did not meet" and no answer at all look the same.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from bot.core.boundary.ids import PersonId
from bot.core.programme.checkins.model import Met, Response
from bot.core.programme.circles.model import Circle, CircleState, Seat
from bot.core.programme.community.model import Sizes

LOOKED_AT = 3
"""Weeks that count, the running one among them: circles meet every other week, and a week or a
session may be missed without harm."""

MOST_EACH = 4
"""Mentees a mentor, above which a circle is said to be large."""

FEWEST_ANSWERS = 5
"""People who must be asked before their answers are counted together."""


class Condition(Enum):
    """How a circle is doing, the most urgent first."""

    NEEDS_A_HAND = "needs_a_hand"
    ON_TRACK = "on_track"
    TOO_EARLY = "too_early"


class Concern(Enum):
    """What a circle needs a hand with."""

    LOST_ROOM = "lost_room"
    NO_ROOM = "no_room"
    NO_MENTOR = "no_mentor"
    FEW_MENTEES = "few_mentees"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Health:
    """One circle's health. ``heard`` is the best that anybody in it said lately."""

    circle: Circle
    condition: Condition
    concerns: tuple[Concern, ...]
    heard: Met | None
    large: bool
    """Whether it has more mentees than its mentors can well look after."""


def health(
    circles: Iterable[Circle], responses: Iterable[Response], week: int, sizes: Sizes
) -> tuple[Health, ...]:
    """Every circle's health in this week of the season, the most urgent first, then by name.

    Of somebody in several circles it cannot be told which they speak of; their answers are left
    out.
    """
    circles = list(circles)
    seats = Counter(person for circle in circles for person in circle.people)
    said: dict[PersonId, set[Met]] = {}
    for response in responses:
        if response.week > week - LOOKED_AT and seats[response.person] == 1:
            said.setdefault(response.person, set()).add(response.answer)
    found = [_of(circle, said, week, sizes) for circle in circles]
    urgency = list(Condition)
    return tuple(sorted(found, key=lambda one: (urgency.index(one.condition), one.circle.name)))


def answered(people: Sequence[PersonId], responses: Iterable[Response], week: int) -> int | None:
    """How many of these people answered in a week; ``None`` where they are too few to count."""
    if len(people) < FEWEST_ANSWERS:
        return None
    return len({one.person for one in responses if one.week == week} & set(people))


def _of(circle: Circle, said: dict[PersonId, set[Met]], week: int, sizes: Sizes) -> Health:
    answers = set[Met]().union(*(said.get(person, set()) for person in circle.people))
    heard = next((one for one in (Met.YES, Met.PLANNED) if one in answers), None)
    lacking = circle.short_of(sizes)
    checks = (
        (Concern.LOST_ROOM, circle.state is CircleState.LOST),
        (Concern.NO_ROOM, circle.state is CircleState.OPENING),
        (Concern.NO_MENTOR, Seat.MENTOR in lacking),
        (Concern.FEW_MENTEES, Seat.MENTEE in lacking),
        (Concern.QUIET, heard is None and week > LOOKED_AT),
    )
    concerns = tuple(concern for concern, holds in checks if holds)
    large = len(circle.mentees) > MOST_EACH * len(circle.mentors) > 0
    if concerns:
        condition = Condition.NEEDS_A_HAND
    else:
        condition = Condition.ON_TRACK if heard else Condition.TOO_EARLY
    return Health(circle, condition, concerns, heard, large)

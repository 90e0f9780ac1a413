"""Why somebody has no seat, and what would help, as values."""

from dataclasses import dataclass
from enum import Enum

from bot.core.matching.definition.facts import Confidential


@dataclass(frozen=True, slots=True)
class RestsThisSeason:
    """They offered to mentor no circle this season."""


@dataclass(frozen=True, slots=True)
class NoHours:
    """They gave no hours at all, or too few for the starts a circle needs."""

    starts: int
    needed: int


@dataclass(frozen=True, slots=True)
class NoLanguage:
    """They named no language."""


@dataclass(frozen=True, slots=True)
class NobodyMentors:
    """Nobody else has a mentor's seat to give."""


@dataclass(frozen=True, slots=True)
class NobodyLearns:
    """Nobody else takes a mentee's seat."""


@dataclass(frozen=True, slots=True)
class TooFew:
    """Whoever is free when: there are not the people for a circle of the least size with them."""

    needed: int
    among: str
    """``mentors`` or ``mentees``."""


@dataclass(frozen=True, slots=True)
class NoSharedHours:
    """``among``: nobody on the other side has enough starts in common with them."""

    needed: int
    among: str
    """``mentors`` or ``mentees``."""


@dataclass(frozen=True, slots=True)
class NoSharedLanguage:
    """Nobody on the other side with enough starts in common speaks one of their languages."""

    among: str


@dataclass(frozen=True, slots=True)
class MetAllRecently:
    """Whoever would fit sat with them in the previous season. ``among`` as above."""

    among: str


@dataclass(frozen=True, slots=True)
class AllTeammates:
    """Whoever would fit shares a team with them. ``among`` as above."""

    among: str


@dataclass(frozen=True, slots=True)
class NoGroup:
    """There are people they could meet, but too few of them at one time for a circle."""

    needed: int


@dataclass(frozen=True, slots=True)
class OthersHaveSeats:
    """They could sit in a circle with others, and those others have their seats elsewhere."""


@dataclass(frozen=True, slots=True)
class NoCircleFits:
    """None of the circles fits: this many for want of lasting starts, a language, because some of
    its people sat with them in the previous season or share a team, or because they could not be
    there and in their other circle (each counted once, in this order).

    ``window`` is the least that they could add to their hours to fit one of them: quarter-hours of
    the local week from and to; none where no hours would help, or they are not what is wanting.
    """

    circles: int
    hours: int
    language: int
    met: int
    needed: int
    team: int = 0
    clash: int = 0
    window: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class EveryCircleFull:
    """There are circles that they would fit, and each of them is full."""


@dataclass(frozen=True, slots=True)
class HasRoom:
    """A circle they would fit has room, and they would add to it."""


@dataclass(frozen=True, slots=True)
class CostsOthersMore:
    """A circle has room, but one more person would cost its members more than they would gain."""


@dataclass(frozen=True, slots=True)
class EnoughMentors:
    """Of the mentees they could meet, only so many (perhaps none) have no circle: too few."""

    left: int
    needed: int


@dataclass(frozen=True, slots=True)
class NoNewCircle:
    """Enough mentees they could meet have no circle, and no arrangement seats them together."""


Blocked = (
    RestsThisSeason
    | NoHours
    | NoLanguage
    | NobodyMentors
    | NobodyLearns
    | TooFew
    | NoSharedHours
    | NoSharedLanguage
    | MetAllRecently
    | AllTeammates
    | NoGroup
    | OthersHaveSeats
    | NoCircleFits
    | EveryCircleFull
    | HasRoom
    | CostsOthersMore
    | EnoughMentors
    | NoNewCircle
    | Confidential
)


class Help(Enum):
    """What would help somebody without a seat."""

    NEXT_SEASON = "next_season"
    MORE_HOURS = "more_hours"
    A_LANGUAGE = "a_language"
    MORE_MENTORS = "more_mentors"
    MORE_MENTEES = "more_mentees"
    MORE_PEOPLE = "more_people"
    ASK_A_MODERATOR = "ask_a_moderator"
    A_MODERATOR = "a_moderator"

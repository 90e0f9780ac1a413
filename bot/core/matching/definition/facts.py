"""The facts behind a score, a refusal or an empty seat, as values.

A view words them in its reader's language and leaves out what the reader may not see. People are
ids, themes and tags are the community's own words, times are quarter-hours of the UTC week.
"""

from dataclasses import dataclass
from enum import Enum

Ids = tuple[str, ...]


# ---- Why a term has its share -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ThemesOffered:
    """A mentee's sought themes, and which mentors offer each; ``missing`` nobody here offers."""

    offered: tuple[tuple[str, Ids], ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MenteesHelped:
    """The mentees who seek something this mentor offers, out of how many."""

    helped: Ids
    mentees: int


@dataclass(frozen=True, slots=True)
class PeersAlike:
    """Other mentees who seek at least one of the same themes, and those themes."""

    peers: Ids
    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HeritageShared:
    """How many circlemates share a heritage tag. Nobody is named: it is sensitive."""

    circlemates: int


@dataclass(frozen=True, slots=True)
class StagesNear:
    """The other mentees who gave a stage, with how many stages lie between."""

    peers: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class StepsAhead:
    """The mentees at this mentor's stage or an earlier one, out of those who gave a stage."""

    behind: Ids
    stated: int


@dataclass(frozen=True, slots=True)
class AnswersShared:
    """The circlemates with an answer in common, and those answers."""

    question: str
    circlemates: Ids
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PrivateAnswer:
    """A sensitive question took part. Nothing more is said."""


@dataclass(frozen=True, slots=True)
class LanguageShared:
    """Whether the preferred language is one that everybody here speaks."""

    preferred: str
    common: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WeekStarts:
    """In these weeks of the season (1 is the first), the quarter-hours of the UTC week at which
    everybody can begin."""

    weeks: tuple[int, ...]
    starts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TimesShared:
    """The starts that everybody can make, and how many of them last over the season."""

    common: tuple[WeekStarts, ...]
    lasting: int
    people: int


@dataclass(frozen=True, slots=True)
class WishesMet:
    """The wished-for people who are here, out of how many wishes."""

    here: Ids
    wishes: int


@dataclass(frozen=True, slots=True)
class CircleSize:
    """How many sit here."""

    mentors: int
    mentees: int


Fact = (
    ThemesOffered
    | MenteesHelped
    | PeersAlike
    | HeritageShared
    | StagesNear
    | StepsAhead
    | AnswersShared
    | PrivateAnswer
    | LanguageShared
    | TimesShared
    | WishesMet
    | CircleSize
)


# ---- Which hard rule a circle would break -------------------------------------------------------


@dataclass(frozen=True, slots=True)
class WrongSize:
    """Too few or too many mentors or mentees."""

    mentors: int
    mentees: int


@dataclass(frozen=True, slots=True)
class NotAMentor:
    """They do not mentor this season."""

    who: str


@dataclass(frozen=True, slots=True)
class NotAMentee:
    """They only mentor."""

    who: str


@dataclass(frozen=True, slots=True)
class SeatedTwice:
    """They would sit twice in the same circle."""

    who: str


@dataclass(frozen=True, slots=True)
class OverCapacity:
    """They would mentor more circles than they offered to."""

    who: str
    capacity: int


@dataclass(frozen=True, slots=True)
class MenteeTwice:
    """They would be a mentee in more than one circle."""

    who: str


@dataclass(frozen=True, slots=True)
class MetRecently:
    """They sat together in the previous season."""

    one: str
    other: str


@dataclass(frozen=True, slots=True)
class SameTeam:
    """They work in one team."""

    one: str
    other: str


@dataclass(frozen=True, slots=True)
class CannotAttendBoth:
    """Their two circles have only hours at which they would have to be in both."""

    who: str


@dataclass(frozen=True, slots=True)
class Confidential:
    """Not possible for confidential reasons. Says nothing of who or how many."""


@dataclass(frozen=True, slots=True)
class NoCommonLanguage:
    """No language that all of them speak."""


@dataclass(frozen=True, slots=True)
class TooFewStarts:
    """Fewer starts that last over the season than the settings ask for."""

    starts: int
    needed: int


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nobody here has this id."""

    who: str


Broken = (
    WrongSize
    | NotAMentor
    | NotAMentee
    | SeatedTwice
    | OverCapacity
    | MenteeTwice
    | MetRecently
    | SameTeam
    | CannotAttendBoth
    | Confidential
    | NoCommonLanguage
    | TooFewStarts
    | Unknown
)


# ---- Why somebody has no seat, and what would help ----------------------------------------------


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

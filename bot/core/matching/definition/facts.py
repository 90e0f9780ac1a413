"""The facts behind a score or a refusal, as values; behind an empty seat: ``seatless``.

A view words them in its reader's language and leaves out what the reader may not see. People are
ids, themes and tags are the community's own words, times are quarter-hours of the UTC week.
"""

from dataclasses import dataclass

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

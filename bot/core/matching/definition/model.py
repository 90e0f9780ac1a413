"""What is matched, and what comes out of it.

Everything here is a frozen value. A :class:`Person` carries only what may take part in matching:
whoever builds one leaves sensitive answers out unless their owner's consent to matching is live.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum
from unicodedata import normalize

from bot.core.matching.definition.availability import on_utc, starts
from bot.core.matching.definition.facts import Fact, WeekStarts
from bot.core.matching.definition.seatless import Blocked, Help

DEFAULT_STAGES = ("under 25", "25-34", "35-44", "45-54", "55-64", "65+")
QUESTION = "q:"
"""What the name of an affinity question's term begins with."""

MATTERS = ("goals", "heritage", "stage", "language", "time", "wish")
"""The terms that somebody may say matters most to them, beside their questions."""


class Role(Enum):
    """What somebody takes part as."""

    MENTOR = "mentor"
    MENTEE = "mentee"
    BOTH = "both"


class Seat(Enum):
    """What somebody sits in a circle as."""

    MENTOR = "mentor"
    MENTEE = "mentee"


class Effort(Enum):
    """How long to search. Counted in steps, never in seconds."""

    QUICK = "quick"
    NORMAL = "normal"
    THOROUGH = "thorough"


def tag(words: str) -> str:
    """Somebody's own words as they are compared: Unicode NFKC, case and white space folded."""
    return " ".join(normalize("NFKC", normalize("NFKC", words).casefold()).split())


def language(words: str) -> str:
    """A language tag as it is compared: its primary subtag, without regard to case."""
    return words.strip().casefold().partition("-")[0]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to be matched.

    ``availability`` has one bit for each quarter-hour of the local week (Monday 00:00 is bit 0);
    ``offsets`` says by how many quarter-hours that clock is ahead of UTC, week by week of the
    season (see :func:`availability.offsets`); none at all is UTC throughout.
    ``languages`` keep their owner's spelling; they are compared by :func:`language`.
    ``heritage`` holds tags as compared (see :func:`tag`). ``stage`` counts from the earliest stage.
    The people named may be unknown here: a wish for somebody absent is a wish not met.
    """

    id: str
    role: Role
    languages: tuple[str, ...]
    preferred_language: str
    availability: int
    offsets: tuple[int, ...] = ()
    name: str = ""
    capacity: int = 1
    seeks: frozenset[str] = frozenset()
    offers: frozenset[str] = frozenset()
    stage: int | None = None
    heritage: frozenset[str] = frozenset()
    wants_shared_heritage: bool = False
    matters_most: str = ""
    """The term that weighs double for this person, where it applies; empty for none."""
    teams: frozenset[str] = frozenset()
    """Teams or employers as compared (see :func:`tag`)."""
    wishes: frozenset[str] = frozenset()
    avoid: frozenset[str] = frozenset()
    met_recently: frozenset[str] = frozenset()
    met_before: frozenset[str] = frozenset()
    answers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Tags by affinity question; a question not answered is not there."""

    @property
    def spoken(self) -> frozenset[str]:
        """The languages as they are compared."""
        return frozenset(map(language, self.languages))

    @property
    def mentor_seats(self) -> int:
        """How many circles this person may mentor."""
        return 0 if self.role is Role.MENTEE else self.capacity

    @property
    def mentee_seats(self) -> int:
        """How many circles this person may be a mentee of."""
        return 0 if self.role is Role.MENTOR else 1


@dataclass(frozen=True, slots=True)
class Weights:
    """The weight of each term. A question not listed in ``questions`` weighs ``affinity``."""

    goals: float
    peers: float
    heritage: float = 15
    stage: float = 10
    affinity: float = 5
    language: float = 10
    time: float = 10
    wish: float = 10
    size: float = 10
    questions: Mapping[str, float] = field(default_factory=dict)

    def question(self, name: str) -> float:
        """The weight of this affinity question."""
        return self.questions.get(name, self.affinity)

    def of(self, term: str, person: Person) -> float:
        """The weight of this term for somebody: double where it matters most to them."""
        if term.startswith(QUESTION):
            weight = self.question(term.removeprefix(QUESTION))
        else:
            weight = float(getattr(self, term))
        return 2 * weight if term == person.matters_most else weight


MENTEE_WEIGHTS = Weights(goals=30, peers=10)
MENTOR_WEIGHTS = Weights(goals=45, peers=0, size=0)


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one matching. Ranges are inclusive."""

    season_start: date
    season_weeks: int = 12
    min_common_starts: int = 4
    session_minutes: int = 60
    mentors: tuple[int, int] = (1, 2)
    mentees: tuple[int, int] = (3, 6)
    mentee_weights: Weights = MENTEE_WEIGHTS
    mentor_weights: Weights = MENTOR_WEIGHTS
    stages: tuple[str, ...] = DEFAULT_STAGES
    sensitive_questions: frozenset[str] = frozenset()
    consent_obtained: bool = False
    separate_teams: bool = True

    @property
    def first_monday(self) -> date:
        """The day on which the season's first week begins."""
        return self.season_start - timedelta(days=self.season_start.weekday())

    @property
    def spare_weeks(self) -> int:
        """In so many of the season's weeks a circle may be short of hours."""
        return self.season_weeks // 6

    def is_sensitive(self, question: str) -> bool:
        """Whether this question is named among the sensitive ones, however it is spelt there: a
        capital letter must not make an answer public."""
        return tag(question) in map(tag, self.sensitive_questions)


@dataclass(frozen=True, slots=True)
class Problem:
    """The people and the settings. Raises ValueError when two people have the same id."""

    people: tuple[Person, ...]
    settings: Settings
    week_kinds: tuple[tuple[int, ...], ...] = field(init=False, repr=False, compare=False)
    """The season's weeks (1 is the first) in groups: in those of a group everybody's clock shows
    the same, so what is common needs to be worked out once."""
    _by_id: Mapping[str, Person] = field(init=False, repr=False, compare=False)
    _mates: Mapping[str, frozenset[str]] = field(init=False, repr=False, compare=False)
    _avoid: Mapping[str, frozenset[str]] = field(init=False, repr=False, compare=False)
    _recent: Mapping[str, frozenset[str]] = field(init=False, repr=False, compare=False)
    _before: Mapping[str, frozenset[str]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_id = {person.id: person for person in self.people}
        if len(by_id) != len(self.people):
            raise ValueError("two people have the same id")
        recent = _both_ways((p.id, p.met_recently) for p in self.people)
        before = _both_ways((p.id, p.met_before) for p in self.people)
        object.__setattr__(self, "week_kinds", _week_kinds(self.people, self.settings))
        object.__setattr__(self, "_by_id", by_id)
        apart = self.people if self.settings.separate_teams else ()
        object.__setattr__(self, "_mates", _teammates(apart))
        object.__setattr__(self, "_avoid", _both_ways((p.id, p.avoid) for p in self.people))
        object.__setattr__(self, "_recent", recent)
        object.__setattr__(
            self, "_before", {who: met - recent.get(who, _NOBODY) for who, met in before.items()}
        )

    def person(self, who: str) -> Person:
        """The person with this id. Raises KeyError."""
        return self._by_id[who]

    def knows(self, who: str) -> bool:
        """Whether somebody has this id."""
        return who in self._by_id

    def kept_apart(self, who: str) -> frozenset[str]:
        """Whom this person avoids or is avoided by. Confidential."""
        return self._avoid.get(who, _NOBODY)

    def met_recently(self, who: str) -> frozenset[str]:
        """Whom this person met in the previous season, whoever wrote it down."""
        return self._recent.get(who, _NOBODY)

    def teammates(self, who: str) -> frozenset[str]:
        """Who shares a team with this person, where the settings keep teams apart."""
        return self._mates.get(who, _NOBODY)

    def starts(self, person: Person) -> tuple[int, ...]:
        """When a session could begin that this person can make, one bit each, by kind of week."""
        local = starts(person.availability, self.settings.session_minutes)
        return tuple(
            on_utc(local, person.offsets[weeks[0] - 1] if person.offsets else 0)
            for weeks in self.week_kinds
        )

    def lasting(self, counts: Sequence[int]) -> int:
        """Of counts of starts by kind of week, the smallest once the spare weeks are left out."""
        left = self.settings.spare_weeks
        for count, weeks in sorted(zip(counts, self.week_kinds, strict=True)):
            left -= len(weeks)
            if left < 0:
                return count
        return 0

    def met_before(self, who: str) -> frozenset[str]:
        """Whom this person met in earlier seasons and not in the previous one."""
        return self._before.get(who, _NOBODY)


_NOBODY: frozenset[str] = frozenset()


def _week_kinds(people: Iterable[Person], settings: Settings) -> tuple[tuple[int, ...], ...]:
    clocks = sorted({person.offsets for person in people if person.offsets})
    if any(len(clock) != settings.season_weeks for clock in clocks):
        raise ValueError("somebody's clock is not told for every week of the season")
    kinds: dict[tuple[int, ...], list[int]] = {}
    for week in range(settings.season_weeks):
        kinds.setdefault(tuple(clock[week] for clock in clocks), []).append(week + 1)
    return tuple(map(tuple, kinds.values()))


def _teammates(people: Iterable[Person]) -> dict[str, frozenset[str]]:
    teams: dict[str, set[str]] = {}
    for person in people:
        for team in person.teams:
            teams.setdefault(team, set()).add(person.id)
    mates = {
        person.id: frozenset[str]().union(*(teams[team] for team in person.teams)) - {person.id}
        for person in people
        if person.teams
    }
    return {who: others for who, others in mates.items() if others}


def _both_ways(named: Iterable[tuple[str, frozenset[str]]]) -> dict[str, frozenset[str]]:
    pairs: dict[str, set[str]] = {}
    for who, others in named:
        for other in others:
            pairs.setdefault(who, set()).add(other)
            pairs.setdefault(other, set()).add(who)
    return {who: frozenset(others) for who, others in pairs.items()}


@dataclass(frozen=True, slots=True)
class Circle:
    """Who sits together, by id."""

    mentors: tuple[str, ...]
    mentees: tuple[str, ...]

    @property
    def people(self) -> tuple[str, ...]:
        """Everyone, mentors first."""
        return (*self.mentors, *self.mentees)

    def seat(self, who: str) -> Seat:
        """What this person sits here as."""
        return Seat.MENTOR if who in self.mentors else Seat.MENTEE


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a score: its weight, its share f (0–1), and the fact behind it."""

    name: str
    w: float
    f: float
    fact: Fact


@dataclass(frozen=True, slots=True)
class MemberScore:
    """What one circle is worth to one of its members (0–100), and why."""

    id: str
    seat: Seat
    score: float
    terms: tuple[Term, ...]
    repeats: int
    """Circlemates met before."""


@dataclass(frozen=True, slots=True)
class ScoredCircle:
    """A circle with everything that is known about it."""

    circle: Circle
    members: tuple[MemberScore, ...]
    value: float
    common_starts: tuple[WeekStarts, ...]
    """When everybody can begin, week by week of the season."""
    lasting_starts: int
    languages: tuple[str, ...]

    def member(self, who: str) -> MemberScore:
        """This member's score. Raises KeyError."""
        for member in self.members:
            if member.id == who:
                return member
        raise KeyError(who)


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Somebody without this seat, the true reason, and what would help."""

    id: str
    seat: Seat
    why: Blocked
    help: Help


@dataclass(frozen=True, slots=True)
class Locks:
    """What must stay where it is in ``draft``: whole circles (by index) and single seats."""

    draft: tuple[Circle, ...] = ()
    circles: frozenset[int] = frozenset()
    seats: frozenset[tuple[int, str]] = frozenset()
    """(index of the circle in ``draft``, who)."""


@dataclass(frozen=True, slots=True)
class Result:
    """An arrangement, and how good it is."""

    circles: tuple[ScoredCircle, ...]
    unplaced: tuple[Unplaced, ...]
    objective: float
    upper_bound: float
    seed: int
    effort: Effort

    @property
    def gap(self) -> float:
        """No arrangement can be better by more than this share (0.018 is 1.8 %)."""
        slack = max(0.0, self.upper_bound - self.objective)
        return slack / self.objective if self.objective > 0 else float(slack > 0)

    @property
    def worst(self) -> MemberScore | None:
        """The worst-off of all who were placed; of several, the first by id."""
        members = (member for scored in self.circles for member in scored.members)
        return min(members, key=lambda member: (member.score, member.id), default=None)

    @property
    def crowded(self) -> int:
        """How many circles have more than four mentees a mentor."""
        sizes = ((len(s.circle.mentors), len(s.circle.mentees)) for s in self.circles)
        return sum(1 for mentors, mentees in sizes if mentees > 4 * mentors)

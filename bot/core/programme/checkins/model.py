"""What is asked of circles and members, week by week."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from bot.core.boundary.ids import CircleId, Key, PersonId, SeasonId
from bot.core.boundary.keys import key_of


class Fate(Enum):
    """How something due in time ended, or that it has not yet."""

    DUE = "due"
    OWED = "owed"
    """In the outbox; the postman has it."""
    SENT = "sent"
    MISSED = "missed"
    CANCELLED = "cancelled"
    FAILED = "failed"

    @property
    def open(self) -> bool:
        """Whether it can still be cancelled."""
        return self in (Fate.DUE, Fate.OWED)


@dataclass(frozen=True, slots=True)
class CircleWeek:
    """A circle's weekly message. Unique by circle and week, and by circle and local date."""

    circle: CircleId
    week: int
    local_date: date
    due_at: datetime
    fate: Fate = Fate.DUE
    host: PersonId | None = None
    """Whom it named as the host."""

    @property
    def key(self) -> Key:
        """The key of its delivery."""
        return key_of("checkin", self.circle, self.local_date.isoformat())


@dataclass(frozen=True, slots=True)
class Question:
    """A member's private weekly question, one for all their circles of a season.

    Unique by season, person and week, and by season, person and local date.
    """

    season: SeasonId
    person: PersonId
    week: int
    local_date: date
    due_at: datetime
    fate: Fate = Fate.DUE
    sent_at: datetime | None = None

    @property
    def key(self) -> Key:
        """The key of its delivery, and of the nudge it counts as."""
        return key_of("question", self.season, self.person, self.local_date.isoformat())


class Met(Enum):
    """The one-tap answer."""

    YES = "yes"
    PLANNED = "planned"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Response:
    """What a member answered in one week. Private, but for a line shared with one circle.

    ``posts`` counts how often a line was shared, so that each post has a key of its own.
    """

    season: SeasonId
    person: PersonId
    week: int
    answer: Met
    line: str
    at: datetime
    shared_with: CircleId | None = None
    posts: int = 0

    @property
    def post_key(self) -> Key:
        """The key of the newest post of the shared line."""
        return key_of("line", self.season, self.person, self.week, self.posts)

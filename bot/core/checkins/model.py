"""What is asked of circles and members, week by week."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from bot.core.ids import CircleId, PersonId, SeasonId


class Fate(Enum):
    """How something due in time ended, or that it has not yet."""

    DUE = "due"
    OWED = "owed"
    """In the outbox; the postman has it."""
    SENT = "sent"
    MISSED = "missed"
    CANCELLED = "cancelled"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class CircleWeek:
    """A circle's weekly message. Unique by circle and week, and by circle and local date."""

    circle: CircleId
    week: int
    local_date: date
    due_at: datetime
    fate: Fate = Fate.DUE


@dataclass(frozen=True, slots=True)
class Question:
    """A member's private weekly question, one for all their circles of a season."""

    season: SeasonId
    person: PersonId
    week: int
    local_date: date
    due_at: datetime
    fate: Fate = Fate.DUE
    sent_at: datetime | None = None


class Met(Enum):
    """The one-tap answer."""

    YES = "yes"
    PLANNED = "planned"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Response:
    """What a member answered in one week. Private unless ``shared``."""

    season: SeasonId
    person: PersonId
    week: int
    answer: Met
    line: str
    shared: bool
    at: datetime

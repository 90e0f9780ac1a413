"""A circle, its seats and its charter."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from bot.core.ids import CircleId, PersonId, RoomId, SeasonId


class Seat(Enum):
    """What somebody sits in a circle as."""

    MENTOR = "mentor"
    MENTEE = "mentee"


class CircleState(Enum):
    """How far a circle has come."""

    OPENING = "opening"
    """Published; its room is being opened."""
    MEETING = "meeting"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Seated:
    """One person's seat in a circle."""

    person: PersonId
    seat: Seat
    signed_at: datetime | None = None
    """When they signed the charter."""


@dataclass(frozen=True, slots=True)
class Circle:
    """One published circle. Its weekly slot is on its own clock."""

    id: CircleId
    season: SeasonId
    name: str
    theme: str
    zone: str
    weekday: int
    """Monday = 0."""
    minute: int
    """Minutes after local midnight."""
    room: RoomId
    state: CircleState
    seats: tuple[Seated, ...]
    host: PersonId | None = None
    reasons: str = "{}"
    """The scores and facts at publishing, as the engine's JSON: ids and theme keys only."""

    @property
    def mentors(self) -> tuple[PersonId, ...]:
        """Who leads."""
        return tuple(s.person for s in self.seats if s.seat is Seat.MENTOR)

    @property
    def mentees(self) -> tuple[PersonId, ...]:
        """Who is led."""
        return tuple(s.person for s in self.seats if s.seat is Seat.MENTEE)

    @property
    def people(self) -> tuple[PersonId, ...]:
        """Everyone in it, mentors first."""
        return (*self.mentors, *self.mentees)

"""A circle, its seats and its charter."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from bot.core.boundary.ids import CircleId, Key, PersonId, RoomId, SeasonId
from bot.core.boundary.keys import key_of
from bot.core.programme.community.model import Sizes


class Seat(Enum):
    """What somebody sits in a circle as."""

    MENTOR = "mentor"
    MENTEE = "mentee"


class CircleState(Enum):
    """How far a circle has come."""

    OPENING = "opening"
    """Published; its room is being opened."""
    MEETING = "meeting"
    LOST = "lost"
    """Its room is gone, and no new one is asked for yet."""
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Seated:
    """One person's seat in a circle."""

    person: PersonId
    seat: Seat
    signed_at: datetime | None = None
    """When they signed the charter."""
    membership: str = ""
    """Which time of being seated this is: a new id each time, since people leave and come back."""
    outside: bool = False
    """Whether the platform told that they are not in the room (any more)."""


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
    room_number: int = 1
    """Which room of its own it has: another than the first where one was lost."""

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

    @property
    def signed(self) -> int:
        """How many have signed the charter."""
        return sum(1 for seat in self.seats if seat.signed_at)

    def has(self, person: PersonId) -> bool:
        """Whether this person has a seat here."""
        return self.seat_of(person) is not None

    def seat_of(self, person: PersonId) -> Seated | None:
        """This person's seat here, if they have one."""
        return next((seat for seat in self.seats if seat.person == person), None)

    def in_room(self, what: str) -> Key:
        """The key of what is said once in the room it now has."""
        again = () if self.room_number == 1 else (self.room_number,)
        return key_of(what, self.id, *again)

    def short_of(self, sizes: Sizes) -> tuple[Seat, ...]:
        """The seats it lacks: a mentor where it has none, mentees below the least number."""
        lacking = [] if self.mentors else [Seat.MENTOR]
        return (*lacking, *([Seat.MENTEE] if len(self.mentees) < sizes.mentees[0] else []))

    def joined_by(self, person: PersonId, seat: Seat, membership: str) -> "Circle":
        """The circle with one more seat; a mentor hosts where nobody does."""
        host = person if self.host is None and seat is Seat.MENTOR else self.host
        return replace(
            self, seats=(*self.seats, Seated(person, seat, membership=membership)), host=host
        )

    def left_by(self, person: PersonId) -> "Circle":
        """The circle without this person; if they hosted, a mentor who stays hosts."""
        rest = replace(self, seats=tuple(s for s in self.seats if s.person != person))
        if self.host != person:
            return rest
        return replace(rest, host=next(iter(rest.mentors), None))

    def found(self, person: PersonId, *, outside: bool) -> "Circle":
        """The circle with what is known of where this person is: in its room, or outside."""
        seats = (replace(s, outside=outside) if s.person == person else s for s in self.seats)
        return replace(self, seats=tuple(seats))

    def signed_by(self, person: PersonId, at: datetime) -> "Circle":
        """The circle with this person's signature; a first signature keeps its moment."""
        return replace(
            self,
            seats=tuple(
                replace(seat, signed_at=seat.signed_at or at) if seat.person == person else seat
                for seat in self.seats
            ),
        )

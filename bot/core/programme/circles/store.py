"""What the core asks of storage about circles."""

from collections.abc import Sequence
from typing import Protocol

from bot.core.boundary.ids import CircleId, PersonId, RoomId, RoomRef, SeasonId
from bot.core.programme.circles.model import Circle


class Circles(Protocol):
    """The circles of one community."""

    def get(self, circle: CircleId) -> Circle | None:
        """One circle."""

    def by_room(self, room: RoomId) -> Circle | None:
        """The circle whose room this is."""

    def of_season(self, season: SeasonId) -> tuple[Circle, ...]:
        """Every circle of a season, in the order of their names."""

    def all(self) -> tuple[Circle, ...]:
        """Every circle there ever was."""

    def of_person(self, person: PersonId) -> tuple[Circle, ...]:
        """The circles not yet ended in which this person has a seat."""

    def save(self, circle: Circle) -> None:
        """Keep the circle and its seats as they now are (a seat left out is given up)."""

    def names_taken(self) -> frozenset[str]:
        """Every circle name ever used in the community."""

    def met(self) -> tuple[tuple[PersonId, PersonId, int], ...]:
        """Pairs of still-known people who shared a circle, with the newest such season's number."""

    def note_met(self, people: Sequence[PersonId], season: int) -> None:
        """Keep that all of these shared a circle in the season with this number.

        Kept as keyed hashes of what their platform calls them, so that it outlives forgetting.
        """


class Rooms(Protocol):
    """The private rooms the bot opened, found again by the platform's own name for them."""

    def find(self, ref: RoomRef) -> RoomId | None:
        """Our id for a platform's room."""

    def ref(self, room: RoomId) -> RoomRef | None:
        """The platform's name for our room, once it has been opened."""

    def opened(self, room: RoomId, ref: RoomRef) -> None:
        """Keep what the platform calls the room."""

    def lost(self, room: RoomId) -> None:
        """Nothing is owed to this room any more: what still waits for it is cancelled."""

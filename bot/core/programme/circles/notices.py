"""What is said about circles unasked, as references."""

from dataclasses import dataclass
from typing import ClassVar

from bot.core.boundary.outcome import Notice


@dataclass(frozen=True, slots=True)
class Welcome(Notice):
    """The first message of a new room."""

    name: ClassVar[str] = "circles.welcome"
    circle: str


@dataclass(frozen=True, slots=True)
class Introduction(Notice):
    """One member, introduced to the circle with what they chose to show."""

    name: ClassVar[str] = "circles.introduction"
    circle: str
    person: str


@dataclass(frozen=True, slots=True)
class FirstHost(Notice):
    """Who hosts the first session."""

    name: ClassVar[str] = "circles.first-host"
    circle: str
    person: str


@dataclass(frozen=True, slots=True)
class Charter(Notice):
    """The ground rules, to be signed."""

    name: ClassVar[str] = "circles.charter"
    circle: str


@dataclass(frozen=True, slots=True)
class Placed(Notice):
    """You have a circle."""

    name: ClassVar[str] = "circles.placed"
    circle: str
    person: str


@dataclass(frozen=True, slots=True)
class NotPlaced(Notice):
    """You have no circle this time; ``why`` and ``help`` are the last words of wording keys."""

    name: ClassVar[str] = "circles.not-placed"
    season: str
    why: str
    help: str


@dataclass(frozen=True, slots=True)
class SomeoneLeft(Notice):
    """The circle's one neutral line about a seat given up."""

    name: ClassVar[str] = "circles.someone-left"
    circle: str


@dataclass(frozen=True, slots=True)
class SeasonOver(Notice):
    """The goodbye in the room."""

    name: ClassVar[str] = "circles.season-over"
    circle: str


@dataclass(frozen=True, slots=True)
class SeatsEmpty(Notice):
    """To moderators: a circle is left without a mentor, or with too few mentees."""

    name: ClassVar[str] = "circles.seats-empty"
    circle: str
    seat: str


@dataclass(frozen=True, slots=True)
class RoomRefused(Notice):
    """To moderators: a circle's room could not be opened. ``why`` is an :class:`events.Why`."""

    name: ClassVar[str] = "circles.room-refused"
    circle: str
    why: str
    attempt: int


@dataclass(frozen=True, slots=True)
class InviteRefused(Notice):
    """To moderators: somebody could not be let into their circle's room."""

    name: ClassVar[str] = "circles.invite-refused"
    circle: str
    person: str


@dataclass(frozen=True, slots=True)
class RoomsGone(Notice):
    """To moderators: the room of a circle is gone, or those of several."""

    name: ClassVar[str] = "circles.rooms-gone"


@dataclass(frozen=True, slots=True)
class RoomAnew(Notice):
    """The first message of a room that comes after a lost one."""

    name: ClassVar[str] = "circles.room-anew"
    circle: str


@dataclass(frozen=True, slots=True)
class Moved(Notice):
    """Your circle has a new room."""

    name: ClassVar[str] = "circles.moved"
    circle: str
    person: str

"""What is owed, as JSON: where it goes and what is said.

The words written here lie in databases between two releases, so one once released is kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Final, get_args

import msgspec

from bot.core.boundary.ids import PersonId, RoomId
from bot.core.boundary.outcome import (
    Archive,
    Compute,
    Delete,
    Edit,
    ErasePerson,
    Invite,
    NewRoom,
    Notice,
    Remove,
    To,
    ToPerson,
    ToRoom,
)

KINDS: Final[Mapping[str, type[To]]] = {
    "room": ToRoom,
    "person": ToPerson,
    "new_room": NewRoom,
    "invite": Invite,
    "remove": Remove,
    "archive": Archive,
    "delete": Delete,
    "edit": Edit,
    "erase": ErasePerson,
    "compute": Compute,
}
_NAMES = {kind: name for name, kind in KINDS.items()}
assert set(_NAMES) == set(get_args(To))  # noqa: S101 - a table that must stay complete

IN_ROOM = ("room", "invite", "remove", "archive")
"""Kinds that wait until their room has been opened."""


@dataclass(frozen=True, slots=True)
class UnknownNotice(Notice):
    """A notice that this version does not know: a newer one wrote it. Nobody can draw it."""

    name: ClassVar[str] = "unknown"


class Codec:
    """Writes and reads what is owed; ``kinds`` are the notices of the table of features."""

    def __init__(self, kinds: Mapping[str, type[Notice]]) -> None:
        self._kinds = kinds

    def what(self, notice: Notice | None) -> str | None:
        """The notice as JSON."""
        if notice is None:
            return None
        return msgspec.json.encode([notice.name, notice]).decode()

    def read_what(self, written: str | None) -> Notice | None:
        """The notice again, or :class:`UnknownNotice`."""
        if written is None:
            return None
        name, values = msgspec.json.decode(written)
        kind = self._kinds.get(name)
        try:
            return msgspec.convert(values, kind) if kind else UnknownNotice()
        except msgspec.ValidationError:
            return UnknownNotice()


def kind_of(to: To) -> str:
    """The word for this kind of address."""
    return _NAMES[type(to)]


def write_to(to: To) -> str:
    """The address as JSON."""
    return msgspec.json.encode(to).decode()


def read_to(kind: str, written: str) -> To:
    """The address again."""
    return msgspec.json.decode(written, type=KINDS[kind])


def person_in(to: To) -> PersonId | None:
    """The person this concerns."""
    match to:
        case ToPerson(person) | Invite(person=person) | Remove(person=person):
            return person
        case ErasePerson(person):
            return person
        case _:
            return None


def room_in(to: To) -> RoomId | None:
    """The room this concerns."""
    match to:
        case ToRoom(room) | NewRoom(room) | Invite(room) | Remove(room) | Archive(room):
            return room
        case _:
            return None

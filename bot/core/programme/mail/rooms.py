"""Which circle's room a message was for."""

from bot.core.boundary.events import NotDelivered
from bot.core.boundary.ids import CircleId, RoomId
from bot.core.boundary.outcome import Archive, Invite, Remove, ToRoom
from bot.core.programme.circles.model import Circle
from bot.core.programme.mail.store import Letter
from bot.core.programme.unit import Unit


def circle_of(event: NotDelivered, unit: Unit) -> Circle | None:
    """The circle in whose room it was to be said or done."""
    match event.to:
        case ToRoom(room) | Invite(room) | Remove(room) | Archive(room):
            return unit.circles.by_room(RoomId(room))
        case _:
            named: object = getattr(event.what, "circle", None)
            return unit.circles.get(CircleId(named)) if isinstance(named, str) else None


def rooms_in_doubt(unit: Unit) -> dict[Circle, tuple[Letter, ...]]:
    """The circles in whose rooms something may be missing, with what that is."""
    found: dict[Circle, tuple[Letter, ...]] = {}
    for letter in unit.mail.doubtful():
        circle = unit.circles.by_room(letter.to.room) if isinstance(letter.to, ToRoom) else None
        if circle:
            found[circle] = (*found.get(circle, ()), letter)
    return found

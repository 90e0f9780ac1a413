"""Members who have a seat and are not in their circle's room: noticed, and let in again.

They closed it, were put out of the platform and came back, or left by mistake. Platforms tell of it
or find it out when somebody acts; here it is only known, and offered to be mended.
"""

from bot.core.actions.circles import LetMeIn
from bot.core.boundary.events import ActionTaken, RoomEntered, RoomLeft
from bot.core.boundary.ids import CircleId, PersonId, RoomRef
from bot.core.boundary.outcome import Outcome, Say
from bot.core.boundary.views import Block, Message, Paragraph
from bot.core.features.circles import views
from bot.core.programme.circles.forming import let_in_again
from bot.core.programme.circles.model import Circle, CircleState
from bot.core.programme.unit import Unit


def rooms(person: PersonId, unit: Unit) -> tuple[RoomRef, ...]:
    """The rooms of the person's circles, as far as they are open."""
    refs = [unit.rooms.ref(circle.room) for circle in unit.circles.of_person(person)]
    return tuple(ref for ref in refs if ref)


def beside(person: PersonId, unit: Unit) -> tuple[Block, ...]:
    """The way into a room that the person is outside of."""
    outside = next((one for one in unit.circles.of_person(person) if _outside(one, person)), None)
    return views.outside(outside, unit.words) if outside else ()


def on_room(event: RoomLeft | RoomEntered, unit: Unit) -> Outcome:
    """Keep where a member is. Whoever is newly found outside is offered the way in."""
    room, person = unit.rooms.find(event.room), unit.people.find(event.person)
    circle = unit.circles.by_room(room) if room else None
    if person is None or circle is None or circle.state is not CircleState.MEETING:
        return Outcome()
    seat, outside = circle.seat_of(person.id), isinstance(event, RoomLeft)
    if seat is None or seat.outside == outside:
        return Outcome()
    unit.circles.save(circle.found(person.id, outside=outside))
    if not outside:
        return Outcome()
    return Outcome(Say(Message("", views.outside(circle, unit.words_for(person.id)))))


def let_me_in(action: LetMeIn, _event: ActionTaken, unit: Unit) -> Outcome:
    """Back into the room, for whoever has a seat in the circle."""
    person = unit.actor.id if unit.actor else None
    circle = unit.circles.get(CircleId(action.circle))
    if person is None or circle is None or not circle.has(person):
        return _said("circles.let_in.not_yours", unit)
    if circle.state is not CircleState.MEETING:
        return _said("circles.let_in.closed", unit)
    unit.circles.save(circle.found(person, outside=False))
    told = Message(
        "", (Paragraph(unit.words.text("circles.let_in", room=views.room_link(circle, unit))),)
    )
    return Outcome(Say(told), let_in_again(circle, person, unit))


def _outside(circle: Circle, person: PersonId) -> bool:
    seat = circle.seat_of(person)
    return circle.state is CircleState.MEETING and seat is not None and seat.outside


def _said(key: str, unit: Unit) -> Outcome:
    return Outcome(Say(Message("", (Paragraph(unit.words.text(key)),))))

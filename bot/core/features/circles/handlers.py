"""What becomes of circles as rooms open, people sign, ask and leave."""

from dataclasses import replace

from bot.core.actions.circles import RetryRoom, ShowWhy, SignCharter
from bot.core.boundary.events import ActionTaken, CommandUsed, Delivered, NotDelivered, Why
from bot.core.boundary.ids import CircleId, Key, PersonId, RoomRef
from bot.core.boundary.keys import key_of
from bot.core.boundary.outcome import (
    Archive,
    Delete,
    Delivery,
    Departure,
    Invite,
    NewRoom,
    Notice,
    Outcome,
    Remove,
    Say,
    ToPerson,
    ToRoom,
)
from bot.core.boundary.views import Block, Message, Paragraph, Small
from bot.core.features.circles import views
from bot.core.features.circles.reasons import reasons
from bot.core.features.circles.why import company_for
from bot.core.programme.checkins.catch_up import is_quiet
from bot.core.programme.checkins.nudges import rhythm
from bot.core.programme.checkins.plan import replan_member
from bot.core.programme.circles.ending import end
from bot.core.programme.circles.forming import (
    charter_anew,
    introduce,
    invite,
    of_membership,
    open_room,
    tell_moved,
    tell_placed,
)
from bot.core.programme.circles.labels import naming
from bot.core.programme.circles.model import Circle, CircleState, Seat
from bot.core.programme.circles.notices import (
    Charter,
    FirstHost,
    InviteRefused,
    NotPlaced,
    Placed,
    RoomAnew,
    RoomRefused,
    SeatsEmpty,
    SomeoneLeft,
    Welcome,
)
from bot.core.programme.unit import Unit


def why_command(_event: CommandUsed, unit: Unit) -> Outcome:
    """``/circle why``: the reasons for each of the actor's circles."""
    return _why(_own_circles(unit), unit)


def show_why(action: ShowWhy, _event: ActionTaken, unit: Unit) -> Outcome:
    """The button: the reasons for one circle, if the actor sits in it."""
    return _why([c for c in _own_circles(unit) if c.id == action.circle], unit)


def sign_charter(action: SignCharter, _event: ActionTaken, unit: Unit) -> Outcome:
    """One tap signs; a second tap changes nothing."""
    person = unit.actor.id if unit.actor else None
    circle = unit.circles.get(CircleId(action.circle))
    if person is None or circle is None or not circle.has(person):
        return _said("circles.charter.not_yours", unit)
    if circle.state is CircleState.ENDED:
        return _said("circles.charter.ended", unit)
    if any(seat.person == person and seat.signed_at for seat in circle.seats):
        return _said("circles.charter.already", unit)
    unit.circles.save(circle.signed_by(person, unit.at))
    anew = charter_anew(circle, f"signed-{of_membership(circle, person)}")
    return replace(_said("circles.charter.thanks", unit), deliveries=(anew,))


def retry_room(action: RetryRoom, _event: ActionTaken, unit: Unit) -> Outcome:
    """A moderator mended what kept a room from opening: try once more."""
    circle = unit.circles.get(CircleId(action.circle))
    if circle is None or circle.state is not CircleState.OPENING:
        return _said("circles.room.open_already", unit)
    again = open_room(circle, action.attempt + 1)
    return replace(_said("circles.room.retrying", unit), deliveries=(again,))


def room_asked_for(asked: NewRoom, event: Delivered | NotDelivered, unit: Unit) -> Outcome:
    """A circle's room was opened, or could not be."""
    circle = unit.circles.by_room(asked.room)
    match event:
        case Delivered(made=made) if circle and made:
            unit.rooms.opened(circle.room, RoomRef(made))
            return _opened(circle, unit)
        case NotDelivered(why=why) if circle and circle.state is CircleState.OPENING:
            notice = RoomRefused(circle.id, why.value, asked.attempt)
            return _to_moderators(key_of("room-refused", circle.id, asked.attempt), notice, unit)
        case _:
            return Outcome()


def invited(invite: Invite, event: Delivered | NotDelivered, unit: Unit) -> Outcome:
    """Somebody was let into their circle's room, or could not be."""
    circle, person = unit.circles.by_room(invite.room), invite.person
    seat = circle.seat_of(person) if circle else None
    if circle is None or seat is None:
        return Outcome()
    if isinstance(event, Delivered):
        if seat.outside:
            unit.circles.save(circle.found(person, outside=False))
        return Outcome()
    if event.why is Why.LOST:
        return Outcome()  # told of with the room
    key = key_of("invite-refused", circle.id, of_membership(circle, person))
    return _to_moderators(key, InviteRefused(circle.id, person), unit, about=(person,))


def told(_notice: Placed | NotPlaced, event: Delivered | NotDelivered, unit: Unit) -> Outcome:
    """That somebody has a circle, or has none, counts as a nudge."""
    to = event.to
    if isinstance(event, Delivered) and isinstance(to, ToPerson) and unit.people.get(to.person):
        unit.checkins.note_nudge(to.person, event.key, event.at)
    return Outcome()


def on_departed(departure: Departure, unit: Unit) -> Outcome:
    """Give up every seat; the rooms read one neutral line."""
    deliveries: list[Delivery] = []
    cancelled: list[Key] = []
    for circle in unit.circles.of_person(departure.person):
        parted = _parted(circle, departure, unit)
        deliveries += parted.deliveries
        cancelled += parted.cancelled
    cancelled += replan_member(departure.person, unit)
    season = unit.seasons.current()
    if season:
        cancelled.append(key_of("not-placed", season.id, departure.person))
    return Outcome(deliveries=tuple(deliveries), cancelled=tuple(cancelled))


def status(person: PersonId, unit: Unit) -> tuple[Block, ...]:
    """The member's circles in ``/circle status``."""
    blocks: list[Block] = []
    for circle in unit.circles.of_person(person)[:3]:
        host = unit.people.get(circle.host) if circle.host else None
        seat = circle.seat_of(person)
        outside = seat is not None and seat.outside
        blocks += views.status(circle, host, unit, is_outside=outside)
    return tuple(blocks)


def _opened(circle: Circle, unit: Unit) -> Outcome:
    """The room is there: let everybody in, introduce them, lay out the charter."""
    if circle.state is CircleState.ENDED:
        return Outcome(deliveries=(Delivery(key_of("archive", circle.id), Archive(circle.room)),))
    unit.circles.save(replace(circle, state=CircleState.MEETING))
    to = ToRoom(circle.room, silent=_is_night_for_somebody(circle, unit))
    deliveries = [invite(circle, person) for person in circle.people]
    first = circle.room_number == 1
    welcome = Welcome(circle.id) if first else RoomAnew(circle.id)
    deliveries.append(Delivery(circle.in_room("welcome"), to, welcome))
    deliveries += [replace(introduce(circle, person), to=to) for person in circle.people]
    if circle.host and first:
        host = FirstHost(circle.id, circle.host)
        key = key_of("first-host", circle.id, circle.host)
        deliveries.append(Delivery(key, to, host, about=(circle.host,)))
    deliveries.append(Delivery(circle.in_room("charter"), to, Charter(circle.id)))
    tell = tell_placed if first else tell_moved
    deliveries += [tell(circle, person) for person in circle.people]
    return Outcome(deliveries=tuple(deliveries))


def _parted(circle: Circle, departure: Departure, unit: Unit) -> Outcome:
    """The circle without somebody. What the bot said of them there goes with them."""
    person, time = departure.person, of_membership(circle, departure.person)
    rest = circle.left_by(person)
    unit.circles.save(rest)
    owed = (invite(circle, person), introduce(circle, person), tell_placed(circle, person))
    cancelled = tuple(one.key for one in owed)
    deliveries: list[Delivery] = []
    if circle.state is CircleState.MEETING:
        key = key_of("remove", circle.id, time)
        deliveries.append(Delivery(key, Remove(circle.room, person)))
        if not departure.forgotten:  # else everything about them is taken back anyway
            said = introduce(circle, person).key
            deliveries.append(Delivery(key_of("intro-gone", circle.id, time), Delete(said)))
    if not rest.people:
        ended = end(rest, unit)
        return Outcome(
            deliveries=(*deliveries, *ended.deliveries), cancelled=(*cancelled, *ended.cancelled)
        )
    if circle.state is CircleState.MEETING:
        line = SomeoneLeft(circle.id)
        to = ToRoom(circle.room, silent=_is_night_for_somebody(rest, unit))
        deliveries.append(Delivery(key_of("someone-left", circle.id, time), to, line))
        deliveries.append(charter_anew(rest, f"left-{time}"))
    gave_up = Seat.MENTOR if person in circle.mentors else Seat.MENTEE
    if gave_up in rest.short_of(unit.community.settings.sizes):
        empty = SeatsEmpty(circle.id, gave_up.value)
        key = key_of("seats-empty", circle.id, time)
        deliveries += _to_moderators(key, empty, unit, besides=person).deliveries
    return Outcome(deliveries=tuple(deliveries), cancelled=cancelled)


def _why(circles: list[Circle], unit: Unit) -> Outcome:
    if not circles or unit.actor is None:
        return _said("circles.why.no_circle", unit)
    person, minutes = unit.actor.id, unit.community.settings.session_minutes
    blocks: list[Block] = []
    for circle in circles[:3]:
        season = unit.seasons.get(circle.season)
        if season is None:
            continue
        company = company_for(person, circle, season, unit)
        names = naming(circle.people, season.first_monday, unit, unit.words)
        found = reasons(company, person, unit.words, names, minutes)
        blocks += views.why(circle, found, unit.words)
    blocks.append(Small(unit.words.text("circles.why.small")))
    return Outcome(Say(Message(unit.words.line("circles.why.title"), tuple(blocks))))


def _own_circles(unit: Unit) -> list[Circle]:
    return list(unit.circles.of_person(unit.actor.id)) if unit.actor else []


def _to_moderators(
    key: Key,
    notice: Notice,
    unit: Unit,
    *,
    about: tuple[PersonId, ...] = (),
    besides: PersonId | None = None,
) -> Outcome:
    return Outcome(
        deliveries=tuple(
            Delivery(key_of(key, moderator), ToPerson(moderator), notice, about)
            for moderator in unit.programme.moderators()
            if moderator != besides
        )
    )


def _is_night_for_somebody(circle: Circle, unit: Unit) -> bool:
    """Whether somebody in the circle has quiet hours now: then the room is posted to silently."""
    members = [unit.members.get(person) for person in circle.people]
    return any(is_quiet(unit.at, rhythm(member)) for member in members if member)


def _said(key: str, unit: Unit) -> Outcome:
    return Outcome(Say(Message("", (Paragraph(unit.words.text(key)),))))

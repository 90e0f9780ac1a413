"""From a draft to circles that meet. Open to other features: the moderators' desk publishes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bot.core.boundary.ids import CircleId, Key, PersonId, RoomId
from bot.core.boundary.keys import key_of
from bot.core.boundary.outcome import Delivery, Edit, Invite, NewRoom, Outcome, ToPerson, ToRoom
from bot.core.programme.checkins.plan import extend, plan
from bot.core.programme.circles.model import Circle, CircleState, Seat, Seated
from bot.core.programme.circles.notices import Charter, Introduction, Moved, NotPlaced, Placed
from bot.core.programme.circles.rules import shared_zone, theme_of
from bot.core.programme.drafts.model import DraftCircle
from bot.core.programme.seasons.model import Season
from bot.core.programme.unit import Unit


def publish(season: Season, draft: Sequence[DraftCircle], unit: Unit) -> Outcome:
    """Make the drafted circles real: rows, check-ins and rooms to open.

    People are told once there is a room to go to. ``season`` is the one that runs from
    now on, already saved. The caller sees to it that a draft is published once.
    """
    deliveries: list[Delivery] = []
    zones = {member.person: member.zone for member in unit.members.all()}
    for drafted in draft:
        circle = _formed(drafted, season, zones, unit)
        unit.circles.save(circle)
        unit.circles.note_met(circle.people, season.number)
        deliveries.append(open_room(circle))
    return Outcome(deliveries=tuple(deliveries), cancelled=extend(season, unit))


def seat_late(circle: Circle, person: PersonId, seat: Seat, unit: Unit) -> Outcome:
    """Give somebody a seat in a circle that meets already."""
    season = unit.seasons.get(circle.season)
    circle = circle.joined_by(person, seat, unit.new_id())
    unit.circles.save(circle)
    deliveries = [tell_placed(circle, person)]
    cancelled: tuple[Key, ...] = ()
    if season:
        unit.circles.note_met(circle.people, season.number)
        cancelled = plan(circle, season, unit)
    if circle.state is CircleState.MEETING:
        deliveries += [invite(circle, person), introduce(circle, person)]
        deliveries.append(charter_anew(circle, f"joined-{of_membership(circle, person)}"))
    return Outcome(deliveries=tuple(deliveries), cancelled=cancelled)


def of_membership(circle: Circle, person: PersonId) -> str:
    """What tells this time of somebody's being seated here from all others, in keys.

    Before there were ids of memberships it was the person alone, once and for ever: what is owed
    or was sent since then is still found by that.
    """
    seat = circle.seat_of(person)
    return f"{person}:{seat.membership}" if seat and seat.membership else person


def open_room(circle: Circle, attempt: int = 1) -> Delivery:
    """The circle's private room, under its neutral name."""
    again = () if circle.room_number == 1 else (circle.room_number,)
    key = key_of("room", circle.id, attempt, *again)
    return Delivery(key, NewRoom(circle.room, circle.name, attempt))


def renewed(circle: Circle, unit: Unit) -> Circle:
    """The circle with a room still to be opened in the place of a lost one.

    Its people are seated anew, so that all that is owed about them is owed again; what they
    signed stays signed.
    """
    return replace(
        circle,
        room=RoomId(unit.new_id()),
        room_number=circle.room_number + 1,
        state=CircleState.OPENING,
        seats=tuple(replace(seat, membership=unit.new_id()) for seat in circle.seats),
    )


def tell_moved(circle: Circle, person: PersonId) -> Delivery:
    """Tell a member privately that their circle has a new room."""
    key = key_of("moved", circle.id, circle.room_number, person)
    return Delivery(key, ToPerson(person), Moved(circle.id, person), about=(person,))


def invite(circle: Circle, person: PersonId) -> Delivery:
    """Let a member into the circle's room."""
    return Delivery(
        key_of("invite", circle.id, of_membership(circle, person)),
        Invite(circle.room, person),
        about=(person,),
    )


def let_in_again(circle: Circle, person: PersonId, unit: Unit) -> tuple[Delivery, ...]:
    """Let a member who is outside into the room once more; whoever was never introduced there is.

    An event is decided once, so a new id tells this time from all others.
    """
    key = key_of("let-in", circle.id, person, unit.new_id())
    return replace(invite(circle, person), key=key), introduce(circle, person)


def introduce(circle: Circle, person: PersonId) -> Delivery:
    """One message a person, so that forgetting one takes back only theirs."""
    return Delivery(
        key_of("intro", circle.id, of_membership(circle, person)),
        ToRoom(circle.room),
        Introduction(circle.id, person),
        about=(person,),
    )


def charter_anew(circle: Circle, cause: str) -> Delivery:
    """Say the charter anew. ``cause`` tells this time from all others."""
    key = key_of("charter-anew", circle.id, cause)
    return Delivery(key, Edit(circle.in_room("charter")), Charter(circle.id))


def shown_anew(person: PersonId, unit: Unit) -> tuple[Delivery, ...]:
    """Show somebody to their circles as they now wish to be shown, and redraft the charters.

    For whoever changed their profile, or gave or withdrew a consent. An event is decided once, so
    a new id tells this time from all others.
    """
    deliveries: list[Delivery] = []
    for circle in unit.circles.of_person(person):
        if circle.state is CircleState.MEETING:
            cause, said = unit.new_id(), introduce(circle, person)
            key = key_of("intro-anew", circle.id, cause)
            deliveries.append(Delivery(key, Edit(said.key), said.what, said.about))
            deliveries.append(charter_anew(circle, cause))
    return tuple(deliveries)


def tell_placed(circle: Circle, person: PersonId) -> Delivery:
    """Tell a member privately that they have a circle."""
    return Delivery(
        key_of("placed", circle.id, of_membership(circle, person)),
        ToPerson(person),
        Placed(circle.id, person),
        about=(person,),
    )


def tell_not_placed(
    season: Season, unplaced: Iterable[tuple[PersonId, str, str]]
) -> tuple[Delivery, ...]:
    """Tell people privately why they have no circle. Each comes with the keys of why and help."""
    return tuple(
        Delivery(
            key_of("not-placed", season.id, person),
            ToPerson(person),
            NotPlaced(season.id, why, help_),
            about=(person,),
        )
        for person, why, help_ in unplaced
    )


def _formed(
    drafted: DraftCircle, season: Season, zones: Mapping[PersonId, str], unit: Unit
) -> Circle:
    settings = unit.community.settings
    profiles = unit.members.profiles(drafted.people)
    return Circle(
        id=CircleId(unit.new_id()),
        season=season.id,
        name=drafted.name,
        theme=theme_of(
            [profiles[mentee].seeks for mentee in drafted.mentees],
            [profiles[mentor].offers for mentor in drafted.mentors],
            [theme.key for theme in settings.themes],
        ),
        zone=shared_zone([zones.get(person, settings.zone) for person in drafted.people]),
        weekday=settings.slot_weekday,
        minute=settings.slot_minute,
        room=RoomId(unit.new_id()),
        state=CircleState.OPENING,
        seats=(
            *(Seated(person, Seat.MENTOR, membership=unit.new_id()) for person in drafted.mentors),
            *(Seated(person, Seat.MENTEE, membership=unit.new_id()) for person in drafted.mentees),
        ),
        host=next(iter(drafted.mentors), None),
    )

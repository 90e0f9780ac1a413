"""Whom a failed delivery concerns, and whether moderators are to hear of it."""

from dataclasses import dataclass

from bot.core.boundary.events import NotDelivered, Why
from bot.core.boundary.ids import CircleId, PersonId
from bot.core.boundary.outcome import (
    Archive,
    Delete,
    Edit,
    ErasePerson,
    Invite,
    NewRoom,
    Remove,
    ToPerson,
)
from bot.core.programme.mail.rooms import circle_of
from bot.core.programme.unit import Unit


@dataclass(frozen=True, slots=True)
class Cause:
    """What is to be told once: a person who cannot be reached, a circle, or a kind of thing."""

    why: Why
    subject: str
    person: PersonId | None = None
    circle: CircleId | None = None


def cause_of(event: NotDelivered, unit: Unit) -> Cause | None:
    """The cause that moderators hear of; ``None`` where there is none for them.

    Of what is confidential nobody hears whom it did not reach. A lost room is told
    of by the circles, as is a room that did not open or that somebody could not be let into; and
    whoever may not have got something hears of it themselves.
    """
    untold = (Why.EXPIRED, Why.DROPPED, Why.LOST, Why.UNCERTAIN)
    if event.why in untold:
        return None
    if event.what is not None and event.what.confidential:
        ours_to_mend = event.why in (Why.FORBIDDEN, Why.REFUSED)
        return Cause(event.why, "private") if ours_to_mend else None
    match event.to:
        case NewRoom() | Invite():
            return None
        case Remove() | Archive() | Delete() | Edit() | ErasePerson() if event.why is Why.GONE:
            return None  # what is not there any more needs neither taking back nor changing
        case ToPerson(person):
            return _about(PersonId(person), event.why, unit)
        case _:
            circle = circle_of(event, unit)
            kind = event.what.name if event.what else type(event.to).__name__
            return Cause(
                event.why, circle.id if circle else kind, circle=circle.id if circle else None
            )


def _about(person: PersonId, why: Why, unit: Unit) -> Cause | None:
    """Moderators know who takes part and who moderates; of nobody else do they hear."""
    known = unit.members.get(person) is not None or person in unit.programme.moderators()
    if why in (Why.CLOSED, Why.GONE):
        return Cause(why, person, person=person) if known else None
    return Cause(why, "private")

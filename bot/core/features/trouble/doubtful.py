"""What may or may not stand in a circle's room: settled by somebody who can look.

Whoever hosts the circle, else its mentors, are asked; they and the moderators may say that it is
there, or have it sent (again). Private messages are not among them: their readers find them below
the answer to their next command.
"""

from datetime import timedelta

from bot.core.actions.trouble import SettleDoubtful, ShowDoubtful
from bot.core.boundary.events import ActionTaken, Actor, NotDelivered, Right, Why
from bot.core.boundary.ids import CircleId
from bot.core.boundary.keys import key_of
from bot.core.boundary.outcome import (
    Delivery,
    Outcome,
    Replace,
    Say,
    ToPerson,
    ToRoom,
)
from bot.core.boundary.views import Message
from bot.core.features.trouble import views
from bot.core.features.trouble.notices import PerhapsSaid
from bot.core.programme.circles.model import Circle
from bot.core.programme.mail.rooms import circle_of, rooms_in_doubt
from bot.core.programme.mail.store import Letter
from bot.core.programme.unit import Unit

TOGETHER = timedelta(minutes=1)
"""What becomes doubtful in a room within the same minute is asked about in one message."""
MARGIN = timedelta(seconds=10)


def ask_somebody_there(event: NotDelivered, unit: Unit) -> Outcome:
    """Ask whoever can look whether a message came."""
    circle = circle_of(event, unit) if event.why is Why.UNCERTAIN else None
    if circle is None or not isinstance(event.to, ToRoom):
        return Outcome()
    minute = event.at.replace(second=0, microsecond=0)
    there = (circle.host,) if circle.host else circle.mentors
    return Outcome(
        deliveries=tuple(
            Delivery(
                key_of("doubtful", circle.id, f"{minute:%Y-%m-%dT%H:%M}", person),
                ToPerson(person),
                PerhapsSaid(circle.id),
                due=minute + TOGETHER + MARGIN,
            )
            for person in there or unit.programme.moderators()
        )
    )


def show(action: ShowDoubtful, event: ActionTaken, unit: Unit) -> Outcome:
    """The circles with something doubtful, what is in one of them, or one of those."""
    chosen = next(iter(event.values), "")
    circle = unit.circles.get(CircleId(action.circle or chosen))
    if circle is None and not chosen and Right.MODERATOR in event.actor.rights:
        return Outcome(Say(_everywhere(unit)))
    if circle is None or not _may_settle(event.actor, circle, unit):
        return Outcome(Say(views.note(unit.words, "trouble.doubtful.settled")))
    letters = _of(circle, unit)
    if action.circle and chosen:
        letters = tuple(one for one in letters if str(one.number) == chosen)
    return Outcome(Say(_in(circle, letters, unit)))


def settle(action: SettleDoubtful, event: ActionTaken, unit: Unit) -> Outcome:
    """It is there, or is to be sent now."""
    circle = unit.circles.get(CircleId(action.circle))
    if circle is None or not _may_settle(event.actor, circle, unit):
        return Outcome(Say(views.note(unit.words, "trouble.doubtful.settled")))
    every = _of(circle, unit)
    meant = [one for one in every if action.number in (0, one.number)]
    arrived = bool(action.arrived)
    for one in meant:
        if arrived or not one.late:
            unit.mail.settle(one.number, arrived=arrived)
    if not meant:
        return Outcome(Say(views.note(unit.words, "trouble.doubtful.settled")))
    left = _of(circle, unit)
    if left:
        return Outcome(Replace(views.doubtful_in(circle, left, unit, unit.words)))
    key = "trouble.doubtful.there" if arrived else "trouble.doubtful.sent"
    return Outcome(Replace(views.note(unit.words, key, circle=circle.name)))


def _of(circle: Circle, unit: Unit) -> tuple[Letter, ...]:
    return rooms_in_doubt(unit).get(circle, ())


def _everywhere(unit: Unit) -> Message:
    found = rooms_in_doubt(unit)
    if not found:
        return views.note(unit.words, "trouble.doubtful.settled")
    return views.doubtful_circles(found, unit)


def _in(circle: Circle, letters: tuple[Letter, ...], unit: Unit) -> Message:
    if not letters:
        return views.note(unit.words, "trouble.doubtful.settled")
    return views.doubtful_in(circle, letters, unit, unit.words)


def _may_settle(actor: Actor, circle: Circle, unit: Unit) -> bool:
    """Moderators, and whoever hosts or mentors the circle: they can look, or ask."""
    person = unit.people.find(actor.person)
    inside = person is not None and (person.id == circle.host or person.id in circle.mentors)
    return inside or Right.MODERATOR in actor.rights

"""What becomes of a circle whose room is gone: noticed, told once, and opened anew."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.core.actions.circles import OpenNewRoom
from bot.core.boundary.events import ActionTaken, NotDelivered, RoomFound, RoomsLost, Why
from bot.core.boundary.keys import key_of
from bot.core.boundary.outcome import (
    Delivery,
    Outcome,
    Say,
    ToPerson,
)
from bot.core.boundary.views import Message, Paragraph
from bot.core.programme.checkins.model import Fate
from bot.core.programme.circles.forming import charter_anew, introduce, invite, open_room, renewed
from bot.core.programme.circles.model import Circle, CircleState
from bot.core.programme.circles.notices import RoomsGone
from bot.core.programme.mail.rooms import circle_of
from bot.core.programme.unit import Unit

TOGETHER = timedelta(minutes=1)
"""Rooms lost within the same minute are told of in one message."""
MARGIN = timedelta(seconds=10)


def undelivered(event: NotDelivered, unit: Unit) -> Outcome:
    """Something could not be said or done because the room is not there."""
    if event.why is not Why.LOST:
        return Outcome()
    circle = circle_of(event, unit)
    return _lost([circle], event.at, unit) if circle else Outcome()


def rooms_changed(event: RoomsLost | RoomFound, unit: Unit) -> Outcome:
    """The platform told of rooms by itself."""
    match event:
        case RoomsLost(rooms=rooms):
            found = (unit.rooms.find(room) for room in rooms)
            circles = [unit.circles.by_room(room) for room in found if room]
            return _lost([one for one in circles if one], event.at, unit)
        case RoomFound(room=room):
            known = unit.rooms.find(room)
            circle = unit.circles.by_room(known) if known else None
            return _found(circle, unit) if circle else Outcome()


def new_room(action: OpenNewRoom, event: ActionTaken, unit: Unit) -> Outcome:
    """A moderator wants a new room for one circle that has lost its own, or for all of them."""
    lost = [one for one in without_room(unit) if action.circle in ("", one.id)]
    if not lost:
        return _said("circles.room.open_already", unit)
    moderator = unit.people.ensure(event.actor)
    opening: list[Delivery] = []
    for circle in lost:
        anew = renewed(circle, unit)
        unit.circles.save(anew)
        unit.programme.audit(moderator.id, "circle.room", circle.id)
        opening.append(open_room(anew))
    return replace(_said("circles.room.anew.opening", unit, n=len(lost)), deliveries=tuple(opening))


def without_room(unit: Unit) -> tuple[Circle, ...]:
    """The running season's circles whose room is gone, by name."""
    season = unit.seasons.current()
    circles = unit.circles.of_season(season.id) if season else ()
    return tuple(one for one in circles if one.state is CircleState.LOST)


def _lost(circles: Iterable[Circle], at: datetime, unit: Unit) -> Outcome:
    lost = [one for one in circles if one.state is CircleState.MEETING]
    for circle in lost:
        unit.circles.save(replace(circle, state=CircleState.LOST))
        unit.rooms.lost(circle.room)
        for week in unit.checkins.weeks_of(circle.id):
            if week.fate is Fate.OWED:
                unit.checkins.save_week(replace(week, fate=Fate.FAILED))
    if not lost:
        return Outcome()
    minute = at.replace(second=0, microsecond=0)
    return Outcome(
        deliveries=tuple(
            Delivery(
                key_of("rooms-gone", f"{minute:%Y-%m-%dT%H:%M}", moderator),
                ToPerson(moderator),
                RoomsGone(),
                due=minute + TOGETHER + MARGIN,
            )
            for moderator in unit.programme.moderators()
        )
    )


def _found(circle: Circle, unit: Unit) -> Outcome:
    """The old room is back before there was a new one. Whoever came meanwhile is let in."""
    if circle.state is not CircleState.LOST:
        return Outcome()
    circle = replace(circle, state=CircleState.MEETING)
    unit.circles.save(circle)
    ways = (invite, introduce)
    deliveries = [way(circle, person) for person in circle.people for way in ways]
    anew = charter_anew(circle, f"found-{unit.new_id()}")
    return Outcome(deliveries=(*deliveries, anew))


def _said(key: str, unit: Unit, *, n: int | None = None) -> Outcome:
    values = {} if n is None else {"n": n}
    return Outcome(Say(Message("", (Paragraph(unit.words.text(key, **values)),))))

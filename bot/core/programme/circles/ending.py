"""How circles end. Open to other features: seasons end them."""

from dataclasses import replace
from datetime import timedelta

from bot.core.boundary.ids import Key
from bot.core.boundary.keys import key_of
from bot.core.boundary.outcome import Archive, Delivery, Outcome, ToRoom
from bot.core.programme.checkins.plan import cancel_circle
from bot.core.programme.circles.forming import tell_placed
from bot.core.programme.circles.model import Circle, CircleState
from bot.core.programme.circles.notices import SeasonOver
from bot.core.programme.seasons.model import Season
from bot.core.programme.unit import Unit

GOODBYES = timedelta(days=2)
"""How long a room stays open after its last message, so that people can say goodbye in it."""


def end_circles(season: Season, unit: Unit) -> Outcome:
    """End every circle of the season: a warm goodbye in its room, which closes two days later."""
    deliveries: list[Delivery] = []
    cancelled: list[Key] = []
    for circle in unit.circles.of_season(season.id):
        if circle.state is CircleState.ENDED:
            continue
        ended = end(circle, unit)
        cancelled += ended.cancelled
        if circle.state is CircleState.MEETING:
            farewell = Delivery(
                key_of("farewell", circle.id), ToRoom(circle.room), SeasonOver(circle.id)
            )
            deliveries += [farewell, *ended.deliveries]
    return Outcome(deliveries=tuple(deliveries), cancelled=tuple(cancelled))


def end(circle: Circle, unit: Unit) -> Outcome:
    """End one circle. Its room, if there is one, closes after the time for goodbyes."""
    cancelled = cancel_circle(circle, unit)
    unit.circles.save(replace(circle, state=CircleState.ENDED))
    waiting = [tell_placed(circle, person).key for person in circle.people]
    if circle.state is not CircleState.MEETING:
        return Outcome(cancelled=(*cancelled, *waiting))
    closing = Delivery(key_of("archive", circle.id), Archive(circle.room), due=unit.at + GOODBYES)
    return Outcome(deliveries=(closing,), cancelled=(*cancelled, *waiting))

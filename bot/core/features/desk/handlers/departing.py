"""Somebody goes while a draft lies on the desk."""

from bot.core.boundary.outcome import Departure, Outcome
from bot.core.features.desk.handlers.ground import open_season
from bot.core.programme.unit import Unit


def on_departed(departure: Departure, unit: Unit) -> Outcome:
    """The draft goes on without them, as a version of its own: nobody publishes the old one."""
    season = open_season(unit)
    draft = unit.desk.draft(season.id) if season else None
    gone = frozenset({departure.person})
    if draft and any(departure.person in circle.people for circle in draft.circles):
        unit.desk.save(draft.without(gone).after(draft.without(gone).circles))
    return Outcome()

"""What time brings to a season."""

from bot.core.boundary.events import Tick
from bot.core.boundary.outcome import Outcome
from bot.core.features.seasons.handlers import close
from bot.core.programme.unit import Unit


def on_tick(event: Tick, unit: Unit) -> Outcome:
    """Close the seasons whose end has come."""
    outcome = Outcome()
    for season in unit.seasons.due(event.at):
        outcome = close(season, unit)
        unit.programme.audit(None, "season.ended", season.id)
    return outcome  # of the one season there can be

"""What the core asks of storage about seasons."""

from datetime import datetime
from typing import Protocol

from bot.core.boundary.ids import SeasonId
from bot.core.programme.seasons.model import Season


class Seasons(Protocol):
    """The seasons of one community."""

    def current(self) -> Season | None:
        """The season that is open or running, if any; there is at most one."""

    def get(self, season: SeasonId) -> Season | None:
        """One season."""

    def latest(self) -> Season | None:
        """The newest season, also when it has ended."""

    def save(self, season: Season) -> None:
        """Keep the season as it now is."""

    def due(self, at: datetime) -> tuple[Season, ...]:
        """Running seasons whose end has come."""

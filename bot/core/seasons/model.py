"""A season of circles."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from bot.core.ids import SeasonId


class Stage(Enum):
    """How far a season has come."""

    OPEN = "open"
    """People join; circles may be drafted."""
    RUNNING = "running"
    """Circles are published and meet."""
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Season:
    """One season. Week 1 is the ISO week that holds ``starts_on``."""

    id: SeasonId
    number: int
    stage: Stage
    starts_on: date
    weeks: int
    ends_at: datetime | None = None
    """When the season is closed by itself (UTC); set when it starts running."""

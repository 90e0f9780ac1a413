"""The clock as the playground moves it. The clock itself is the shell's; this is all it asks."""

from datetime import datetime, timedelta
from enum import Enum
from typing import Protocol


class MovableClock(Protocol):
    """A clock that can be moved forward (never back). All moments are UTC."""

    def now(self) -> datetime:
        """The moment it is."""

    async def next_due(self) -> datetime | None:
        """The next moment at which the bot has something to do, if there is one."""

    async def advance(self, to: datetime) -> None:
        """Move on, stopping at each due moment on the way as if the bot had been awake."""

    async def sleep_until(self, to: datetime) -> None:
        """Move on at once, as if the bot had been switched off until then, and wake it."""


class Move(Enum):
    """What the clock bar offers."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    DUE = "due"
    PLAY = "play"
    PAUSE = "pause"
    SLEEP = "sleep"


STEPS = {
    Move.HOUR: timedelta(hours=1),
    Move.DAY: timedelta(days=1),
    Move.WEEK: timedelta(weeks=1),
}
"""How far the plain moves go, in elapsed time."""

"""A season of circles."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum

from bot.core.boundary.ids import SeasonId


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
    """When a running season is closed by itself, or an ended one was (UTC)."""

    @property
    def first_monday(self) -> date:
        """The day on which week 1 begins."""
        return self.starts_on - timedelta(days=self.starts_on.weekday())

    @property
    def last_day(self) -> date:
        """The Sunday with which the last week ends."""
        return self.first_monday + timedelta(weeks=self.weeks, days=-1)

    def week_on(self, day: date) -> int:
        """Which week of the season a day lies in: 1 is the first, 0 or less is before it."""
        return (day - self.first_monday).days // 7 + 1

    def running(self, at: datetime) -> "Season":
        """The season with its circles meeting from ``at`` on.

        Published after its first week has gone by, it begins in the week of publishing, so that
        no circle loses a session to a late start.
        """
        today = at.astimezone(UTC).date()
        begun = self.starts_on if self.week_on(today) <= 1 else today
        return replace(self, stage=Stage.RUNNING, starts_on=begun).of_length(self.weeks)

    def of_length(self, weeks: int) -> "Season":
        """The season with this many weeks and, if it is running, the end that follows from it.

        A running season ends at noon UTC on the Monday after its last week: only then is that
        week over in every time zone.
        """
        longer = replace(self, weeks=weeks)
        if self.stage is not Stage.RUNNING:
            return longer
        monday = longer.last_day + timedelta(days=1)
        return replace(longer, ends_at=datetime.combine(monday, time(12), UTC))

    def ended(self, at: datetime) -> "Season":
        """The season, over since ``at``. Nothing more is due for it."""
        return replace(self, stage=Stage.ENDED, ends_at=at)

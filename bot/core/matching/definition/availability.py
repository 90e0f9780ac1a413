"""Weekly hours on somebody's own clock, as quarter-hours of the UTC week.

Hours are weekly and hold over the whole season, in which clocks may change: so each week of the
season has the zone's own offset, one for the whole week, and the week wraps round.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

QUARTERS = 7 * 24 * 4
WHOLE_WEEK = (1 << QUARTERS) - 1
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

_WINDOW = re.compile(r"(\w{3}) ([0-9]{1,2}):([0-9]{2})-([0-9]{1,2}):([0-9]{2})", re.ASCII)
DAY = 24 * 4
"""Quarter-hours in a day."""
_DAY_MINUTES = 24 * 60


class BadWindow(ValueError):
    """Not a window; ``kind`` says what is wrong: form, day, time, quarter, equal."""

    def __init__(self, kind: str, words: str) -> None:
        super().__init__(f"{words}: {kind}")
        self.kind = kind
        self.words = words


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of one local day (0 is Monday), in quarter-hours from its midnight.

    ``end`` passes 96 where the window passes midnight.
    """

    day: int
    start: int
    end: int

    def __str__(self) -> str:
        end = self.end if self.end <= DAY else self.end - DAY
        return f"{DAYS[self.day]} {_clock(self.start)}-{_clock(end)}"


def parse_window(words: str) -> Window:
    """``Mon 18:00-20:30`` as a value. Raises :class:`BadWindow`."""
    found = _WINDOW.fullmatch(" ".join(words.split()))
    if found is None:
        raise BadWindow("form", words)
    day = found[1].title()
    if day not in DAYS:
        raise BadWindow("day", words)
    start, end = (int(found[2]) * 60 + int(found[3]), int(found[4]) * 60 + int(found[5]))
    if int(found[3]) > 59 or int(found[5]) > 59 or start >= _DAY_MINUTES or end > _DAY_MINUTES:
        raise BadWindow("time", words)
    if start % 15 or end % 15:
        raise BadWindow("quarter", words)
    if start == end:
        raise BadWindow("equal", words)
    if end < start:
        end += _DAY_MINUTES
    return Window(DAYS.index(day), start // 15, end // 15)


def local_week(windows: Iterable[Window]) -> int:
    """The quarter-hours of the local week in which these windows lie, one bit each."""
    bits = 0
    for window in windows:
        first = window.day * DAY + window.start
        bits |= ((1 << (window.end - window.start)) - 1) << first
    return (bits | bits >> QUARTERS) & WHOLE_WEEK


@lru_cache(maxsize=4096)
def offsets(zone: ZoneInfo, season_start: date, weeks: int) -> tuple[int, ...]:
    """By how many quarter-hours this zone is ahead of UTC, week by week of the season.

    Each week has one: the one in force at local midnight (``fold=0``) of the Monday after it.
    """
    monday = season_start - timedelta(days=season_start.weekday())
    found = []
    for week in range(1, weeks + 1):
        moment = datetime.combine(monday + timedelta(weeks=week), time(), zone)
        found.append((moment.utcoffset() or timedelta()) // timedelta(minutes=15))
    return tuple(found)


def on_utc(local: int, offset: int) -> int:
    """A local week as one of UTC, for a clock so many quarter-hours ahead; it wraps round."""
    turned = -offset % QUARTERS
    return (local << turned | local >> (QUARTERS - turned)) & WHOLE_WEEK


def starts(availability: int, session_minutes: int) -> int:
    """The quarter-hours from which a whole session fits; the week wraps round."""
    bits = availability
    for quarter in range(1, -(-session_minutes // 15)):
        bits &= (availability >> quarter) | (availability << (QUARTERS - quarter) & WHOLE_WEEK)
    return bits


def quarters(bits: int) -> tuple[int, ...]:
    """Which bits are set, earliest first."""
    found = []
    while bits:
        lowest = bits & -bits
        found.append(lowest.bit_length() - 1)
        bits ^= lowest
    return tuple(found)


def utc_label(quarter: int) -> str:
    """A quarter-hour of the UTC week in words: ``Mon 18:00``."""
    return f"{DAYS[quarter // DAY]} {_clock(quarter % DAY)}"


def _clock(quarter: int) -> str:
    return f"{quarter // 4:02d}:{quarter % 4 * 15:02d}"

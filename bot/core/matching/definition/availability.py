"""Weekly hours on somebody's own clock, as quarter-hours of the UTC week.

Hours are resolved for the ISO week that contains the season's start: each local quarter-hour is
converted on its own date (``fold=0``; inside a gap it moves forward by the gap) and wrapped.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

QUARTERS = 7 * 24 * 4
WHOLE_WEEK = (1 << QUARTERS) - 1
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

_WINDOW = re.compile(r"(\w{3}) ([0-9]{1,2}):([0-9]{2})-([0-9]{1,2}):([0-9]{2})", re.ASCII)
_DAY_QUARTERS = 24 * 4
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
        end = self.end if self.end <= _DAY_QUARTERS else self.end - _DAY_QUARTERS
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


def resolve(windows: tuple[Window, ...], zone: ZoneInfo, season_start: date) -> int:
    """The quarter-hours of the UTC week in which these windows lie, one bit each."""
    week = _week(zone, season_start - timedelta(days=season_start.weekday()))
    bits = 0
    for window in windows:
        first = window.day * _DAY_QUARTERS
        for quarter in week[first + window.start : first + window.end]:
            bits |= quarter
    return bits


@lru_cache(maxsize=1024)
def _week(zone: ZoneInfo, monday: date) -> tuple[int, ...]:
    """For each local quarter-hour from Monday on (eight days), its bit in the UTC week."""
    origin = datetime.combine(monday, time(), UTC)
    bits = []
    for quarter in range(8 * _DAY_QUARTERS):
        naive = datetime.combine(monday, time()) + timedelta(minutes=15 * quarter)
        moment = naive.replace(tzinfo=zone).astimezone(UTC)
        bits.append(1 << ((moment - origin) // timedelta(minutes=15) % QUARTERS))
    return tuple(bits)


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
    return f"{DAYS[quarter // _DAY_QUARTERS]} {_clock(quarter % _DAY_QUARTERS)}"


def _clock(quarter: int) -> str:
    return f"{quarter // 4:02d}:{quarter % 4 * 15:02d}"

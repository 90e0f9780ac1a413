"""Until when, as people say it: a date, a weekday, or how long from today."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

LONGEST = 366
"""Days: whoever is away for longer has left, and is welcome back any time."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_ORDINAL = r"(\d{1,2})(?:st|nd|rd|th)?"
_NAMED = re.compile(
    rf"(?:{_ORDINAL}\.? ([a-z]{{3,9}})|([a-z]{{3,9}}) {_ORDINAL})(?: (\d{{4}}))?", re.ASCII
)
_SPAN = re.compile(r"(\d{1,3}|[a-z]+) (day|week|month)s?", re.ASCII)


@dataclass(frozen=True, slots=True)
class NotADate:
    """Nothing we can read as a date."""


@dataclass(frozen=True, slots=True)
class Passed:
    """A date that is not after today."""

    day: date


@dataclass(frozen=True, slots=True)
class TooFar:
    """A date more than :data:`LONGEST` days away."""

    day: date


def read_until(words: str, today: date) -> date | NotADate | Passed | TooFar:
    """The day meant by ``words``, said on ``today``."""
    said = " ".join(words.casefold().replace(",", " ").split())
    said = said.removeprefix("until ").removeprefix("for ").removeprefix("on ")
    try:
        day = _day(said, today)
    except (ValueError, OverflowError):  # 31 February, the year 9999
        return NotADate()
    if day is None:
        return NotADate()
    if day <= today:
        return Passed(day)
    return day if (day - today).days <= LONGEST else TooFar(day)


def _day(said: str, today: date) -> date | None:
    if said == "tomorrow":
        return today + timedelta(days=1)
    if said in {"next week", "next month"}:
        said = said.replace("next", "one")
    if found := _ISO.fullmatch(said):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := _SPAN.fullmatch(said):
        count = int(found[1]) if found[1].isdigit() else _NUMBERS.get(found[1], 0)
        return _later(today, count, found[2]) if count else None
    weekday = said.removeprefix("next ")[:3]
    if weekday in _DAYS and said.removeprefix("next ").isalpha():
        return today + timedelta(days=(_DAYS.index(weekday) - today.weekday() - 1) % 7 + 1)
    if (found := _NAMED.fullmatch(said)) and (month := (found[2] or found[3])[:3]) in _MONTHS:
        number, year = int(found[1] or found[4]), int(found[5] or today.year)
        day = date(year, _MONTHS.index(month) + 1, number)
        return day if found[5] or day > today else day.replace(year=year + 1)
    return None


def _later(today: date, count: int, unit: str) -> date:
    if unit == "month":
        years, month = divmod(today.month - 1 + count, 12)
        for last in range(today.day, 0, -1):  # a month from 31 January is the end of February
            try:
                return date(today.year + years, month + 1, last)
            except ValueError:
                continue
    return today + timedelta(days=count * (7 if unit == "week" else 1))

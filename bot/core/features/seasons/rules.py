"""What a season may be. Days are the community's own."""

from dataclasses import dataclass
from datetime import date, timedelta

MOST_WEEKS = 52
"""A year: longer is another season."""
LEAST_WEEKS = 2
FURTHEST_START = timedelta(days=366)
"""Clocks change their rules; a start further off than a year cannot be promised an hour."""


@dataclass(frozen=True, slots=True)
class Plan:
    """When a new season starts and how many weeks it lasts."""

    starts_on: date
    weeks: int


@dataclass(frozen=True, slots=True)
class Problems:
    """What is wrong with what was typed: a wording key below ``seasons.problem`` by field."""

    fields: dict[str, str]


def plan(start: str, weeks: str, today: date) -> Plan | Problems:
    """The season that was typed in, or everything that is wrong with it."""
    problems: dict[str, str] = {}
    starts_on = parsed_day(start)
    if starts_on is None:
        problems["start"] = "not_a_date"
    elif starts_on < today:
        problems["start"] = "in_the_past"
    elif starts_on - today > FURTHEST_START:
        problems["start"] = "too_far"
    length = parsed_weeks(weeks, LEAST_WEEKS)
    if length is None:
        problems["weeks"] = "weeks"
    if starts_on is None or length is None or problems:
        return Problems(problems)
    return Plan(starts_on, length)


def longer(weeks: int, more: str) -> int | Problems:
    """The new length of a season of ``weeks`` weeks when ``more`` (as typed) are added."""
    added = parsed_weeks(more, 1)
    if added is None:
        return Problems({"weeks": "more_weeks"})
    if weeks + added > MOST_WEEKS:
        return Problems({"weeks": "too_long"})
    return weeks + added


def next_monday(today: date) -> date:
    """The first Monday at least a week ahead: time enough for people to join."""
    week_ahead = today + timedelta(days=7)
    return week_ahead + timedelta(days=-week_ahead.weekday() % 7)


def parsed_day(typed: str) -> date | None:
    """``2026-03-02`` as a day, whatever dashes or dots stand between the numbers."""
    parts = typed.strip().replace(".", "-").replace("/", "-").split("-")
    if len(parts) != 3 or len(parts[0]) != 4 or not all(p.isascii() and p.isdigit() for p in parts):
        return None
    try:
        return date(int(parts[0]), int(parts[1]), int(parts[2]))
    except ValueError:
        return None


def parsed_weeks(typed: str, least: int) -> int | None:
    """A number of weeks within what a season may have."""
    typed = typed.strip()
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 3):
        return None
    return int(typed) if least <= int(typed) <= MOST_WEEKS else None

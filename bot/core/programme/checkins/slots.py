"""Weekly slots: which moment a weekday and a time of day mean on a clock, week after week.

Knows nothing of circles or people. A slot is kept as weekday, minute and IANA zone, because its
moments in UTC move with the zone's clock changes and with the zone database itself. What happens
when a local time comes twice or not at all is Python's own rule for ``fold=0`` (PEP 495): the
first of two, and after a gap by as much as the gap is long.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Slot:
    """A weekday (Monday = 0), minutes after local midnight, and the clock (IANA) they are on."""

    weekday: int
    minute: int
    zone: str


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time a slot comes: the moment (UTC), and the date the slot's own clock then shows.

    That date is the slot's weekday, but for a zone that skips the day: then it is the day after.
    """

    local_date: date
    at: datetime


def moment(day: date, minute: int, zone: str) -> datetime:
    """The moment (UTC) at which the clock of ``zone`` comes to ``minute`` of ``day``."""
    clock = datetime.combine(day, time(), ZoneInfo(zone)) + timedelta(minutes=minute)
    return clock.astimezone(UTC)


def local_date(at: datetime, zone: str) -> date:
    """The date that the clock of ``zone`` shows at a moment."""
    return at.astimezone(ZoneInfo(zone)).date()


def in_week(slot: Slot, monday: date) -> Occurrence:
    """When the slot comes in the week that begins with this Monday."""
    at = moment(monday + timedelta(days=slot.weekday), slot.minute, slot.zone)
    return Occurrence(local_date(at, slot.zone), at)


def weekly(slot: Slot, monday: date, weeks: int) -> tuple[Occurrence, ...]:
    """When the slot comes in each of ``weeks`` weeks, the first beginning with this Monday."""
    return tuple(in_week(slot, monday + timedelta(weeks=week)) for week in range(weeks))

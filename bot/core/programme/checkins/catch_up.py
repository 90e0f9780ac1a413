"""When something due may be said: now, later, or not any more.

One function of three numbers (grace, minimum gap, quiet hours) and a weekly budget. It serves
normal running and a bot that slept for a week alike: there is no other rule for catching up, so a
long sleep cannot end in a burst.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.core.programme.checkins.slots import local_date, moment

GRACE = timedelta(hours=48)
"""How late something may still be said; after that it is missed."""
GAP = timedelta(hours=24)
"""The least time between two nudges."""
BUDGET_DAYS = 7
"""The budget counts local days, so the same hour next week is free again whatever the clock did."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """What somebody's clock and wishes allow. Equal hours mean no quiet ones."""

    zone: str
    quiet_from: int
    quiet_until: int
    most_a_week: int


@dataclass(frozen=True, slots=True)
class SendNow:
    """It may be said now."""


@dataclass(frozen=True, slots=True)
class HoldUntil:
    """It may be said at ``until`` (UTC) at the earliest, which is still within its grace."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Missed:
    """It comes too late to be said at all."""


Verdict = SendNow | HoldUntil | Missed


def catch_up(
    due: Sequence[datetime], nudged: Sequence[datetime], now: datetime, rhythm: Rhythm
) -> tuple[Verdict, ...]:
    """What becomes of each of ``due`` (UTC moments, all at or before ``now``), in their order.

    ``nudged`` are the moments of earlier nudges. At most one is sent now, the newest; each other
    is held as if that one had been sent, or missed.
    """
    verdicts: dict[int, Verdict] = {}
    spoken = sorted(nudged)
    for index in sorted(range(len(due)), key=lambda i: due[i], reverse=True):
        free = _free_from(now, spoken, rhythm)
        if free is None or free > due[index] + GRACE:
            verdicts[index] = Missed()
            continue
        verdicts[index] = SendNow() if free == now else HoldUntil(free)
        spoken.append(free)
    return tuple(verdicts[index] for index in range(len(due)))


def is_quiet(at: datetime, rhythm: Rhythm) -> bool:
    """Whether ``at`` lies in the quiet hours."""
    local = at.astimezone(ZoneInfo(rhythm.zone)).time()
    start, end = time(rhythm.quiet_from % 24), time(rhythm.quiet_until % 24)
    if start <= end:
        return start <= local < end
    return local >= start or local < end


def _free_from(now: datetime, spoken: Sequence[datetime], rhythm: Rhythm) -> datetime | None:
    """The first moment from ``now`` on at which a nudge keeps every rule; ``None`` if never."""
    if rhythm.most_a_week < 1:
        return None
    at = now
    while True:
        allowed = _after_quiet(_after_budget(_after_gap(at, spoken), spoken, rhythm), rhythm)
        if allowed == at:
            return at
        at = allowed


def _after_gap(at: datetime, spoken: Sequence[datetime]) -> datetime:
    return max([at, *(one + GAP for one in spoken)])


def _after_budget(at: datetime, spoken: Sequence[datetime], rhythm: Rhythm) -> datetime:
    """The start of the first local day whose seven days, itself included, have a nudge left."""
    day = local_date(at, rhythm.zone)
    counted = sorted(
        date
        for date in (local_date(one, rhythm.zone) for one in spoken)
        if date > day - timedelta(days=BUDGET_DAYS)
    )
    if len(counted) < rhythm.most_a_week:
        return at
    free = counted[-rhythm.most_a_week] + timedelta(days=BUDGET_DAYS)
    return max(at, moment(free, 0, rhythm.zone))


def _after_quiet(at: datetime, rhythm: Rhythm) -> datetime:
    """The end of the quiet hours that ``at`` lies in, or ``at``."""
    if not is_quiet(at, rhythm):
        return at
    day = local_date(at, rhythm.zone)
    end = rhythm.quiet_until % 24 * 60
    ends = (moment(day + timedelta(days=days), end, rhythm.zone) for days in range(3))
    return next(one for one in ends if one > at).astimezone(UTC)

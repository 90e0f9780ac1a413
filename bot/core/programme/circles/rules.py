"""What follows from who sits in a circle: its clock, theme, ground rules and first hour."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WELCOME, ONLY_ME, NOT_HERE = "welcome", "if_i_raise_it", "not_here"
STRICTNESS = (WELCOME, ONLY_ME, NOT_HERE)
"""Wishes about a topic, the strictest last."""

NOTICE_TIME = timedelta(hours=24)
"""People should not hear of a first session with less than a day to go."""


def shared_zone(zones: Sequence[str]) -> str:
    """The zone most of them live in; of several, the one that is named first."""
    counted = Counter(zones)
    return max(counted, key=lambda zone: counted[zone]) if zones else "UTC"


def theme_of(
    sought: Iterable[Sequence[str]], offered: Iterable[Sequence[str]], order: Sequence[str]
) -> str:
    """What most mentees seek among what the mentors offer (or at all, if nothing is shared).

    ``order`` is the community's own list of themes: of several, the first there wins.
    """
    wanted = Counter(theme for seeks in sought for theme in set(seeks))
    given = {theme for offers in offered for theme in offers}
    ranked = [theme for theme in order if wanted[theme]] + sorted(set(wanted) - set(order))
    candidates = [theme for theme in ranked if theme in given] or ranked
    return max(candidates, key=lambda theme: wanted[theme], default=next(iter(order), ""))


def strictest(wishes: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """For each topic anybody has a wish about, the strictest wish; whose it was is lost here."""
    found: dict[str, str] = {}
    for wish in wishes:
        for topic, word in wish.items():
            if word in STRICTNESS and (
                topic not in found or STRICTNESS.index(word) > STRICTNESS.index(found[topic])
            ):
                found[topic] = word
    return found


def first_sessions(
    starts: Callable[[date], Iterable[int]],
    first_day: date,
    at: datetime,
    zone: str,
    most: int = 3,
) -> tuple[datetime, ...]:
    """Up to ``most`` moments for a first session, on different days, earliest first (UTC).

    ``starts`` gives the quarter-hours that everybody can make in the UTC week that begins on a
    Monday. Full hours on the clock of ``zone`` are preferred; nothing lies before ``first_day`` or
    within a day of ``at``.
    """
    clock = ZoneInfo(zone)
    earliest = max(at + NOTICE_TIME, datetime.combine(first_day, time(), clock))
    monday = earliest.astimezone(UTC).date() - timedelta(days=earliest.astimezone(UTC).weekday())
    moments = []
    for first in (monday, monday + timedelta(weeks=1)):
        origin = datetime.combine(first, time(), UTC)
        found = (origin + timedelta(minutes=15 * quarter) for quarter in starts(first))
        moments += [one for one in found if earliest <= one < earliest + timedelta(weeks=1)]
    by_day: dict[date, datetime] = {}
    for moment in sorted(moments, key=lambda m: (m.astimezone(clock).minute != 0, m)):
        by_day.setdefault(moment.astimezone(clock).date(), moment)
    return tuple(sorted(by_day.values())[:most])

"""Every weekly slot on every clock, against an oracle that only ever asks what a clock shows."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from itertools import pairwise
from zoneinfo import TZPATH, ZoneInfo, reset_tzpath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.programme.checkins.slots import Slot, in_week, local_date, moment, weekly


@pytest.fixture(autouse=True, scope="module")
def _zones_from_the_package() -> Iterator[None]:
    """The pinned package, whatever zone files the machine has."""
    machine = TZPATH
    reset_tzpath(())
    ZoneInfo.clear_cache()
    yield
    reset_tzpath(machine)
    ZoneInfo.clear_cache()


ZONES = (files("tzdata") / "zones").read_text().split()
YEAR = 2026


@dataclass(frozen=True)
class Wall:
    """A zone as what its clock shows: stretches of time with one offset each, in whole seconds.

    Made by asking for the offset at moments of UTC, never by reading a local time: so it knows
    nothing of ``fold``, nor of how the slots are resolved.
    """

    starts: tuple[int, ...]
    offsets: tuple[int, ...]

    def moment(self, wall: int) -> int:
        """When the clock first shows ``wall``; in a gap, as much later as the gap is long."""
        for start, end, offset in self._stretches():
            if start <= wall - offset < end:
                return wall - offset
        for index, (before, now) in enumerate(pairwise(self.offsets), start=1):
            change = self.starts[index]
            if change + before <= wall < change + now:
                gap = now - before
                return wall + gap - now
        raise AssertionError("a clock shows every time, or skips it")

    def shown(self, at: int) -> int:
        """What the clock shows at a moment, in seconds."""
        return at + self.offsets[bisect_right(self.starts, at) - 1]

    def _stretches(self) -> Iterator[tuple[int, int, int]]:
        ends = (*self.starts[1:], 2**62)
        yield from zip(self.starts, ends, self.offsets, strict=True)


def wall_of(zone: str, first: int, last: int) -> Wall:
    """Look at the clock once a day, and closer where its offset changed meanwhile."""
    starts, offsets = [first], [_offset(zone, first)]
    for day in range(first, last, 86_400):
        if _offset(zone, day + 86_400) == offsets[-1]:
            continue
        for hour in range(day, day + 86_400, 900):
            if _offset(zone, hour + 900) != offsets[-1]:
                change = next(s for s in range(hour, hour + 901) if _offset(zone, s) != offsets[-1])
                starts.append(change)
                offsets.append(_offset(zone, change))
    return Wall(tuple(starts), tuple(offsets))


def _offset(zone: str, at: int) -> int:
    offset = datetime.fromtimestamp(at, ZoneInfo(zone)).utcoffset()
    assert offset is not None
    return int(offset.total_seconds())


def _seconds(day: date) -> int:
    return (day - date(1970, 1, 1)).days * 86_400


def test_every_zone_resolves_every_weekly_slot_around_every_change_of_its_clock() -> None:
    first, last = _seconds(date(YEAR - 1, 12, 22)), _seconds(date(YEAR + 1, 1, 12))
    checked = 0
    for zone in ZONES:
        wall = wall_of(zone, first, last)
        weeks = {date(YEAR, 3, 2)}
        for change in wall.starts[1:]:
            day = datetime.fromtimestamp(change, UTC).date()
            monday = day - timedelta(days=day.weekday())
            weeks |= {monday, monday + timedelta(weeks=1)}
        for monday in weeks:
            for hour in range(168):
                slot = Slot(hour // 24, hour % 24 * 60, zone)
                at = wall.moment(_seconds(monday) + hour * 3600)
                found = in_week(slot, monday)
                assert found.at.timestamp() == at, (zone, monday, hour)
                assert found.local_date == datetime.fromtimestamp(wall.shown(at), UTC).date()
                checked += 1
    assert checked > len(ZONES) * 168


@given(st.sampled_from(ZONES), st.integers(0, 6), st.integers(0, 1439), st.integers(0, 51))
def test_a_slot_of_any_minute_in_any_week_of_the_year_is_where_the_clock_shows_it(
    zone: str, weekday: int, minute: int, week: int
) -> None:
    monday = date(2025, 12, 29) + timedelta(weeks=week)
    here = _seconds(monday)
    wall = wall_of(zone, here - 3 * 86_400, here + 10 * 86_400)
    expected = wall.moment(here + weekday * 86_400 + minute * 60)
    assert in_week(Slot(weekday, minute, zone), monday).at.timestamp() == expected


@given(st.sampled_from(ZONES), st.integers(0, 6), st.integers(0, 1439))
def test_a_year_of_weeks_has_one_date_each_in_order(zone: str, weekday: int, minute: int) -> None:
    slot = Slot(weekday, minute, zone)
    year = weekly(slot, date(2025, 12, 29), 53)  # 2026 has an ISO week 53
    assert len({one.local_date for one in year}) == 53
    for this, coming in pairwise(year):
        assert timedelta(days=6) < coming.at - this.at < timedelta(days=8)


def test_a_time_that_comes_twice_is_taken_the_first_time() -> None:
    assert moment(date(2026, 10, 25), 2 * 60 + 30, "Europe/Berlin") == datetime(
        2026, 10, 25, 0, 30, tzinfo=UTC
    )


def test_a_time_inside_a_gap_moves_forward_by_the_gap() -> None:
    at = moment(date(2026, 3, 29), 2 * 60 + 30, "Europe/Berlin")
    assert at.astimezone(ZoneInfo("Europe/Berlin")).strftime("%H:%M") == "03:30"
    at = moment(date(2026, 10, 4), 2 * 60 + 10, "Australia/Lord_Howe")  # half an hour's gap
    assert at.astimezone(ZoneInfo("Australia/Lord_Howe")).strftime("%H:%M") == "02:40"


@pytest.mark.parametrize(
    ("zone", "skipped"),
    [("Pacific/Apia", date(2011, 12, 30)), ("Pacific/Kwajalein", date(1993, 8, 21))],
)
def test_a_slot_on_a_date_that_a_zone_skips_comes_the_day_after(zone: str, skipped: date) -> None:
    slot = Slot(skipped.weekday(), 18 * 60, zone)
    monday = skipped - timedelta(days=skipped.weekday())
    found = in_week(slot, monday)
    assert found.local_date == local_date(found.at, zone) == skipped + timedelta(days=1)
    assert found.at.astimezone(ZoneInfo(zone)).hour == 18
    weeks = weekly(slot, monday - timedelta(weeks=1), 3)
    assert len({one.local_date for one in weeks}) == 3


def test_the_clocks_change_and_the_local_hour_stays() -> None:
    slot = Slot(0, 18 * 60, "America/New_York")
    hours = {one.at.hour for one in weekly(slot, date(2026, 2, 16), 8)}
    assert hours == {22, 23}
    for one in weekly(slot, date(2026, 2, 16), 8):
        assert one.at.astimezone(ZoneInfo("America/New_York")).hour == 18

"""Hours on somebody's own clock become quarter-hours of the UTC week."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.matching.definition.availability import (
    QUARTERS,
    WHOLE_WEEK,
    BadWindow,
    Window,
    parse_window,
    quarters,
    resolve,
    starts,
    utc_label,
)

MONDAY = date(2026, 9, 7)


def hours(words: str, zone: str = "UTC", start: date = MONDAY) -> list[str]:
    windows = tuple(parse_window(one) for one in words.split(";"))
    return [utc_label(quarter) for quarter in quarters(resolve(windows, ZoneInfo(zone), start))]


def test_an_hour_is_four_quarters() -> None:
    assert hours("Mon 18:00-19:00") == ["Mon 18:00", "Mon 18:15", "Mon 18:30", "Mon 18:45"]


def test_zones_with_odd_quarter_hours_keep_their_quarter() -> None:
    assert hours("Mon 18:00-18:15", "Asia/Kathmandu") == ["Mon 12:15"]
    assert hours("Mon 18:00-18:15", "Pacific/Chatham") == ["Mon 05:15"]
    assert hours("Mon 18:00-18:15", "America/St_Johns") == ["Mon 20:30"]


def test_what_lies_before_monday_wraps_to_the_end_of_the_week() -> None:
    assert hours("Mon 08:00-08:15", "Asia/Tokyo") == ["Sun 23:00"]
    assert hours("Sun 20:00-20:15", "America/New_York") == ["Mon 00:00"]


def test_a_window_may_pass_midnight_even_out_of_the_week() -> None:
    assert hours("Fri 23:45-00:15") == ["Fri 23:45", "Sat 00:00"]
    assert hours("Sun 23:45-00:15") == ["Mon 00:00", "Sun 23:45"]


def test_overlapping_windows_join() -> None:
    assert hours("Mon 18:00-18:30;Mon 18:15-18:45") == ["Mon 18:00", "Mon 18:15", "Mon 18:30"]


def test_a_quarter_hour_inside_a_gap_moves_forward_by_the_gap() -> None:
    spring = date(2026, 3, 23)  # the week in which London's clocks go forward, on Sunday at 01:00
    assert hours("Sun 01:15-01:30", "Europe/London", spring) == ["Sun 01:15"]
    assert hours("Sun 02:15-02:30", "Europe/London", spring) == ["Sun 01:15"]
    assert hours("Sat 02:15-02:30", "Europe/London", spring) == ["Sat 02:15"]


def test_a_quarter_hour_that_comes_twice_means_the_first() -> None:
    autumn = date(2026, 10, 19)
    assert hours("Sun 01:15-01:30", "Europe/London", autumn) == ["Sun 00:15"]
    assert hours("Sun 02:00-02:15", "Europe/London", autumn) == ["Sun 02:00"]


def test_the_monday_after_the_week_has_its_own_clock() -> None:
    autumn = date(2026, 10, 25)
    assert hours("Sun 23:45-00:15", "Europe/London", autumn) == ["Mon 00:00", "Sun 23:45"]
    before = date(2026, 10, 23)
    assert hours("Sat 23:45-00:15", "Europe/London", before) == ["Sat 22:45", "Sat 23:00"]


def test_any_day_of_the_week_stands_for_the_same_week() -> None:
    zone = "America/New_York"
    assert len({tuple(hours("Sat 09:00-10:00", zone, date(2026, 10, d))) for d in (26, 29, 1)}) == 1
    assert hours("Sun 09:00-09:15", zone, date(2026, 11, 1)) == ["Sun 14:00"]


def test_a_session_must_fit_wholly_and_may_wrap_round_the_week() -> None:
    free = resolve((parse_window("Sun 23:30-00:30"),), ZoneInfo("UTC"), MONDAY)
    assert [utc_label(start) for start in quarters(starts(free, 60))] == ["Sun 23:30"]
    assert starts(free, 75) == 0
    assert starts(WHOLE_WEEK, 60) == WHOLE_WEEK


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Mon 18:00", "form"),
        ("Someday 18:00-19:00", "form"),
        ("Xyz 18:00-19:00", "day"),
        ("Mon 25:00-26:00", "time"),
        ("Mon 24:00-01:00", "time"),
        ("Mon 18:60-19:00", "time"),
        ("Mon 18:05-19:00", "quarter"),
        ("Mon 18:00-18:00", "equal"),
        ("Mon ١٨:00-19:00", "form"),
    ],
)
def test_a_bad_window_says_what_is_wrong(words: str, kind: str) -> None:
    with pytest.raises(BadWindow) as bad:
        parse_window(words)
    assert bad.value.kind == kind


@given(st.integers(0, 6), st.integers(0, 95), st.integers(1, 95))
def test_a_window_reads_back_as_it_was_written(day: int, start: int, length: int) -> None:
    window = Window(day, start, start + length)
    assert parse_window(str(window)) == window


ZONES = ("Asia/Kathmandu", "Pacific/Chatham", "America/St_Johns", "Australia/Lord_Howe", "UTC")


@given(
    zone=st.sampled_from((*ZONES, "Europe/Dublin", "Africa/Casablanca", "America/Santiago")),
    day=st.dates(date(2024, 1, 1), date(2028, 12, 31)),
    window=st.builds(
        lambda day, start, length: Window(day, start, start + length),
        st.integers(0, 6),
        st.integers(0, 95),
        st.integers(1, 96),
    ),
)
def test_every_quarter_is_converted_on_its_own_date(zone: str, day: date, window: Window) -> None:
    monday = day - timedelta(days=day.isoweekday() - 1)
    expected = set()
    for quarter in range(window.start, window.end):
        local = datetime.combine(monday, time()) + timedelta(days=window.day, minutes=15 * quarter)
        at = local.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)
        expected.add((at.weekday() * 24 + at.hour) * 4 + at.minute // 15)
    found = quarters(resolve((window,), ZoneInfo(zone), day))
    assert set(found) == expected
    assert max(found) < QUARTERS

"""Hours on somebody's own clock become quarter-hours of the UTC week."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.matching.definition.availability import (
    QUARTERS,
    WHOLE_WEEK,
    BadWindow,
    Window,
    local_week,
    offsets,
    on_utc,
    parse_window,
    quarters,
    starts,
    utc_label,
)

MONDAY = date(2026, 9, 7)


def hours(words: str, zone: str = "UTC", start: date = MONDAY, week: int = 1) -> list[str]:
    local = local_week(tuple(parse_window(one) for one in words.split(";")))
    offset = offsets(ZoneInfo(zone), start, week)[-1]
    return [utc_label(quarter) for quarter in quarters(on_utc(local, offset))]


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


def test_a_week_has_the_clock_of_the_monday_after_it() -> None:
    spring = date(2026, 3, 23)  # the week in which London's clocks go forward, on Sunday
    assert hours("Mon 18:00-18:15", "Europe/London", spring) == ["Mon 17:00"]
    assert hours("Mon 18:00-18:15", "Europe/London", spring - timedelta(days=7)) == ["Mon 18:00"]


def test_hours_follow_the_clock_through_the_season() -> None:
    autumn = date(2026, 10, 12)
    by_week = [hours("Mon 18:00-18:15", "Europe/London", autumn, week) for week in (1, 2, 3)]
    assert by_week == [["Mon 17:00"], ["Mon 18:00"], ["Mon 18:00"]]


def test_any_day_of_the_week_stands_for_the_same_week() -> None:
    zone = ZoneInfo("America/New_York")
    assert len({offsets(zone, date(2026, 10, day), 3) for day in (26, 28, 31)}) == 1


def test_a_session_must_fit_wholly_and_may_wrap_round_the_week() -> None:
    free = local_week((parse_window("Sun 23:30-00:30"),))
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
    week=st.integers(1, 12),
)
def test_every_quarter_is_moved_by_the_offset_of_its_week(
    zone: str, day: date, window: Window, week: int
) -> None:
    monday = day - timedelta(days=day.isoweekday() - 1) + timedelta(weeks=week)
    offset = datetime.combine(monday, time(), ZoneInfo(zone)).utcoffset()
    assert offset is not None
    expected = {
        (window.day * 96 + quarter - offset // timedelta(minutes=15)) % QUARTERS
        for quarter in range(window.start, window.end)
    }
    bits = on_utc(local_week((window,)), offsets(ZoneInfo(zone), day, week)[-1])
    assert set(quarters(bits)) == expected

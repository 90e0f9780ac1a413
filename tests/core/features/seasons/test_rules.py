"""What a season may be, and when it ends."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest

from bot.core.boundary.ids import SeasonId
from bot.core.features.seasons.rules import Plan, Problems, longer, next_monday, plan
from bot.core.programme.seasons.model import Season, Stage

TODAY = date(2026, 3, 4)
SEASON = Season(SeasonId("s"), 1, Stage.OPEN, date(2026, 3, 11), 12)


@pytest.mark.parametrize("start", ["2026-03-11", " 2026.3.11 ", "2026/03/11"])
def test_a_date_is_read_as_people_write_it(start: str) -> None:
    assert plan(start, " 12 ", TODAY) == Plan(date(2026, 3, 11), 12)


@pytest.mark.parametrize(
    ("start", "weeks", "wrong"),
    [
        ("2026-03-03", "12", {"start": "in_the_past"}),
        ("soon", "12", {"start": "not_a_date"}),
        ("2026-02-30", "12", {"start": "not_a_date"}),
        ("11-03-2026", "12", {"start": "not_a_date"}),
        ("٢٠٢٦-٠٣-١١", "12", {"start": "not_a_date"}),
        ("2030-01-01", "12", {"start": "too_far"}),
        ("2026-03-11", "1", {"weeks": "weeks"}),
        ("2026-03-11", "53", {"weeks": "weeks"}),
        ("2026-03-11", "twelve", {"weeks": "weeks"}),
        ("", "", {"start": "not_a_date", "weeks": "weeks"}),
        ("9" * 400, "9" * 400, {"start": "not_a_date", "weeks": "weeks"}),
    ],
)
def test_everything_wrong_is_told_at_once(start: str, weeks: str, wrong: dict[str, str]) -> None:
    assert plan(start, weeks, TODAY) == Problems(wrong)


def test_a_season_may_start_today() -> None:
    assert plan("2026-03-04", "2", TODAY) == Plan(TODAY, 2)


def test_a_season_grows_up_to_a_year() -> None:
    assert longer(12, "4") == 16
    assert longer(50, "3") == Problems({"weeks": "too_long"})
    assert longer(12, "0") == Problems({"weeks": "more_weeks"})


@pytest.mark.parametrize("day", range(7))
def test_the_proposed_start_is_a_monday_at_least_a_week_ahead(day: int) -> None:
    today = TODAY + timedelta(days=day)
    proposed = next_monday(today)
    assert proposed.weekday() == 0
    assert 7 <= (proposed - today).days < 14


def test_weeks_count_from_the_monday_of_the_first_day() -> None:
    assert SEASON.first_monday == date(2026, 3, 9)
    assert SEASON.week_on(date(2026, 3, 8)) == 0
    assert SEASON.week_on(date(2026, 3, 9)) == 1
    assert SEASON.week_on(SEASON.last_day) == 12


def test_a_running_season_ends_when_its_last_week_is_over_everywhere() -> None:
    ends_at = SEASON.running(datetime(2026, 3, 9, tzinfo=UTC)).ends_at
    assert ends_at
    for zone in available_timezones():
        last = datetime.combine(SEASON.last_day, time(23, 59), ZoneInfo(zone))
        assert last.astimezone(UTC) < ends_at


def test_a_season_published_late_keeps_all_its_weeks() -> None:
    late = SEASON.running(datetime(2026, 3, 25, tzinfo=UTC))
    assert late.week_on(date(2026, 3, 25)) == 1
    assert late.weeks == 12
    on_time = SEASON.running(datetime(2026, 3, 15, tzinfo=UTC))
    assert on_time.starts_on == SEASON.starts_on


def test_a_longer_season_ends_later_and_an_open_one_has_no_end_yet() -> None:
    running = SEASON.running(datetime(2026, 3, 9, tzinfo=UTC))
    grown = running.of_length(14).ends_at
    assert running.ends_at
    assert grown == running.ends_at + timedelta(weeks=2)
    assert SEASON.of_length(14).ends_at is None

"""What follows from who sits in a circle."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.core.programme.circles.rules import first_sessions, shared_zone, strictest, theme_of

MONDAY = date(2026, 3, 2)


def test_a_circle_lives_on_the_clock_most_of_its_people_share() -> None:
    zones = ["Asia/Kathmandu", "Europe/London", "Europe/London"]
    assert shared_zone(zones) == "Europe/London"
    assert shared_zone(["Asia/Tokyo", "Europe/London"]) == "Asia/Tokyo"


def test_the_theme_is_what_most_seek_among_what_mentors_offer() -> None:
    sought = [("career", "identity"), ("identity",), ("identity", "belonging")]
    order = ("identity", "belonging", "career")
    assert theme_of(sought, [("career", "belonging")], order) == "belonging"
    assert theme_of(sought, [("identity",)], order) == "identity"


def test_without_a_shared_theme_the_mentees_wishes_decide() -> None:
    assert theme_of([("career",), ("career", "goals")], [("culture",)], ("goals", "career")) == (
        "career"
    )


def test_the_strictest_wish_about_a_topic_wins() -> None:
    wishes = [
        {"politics": "welcome", "faith": "if_i_raise_it"},
        {"politics": "not_here"},
        {"faith": "welcome", "money": "welcome", "weather": "shout"},
    ]
    assert strictest(wishes) == {
        "politics": "not_here",
        "faith": "if_i_raise_it",
        "money": "welcome",
    }


def test_first_sessions_are_on_different_days_at_full_hours_and_not_too_soon() -> None:
    at = datetime(2026, 2, 20, 12, tzinfo=UTC)
    tuesday, thursday = 96, 3 * 96
    starts = [*range(tuesday + 73, tuesday + 80), *range(thursday + 72, thursday + 76)]
    found = first_sessions(lambda _: starts, MONDAY, at, "UTC")
    assert found == (
        datetime(2026, 3, 3, 19, tzinfo=UTC),
        datetime(2026, 3, 5, 18, tzinfo=UTC),
    )


@pytest.mark.parametrize("hour", range(0, 24 * 7, 5))
def test_no_first_session_lies_within_a_day_whenever_circles_are_published(hour: int) -> None:
    at = datetime(2026, 3, 2 + hour // 24, hour % 24, tzinfo=UTC)
    for moment in first_sessions(lambda _: range(0, 672, 3), MONDAY, at, "Asia/Kathmandu"):
        assert 24 <= (moment - at).total_seconds() / 3600 <= 24 * 8


def test_nothing_in_common_means_nothing_proposed() -> None:
    assert first_sessions(lambda _: (), MONDAY, datetime(2026, 3, 1, tzinfo=UTC), "UTC") == ()


def test_a_first_session_before_the_first_local_day_waits_a_week() -> None:
    zone = "America/Los_Angeles"
    at = datetime(2026, 2, 20, tzinfo=UTC)
    (found,) = first_sessions(lambda _: (8,), MONDAY, at, zone)  # Monday 02:00 UTC is Sunday there
    assert found.astimezone(ZoneInfo(zone)).date() == date(2026, 3, 8)

"""When something due may be said, whatever happened before and however late it is."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.core.programme.checkins.catch_up import (
    GAP,
    GRACE,
    HoldUntil,
    Missed,
    Rhythm,
    SendNow,
    catch_up,
    is_quiet,
)

NOON = datetime(2026, 3, 5, 12, tzinfo=UTC)
LONDON = Rhythm("Europe/London", 20, 9, 3)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def test_what_is_due_now_goes_now() -> None:
    assert catch_up([NOON], [], NOON, LONDON) == (SendNow(),)


def test_what_is_late_by_less_than_the_grace_still_goes() -> None:
    assert catch_up([NOON - GRACE], [], NOON, LONDON) == (SendNow(),)


def test_what_is_later_than_the_grace_is_missed() -> None:
    assert catch_up([NOON - GRACE - HOUR], [], NOON, LONDON) == (Missed(),)


def test_a_week_of_sleep_ends_in_one_nudge_at_most_now() -> None:
    due = [NOON - DAY * days for days in range(7)]
    verdicts = catch_up(due, [], NOON, LONDON)
    assert verdicts[0] == SendNow()
    assert verdicts[1] == HoldUntil(NOON + GAP)
    assert set(verdicts[2:]) == {Missed()}


def test_in_quiet_hours_it_waits_for_the_morning() -> None:
    night = NOON.replace(hour=23)
    assert catch_up([night], [], night, LONDON) == (HoldUntil(datetime(2026, 3, 6, 9, tzinfo=UTC)),)


def test_before_the_morning_it_waits_for_the_same_morning() -> None:
    early = NOON.replace(hour=3)
    assert catch_up([early], [], early, LONDON) == (HoldUntil(NOON.replace(hour=9)),)


def test_the_first_quiet_minute_is_quiet_and_the_last_is_over() -> None:
    assert is_quiet(NOON.replace(hour=20), LONDON)
    assert not is_quiet(NOON.replace(hour=9), LONDON)
    assert not is_quiet(NOON.replace(hour=23), Rhythm("UTC", 0, 0, 3))


def test_two_nudges_are_a_day_apart() -> None:
    assert catch_up([NOON], [NOON - 2 * HOUR], NOON, LONDON) == (HoldUntil(NOON + 22 * HOUR),)


def test_a_full_week_waits_for_the_first_free_day_or_is_missed() -> None:
    spoken = [NOON - 6 * DAY, NOON - 4 * DAY, NOON - 2 * DAY]
    free = datetime(2026, 3, 6, 9, tzinfo=UTC)  # the day the first of them leaves the week
    assert catch_up([NOON], spoken, NOON, LONDON) == (HoldUntil(free),)
    spoken = [NOON - 4 * DAY, NOON - 3 * DAY, NOON - 2 * DAY]
    assert catch_up([NOON], spoken, NOON, LONDON) == (Missed(),)


def test_whoever_wants_no_nudges_gets_none() -> None:
    assert catch_up([NOON], [], NOON, Rhythm("UTC", 20, 9, 0)) == (Missed(),)


def test_a_single_nudge_a_week_stays_on_its_hour_when_the_clock_changes() -> None:
    rhythm = Rhythm("Europe/London", 20, 9, 1)
    before = datetime(2026, 3, 26, 18, 0, 7, tzinfo=UTC)  # sent seven seconds late
    due = datetime(2026, 4, 2, 17, tzinfo=UTC)  # 18:00 again, an hour short of seven days later
    assert catch_up([due], [before], due, rhythm) == (SendNow(),)


_AGES = st.lists(st.integers(0, 14 * 24 * 60).map(lambda age: timedelta(minutes=age)), max_size=6)
_RHYTHMS = st.builds(
    Rhythm,
    st.sampled_from(["UTC", "Asia/Kathmandu", "America/St_Johns", "Pacific/Apia", "Europe/Paris"]),
    st.integers(0, 23),
    st.integers(0, 23),
    st.integers(0, 5),
)
_NOW = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


@given(_AGES, _AGES, _RHYTHMS, _NOW)
def test_no_verdict_breaks_a_rule(
    ages: list[timedelta], spoken_ages: list[timedelta], rhythm: Rhythm, now: datetime
) -> None:
    due = sorted((now - age for age in ages), reverse=True)
    said = [now - age for age in spoken_ages]
    verdicts = catch_up(due, said, now, rhythm)
    assert len(verdicts) == len(due)
    assert verdicts.count(SendNow()) <= 1
    zone = ZoneInfo(rhythm.zone)
    for verdict, moment in zip(verdicts, due, strict=True):
        if isinstance(verdict, Missed):
            continue
        at = verdict.until if isinstance(verdict, HoldUntil) else now
        assert now <= at <= moment + GRACE
        assert not is_quiet(at, rhythm)
        assert all(at - one >= GAP for one in said)
        day = at.astimezone(zone).date()
        week = [one for one in said if 0 <= (day - one.astimezone(zone).date()).days < 7]
        assert len(week) < rhythm.most_a_week
        said.append(at)

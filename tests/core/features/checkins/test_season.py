"""Whole seasons: who hears what and when, whatever the clocks do and however long the bot slept."""

from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.core.programme.checkins.catch_up import GAP
from bot.core.programme.checkins.model import Fate
from bot.core.programme.checkins.plan import cancel_circle, extend, plan, replan_member
from bot.core.programme.members.model import Standing
from bot.shell.ports import PostInRoom
from tests.core.features.checkins.place import DAY, HOME, WEEK, Place, place
from tests.paper import text_of

ENDED = {Fate.SENT, Fate.MISSED, Fate.CANCELLED, Fate.FAILED}
FAR_APART = {
    "Asha": "Asia/Kathmandu",
    "Ben": "America/New_York",
    "Chi": "Pacific/Auckland",
    "Dana": "Europe/London",
    "Eiko": "America/St_Johns",
}


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[Place]:
    async with place(tmp_path) as one:
        yield one


def two_circles(here: Place) -> None:
    """Five people far apart in two circles, two of them in both."""
    for name, zone in FAR_APART.items():
        here.join(name, zone)
    here.season()
    here.form("Willow", "Asha", "Ben", "Chi", zone="America/New_York")
    here.form("Cedar", "Dana", "Asha", "Ben", "Eiko", zone="Europe/London", weekday=2)


async def test_twelve_weeks_bring_one_message_a_week_at_the_same_local_hour(here: Place) -> None:
    two_circles(here)
    await here.to_the_end()
    for circle, zone, weekday in (("Willow", "America/New_York", 0), ("Cedar", "Europe/London", 2)):
        local = [at.astimezone(ZoneInfo(zone)) for at in here.posted(circle)]
        assert len(local) == 12
        assert {(at.weekday(), at.hour, at.minute) for at in local} == {(weekday, 18, 0)}
        assert {(later.date() - at.date()).days for at, later in pairwise(local)} == {7}


async def test_twelve_weeks_ask_each_member_once_a_week_on_their_own_clock(here: Place) -> None:
    two_circles(here)
    for _ in range(12):
        await here.move_on(WEEK)
        for name in FAR_APART:  # everybody answers, so that nobody is asked less
            if here.people[name].mail:
                await here.people[name].press("We met", within=here.people[name].mail[-1])
    for name, zone in FAR_APART.items():
        local = [at.astimezone(ZoneInfo(zone)) for at in here.nudged(name)]
        assert len(local) == 12
        assert {(at.weekday(), at.hour, at.minute) for at in local} == {(3, 18, 0)}
        assert here.fates(name) == [Fate.SENT] * 12


async def test_the_same_holds_on_postgresql(tmp_path: Path, postgres_url: str) -> None:
    async with place(tmp_path, postgres_url) as here:
        two_circles(here)
        await here.move_on(3 * WEEK)
        assert len(here.posted("Willow")) == len(here.posted("Cedar")) == 3
        assert {len(here.nudged(name)) for name in FAR_APART} == {3}
        dana = here.people["Dana"]
        await dana.press("We met", within=dana.mail[-1])
        await dana.press("Add a line")
        await dana.fill(line="Well met", share="Share it with Cedar")
        await here.postman.drain()
        assert "> Well met" in text_of(here.paper.posts[-1][2].message)
        await dana.use("circle checkin")
        assert "Your answer this week: We met" in text_of(dana.message)


@pytest.mark.parametrize("hours", [72, 168])
async def test_a_sleep_of_any_length_ends_in_one_catch_up_at_most(here: Place, hours: int) -> None:
    two_circles(here)
    here.change("Dana", quiet_from=0, quiet_until=23)
    await here.move_on(timedelta(days=5, hours=7))  # Thursday evening of week 1 in Kathmandu
    for _ in range(4):
        before = len(here.paper.nudges), len(here.paper.posts)
        await here.sleep(timedelta(hours=hours))
        told = Counter(who for _, who, _ in here.paper.nudges[before[0] :])
        rooms = Counter(room for _, room, _ in here.paper.posts[before[1] :])
        assert max([*told.values(), *rooms.values()], default=0) <= 1
    await here.to_the_end()
    for name, zone in FAR_APART.items():
        assert len(here.fates(name)) == 12
        assert set(here.fates(name)) <= ENDED
        assert here.fates(name).count(Fate.SENT) == len(here.nudged(name))
        quiet = range(23) if name == "Dana" else (*range(20, 24), *range(9))
        assert all(at.astimezone(ZoneInfo(zone)).hour not in quiet for at in here.nudged(name))
        assert all(later - at >= GAP for at, later in pairwise(here.nudged(name)))
        assert all(
            sum(timedelta() <= later - at < WEEK for later in here.nudged(name)) <= 3
            for at in here.nudged(name)
        )


async def test_what_was_due_longer_than_two_days_ago_is_missed_and_said_so(here: Place) -> None:
    here.join("Asha")
    here.season()
    willow = here.form("Willow", "Asha")
    await here.sleep(timedelta(days=10))  # from Saturday to Tuesday of week 2
    assert here.week_fates(willow)[:3] == [Fate.MISSED, Fate.SENT, Fate.DUE]
    assert here.fates("Asha")[:2] == [Fate.MISSED, Fate.DUE]


async def test_a_room_hears_its_message_silently_when_it_is_night_for_somebody(
    here: Place,
) -> None:
    here.join("Asha", "Europe/London")
    here.join("Ben", "Asia/Tokyo")
    here.season()
    here.form("Willow", "Asha")
    here.form("Cedar", "Asha", "Ben")
    await here.move_on(4 * DAY)
    silent = {room: post.silent for _, room, post in here.paper.posts}
    assert silent == {"Willow": False, "Cedar": True}


async def test_someone_paused_is_not_asked_and_is_asked_again_on_return(here: Place) -> None:
    here.join("Asha")
    here.season()
    here.form("Willow", "Asha")
    await here.move_on(WEEK)
    here.change("Asha", standing=Standing.PAUSED)
    await here.move_on(2 * WEEK)
    here.change("Asha", standing=Standing.ACTIVE)
    await here.move_on(WEEK)
    assert here.fates("Asha")[:4] == [Fate.SENT, Fate.CANCELLED, Fate.CANCELLED, Fate.SENT]


async def test_someone_who_stopped_nudges_hears_none_until_they_start_again(here: Place) -> None:
    here.join("Asha")
    here.season()
    here.form("Willow", "Asha")
    here.change("Asha", nudges_stopped=True)
    await here.move_on(WEEK)
    here.change("Asha", nudges_stopped=False)
    await here.move_on(WEEK)
    assert here.fates("Asha")[:2] == [Fate.CANCELLED, Fate.SENT]


async def test_a_yes_to_private_questions_asks_from_then_on_and_one_tap_ends_it(
    here: Place,
) -> None:
    asha = here.join("Asha", private=False)
    here.season()
    here.form("Willow", "Asha")
    await here.move_on(WEEK)
    assert not here.questions("Asha")
    here.change("Asha", private_question=True)
    with here.unit() as unit:
        assert not replan_member(here.ids["Asha"], unit)
    await here.move_on(WEEK)
    assert len(asha.mail) == 1
    await asha.press("Stop asking me", within=asha.mail[0])
    await here.move_on(2 * WEEK)
    assert len(asha.mail) == 1
    assert set(here.fates("Asha")) == {Fate.SENT, Fate.CANCELLED}


async def test_a_new_zone_moves_the_questions_to_come_and_never_asks_twice_in_a_week(
    here: Place,
) -> None:
    here.join("Asha", "Pacific/Auckland")
    here.season()
    here.form("Willow", "Asha")
    await here.move_on(timedelta(days=5))  # Thursday noon in London: evening is over in Auckland
    here.change("Asha", zone="America/Los_Angeles")
    with here.unit() as unit:
        replan_member(here.ids["Asha"], unit)
    await here.move_on(11 * DAY)
    zones = ("Pacific/Auckland", "America/Los_Angeles")
    local = [at.astimezone(ZoneInfo(z)) for at, z in zip(here.nudged("Asha"), zones, strict=True)]
    assert [(at.isocalendar().week, at.weekday(), at.hour) for at in local] == [
        (10, 3, 18),
        (11, 3, 18),
    ]


async def test_who_lets_three_questions_pass_is_asked_every_other_week_until_they_answer(
    here: Place,
) -> None:
    asha = here.join("Asha")
    here.season()
    here.form("Willow", "Asha")
    await here.move_on(6 * WEEK + 2 * DAY)
    sent, rest = Fate.SENT, Fate.CANCELLED
    assert here.fates("Asha")[:6] == [sent, sent, sent, rest, sent, rest]
    told = ["every other week" in text_of(question) for question in asha.mail]
    assert told == [False, False, False, True]
    await asha.press("Not yet", within=asha.mail[-1])
    await here.move_on(3 * WEEK)
    assert here.fates("Asha")[:9] == [sent, sent, sent, rest, sent, rest, sent, sent, sent]


async def test_an_answer_given_in_the_room_makes_the_question_needless(here: Place) -> None:
    asha = here.join("Asha")
    here.season()
    here.form("Willow", "Asha")
    await here.move_on(3 * DAY)
    await asha.press("It's planned", within=here.paper.posts[0][2].message)
    await here.move_on(3 * DAY)
    assert here.fates("Asha")[0] is Fate.CANCELLED
    assert not asha.mail


async def test_closed_messages_fail_once_a_week_and_status_says_where_to_answer(
    here: Place,
) -> None:
    asha = here.join("Asha")
    here.season()
    here.form("Willow", "Asha")
    here.paper.closed_to.add(asha.key)
    await here.move_on(WEEK)
    assert here.fates("Asha")[0] is Fate.FAILED
    with here.database.unit(HOME, asha.actor, here.clock.now()) as unit:
        status = here.bot.features[0].status
        assert status
        assert len(status(here.ids["Asha"], unit)) == 3


async def test_a_longer_season_goes_on_and_a_closed_circle_falls_silent(here: Place) -> None:
    here.join("Asha")
    season = here.season(weeks=4)
    willow = here.form("Willow", "Asha")
    await here.move_on(2 * WEEK)
    longer = season.of_length(6)
    with here.unit() as unit:
        unit.seasons.save(longer)
        extend(longer, unit)
    await here.move_on(WEEK)
    assert len(here.week_fates(willow)) == len(here.fates("Asha")) == 6
    with here.unit() as unit:
        unit.cancel(cancel_circle(willow, unit))
    await here.to_the_end()
    assert Counter(here.week_fates(willow)) == {Fate.SENT: 3, Fate.CANCELLED: 3}
    assert Counter(here.fates("Asha")) == {Fate.SENT: 3, Fate.CANCELLED: 3}


async def test_planning_again_changes_nothing(here: Place) -> None:
    here.join("Asha")
    season = here.season()
    willow = here.form("Willow", "Asha")
    await here.move_on(10 * DAY)
    before = here.questions("Asha"), here.week_fates(willow)
    with here.unit() as unit:
        assert plan(willow, season, unit) == ()
        assert extend(season, unit) == ()
    assert (here.questions("Asha"), here.week_fates(willow)) == before


async def test_a_zone_that_changes_its_rules_is_followed_from_the_next_week_on(
    here: Place,
) -> None:
    here.join("Asha")
    here.season()
    willow = here.form("Willow", "Asha")
    with here.unit() as unit:  # as if planned under rules that were an hour apart
        for week in unit.checkins.weeks_of(willow.id)[1:]:
            unit.checkins.save_week(replace(week, due_at=week.due_at + timedelta(hours=1)))
        for question in unit.checkins.questions_of(here.ids["Asha"]):
            moved = replace(question, due_at=question.due_at - timedelta(hours=1))
            unit.checkins.save_question(moved)
    await here.move_on(3 * WEEK)
    assert {at.hour for at in here.posted("Willow")} == {18}
    assert {at.hour for at in here.nudged("Asha")} == {18}


async def test_someone_who_leaves_is_asked_no_more(here: Place) -> None:
    here.join("Asha")
    here.season()
    here.form("Willow", "Asha")
    await here.move_on(WEEK)
    here.change("Asha", standing=Standing.LEFT)
    await here.depart("Asha", forgotten=False)
    await here.move_on(2 * WEEK)
    assert Counter(here.fates("Asha")) == {Fate.SENT: 1, Fate.CANCELLED: 11}


async def test_hosting_goes_round_and_a_forgotten_host_is_named_no_longer(here: Place) -> None:
    for name in ("Asha", "Ben", "Chi"):
        here.join(name)
    here.season()
    here.form("Willow", "Asha", "Ben", "Chi")
    here.change("Ben", standing=Standing.PAUSED)
    await here.move_on(5 * WEEK + 3 * DAY)
    said = [text_of(message) for message in here.paper.rooms["Willow"].messages.values()]
    assert len(said) == 6
    assert [next((n for n in ("Asha", "Ben", "Chi") if n in one), "") for one in said] == [
        "Asha",
        "",
        "Chi",
        "",
        "Asha",
        "",
    ]
    await here.depart("Chi", forgotten=True)
    anew = [text_of(message) for message in here.paper.rooms["Willow"].messages.values()]
    assert len(anew) == 6
    assert not any("Chi" in one for one in anew)


async def test_a_circle_published_late_arrives_before_it_works(tmp_path: Path) -> None:
    async with place(tmp_path, at=datetime(2026, 3, 20, tzinfo=UTC)) as here:
        here.join("Asha")
        here.season()
        here.form("Willow", "Asha")
        await here.to_the_end()
        titles = [post.message.title for _, _, post in here.paper.posts if _is_weekly(post)]
    assert titles[0] == "Week 4 of 12: Meeting each other"
    assert titles[-1] == "Week 12 of 12: Parting well"
    assert len(titles) == 9


async def test_a_circle_published_after_its_hour_hears_its_first_message_the_same_day(
    tmp_path: Path,
) -> None:
    async with place(tmp_path, at=datetime(2026, 3, 2, 19, tzinfo=UTC)) as here:
        here.join("Asha")
        here.season()
        willow = here.form("Willow", "Asha")
        await here.move_on(timedelta(minutes=1))
        assert here.week_fates(willow)[0] is Fate.SENT


def _is_weekly(post: PostInRoom) -> bool:
    return post.message.title.startswith("Week ")

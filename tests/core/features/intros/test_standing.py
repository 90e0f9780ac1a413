"""Pausing, quiet and leaving."""

from datetime import timedelta

from tests.core.features.intros.conftest import join
from tests.paper import Member, text_of
from tests.world import World


async def test_a_pause_ends_by_itself_on_the_local_morning(home: World, mei: Member) -> None:
    await mei.use("circle pause", until="2 weeks")
    assert "come back by yourself on Monday 19 January" in text_of(mei.message)
    await home.move_on(timedelta(days=13, hours=23))
    await mei.use("circle status")
    assert "You are on a break" in text_of(mei.message)
    await home.move_on(timedelta(hours=2))
    assert "Your break is over" in text_of(mei.mail[-1])
    await mei.use("circle status")
    assert "You take part" in text_of(mei.message)


async def test_a_pause_is_asked_for_kindly_until_it_can_be_read(home: World, mei: Member) -> None:
    await mei.use("circle pause", until="when the plums are ripe")
    assert "could not read that as a date" in text_of(mei.message)
    await mei.use("circle pause", until="2025-01-01")
    assert "not ahead of us" in text_of(mei.message)
    await mei.press("Until I come back")
    assert "until you come back" in text_of(mei.message)
    await mei.press("Come back now")
    assert "Welcome back" in text_of(mei.message)


async def test_a_mentor_who_waits_cannot_slip_in_by_pausing(home: World) -> None:
    ravi = home.member("Ravi")
    await join(ravi, role="Mentor")
    await ravi.use("circle pause", until="1 day")
    assert "nothing to pause" in text_of(ravi.message)


async def test_nudges_stop_in_one_tap_and_start_again_as_they_were(
    home: World, mei: Member
) -> None:
    await mei.use("circle quiet")
    await mei.press("Change")
    await mei.fill(budget="1 question or reminder a week", **{"from": "22:00", "until": "07:00"})
    assert "22:00–07:00" in text_of(mei.message)
    await mei.press("Stop all of them")
    assert "You have stopped all private questions" in text_of(mei.message)
    await mei.press("Start again")
    assert "1 question or reminder a week" in text_of(mei.message)


async def test_who_stopped_nudges_is_not_told_that_a_pause_is_over(
    home: World, mei: Member
) -> None:
    await mei.use("circle quiet")
    await mei.press("Stop all of them")
    await mei.use("circle pause", until="1 day")
    await home.move_on(timedelta(days=3))
    assert not mei.mail
    await mei.use("circle status")
    assert "You take part" in text_of(mei.message)


async def test_leaving_asks_once_and_staying_changes_nothing(home: World, mei: Member) -> None:
    await mei.use("circle leave")
    await mei.press("Stay")
    await mei.use("circle status")
    assert "You take part" in text_of(mei.message)
    await mei.use("circle leave")
    await mei.press("Leave")
    await mei.use("circle status")
    assert "You have left" in text_of(mei.message)


async def test_whoever_leaves_the_platform_has_left(home: World, mei: Member) -> None:
    asha = home.member("Asha", moderator=True)
    await mei.leave_platform()
    await asha.use("circle-admin members")
    assert "Nobody takes part at the moment" in text_of(asha.message)


async def test_what_is_for_members_is_refused_kindly_to_others(home: World) -> None:
    ravi = home.member("Ravi")
    for command in ("profile", "pause", "quiet", "leave"):
        await ravi.use(f"circle {command}")
        assert "you take no part at the moment" in text_of(ravi.message)


async def test_a_bot_that_wakes_at_night_waits_for_the_morning(home: World, mei: Member) -> None:
    await mei.use("circle pause", until="2026-01-07")
    await home.sleep(timedelta(days=2, hours=15))  # from Monday 09:00 to Wednesday 24:00
    assert not mei.mail
    await mei.use("circle status")
    assert "You take part" in text_of(mei.message)
    await home.move_on(timedelta(hours=9))
    assert len(mei.mail) == 1


async def test_a_mentor_hears_of_the_approval_in_the_morning(home: World) -> None:
    asha, ravi = home.member("Asha", moderator=True), home.member("Ravi")
    await join(ravi, role="Mentor")
    await home.move_on(timedelta(hours=14))
    await asha.use("circle-admin approve", person=ravi.picked)
    await asha.press("Approve")
    await home.settle()
    assert not ravi.mail
    await home.move_on(timedelta(hours=10))
    assert "you are a mentor now" in text_of(ravi.mail[-1])

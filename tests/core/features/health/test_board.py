"""A moderator looks after the circles."""

from datetime import timedelta

from tests.core.features.desk.makers import (
    brought_in,
    moderator,
    persona,
    published,
    row,
    season_open,
    two_circles,
)
from tests.paper import Member, answer_text
from tests.world import World

WEEK = timedelta(weeks=1)


async def board(who: Member) -> str:
    """What the board says now."""
    await who.use("circle-admin health")
    return answer_text(who.answer)


async def answers(home: World, key: str, button: str) -> None:
    """Somebody answers this week's question."""
    member = persona(home, key)
    await member.use("circle checkin")
    await member.press(button)


async def leaves(home: World, key: str) -> None:
    """Somebody leaves."""
    member = persona(home, key)
    await member.use("circle leave")
    await member.press("Leave")
    await home.settle()


async def test_before_there_are_circles_it_says_what_comes_first(home: World) -> None:
    who = await moderator(home)
    assert "No season is open" in await board(who)
    await brought_in(home, two_circles(), who)
    await season_open(who)
    assert "its circles are not published yet" in await board(who)
    await who.press("Draft circles")


async def test_circles_are_too_early_then_on_track_then_quiet(home: World) -> None:
    who = await published(home)
    assert "2 circles: for 2 it is too early to say." in await board(who)
    await home.move_on(2 * WEEK)
    await answers(home, "mentee1", "We met")
    await answers(home, "mentee5", "It's planned")
    said = await board(who)
    assert "2 circles: 2 are on track." in said
    assert "Rowan: On track. It has met lately." in said
    assert "Alder: On track. It has a date." in said
    await home.move_on(4 * WEEK)
    assert "2 circles: 2 need a hand." in await board(who)


async def test_nobodys_own_answer_is_on_the_board_or_the_card(home: World) -> None:
    who = await published(home)
    await home.move_on(2 * WEEK)
    before = await board(who)
    await answers(home, "mentee1", "Not yet")
    after = await board(who)
    assert after == before.replace("0 of 12 people have", "One of 12 people has")
    await who.choose("Rowan")
    assert "Mentee1" not in answer_text(who.answer)


async def test_a_circle_without_a_mentor_comes_first_with_the_next_step(home: World) -> None:
    who = await published(home, [*two_circles(), row("spare", "mentor")])
    await leaves(home, "mentor1")
    await leaves(home, "mentor2")
    said = await board(who)
    assert "one needs a hand" in said
    assert said.index("Rowan: Needs a hand. It has no mentor.") < said.index("Alder:")
    await who.choose("Rowan")
    await who.press("Who could step in?")
    await who.press("Spare mentors it")
    await home.settle()
    assert "Rowan: Too early to say." in await board(who)


async def test_the_card_leads_back_to_the_board(home: World) -> None:
    who = await published(home)
    await board(who)
    await who.choose("Alder")
    assert "Mentor3" in answer_text(who.answer)
    await who.press("All circles")
    assert "2 circles" in answer_text(who.answer)


async def test_what_waits_for_moderators_is_there_as_well(home: World) -> None:
    who = await published(home)
    mentor = home.member("Wei")
    await mentor.use("circle report")
    await mentor.fill(words="Somebody shouts.")
    assert (
        "There is a report nobody has taken care of yet: /circle-admin reports shows it."
        in await board(who)
    )


async def test_members_do_not_see_it(home: World) -> None:
    await published(home)
    member = persona(home, "mentee1")
    assert "How the circles are doing" not in await board(member)

"""Sentences that used to be said where they were not so, each where it would be untrue again."""

from datetime import timedelta
from pathlib import Path

from tests.core.features.desk.makers import persona, published
from tests.core.features.intros.conftest import join
from tests.paper import Paper, text_of
from tests.world import World, world


async def test_who_has_left_does_not_read_that_they_never_joined(home: World) -> None:
    mei = home.member("Mei")
    await join(mei)
    await mei.use("circle leave")
    await mei.press("Leave")
    await mei.use("circle status")
    assert "You have left" in text_of(mei.message)
    assert "not joined yet" not in text_of(mei.message)
    await mei.use("circle quiet")
    assert "you take no part at the moment" in text_of(mei.message)
    await mei.use("circle status")
    await mei.press("Join again")
    assert mei.form.title == "Join · step 1 of 3"


async def test_a_circle_that_never_met_is_thanked_for_no_meetings(home: World) -> None:
    await published(home)
    for _ in range(15):
        await home.move_on(timedelta(weeks=1))
    said = [text_of(m) for sheet in home.paper.rooms.values() for m in sheet.messages.values()]
    assert any("is complete. Thank you for having been part of it" in one for one in said)
    assert not any("turning up" in one for one in said)
    between = next(one for one in said if "no session for this week" in one)
    assert "Did you meet all the same" in between
    mentee = persona(home, "mentee1")
    await mentee.use("circle status")
    assert "not in a circle at the moment" in text_of(mentee.message)
    assert "yet" not in text_of(mentee.message)


async def test_thanks_for_an_answer_points_to_nothing_that_is_not_there(home: World) -> None:
    await published(home)
    await home.move_on(timedelta(weeks=2))
    message = next(
        message
        for sheet in home.paper.rooms.values()
        for message in sheet.messages.values()
        if message.title.startswith("Week 1") and "mentee1" in sheet.people
    )
    mentee = persona(home, "mentee1")
    await mentee.press("We met", within=message)
    assert "another button" not in text_of(mentee.message)


async def test_rooms_say_who_can_read_along_as_their_platform_has_it(tmp_path: Path) -> None:
    paper = Paper()
    paper.room_readers = "circles.room.readers.threads"
    async with world(tmp_path, paper=paper) as home:
        await published(home)
        rooms = [text_of(next(iter(one.messages.values()))) for one in paper.rooms.values()]
        assert rooms
        for said in rooms:
            assert "whoever may manage threads" in said
            assert "private" not in said


async def test_only_mentors_a_moderator_said_yes_to_are_counted_as_ready(home: World) -> None:
    asha, ravi = home.member("Asha", moderator=True), home.member("Ravi")
    await join(ravi, role="Mentor")
    await asha.use("circle-admin season", action="open")
    await asha.fill()
    assert "1 person, 0 of them ready to mentor" in text_of(asha.message)

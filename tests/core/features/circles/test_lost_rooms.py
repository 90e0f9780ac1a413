"""A circle's room is deleted: moderators read whose, once, and open a new one with one button."""

from datetime import timedelta

from bot.core.boundary.events import RoomFound, RoomsLost
from bot.core.boundary.ids import RoomRef
from bot.core.boundary.views import Message
from bot.core.programme.circles.model import CircleState
from tests.core.features.circles.test_coming_back import gone, joined_again, seated
from tests.core.features.circles.test_rooms import charter, room, said
from tests.core.features.desk.makers import HOME, WEEK, persona, published, unit_of
from tests.paper import Member, answer_text, ref, text_of
from tests.world import World


def told(who: Member) -> list[Message]:
    """What a moderator has been told of lost rooms."""
    return [one for one in who.mail if "lost" in one.title]


async def tells(home: World, *rooms: RoomRef, found: bool = False) -> None:
    """The platform tells of rooms by itself."""
    at = home.clock.now()
    key = f"rooms:{rooms[0].key}:{at.isoformat()}:{found}"
    event = RoomFound(key, at, HOME, rooms[0]) if found else RoomsLost(key, at, HOME, rooms)
    await home.app.dispatcher.receive(event)


async def test_a_deleted_room_is_told_of_once_by_its_name_and_not_every_week(home: World) -> None:
    who = await published(home)
    home.paper.delete_room("Rowan")
    await home.move_on(6 * WEEK)
    (once,) = told(who)
    assert once.title == "Rowan has lost its room"
    assert "Alder" not in text_of(once)
    assert not [one for one in who.mail if "could not be delivered" in one.title]


async def test_the_board_shows_it_and_one_button_opens_a_new_room(home: World) -> None:
    who = await published(home)
    member = persona(home, "mentee1")
    await member.press("Sign the charter", within=charter(room(home, "Rowan")))
    await home.settle()
    home.paper.delete_room("Rowan")
    await home.move_on(2 * WEEK)
    await member.use("circle status")
    assert "You are in Rowan, and its room is gone." in answer_text(member.answer)
    assert "Next check-in in Rowan" not in answer_text(member.answer)
    await who.use("circle-admin health")
    assert "Rowan: Needs a hand. Its room is gone." in answer_text(who.answer)
    await who.choose("Rowan")
    assert "Room: Gone" in answer_text(who.answer)
    await who.press("Open a new room")
    assert "I am opening a new room." in answer_text(who.answer)
    await home.settle()

    anew = room(home, "Rowan")
    people = {*("mentor1", "mentor2", "mentee1", "mentee2", "mentee3", "mentee4")}
    assert anew.people == people
    everything = said(anew)
    assert all(f"Meet {one.title()}" in everything for one in people)
    assert "Your circle's earlier room is gone" in everything
    assert "hosts your first session" not in everything
    assert "1 of 6 has signed." in text_of(charter(anew))
    assert "A new room for Rowan" in [one.title for one in member.mail]
    await who.use("circle-admin health")
    assert "Its room is gone" not in answer_text(who.answer)

    await persona(home, "mentee2").press("Sign the charter", within=charter(anew))
    await home.settle()
    assert "2 of 6 have signed." in text_of(charter(room(home, "Rowan")))
    before = len(anew.messages)
    await home.move_on(WEEK)
    assert len(anew.messages) > before, "the weekly message comes to the new room"


async def test_the_notice_itself_has_the_button_and_a_second_press_opens_nothing(
    home: World,
) -> None:
    who = await published(home)
    home.paper.delete_room("Rowan")
    await home.move_on(2 * WEEK)
    (once,) = told(who)
    await who.press("Open a new room", within=once)
    await who.press("Open a new room", within=once)
    assert "open already" in answer_text(who.answer)
    await home.settle()
    assert [one.name for one in home.paper.rooms.values()].count("Rowan") == 1


async def test_several_rooms_lost_together_are_told_of_in_one_message(home: World) -> None:
    who = await published(home)
    rooms = [home.paper.delete_room(name) for name in ("Rowan", "Alder")]
    await tells(home, rooms[0])
    await tells(home, rooms[1])
    await home.move_on(timedelta(minutes=3))
    (once,) = told(who)
    assert once.title == "2 circles have lost their rooms"
    assert "Alder and Rowan" in text_of(once)
    await who.press("Open 2 new rooms", within=once)
    await home.settle()
    assert sorted(one.name for one in home.paper.rooms.values()) == ["Alder", "Rowan"]


async def test_a_room_can_be_lost_again(home: World) -> None:
    who = await published(home)
    for _ in range(2):
        await tells(home, home.paper.delete_room("Rowan"))
        await home.move_on(timedelta(minutes=3))
        await who.press("Open a new room", within=told(who)[-1])
        await home.settle()
    assert len(told(who)) == 2
    assert "Meet Mentee1." in said(room(home, "Rowan"))
    assert "Sign the charter" in text_of(charter(room(home, "Rowan")))


async def test_a_room_that_is_opened_again_is_gone_on_with(home: World) -> None:
    who = await published(home)
    key, sheet = next((k, s) for k, s in home.paper.rooms.items() if s.name == "Rowan")
    lost = home.paper.delete_room("Rowan")
    await tells(home, lost)
    home.paper.rooms[key] = sheet
    home.paper.deleted.clear()
    await tells(home, lost, found=True)
    await home.move_on(timedelta(minutes=3))
    assert told(who) == []
    await persona(home, "mentee1").press("Sign the charter", within=charter(sheet))
    await home.settle()
    assert "1 of 6 has signed." in text_of(charter(sheet))
    assert said(sheet).count("Meet Mentee1.") == 1


async def test_every_weekly_message_of_a_circle_without_a_room_has_its_end(home: World) -> None:
    await published(home)
    home.paper.delete_room("Rowan")
    await home.move_on(20 * WEEK)
    with unit_of(home) as unit:
        for circle in unit.circles.of_season(unit.seasons.latest().id):  # type: ignore[union-attr]
            assert circle.state is CircleState.ENDED
            assert not [one for one in unit.checkins.weeks_of(circle.id) if one.fate.open]
    with home.database.engine.connect() as connection:
        left = connection.exec_driver_sql(
            "SELECT count(*) FROM outbox WHERE state IN ('due', 'claimed')"
        ).scalar()
    assert left == 0


async def test_whoever_is_seated_while_there_is_no_room_is_introduced_in_the_new_one(
    home: World,
) -> None:
    who = await published(home)
    await gone(home, "mentee1")
    await joined_again(home, "mentee1")
    await tells(home, home.paper.delete_room("Rowan"))
    await home.move_on(timedelta(minutes=3))
    await seated(home, who, "mentee1")
    assert "introduced as soon as the circle's room is open" in answer_text(who.answer)
    await who.press("Open a new room", within=told(who)[0])
    await home.settle()
    assert said(room(home, "Rowan")).count("Meet Mentee1") == 1


async def test_members_cannot_open_rooms(home: World) -> None:
    who = await published(home)
    await tells(home, home.paper.delete_room("Rowan"))
    await home.move_on(timedelta(minutes=3))
    (once,) = told(who)
    await persona(home, "mentee1").press("Open a new room", within=once)
    await home.settle()
    assert "Rowan" not in [one.name for one in home.paper.rooms.values()]


async def test_rooms_that_are_not_ours_are_nobodys_business(home: World) -> None:
    who = await published(home)
    await tells(home, RoomRef(ref("somewhere-else")))
    await home.move_on(timedelta(minutes=3))
    assert told(who) == []

"""A circle's channel is archived, deleted, or the app is taken out of it, told or untold."""

import pytest

from adapters.slack import ids
from adapters.slack.manifest import manifest
from bot import config
from bot.core.boundary.events import Event, RoomFound, RoomLeft, RoomsLost
from bot.core.boundary.views import Message, Paragraph
from bot.core.programme.circles.model import Circle, CircleState
from bot.core.programme.drafts.model import Draft, DraftCircle
from bot.core.programme.members.model import Role
from bot.shell.ports import LetIn, Parcel, PostInRoom, Task, Undeliverable
from tests.adapters.slack.running import Running
from tests.adapters.slack.season import bring_in, rooms
from tests.core.features.desk.makers import people_csv, row
from tests.platforms.slack.model import Conversation, Workspace
from tests.platforms.slack.person import Person, text_of
from tests.platforms.slack.server import SlackServer

PATIENCE = 90.0
"""Seconds: machines may be busy."""
HELLO = Message("", (Paragraph(("Hello",)),))


def circles(bot: Running, home: Workspace) -> list[Circle]:
    """The circles as the core has them."""
    with bot.database.unit(ids.community(home.id), None, bot.app.clock.now()) as unit:
        season = unit.seasons.current()
        return list(unit.circles.of_season(season.id)) if season else []


async def _published(
    server: SlackServer, home: Workspace, bot: Running
) -> tuple[Person, list[Conversation]]:
    """A moderator, and one circle that meets, without looking for it first."""
    rosa = Person(server, home, server.user(home, "Rosa", admin=True))
    everybody = ["mentor"] * 2 + ["mentee"] * 4
    rows = [row(server.user(home, f"{role} {n}").id, role) for n, role in enumerate(everybody)]
    await bring_in(rosa, people_csv(rows))
    with bot.database.unit(ids.community(home.id), None, bot.app.clock.now()) as unit:
        season = unit.seasons.current()
        assert season
        roles = {one.person: one.role for one in unit.members.all()}
        mentors = tuple(who for who, role in roles.items() if role is not Role.MENTEE)
        mentees = tuple(who for who, role in roles.items() if role is Role.MENTEE)
        unit.desk.save(Draft(season.id, 1, (DraftCircle("Rowan", mentors, mentees),), back=0))
    await rosa.command("/circle-admin publish")
    await rosa.press("Yes, open these circles")
    await rosa.until(
        lambda: any(said(room, "The charter") for room in rooms(home)), "the room", PATIENCE
    )
    return rosa, rooms(home)


def said(room: Conversation, words: str) -> int:
    """How many messages in a room have these words."""
    return sum(words in text_of(one.blocks) for one in room.messages)


async def test_an_archived_channel_is_told_of_and_one_button_opens_another(
    server: SlackServer, home: Workspace, bot: Running
) -> None:
    rosa, opened = await _published(server, home, bot)
    lost = opened[0]
    await server.archive(home, lost)
    await rosa.until(
        lambda: any(one.state is CircleState.LOST for one in circles(bot, home)),
        "the news",
        PATIENCE,
    )
    await rosa.command("/circle-admin health")
    assert "Its room is gone." in rosa.text
    (circle,) = (one for one in circles(bot, home) if one.state is CircleState.LOST)
    await rosa.choose(circle.name)
    await rosa.press("Open a new room")
    await rosa.until(lambda: len(rooms(home)) == len(opened) + 1, "a room", PATIENCE)
    anew = rooms(home)[-1]
    await rosa.until(lambda: said(anew, "The charter"), "its charter", PATIENCE)
    assert sorted(anew.invited) == sorted(lost.invited)
    assert anew.name != lost.name
    assert said(anew, "earlier room is gone") == 1
    assert said(anew, "Meet ") == len(circle.people)


async def test_being_taken_out_of_a_channel_and_its_being_opened_again_are_heard_of(
    server: SlackServer, home: Workspace, bot: Running
) -> None:
    rosa, opened = await _published(server, home, bot)
    await server.take_out(home, opened[0])
    await rosa.until(
        lambda: any(one.state is CircleState.LOST for one in circles(bot, home)),
        "the news",
        PATIENCE,
    )
    opened[0].members.append(home.bot_user)
    await server.event(home, {"type": "group_unarchive", "channel": opened[0].id, "user": "U0"})
    await rosa.until(
        lambda: all(one.state is CircleState.MEETING for one in circles(bot, home)),
        "the news",
        PATIENCE,
    )


@pytest.mark.parametrize("how", ["archived", "taken out", "deleted"])
async def test_a_loss_that_was_not_told_is_found_at_the_next_call(
    server: SlackServer, home: Workspace, bot: Running, how: str
) -> None:
    _, opened = await _published(server, home, bot)
    if how == "archived":
        await server.archive(home, opened[0], tell=False)
    elif how == "taken out":
        await server.take_out(home, opened[0], tell=False)
    else:
        del home.conversations[opened[0].id]
    room, someone = ids.room(opened[0].id), ids.person(opened[0].invited[0])
    tasks: tuple[Task, ...] = (PostInRoom(room, HELLO), LetIn(room, someone))
    for number, task in enumerate(tasks):
        with pytest.raises(Undeliverable) as never:
            await bot.slack.deliver(Parcel(f"k{number}", ids.community(home.id), task))
        assert never.value.why.value == "lost"


async def test_news_of_channels_that_are_not_ours_changes_nothing(
    server: SlackServer, home: Workspace, bot: Running
) -> None:
    seen: list[Event] = bot.events()
    await server.event(home, {"type": "group_archive", "channel": "C0STRANGE", "user": "U0"})
    await server.event(home, {"type": "group_unarchive", "channel": "C0STRANGE", "user": "U0"})
    await server.event(
        home, {"type": "member_left_channel", "channel": "C0STRANGE", "user": "U0", "team": home.id}
    )
    assert [type(one) for one in seen] == [RoomsLost, RoomFound, RoomLeft]


def test_the_manifest_asks_for_the_news_that_its_permissions_allow() -> None:
    asked = manifest(config.Slack())["settings"]["event_subscriptions"]["bot_events"]
    assert {"group_archive", "group_deleted", "group_left", "group_unarchive"} <= set(asked)

"""Whoever left a circle's channel, or the circle itself, is noticed and let in again."""

from tests.adapters.slack.ending import everything_ended
from tests.adapters.slack.running import Running
from tests.adapters.slack.season import bring_in, many, match_and_publish, rooms, small_circles
from tests.platforms.slack.model import Conversation, Workspace
from tests.platforms.slack.person import Person, text_of
from tests.platforms.slack.server import SlackServer

IN_AGAIN = "Let me in again"


async def published(server: SlackServer, home: Workspace) -> tuple[Person, Person, Conversation]:
    """A moderator, a mentee of a circle and its channel."""
    rosa = Person(server, home, server.user(home, "Rosa", admin=True))
    file = many(server, home, 1)
    await small_circles(rosa)
    await bring_in(rosa, file)
    await match_and_publish(rosa)
    await rosa.until(lambda: rooms(home) and len(rooms(home)[0].invited) == 3, "the room")
    (room,) = rooms(home)
    return rosa, Person(server, home, home.users[room.invited[-1]]), room


async def test_who_left_their_channel_is_noticed_and_let_in_however_often(
    server: SlackServer, home: Workspace, bot: Running
) -> None:
    _, member, room = await published(server, home)
    await everything_ended(bot)
    said = len(room.messages)
    for line in ("/circle status", "/circle join", "/circle help"):
        await server.leave_channel(home, member.user.id, room.id)
        await member.command(line)
        assert IN_AGAIN in member.text
        await member.press(IN_AGAIN)
        await member.until(lambda: member.user.id in room.members, "being let in")
        await everything_ended(bot)
    await member.command("/circle status")
    assert IN_AGAIN not in text_of(member.messages[-1].blocks)
    assert len([one for one in room.messages if not one.only]) == said


async def test_who_was_let_in_by_somebody_else_is_offered_nothing(
    server: SlackServer, home: Workspace, bot: Running
) -> None:
    _, member, room = await published(server, home)
    await everything_ended(bot)
    await server.leave_channel(home, member.user.id, room.id)
    await server.join_channel(home, member.user.id, room.id, by=room.invited[0])
    await member.command("/circle status")
    assert IN_AGAIN not in member.text


async def test_who_leaves_and_is_placed_again_is_in_the_channel_again_every_time(
    server: SlackServer, home: Workspace, bot: Running
) -> None:
    rosa, member, room = await published(server, home)
    await everything_ended(bot)
    told = len(member.mail)
    name = room.name.rpartition("-")[0].title()
    for times in range(1, 3):
        await member.command("/circle leave")
        await member.press("Leave")
        await member.until(lambda: member.user.id not in room.members, "being let out")
        await member.command("/circle join")
        while "submit" in member.modal.view:  # the last page only says what came of it
            await member.fill()
        member.close()
        await rosa.command(f"/circle-admin place person:<@{member.user.id}>")
        await rosa.press(f"Seat in {name}")
        await member.until(lambda: member.user.id in room.members, "being let in")
        await everything_ended(bot)
        assert len(member.mail) == told + times
        met = [one for one in room.messages if f"Meet <@{member.user.id}>" in text_of(one.blocks)]
        assert len(met) == 1

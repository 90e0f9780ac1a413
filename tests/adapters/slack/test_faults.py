"""Calls fail before and after they take effect: nothing is doubled, and nothing silently lost."""

from collections import Counter
from pathlib import Path

from tests.adapters.slack.ending import everything_ended, no_call_within_a_retry_after, states
from tests.adapters.slack.running import Running, bot_running
from tests.adapters.slack.season import bring_in, match_and_publish, rooms, settle_in
from tests.platforms.slack.model import Workspace
from tests.platforms.slack.server import SlackServer


async def test_a_third_of_all_calls_fail_while_circles_are_published(
    server: SlackServer, home: Workspace, bot: Running
) -> None:
    rosa, _, file = settle_in(server, home)
    await bring_in(rosa, file)
    server.faults.methods = frozenset(
        {
            "conversations.create",
            "conversations.invite",
            "conversations.open",
            "chat.postMessage",
        }
    )
    await rosa.command("/circle-admin match effort:quick")
    await rosa.until(lambda: rosa.mail, "the draft")
    server.faults.before = server.faults.after = server.faults.busy = 0.12
    await rosa.command("/circle-admin publish")
    await rosa.press("Yes, open these circles")
    await everything_ended(bot)
    server.faults.before = server.faults.after = server.faults.busy = 0.0

    names = [room.name for room in rooms(home)]
    circles = {name.rpartition("-")[0] for name in names}
    assert len(names) == len(circles) >= 1
    for room in rooms(home):
        assert Counter(room.invited).most_common(1)[0][1] == 1
        said = Counter(repr(one.blocks[0].get("block_id")) for one in room.messages)
        assert said.most_common(1)[0][1] == 1
    arrived = sum(len(one.messages) for one in home.conversations.values() if one.private)
    assert {one.status for one in server.calls} == {0, 200, 429, 500}
    lost = states(bot)["uncertain"]
    assert 0 < len(bot.database.uncertain()) == lost
    assert arrived > 0
    no_call_within_a_retry_after(server)


async def test_a_channel_opened_when_the_connection_broke_off_is_found_again(
    server: SlackServer, home: Workspace, bot: Running
) -> None:
    rosa, _, file = settle_in(server, home)
    await bring_in(rosa, file)
    server.faults.methods = frozenset({"conversations.create"})
    server.faults.after = 1.0
    await match_and_publish(rosa)
    await rosa.until(lambda: server.made("conversations.create"), "a channel")
    server.faults.after = 0.0
    await everything_ended(bot)
    assert len({room.name.rpartition("-")[0] for room in rooms(home)}) == len(rooms(home))
    assert all(room.messages for room in rooms(home))


async def test_somebody_who_takes_no_messages_is_noted_and_left_alone(
    server: SlackServer, home: Workspace, bot: Running
) -> None:
    rosa, _, file = settle_in(server, home)
    await bring_in(rosa, file)
    rosa.user.refuses_messages = True
    await rosa.command("/circle-admin match effort:quick", wait=False)
    await everything_ended(bot)
    tries = [one for one in server.calls if one.answer.get("error") == "cannot_dm_bot"]
    assert len(tries) >= 1
    assert states(bot)["failed"] == len(tries)


async def test_group_conversations_in_the_place_of_channels(
    server: SlackServer, home: Workspace, tmp_path: Path
) -> None:
    home.scopes |= {"mpim:write"}
    async with bot_running(server, tmp_path, home=home, rooms="group_dms") as bot:
        await server.connected()
        rosa, _, file = settle_in(server, home)
        await bring_in(rosa, file)
        await match_and_publish(rosa)
        await rosa.until(lambda: server.made("conversations.open"), "a conversation")
        await everything_ended(bot)
        assert rooms(home) == []
        groups = [one for one in home.conversations.values() if one.id.startswith("G")]
        assert max(len(one.messages) for one in groups) > 3

"""Many circles are published while everything goes wrong that can."""

import asyncio
import json
from collections import Counter

import pytest

from tests.adapters.slack.ending import everything_ended, no_call_within_a_retry_after, states
from tests.adapters.slack.running import Running
from tests.adapters.slack.season import bring_in, many, rooms, small_circles
from tests.platforms.slack.model import Call, Conversation, Json, Workspace
from tests.platforms.slack.person import Person, text_of
from tests.platforms.slack.server import SlackServer
from tests.sizes import SIZES

PATIENCE = 1200.0
"""Seconds. Slack lets twenty channels a minute be opened, so the whole takes some four minutes."""


@pytest.mark.parametrize("full", SIZES)
async def test_circles_open_once_whatever_fails_while_they_are_published(
    full: bool, server: SlackServer, home: Workspace, bot: Running
) -> None:
    circles, drops = (40, 100) if full else (8, 30)
    rosa = Person(server, home, server.user(home, "Rosa", admin=True))
    people = many(server, home, circles)
    await small_circles(rosa)
    await bring_in(rosa, people)
    await rosa.command("/circle-admin match effort:quick")
    draft = f"{circles} circles for {3 * circles} people"
    await rosa.until(lambda: draft in rosa.text, "the draft", PATIENCE)

    faults = server.faults
    faults.before = faults.after = faults.busy = 0.1
    faults.double_envelopes = True
    dropping = asyncio.create_task(_drop_again_and_again(server, drops))
    await rosa.command("/circle-admin publish", wait=False)
    await rosa.sees("Yes, open these circles")
    await rosa.press("Yes, open these circles", wait=False)
    curious = [Person(server, home, server.user(home, f"Curious {n}")) for n in range(10)]
    for one in curious:
        await one.command("/circle status", wait=False)
    await everything_ended(bot, PATIENCE)
    await asyncio.wait_for(dropping, PATIENCE)

    opened = rooms(home)
    assert len(opened) == len({room.name.rpartition("-")[0] for room in opened}) == circles
    assert all(len(room.invited) == 3 for room in opened)
    invited = Counter(user for room in opened for user in room.invited)
    assert len(invited) == 3 * circles
    assert set(invited.values()) == {1}

    assert all(_introductions(room) <= 1 for room in opened)
    welcomed = next(room for room in opened if _introductions(room))
    said = "\n".join(text_of(one.blocks) for one in welcomed.messages)
    assert "the owners of the workspace may be able to export what is written here" in said
    twice = Counter(_reference(call.arguments) for call in _posts(server) if call.answer.get("ok"))
    assert set(twice.values()) == {1}
    # Whatever got no answer may or may not have arrived, and each such message is listed.
    unknown = {_reference(call.arguments) for call in _posts(server) if call.status in {0, 500}}
    assert len(bot.database.uncertain()) == states(bot)["uncertain"] == len(unknown) > 0
    assert states(bot).keys() <= {"sent", "uncertain"}
    no_call_within_a_retry_after(server)
    for one in curious:
        assert len([message for message in one.messages if message.only == one.user.id]) == 1


async def _drop_again_and_again(server: SlackServer, times: int) -> None:
    for _ in range(times):
        await asyncio.sleep(0.1)
        await server.drop()
        await server.connected()


def _posts(server: SlackServer) -> list[Call]:
    return [one for one in server.calls if one.method == "chat.postMessage"]


def _reference(arguments: Json) -> str:
    """What a message's delivery is called on the wire."""
    blocks = arguments["blocks"]
    drawn = json.loads(blocks) if isinstance(blocks, str) else blocks
    return str(drawn[0]["block_id"])


def _introductions(room: Conversation) -> int:
    return sum("Welcome" in text_of(one.blocks) for one in room.messages)

"""Proxies, GovSlack and test servers: what says less than Slack does, or cannot do all of it."""

from pathlib import Path
from typing import Any

import pytest

from adapters.slack import ids
from bot.core.boundary.events import Actor, ActorSeen, Right
from tests.adapters.slack.ending import everything_ended, states
from tests.adapters.slack.process import install, process
from tests.adapters.slack.running import Running, bot_running
from tests.adapters.slack.season import bring_in, match_and_publish, rooms, settle_in
from tests.platforms.slack.model import Workspace
from tests.platforms.slack.person import Person
from tests.platforms.slack.server import SlackServer


@pytest.mark.parametrize("mode", ["socket", "http"])
async def test_a_server_that_says_no_more_than_it_must(
    server: SlackServer, home: Workspace, tmp_path: Path, mode: str
) -> None:
    server.terse = True
    server.api.other_words_for_yes.clear()
    rosa, _, file = settle_in(server, home)
    mei = Person(server, home, server.user(home, "Mei"))
    named = {"mode": mode, "moderators": (rosa.user.id,)}
    async with bot_running(server, tmp_path, home=home, **named) as bot:  # type: ignore[arg-type]
        await mei.command("/circle join")
        await mei.type({"What would you like to be?": "Mentee"})
        await mei.cancel()
        await mei.command("/circle join")
        await mei.fill({"What do you hope for? (as a mentee)": ["Confidence"]})
        await mei.fill({"Your city or time zone": "Taipei"})
        await mei.fill()
        await mei.sees("You are in.")
        mei.close()
        for _ in range(2):
            await mei.open_home()
            await rosa.open_home()
            assert "no season" in str(rosa.home).lower()
        if mode == "socket":
            await bring_in(rosa, file)
            await match_and_publish(rosa)
            await rosa.until(lambda: all(room.messages for room in rooms(home)) and rooms(home))
            await everything_ended(bot)
            assert states(bot).keys() == {"sent"}


@pytest.mark.parametrize("status", [200, 501])
async def test_methods_that_a_server_does_not_have_are_done_without(
    server: SlackServer,
    home: Workspace,
    tmp_path: Path,
    status: int,
    caplog: pytest.LogCaptureFixture,
) -> None:
    server.unknown = dict.fromkeys(
        (
            "views.publish",
            "users.list",
            "usergroups.users.list",
            "conversations.list",
            "files.getUploadURLExternal",
            "chat.update",
        ),
        status,
    )
    rosa, _, file = settle_in(server, home)
    named = (rosa.user.id, "S0GROUP")
    home.scopes |= {"usergroups:read"}
    async with bot_running(server, tmp_path, home=home, moderators=named) as bot:
        await server.connected()
        await server.event(home, {"type": "app_home_opened", "user": rosa.user.id, "tab": "home"})
        await rosa.command("/circle-admin setup")
        await bring_in(rosa, file)
        await match_and_publish(rosa)
        await rosa.until(lambda: all(room.messages for room in rooms(home)) and rooms(home))
        await everything_ended(bot)
        await rosa.command("/circle mydata")
        await rosa.sees("may not have come through")
    assert {"failed", "sent"} >= states(bot).keys()
    said = [record for record in caplog.records if record.name == "banyan.slack"]
    assert any(getattr(one, "method", "") == "views.publish" for one in said)
    assert not [one for one in caplog.records if one.name == "banyan.blunders"]


async def test_where_no_conversation_can_be_opened_a_person_is_the_place(
    server: SlackServer, home: Workspace, bot: Running
) -> None:
    server.unknown = {"conversations.open": 404}
    await bot.app.dispatcher.receive(
        ActorSeen("seen", bot.app.clock.now(), ids.community(home.id), _moderator(server, home))
    )
    mei = Person(server, home, server.user(home, "Mei"))
    await mei.command("/circle report")
    await mei.fill({"What happened?": "Somebody posted my address."})
    await everything_ended(bot)
    assert states(bot).keys() == {"sent"}
    assert len(server.made("chat.postMessage")) == 1


def _moderator(server: SlackServer, home: Workspace) -> Actor:
    user = server.user(home, "Rosa", admin=True)
    return Actor(ids.person(user.id), "Rosa", rights=frozenset({Right.MODERATOR}))


async def test_what_nobody_asked_for_is_acknowledged(
    server: SlackServer, home: Workspace, bot: Running
) -> None:
    """A server that gets no acknowledgement sends it again, and some count it as a failure."""
    mei = Person(server, home, server.user(home, "Mei"))
    await server.event(
        home, {"type": "message", "user": mei.user.id, "text": "hi", "channel": "D1"}
    )
    await server.event(home, {"type": "never_heard_of", "user": mei.user.id})
    asked: list[dict[str, Any]] = [
        {"type": "shortcut", "callback_id": "x"},
        {"type": "message_action", "callback_id": "x", "message": {"ts": "1.2"}},
        {"type": "block_suggestion", "action_id": "x", "block_id": "y", "value": "z"},
    ]
    for one in asked:
        user = {"id": mei.user.id, "team_id": home.id}
        await server.deliver("interactive", one | {"user": user, "team": {"id": home.id}})
    await mei.command("/banyan")
    await mei.sees("What you can do here")


async def test_an_answer_that_is_no_json_is_uncertain_and_no_blunder(
    server: SlackServer, home: Workspace, bot: Running, caplog: pytest.LogCaptureFixture
) -> None:
    mei = Person(server, home, server.user(home, "Mei"))
    server.plain = frozenset({"users.info", "views.open"})
    await mei.command("/circle join", wait=False)
    await mei.sees("Continue")
    assert not [one for one in caplog.records if one.name == "banyan.blunders"]


async def test_installing_from_a_server_that_says_no_more_than_it_must(
    server: SlackServer, tmp_path: Path
) -> None:
    server.terse = server.reads_bodies_alone = True
    first = server.workspace("First", installed=False)
    async with process(server, tmp_path, mode="http") as bot:
        await install(server, bot.address, first)
        mei = Person(server, first, server.user(first, "Mei"))
        await mei.command("/circle status")
        await mei.sees("You have not joined yet")

"""What comes from Slack: once, however often it is sent, and only when it is Slack's."""

import asyncio
import json
import time
from io import BytesIO
from pathlib import Path
from urllib.parse import urlencode

import aiohttp
import pytest

from adapters.slack import ids
from adapters.slack.web import Replays
from bot.core.boundary.events import CommunityGone, Event
from bot.core.boundary.outcome import Answer
from bot.shell.ports import OpenRoom, Parcel, Refused, TryLater, Undeliverable
from tests.adapters.slack.running import Running, bot_running
from tests.platforms.slack.model import Workspace, new_id
from tests.platforms.slack.person import Person, text_of
from tests.platforms.slack.server import SlackServer

_NOT_YET = "You have not joined yet"


def _person(server: SlackServer, home: Workspace, name: str, **more: object) -> Person:
    return Person(server, home, server.user(home, name, **more))


async def test_envelopes_delivered_twice_are_answered_once(
    server: SlackServer, home: Workspace, bot: Running
) -> None:
    server.faults.double_envelopes = True
    mei = _person(server, home, "Mei")
    await mei.command("/circle status")
    await asyncio.sleep(0.5)
    assert len([one for one in mei.messages if one.only]) == 1


async def test_sockets_may_drop_again_and_again(
    server: SlackServer, home: Workspace, bot: Running
) -> None:
    mei = _person(server, home, "Mei")
    for _ in range(10):
        await server.drop()
        await server.connected()
    server.faults.drop_before_ack = 1
    await mei.command("/circle status", wait=False)
    await mei.sees(_NOT_YET)
    await server.rotate()
    await asyncio.sleep(0.3)
    await server.connected()
    await mei.command("/circle help")
    await asyncio.sleep(0.3)
    assert len([one for one in mei.messages if _NOT_YET in text_of(one.blocks)]) == 1


async def test_a_form_that_comes_too_late_is_a_press_away(
    server: SlackServer, home: Workspace, bot: Running
) -> None:
    mei = _person(server, home, "Mei")
    server.api.triggers.good_for = 0.0
    await mei.command("/circle join")
    await mei.sees("Nothing is lost")
    server.api.triggers.good_for = 3.0
    await mei.press("Continue")
    assert mei.modal.view["title"]["text"].startswith("Join")


async def test_a_slow_decision_is_acknowledged_in_time_and_shown_when_it_is_there(
    server: SlackServer, home: Workspace, bot: Running
) -> None:
    receive = bot.app.dispatcher.receive

    async def slowly(event: Event) -> Answer:
        await asyncio.sleep(2.6)
        return await receive(event)

    mei = _person(server, home, "Mei")
    await mei.command("/circle join")
    bot.app.dispatcher.receive = slowly  # type: ignore[method-assign]
    await mei.fill({"What would you like to be?": "Mentor"})
    assert "One moment" not in mei.text
    assert "Please" in text_of(mei.modal.view["blocks"])
    mei.close()
    await mei.command("/circle status")
    assert len(mei.messages) == 1


async def test_slack_may_be_slow_to_say_who_somebody_is(
    server: SlackServer, home: Workspace, tmp_path: Path
) -> None:
    home.scopes |= {"usergroups:read"}
    home.groups |= {"S1": [], "S2": [], "S3": []}
    mei = _person(server, home, "Mei")
    others = [server.user(home, f"Other {n}") for n in range(3)]
    moderators = ("S1", "S2", "S3")
    async with bot_running(server, tmp_path, home=home, moderators=moderators):
        await server.connected()
        await mei.command("/circle report")
        server.faults.slow = 5.0
        server.faults.methods = frozenset({"users.info", "usergroups.users.list"})
        await mei.fill({"Is it about somebody?": others[0], "What happened?": "Shouting."})
        mei.close()
        mentions = " ".join(f"<@{one.id}|other>" for one in others[1:])
        await mei.command(f"/circle-admin swap {mentions}", wait=False)
        await mei.sees("Only moderators")


async def test_people_of_another_workspace_cannot_be_chosen(
    server: SlackServer, home: Workspace, bot: Running
) -> None:
    guest = server.user(home, "Guest", team="T0OTHER")
    mei = _person(server, home, "Mei")
    await mei.command("/circle report")
    await mei.fill({"Is it about somebody?": guest})
    assert list(mei.problems.values()) == ["Please choose people of this workspace."]


async def test_moderators_are_asked_about_at_every_event(
    server: SlackServer, home: Workspace, bot: Running
) -> None:
    rosa = _person(server, home, "Rosa", admin=True)
    await rosa.command("/circle-admin season action:show")
    assert "Only moderators" not in rosa.text
    rosa.user.admin = False
    await rosa.command("/circle-admin season action:show")
    assert "Only moderators" in text_of(rosa.messages[-1].blocks)


async def test_moderators_may_be_listed_or_in_a_user_group(
    server: SlackServer, home: Workspace, tmp_path: Path
) -> None:
    listed, grouped, other = (_person(server, home, name) for name in ("Ana", "Bo", "Cy"))
    home.groups["S1"] = [grouped.user.id]
    home.scopes |= {"usergroups:read"}
    moderators = (listed.user.id, "S1")
    async with bot_running(server, tmp_path, home=home, moderators=moderators):
        await server.connected()
        for person, may in ((listed, True), (grouped, True), (other, False)):
            await person.command("/circle-admin season action:show")
            assert ("Only moderators" in person.text) is not may


async def test_somebody_of_another_workspace_is_a_stranger(
    server: SlackServer, home: Workspace, bot: Running
) -> None:
    guest = _person(server, home, "Guest", team="T0OTHER", admin=True)
    await guest.command("/circle join")
    assert "another workspace" in guest.text
    await guest.command("/circle-admin season action:show")
    assert "another workspace" in text_of(guest.messages[-1].blocks)
    assert guest.modals == []


async def test_unknown_words_open_help(server: SlackServer, home: Workspace, bot: Running) -> None:
    mei = _person(server, home, "Mei")
    for words in ("/circle", "/circle dance with me", '/circle "status', "/circle-admin"):
        await mei.command(words)
        assert "What you can do here" in text_of(mei.messages[-1].blocks)


async def test_a_signature_must_be_slacks_and_fresh_and_new(
    server: SlackServer, home: Workspace, by_http: Running
) -> None:
    mei = _person(server, home, "Mei")
    payload = mei.command_payload("/circle", "status")
    body, content_type = server.encoded("slash_commands", payload)
    url, kind = f"{by_http.address}/slack/events", {"Content-Type": content_type}
    good = server.signed(body)
    old = server.signed(body, time.time() - 400)
    forged = good | {"X-Slack-Signature": "v0=" + "0" * 64}
    large = urlencode({"text": "x" * (2 << 20)})
    async with aiohttp.ClientSession() as anybody:

        async def sent(headers: dict[str, str], what: str = body) -> int:
            async with anybody.post(
                url, data=BytesIO(what.encode()), headers=headers | kind
            ) as answer:
                return answer.status

        assert await sent({}) == 401
        assert await sent(forged) == 401
        assert await sent(old) == 401
        assert await sent(server.signed(large), large) == 413
        await asyncio.sleep(0.3)
        assert mei.messages == []
        assert await sent(good) == 200
        await mei.sees(_NOT_YET)
        assert await sent(good) == 403
        await asyncio.sleep(0.3)
        assert len(mei.messages) == 1


async def test_what_slack_did_not_sign_crowds_out_nothing_that_it_did(
    server: SlackServer, home: Workspace, by_http: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.slack.web._MANY", 5)
    mei = _person(server, home, "Mei")
    body, content_type = server.encoded("slash_commands", mei.command_payload("/circle", "status"))
    url, kind = f"{by_http.address}/slack/events", {"Content-Type": content_type}
    good = server.signed(body)
    async with aiohttp.ClientSession() as anybody:

        async def sent(headers: dict[str, str]) -> int:
            async with anybody.post(url, data=body, headers=headers | kind) as answer:
                return answer.status

        assert await sent(good) == 200
        for n in range(10):
            assert await sent(good | {"X-Slack-Signature": f"v0={n:064}"}) == 401
        assert await sent(good) == 403


def test_signatures_are_remembered_up_to_a_number_and_the_oldest_go_first() -> None:
    replays = Replays()
    for n in range(20_000):
        assert not replays.again(f"v0={n}")
    assert replays.again("v0=0"), "of any normal load, all"
    for n in range(20_000, 20_010):
        assert not replays.again(f"v0={n}")
    assert len(replays) == 20_000
    assert replays.again("v0=10")
    assert not replays.again("v0=5")


async def test_acknowledgements_are_kept_up_to_a_number(
    server: SlackServer, home: Workspace, bot: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.slack.errands._MANY", 2)
    mei = _person(server, home, "Mei")
    errands = bot.slack._errands
    assert errands is not None
    for _ in range(4):
        await mei.command("/circle status")
    assert len(errands._acknowledged) == 2
    assert len([one for one in mei.messages if one.only]) == 4


async def test_an_event_sent_again_by_slack_is_one_event(
    server: SlackServer, home: Workspace, by_http: Running
) -> None:
    leaving = server.user(home, "Leaving")
    mei = Person(server, home, leaving)
    await mei.command("/circle join")
    seen = by_http.events()
    user = {"id": leaving.id, "team_id": home.id, "deleted": True}
    for _ in range(3):
        await server.event(home, {"type": "user_change", "user": user}, event_id="Ev0")
    assert len({one.id for one in seen}) == 1


async def test_what_slack_asks_at_set_up_is_answered(
    server: SlackServer, home: Workspace, by_http: Running
) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "c", "token": "t"})
    headers = server.signed(body) | {"Content-Type": "application/json"}
    url = f"{by_http.address}/slack/events"
    async with (
        aiohttp.ClientSession() as slack,
        slack.post(url, data=body, headers=headers) as answer,
    ):
        assert (await answer.json())["challenge"] == "c"


@pytest.mark.parametrize("revoked", [False, True])
async def test_removing_the_app_is_honoured_at_once(
    server: SlackServer, home: Workspace, bot: Running, revoked: bool
) -> None:
    mei = _person(server, home, "Mei")
    await mei.command("/circle status")
    seen = bot.events()
    if revoked:
        await server.event(home, {"type": "tokens_revoked", "tokens": {"bot": [home.bot_user]}})
    else:
        await server.uninstall(home)
    assert [type(one) for one in seen] == [CommunityGone]
    calls = len(server.calls)
    await mei.command("/circle status", wait=False)
    assert len(server.calls) == calls


async def test_a_token_that_slack_refuses_is_told_to_the_operator(
    server: SlackServer, home: Workspace, tmp_path: Path
) -> None:
    stranger = Workspace(new_id("T"), "Nowhere", token="xoxb-wrong")
    with pytest.raises(Refused, match="SLACK_BOT_TOKEN"):
        async with bot_running(server, tmp_path, home=stranger):
            pass
    with pytest.raises(Refused, match="two tokens"):
        async with bot_running(server, tmp_path):
            pass
    server.forbidden["apps.connections.open"] = "missing_scope"
    with pytest.raises(Refused, match="connections:write"):
        async with bot_running(server, tmp_path, home=home):
            pass
    rotating = Workspace(new_id("T"), "Rotating", token="xoxe.xoxb-1-token")
    with pytest.raises(Refused, match="token rotation"):
        async with bot_running(server, tmp_path, home=rotating):
            pass


async def test_what_is_owed_waits_until_slack_has_told_where_we_are(
    server: SlackServer, home: Workspace, bot: Running
) -> None:
    starting = bot.another()
    parcel = Parcel("key", ids.community(home.id), OpenRoom("Oak"))
    with pytest.raises(TryLater) as later:
        await starting.deliver(parcel)
    assert not later.value.uncertain
    elsewhere = Parcel("key", ids.community("T0ELSE"), OpenRoom("Oak"))
    with pytest.raises(Undeliverable):
        await bot.slack.deliver(elsewhere)


async def test_somebody_who_presses_often_is_asked_about_once(
    server: SlackServer, home: Workspace, bot: Running
) -> None:
    mei, rosa = _person(server, home, "Mei"), _person(server, home, "Rosa", admin=True)
    for one in (mei, rosa):
        for _ in range(4):
            await one.command("/circle status")
    asked = [call.arguments["user"] for call in server.made("users.info")]
    assert asked.count(mei.user.id) == 1
    assert asked.count(rosa.user.id) == 4  # who moderates may do so no more
    mei.user.admin = True
    await mei.command("/circle-admin")
    assert "/circle-admin publish" in text_of(mei.messages[-1].blocks)

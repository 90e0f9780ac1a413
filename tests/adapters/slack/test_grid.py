"""Enterprise Grid: one organisation, many workspaces, and people of elsewhere in its channels."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.slack.decode import workspace
from bot.core.boundary.events import CommunityGone, MemberLeft
from tests.adapters.slack.process import install, process
from tests.adapters.slack.running import Running, bot_running
from tests.adapters.slack.season import bring_in, match_and_publish, rooms, settle_in
from tests.platforms.slack.model import User, Workspace
from tests.platforms.slack.person import Person, text_of
from tests.platforms.slack.server import SlackServer

_NOT_YET = "You have not joined yet"
_ELSEWHERE = "another workspace"


@pytest.fixture
def org(server: SlackServer) -> list[Workspace]:
    """An organisation of two workspaces, with the app in all of it."""
    made = server.organisation("North", "South")
    for one in made:
        one.scopes |= {"usergroups:read"}
        one.groups["S1"] = []
    return made


@pytest.fixture
async def everywhere(
    server: SlackServer, org: list[Workspace], tmp_path: Path
) -> AsyncIterator[Running]:
    """The bot in that organisation, by Socket Mode, under one token."""
    async with bot_running(server, tmp_path, home=org[0], moderators=("S1",)) as running:
        await server.connected()
        yield running


async def test_each_workspace_of_an_organisation_is_a_community_of_its_own(
    server: SlackServer, org: list[Workspace], everywhere: Running
) -> None:
    seen = everywhere.events()
    for at, name in zip(org, ("Mei", "Omar"), strict=True):
        who = Person(server, at, server.user(at, name))
        await who.command("/circle join")
        await who.fill({"What would you like to be?": "Mentor"})
        who.close()
        await who.open_home()
        assert _NOT_YET in text_of(who.home["blocks"])
        await who.press_at_home("Join")
        mine = {one.community.key for one in seen if who.user.id in repr(one)}
        assert mine == {at.id}


async def test_circles_open_in_the_workspace_that_they_belong_to(
    server: SlackServer, org: list[Workspace], everywhere: Running
) -> None:
    north, south = org
    rosa, _, file = settle_in(server, south)
    south.groups["S1"] = [rosa.user.id]
    rosa.user.admin = False  # moderates because of the user group alone
    await bring_in(rosa, file)
    await match_and_publish(rosa)
    await rosa.until(lambda: rooms(south) and rooms(south)[0].messages, "a room")
    assert rooms(north) == []
    created = server.made("conversations.create")
    assert {call.arguments["team_id"] for call in created} == {south.id}


async def test_who_belongs_to_a_workspace_is_what_the_organisation_says(
    server: SlackServer, org: list[Workspace], everywhere: Running
) -> None:
    north, south = org
    of_both = {"enterprise": north.enterprise, "teams": [north.id, south.id]}
    of_south = {"enterprise": north.enterprise, "teams": [south.id]}
    of_other = {"enterprise": "E0OTHER", "teams": ["T0OTHER"]}

    async def told(name: str, **more: object) -> str:
        who = Person(server, north, server.user(north, name, **more))
        await who.command("/circle status")
        return who.text

    assert _NOT_YET in await told("Colleague", team=south.id, **of_both)
    assert _ELSEWHERE in await told("Neighbour", team=south.id, **of_south)
    assert _ELSEWHERE in await told("Partner", team="T0OTHER", **of_other)
    assert _ELSEWHERE in await told("Customer", team="T0SMALL")


@pytest.mark.parametrize("whole", [False, True])
async def test_a_stranger_in_a_shared_room_can_press_and_nothing_comes_of_it(
    server: SlackServer, tmp_path: Path, whole: bool
) -> None:
    at = server.organisation("North")[0] if whole else server.workspace("North")
    async with bot_running(server, tmp_path, home=at) as bot:
        await server.connected()
        rosa, _, file = settle_in(server, at)
        await bring_in(rosa, file)
        await match_and_publish(rosa)
        await rosa.until(lambda: rooms(at) and rooms(at)[0].messages, "a room")
        room = rooms(at)[0]
        guest = Person(server, at, server.user(at, "Guest", team="T0OTHER", admin=True))
        room.members.append(guest.user.id)
        seen = bot.events()
        await guest.until(lambda: "[" in text_of(room.messages[-1].blocks), "something to press")
        label = text_of(room.messages[-1].blocks).rpartition("[")[2].partition("]")[0]
        await guest.press(label)
        assert _ELSEWHERE in text_of(guest.messages[-1].blocks)
        await guest.open_home()
        assert _ELSEWHERE in text_of(guest.home["blocks"])
        assert [event for event in seen if guest.user.id in repr(event)] == []


async def test_a_stranger_whom_slack_cannot_be_asked_about_stays_one(
    server: SlackServer, org: list[Workspace], everywhere: Running
) -> None:
    guest = Person(server, org[0], server.user(org[0], "Guest", team="T0OTHER"))
    mei = Person(server, org[0], server.user(org[0], "Mei"))
    await mei.command("/circle help")
    room = org[0].conversations[mei.general]
    room.messages[-1].only = ""  # as if it had been for everybody
    server.faults.methods, server.faults.before = frozenset({"users.info"}), 1.0
    seen = everywhere.events()
    await guest.press("Join", wait=False)
    await guest.sees(_ELSEWHERE)
    assert [event for event in seen if guest.user.id in repr(event)] == []


async def test_whoever_leaves_the_organisation_leaves_each_of_its_workspaces(
    server: SlackServer, org: list[Workspace], everywhere: Running
) -> None:
    north, south = org
    for at in org:
        await Person(server, at, server.user(at, "Mei")).command("/circle status")
    seen = everywhere.events()
    gone = _payload(north, server.user(north, "Leaving"))
    await server.event(north, {"type": "user_change", "user": gone | {"deleted": True}})
    assert {(type(event), event.community.key) for event in seen} >= {
        (MemberLeft, north.id),
        (MemberLeft, south.id),
    }


async def test_access_to_one_workspace_or_to_all_can_be_taken_away(
    server: SlackServer, org: list[Workspace], everywhere: Running
) -> None:
    north, south = org
    for at in org:
        await Person(server, at, server.user(at, "Mei")).command("/circle status")
    seen = everywhere.events()
    await server.event(north, {"type": "team_access_revoked", "team_ids": [south.id]})
    assert [event.community.key for event in seen] == [south.id]
    seen.clear()
    await server.uninstall(north)
    assert {type(event) for event in seen} == {CommunityGone}
    assert {event.community.key for event in seen} == {north.enterprise, north.id}


async def test_an_organisation_installs_by_oauth_once_for_all_its_workspaces(
    server: SlackServer, tmp_path: Path
) -> None:
    org = server.organisation("North", "South", installed=False)
    server.installed_everywhere.add(org[0].id)
    async with process(server, tmp_path, mode="http") as bot:
        await install(server, bot.address, org[0])
        for at in org:
            mei = Person(server, at, server.user(at, "Mei"))
            await mei.command("/circle status")
            assert _NOT_YET in mei.text
            await mei.open_home()
        before = org[0].token
        await install(server, bot.address, org[0])  # again: there is another token now
        assert org[1].token != before
        omar = Person(server, org[1], server.user(org[1], "Omar"))
        await omar.open_home()
        assert _NOT_YET in text_of(omar.home["blocks"])


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ({}, ""),
        ({"team": {"id": "T2"}, "team_id": "T9"}, "T2"),
        ({"view": {"app_installed_team_id": "E1", "team_id": "T3"}, "team": None}, "T3"),
        ({"view": {"app_installed_team_id": "T1"}, "team": {"id": "T2"}}, "T1"),
        ({"team": None, "user": {"id": "U1", "team_id": "T4"}}, ""),
        ({"team_id": "T5", "authorizations": [{"team_id": None}]}, "T5"),
        ({"team_id": "T5", "authorizations": [{"team_id": "T6"}]}, "T6"),
        ({"team_id": "E1"}, ""),
    ],
)
def test_the_workspace_is_found_wherever_slack_says_it(body: dict[str, object], found: str) -> None:
    assert workspace(body) == found


def _payload(at: Workspace, user: User) -> dict[str, object]:
    organisation = {"enterprise_id": user.enterprise, "teams": user.teams}
    return {"id": user.id, "team_id": at.id, "enterprise_user": organisation}

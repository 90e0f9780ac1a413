"""Moderators are known before they have done anything, and what the app lacks is told to them."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from bot.core.boundary.events import Actor, ActorSeen, Event
from tests.adapters.slack.running import Running, bot_running
from tests.platforms.slack.model import Workspace
from tests.platforms.slack.person import Person, text_of
from tests.platforms.slack.server import SCOPES, SlackServer


def _person(server: SlackServer, home: Workspace, name: str, **more: Any) -> Person:
    return Person(server, home, server.user(home, name, **more))


async def _reports(who: Person, about: Person) -> None:
    await who.command("/circle report")
    await who.fill({"Is it about somebody?": about.user, "What happened?": "Shouting."})
    who.close()


async def test_a_report_reaches_an_admin_who_has_never_used_the_bot(
    server: SlackServer, home: Workspace, tmp_path: Path
) -> None:
    for n in range(7):
        server.user(home, f"Member {n}")
    ana, bo = (_person(server, home, name, admin=True) for name in ("Ana", "Bo"))
    mei = _person(server, home, "Mei")
    async with bot_running(server, tmp_path, home=home):
        await server.connected()
        await ana.until(lambda: len(server.made("users.list")) == 4, "every page")
        await _reports(mei, about=ana)
        await bo.until(lambda: bo.mail, "the report")
        assert ana.mail == []


async def test_moderators_named_in_the_settings_are_told_of_and_no_others(
    server: SlackServer, home: Workspace, tmp_path: Path
) -> None:
    names = ("Ana", "Bo", "Cy", "Di")
    ana, bo, cy, di = (_person(server, home, name, admin=name == "Ana") for name in names)
    home.scopes |= {"usergroups:read"}
    home.groups["S1"] = [bo.user.id]
    async with bot_running(server, tmp_path, home=home, moderators=("S1", cy.user.id)) as bot:
        await server.connected()
        await cy.until(lambda: len(server.made("users.info")) == 2, "both were asked about")
        assert server.made("users.list") == []
        mei = _person(server, home, "Mei")
        await _reports(mei, about=ana)
        await bo.until(lambda: bo.mail and cy.mail, "the report")
        assert ana.mail == []

        home.groups["S1"] = [di.user.id]
        seen = bot.events()
        event = {"type": "subteam_members_changed", "subteam_id": "S1"}
        changed = {"added_users": [di.user.id], "removed_users": [bo.user.id]}
        await server.event(home, event | changed)
        await di.until(lambda: len(seen) == 2, "both were told of")
        rights = {one.name: bool(one.rights) for one in _seen(seen)}
        assert rights == {"Bo": False, "Di": True}


async def test_nobody_loses_a_right_because_slack_cannot_be_asked(
    server: SlackServer, home: Workspace, tmp_path: Path
) -> None:
    home.scopes |= {"usergroups:read"}
    ana = _person(server, home, "Ana")
    home.groups["S1"] = [ana.user.id]
    async with bot_running(server, tmp_path, home=home, moderators=("S1",)) as bot:
        await server.connected()
        await ana.command("/circle-admin season action:show")
        seen = bot.events()
        event = {"type": "subteam_members_changed", "added_users": [ana.user.id]}
        for methods in ({"usergroups.users.list"}, {"users.info"}, set[str]()):
            server.faults.before, server.faults.methods = 1.0 * bool(methods), frozenset(methods)
            await server.event(home, event)
            await asyncio.sleep(0.2)
        await ana.until(lambda: seen, "her being told of")
        assert all(one.rights for one in _seen(seen))


async def test_becoming_an_admin_and_being_one_no_more_is_noticed(
    server: SlackServer, home: Workspace, bot: Running
) -> None:
    ana = _person(server, home, "Ana")
    seen = bot.events()
    for admin in (False, True, False, False):
        ana.user.admin = admin
        user = {"id": ana.user.id, "team_id": home.id, "is_admin": admin}
        await server.event(home, {"type": "user_change", "user": user})
        await ana.command("/circle help")
    rights = [bool(one.rights) for one in _seen(seen)]
    assert rights == [True, False]


async def test_setup_says_which_permissions_are_missing_and_where_to_add_them(
    server: SlackServer, home: Workspace, tmp_path: Path
) -> None:
    home.scopes = SCOPES - {"files:write", "groups:read"}
    rosa = _person(server, home, "Rosa", admin=True)
    async with bot_running(server, tmp_path, home=home):
        await server.connected()
        await rosa.command("/circle-admin setup")
        await rosa.sees("These 2 permissions")
        shown = text_of(rosa.messages[-1].blocks)
        assert "files:write to send calendar files" in shown
        assert "groups:read to find a channel again" in shown
        assert "Bot Token Scopes" in shown
        home.scopes |= {"files:write"}
        await rosa.command("/circle-admin setup")
        await rosa.sees("This permission")


async def test_setup_says_which_moderators_in_the_settings_are_nobody(
    server: SlackServer, home: Workspace, tmp_path: Path
) -> None:
    rosa = _person(server, home, "Rosa")
    gone = _person(server, home, "Gone", deleted=True)
    home.scopes |= {"usergroups:read"}
    home.groups |= {"S1": [rosa.user.id], "S2": []}
    moderators = (rosa.user.id, gone.user.id, "U0NOBODY", "S1", "S2", "S9")
    async with bot_running(server, tmp_path, home=home, moderators=moderators):
        await server.connected()
        await rosa.command("/circle-admin setup")
        await rosa.sees("What I still need in Slack")
        shown = text_of(rosa.messages[-1].blocks)
        for lost in (gone.user.id, "U0NOBODY", "S2", "S9"):
            assert f"{lost} is set as somebody who moderates" in shown
        assert rosa.user.id not in shown
        assert "S1 " not in shown


@pytest.mark.parametrize("admin", [False, True])
async def test_setup_says_nothing_more_where_nothing_lacks_or_to_who_does_not_moderate(
    server: SlackServer, home: Workspace, bot: Running, admin: bool
) -> None:
    if not admin:
        home.scopes = SCOPES - {"files:write"}
    mei = _person(server, home, "Mei", admin=admin)
    await mei.command("/circle-admin setup")
    await mei.command("/circle help")
    await mei.command("/circle help")
    assert "I still need" not in mei.text


def _seen(events: list[Event]) -> list[Actor]:
    return [event.actor for event in events if isinstance(event, ActorSeen)]

"""The whole bot as a process of its own: a season on Slack, from joining to the check-ins."""

import asyncio
import json
import sys
import time
from pathlib import Path

import pytest

from bot.__main__ import main
from tests.adapters.slack.process import ROOT, install, process, settings
from tests.adapters.slack.season import bring_in, match_and_publish, rooms, settle_in
from tests.platforms.slack.model import Workspace
from tests.platforms.slack.person import Person, text_of
from tests.platforms.slack.server import SlackServer


async def test_a_season_in_one_workspace_by_socket(server: SlackServer, tmp_path: Path) -> None:
    home = server.workspace()
    rosa, users, file = settle_in(server, home)
    mei = Person(server, home, server.user(home, "Mei", zone="Asia/Kathmandu"))
    async with process(server, tmp_path, home=home) as bot:
        await _joins(mei)
        await bring_in(rosa, file)
        await match_and_publish(rosa)
        await rosa.until(lambda: _all_introduced(home), "every room introduced")
        for room in rooms(home):
            assert room.creator == home.bot_user
            assert sorted(room.invited) == sorted(set(room.invited))
        await bot.live(24)
        member = next(
            Person(server, home, user) for user in users if user.id in rooms(home)[0].members
        )
        await member.until(lambda: "Week 1" in member.text, "the first check-in")
        await member.press("We met")
        await member.command("/circle status")
        await member.open_home()
        assert "How things stand" in text_of(member.home["blocks"])
        await rosa.open_home()
        await member.command("/circle mydata")
        await member.until(lambda: any(one.files for one in member.mail), "the file")


async def test_two_workspaces_by_http_know_nothing_of_each_other(
    server: SlackServer, tmp_path: Path
) -> None:
    first = server.workspace("First", installed=False)
    second = server.workspace("Second", installed=False)
    async with process(server, tmp_path, mode="http") as bot:
        for workspace in (first, second):
            await install(server, bot.address, workspace)
            assert workspace.token
        rosa, users, file = settle_in(server, first, slice(0, 16, 2))
        omar, others, other_file = settle_in(server, second, slice(1, 16, 2))
        for name, workspace in (("Mei", first), ("Ana", second)):
            await _joins(Person(server, workspace, server.user(workspace, name)))
        await bring_in(rosa, file)
        await bring_in(omar, other_file)
        await match_and_publish(rosa)
        await match_and_publish(omar)
        for moderator, workspace in ((rosa, first), (omar, second)):
            await moderator.until(lambda at=workspace: _all_introduced(at), "introductions")
        await bot.live(24)
        for moderator, workspace, known in ((rosa, first, users), (omar, second, others)):
            member = next(
                Person(server, workspace, user)
                for user in known
                if user.id in rooms(workspace)[0].members
            )
            await member.until(lambda who=member: "Week 1" in who.text, "the first check-in")
            await member.press("We met")
            await member.open_home()
            await moderator.open_home()
            assert "How the circles are doing" in text_of(moderator.home["blocks"])
        for mine, theirs in ((first, others), (second, users)):
            everything = repr([one.messages for one in mine.conversations.values()])
            everything += repr([mine.homes, mine.modals])
            for user in theirs:
                assert user.id not in everything
                assert user.name not in everything
        await server.uninstall(first)
        calls = len([one for one in server.calls if one.team == first.id])
        server.remove(second)  # and nobody tells the bot
        await bot.live(32, since=24)
        assert len([one for one in server.calls if one.team == first.id]) == calls
        await omar.until(lambda: bot.log.read_text().count("removed from a workspace") == 2)


async def test_two_hundred_people_join_within_two_seconds(
    server: SlackServer, home: Workspace, tmp_path: Path
) -> None:
    people = [Person(server, home, server.user(home, f"Person {n}")) for n in range(200)]

    async def join(index: int, person: Person) -> None:
        await asyncio.sleep(index / 100)
        await person.command("/circle join", wait=False)

    async with process(server, tmp_path, home=home):
        await asyncio.gather(*(join(index, person) for index, person in enumerate(people)))
        waiting, deadline = people, time.monotonic() + 20
        while time.monotonic() < deadline:
            waiting = [one for one in people if not (one.modals or "Continue" in one.text)]
            if not waiting:
                break
            await asyncio.sleep(0.1)
        assert waiting == []
        assert len(server.acks) == 200


async def test_a_token_that_slack_refuses_ends_the_process_with_its_own_exit_code(
    server: SlackServer, tmp_path: Path
) -> None:
    nowhere = Workspace("T0NOWHERE", "Nowhere", token="xoxb-wrong-canary")
    environment = settings(server, tmp_path, 0, home=nowhere)
    ended = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run"),
        cwd=ROOT,
        env=environment,
        stderr=asyncio.subprocess.PIPE,
    )
    _, said = await asyncio.wait_for(ended.communicate(), 30)
    assert ended.returncode == 78
    assert b"SLACK_BOT_TOKEN" in said
    assert b"canary" not in said


def test_the_manifest_is_printed_for_this_configuration(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["slack-manifest"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["settings"]["socket_mode_enabled"] is True
    assert main(["slack-manifest", "--reasons"]) == 0
    assert "chat:write: to post" in capsys.readouterr().out


def _all_introduced(workspace: Workspace) -> bool:
    found = rooms(workspace)
    return bool(found) and all(room.messages and len(room.members) > 2 for room in found)


async def _joins(mei: Person) -> None:
    await mei.command("/circle join")
    await mei.fill(
        {
            "What would you like to be?": "Mentee",
            "What do you hope for? (as a mentee)": ["Confidence", "Identity"],
        }
    )
    labels = ["Tuesday, evening (17–21)", "Saturday, morning (09–12)"]
    await mei.fill({"Your city or time zone": "nowhere at all"})
    assert mei.problems
    await mei.fill({"Your city or time zone": "Kathmandu", "When are you usually free?": labels})
    await mei.fill()
    await mei.sees("You are in.")
    mei.close()

"""How fast what is owed arrives: ``python -m tests.benchmarks.pacing slack|discord``.

``slack``: circles of five (125, or ``--circles``) are published in one workspace at Slack's
published limits, which takes minutes. ``discord``: direct messages to 24 people whose channels
exist, as they are and after one 429 on opening a channel, and to 80 in a storm in which three in
ten requests are answered 429.

On 2026-11-27: ``slack`` 379 s and nothing refused, where 20 channels made in any minute put the
last of 125 at 360 s; ``discord`` 9.0 s, 9.0 s and 61 s, none inside a Retry-After.

The stand-ins listen on loopback, in the bot's own process.
``--against FOLDER`` measures another checkout's bot first, with the same stand-ins.
"""

import argparse
import asyncio
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

from adapters.slack import ids
from bot.core.boundary.events import Actor
from bot.core.boundary.ids import PersonId, PersonRef, SeasonId
from bot.core.programme.circles.forming import publish
from bot.core.programme.drafts.model import DraftCircle
from bot.core.programme.members.model import Member, Profile, Role, Standing
from bot.core.programme.seasons.model import Season, Stage
from storage.unit import SqlUnit
from tests.adapters.discord.mailing import mailed
from tests.adapters.slack.running import bot_running
from tests.adapters.slack.season import rooms
from tests.platforms.slack.model import Workspace
from tests.platforms.slack.server import SlackServer

ROOT = Path(__file__).parents[2]
QUIET = 15.0
"""Seconds without a call after which everything is taken to have been said."""
OF_FIVE = 5
OPENINGS = (5, 2.0)
"""Direct messages that Discord lets a bot open, in how many seconds: so 24 take some 10 s."""


async def on_slack(circles: int) -> None:
    """Publish, and say how long it took until the last call and what Slack refused."""
    server = SlackServer()
    async with server.running():
        home = server.workspace()
        users = [server.user(home, f"Person {at}").id for at in range(circles * OF_FIVE)]
        with tempfile.TemporaryDirectory() as folder:
            async with bot_running(server, Path(folder), home=home) as bot:
                await server.connected()
                app = bot.app

                def settled() -> None:
                    at = app.clock.now()
                    with bot.database.unit(ids.community(home.id), None, at) as unit:
                        _publish(unit, users)

                await app.worker.run(settled)
                before, began = len(server.calls), time.monotonic()
                app.postman.ring()
                await _quiet(server, home, len(users))
    made = server.calls[before:]
    opened = rooms(home)
    print(
        f"{made[-1].at - began:.0f} s: {len(opened)} rooms,"
        f" {sum(len(one.invited) for one in opened)} let in,"
        f" {sum(len(one.messages) for one in opened)} messages there, {_told(home)} people told;"
        f" {sum(one.status == 429 for one in made)} requests refused"
    )
    for method, count in Counter(one.method for one in made).most_common():
        at = [one.at - began for one in made if one.method == method]
        print(f"  {count:5} {method}, from {at[0]:.0f} to {at[-1]:.0f} s")


def _publish(unit: SqlUnit, users: list[str]) -> None:
    season = Season(SeasonId("season"), 1, Stage.RUNNING, unit.at.date() + timedelta(7), 12)
    season = season.of_length(12)
    unit.seasons.save(season)
    people = []
    for at, user in enumerate(users):
        person = unit.people.ensure(Actor(PersonRef(ids.person(user)), f"Person {at}")).id
        role = Role.MENTEE if at % OF_FIVE else Role.MENTOR
        unit.people.set_clock(person, "Europe/London")
        unit.members.save(Member(person, Standing.ACTIVE, role, "Europe/London"))
        wanted = ("confidence",)
        unit.members.save_profile(person, Profile(seeks=wanted, offers=wanted))
        people.append(person)
    drafted = [_drafted(at, people[at : at + OF_FIVE]) for at in range(0, len(people), OF_FIVE)]
    unit.owe(publish(season, drafted, unit).deliveries)


def _drafted(at: int, people: list[PersonId]) -> DraftCircle:
    return DraftCircle(f"Circle {at}", tuple(people[:1]), tuple(people[1:]))


def _told(home: Workspace) -> int:
    return sum(not one.name and bool(one.messages) for one in home.conversations.values())


async def _quiet(server: SlackServer, home: Workspace, people: int) -> None:
    while True:
        await asyncio.sleep(1)
        last = server.calls[-1].at if server.calls else time.monotonic()
        let_in = sum(len(one.invited) for one in rooms(home))
        if time.monotonic() - last > QUIET and let_in == _told(home) == people:
            return


async def on_discord() -> None:
    """Tell people privately in three kinds of weather."""
    for name, people, one, storm in (
        ("24 as they are", 24, False, 0.0),
        ("24 after one 429", 24, True, 0.0),
        ("80 in a storm", 80, False, 0.3),
    ):
        with tempfile.TemporaryDirectory() as folder:
            seen = await mailed(
                Path(folder), people, limited_once=one, storm=storm, openings=OPENINGS
            )
        print(
            f"{name}: {seen.seconds:.1f} s, {seen.arrived} of {people} arrived;"
            f" {seen.limited} times 429, {seen.ignored} requests inside a Retry-After"
        )


def _beside(other: Path, arguments: list[str]) -> None:
    """The same with another checkout's bot: its packages beside our tests."""
    with tempfile.TemporaryDirectory() as folder:
        for name, where in (
            ("tests", ROOT),
            ("bot", other),
            ("adapters", other),
            ("storage", other),
        ):
            (Path(folder) / name).symlink_to(where / name)
        command = [sys.executable, "-m", "tests.benchmarks.pacing", *arguments]
        subprocess.run(command, cwd=folder, check=True)


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("platform", choices=("slack", "discord"))
    parser.add_argument("--against", type=Path, help="another checkout")
    parser.add_argument("--circles", type=int, default=125)
    asked = parser.parse_args()
    if asked.against:
        print(f"{asked.against}:", flush=True)
        _beside(asked.against.resolve(), [asked.platform, f"--circles={asked.circles}"])
        print("here:", flush=True)
    asyncio.run(on_slack(asked.circles) if asked.platform == "slack" else on_discord())


if __name__ == "__main__":
    main()

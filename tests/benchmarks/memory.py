"""What the bot takes up with both platforms connected: ``python -m tests.benchmarks.memory``.

On SQLite and on PostgreSQL, for the checkout at ``--against`` and for this one: the processor time
until it is ready (at its second start, so that no database is made), and the memory it rests in,
before and after a season of sixty people was set up, matched and published on Discord.

On 2026-11-27, on two busy cores: 94.6 and 105.4 MiB on SQLite (the release before
148 after a season), 103.8 and 113.6 MiB on PostgreSQL. Nearly all of it are the modules themselves.
"""

import argparse
import asyncio
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.adapters.discord.season import Programme
from tests.benchmarks.subject import Running, Subject, running, subjects
from tests.databases import postgres_server
from tests.platforms.discord import StandIn
from tests.platforms.slack.server import SlackServer

REST = 8.0
"""Seconds without work before memory is looked at."""
MENTORS, MENTEES = 12, 48


@contextmanager
def databases() -> Iterator[dict[str, str]]:
    """The kinds of database and their URLs; empty for a file in the data folder."""
    with ExitStack() as kept:
        server = kept.enter_context(postgres_server())
        yield {"SQLite": "", "PostgreSQL": kept.enter_context(server.database())}


async def measure(subject: Subject, folder: Path, kind: str, url: str) -> None:
    """Start twice, rest, live through the beginning of a season, and rest again."""
    slack = SlackServer()
    async with StandIn() as discord, slack.running():
        guild = discord.guild("Mango")
        home = slack.workspace()
        environment = {
            **discord.environment,
            "SLACK_API_URL": slack.api_base,
            "SLACK_APP_TOKEN": slack.app_token,
            "SLACK_SIGNING_SECRET": slack.signing_secret,
            "SLACK_BOT_TOKEN": home.token,
        }
        settings = "[discord]\nenabled = true\n[slack]\nenabled = true\n"
        storage = f'url = "{url}"\n{settings}' if url else settings
        async with running(subject, folder, storage, environment):
            pass
        async with running(subject, folder, storage, environment) as here:
            ready = here.cpu
            await asyncio.sleep(REST)
            before = here.memory()
            await season(Programme(discord, guild))
            await asyncio.sleep(REST)
            print(line(subject, kind, here, ready, before), flush=True)


async def season(programme: Programme) -> None:
    """Set up, bring sixty people in, match and publish."""
    await programme.set_up()
    await programme.bring_in(MENTORS, MENTEES)
    await programme.draft()
    await programme.publish()
    await programme.stand_in.until(programme.settled, 300)


def line(subject: Subject, kind: str, here: Running, ready: float, before: float) -> str:
    """One line of the table."""
    return (
        f"{subject.name:18} {kind:10} ready after {ready:4.2f} s of CPU; "
        f"at rest {before:6.1f} MiB, after a season {here.memory():6.1f} MiB "
        f"(at most {here.memory('VmHWM'):6.1f})"
    )


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--against", help="another checkout, measured in the same run")
    given = parser.parse_args()
    for subject in subjects(given.against, bare=False):
        with databases() as kinds:
            for kind, url in kinds.items():
                with TemporaryDirectory() as folder:
                    asyncio.run(measure(subject, Path(folder), kind, url))


if __name__ == "__main__":
    main()

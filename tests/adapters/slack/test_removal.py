"""An app that was removed without our being told: found out once, whoever finds it first."""

import asyncio
from pathlib import Path

import msgspec

from adapters.slack import ids
from adapters.slack.installations import Installation, Teams
from bot.core.boundary.events import CommunityGone
from bot.core.boundary.views import Message
from bot.shell.ports import Parcel, TellPerson, Undeliverable
from storage.crypto import Vault
from storage.installations import SqlInstallations
from storage.keyfile import KeySource
from tests.adapters.slack.running import bot_running
from tests.platforms.slack.server import SlackServer


async def test_many_deliveries_that_find_the_app_gone_tell_of_it_once(
    server: SlackServer, tmp_path: Path
) -> None:
    home = server.workspace()
    people = [server.user(home, f"Person {number}") for number in range(5)]
    async with bot_running(server, tmp_path, mode="http") as bot:
        vault = Vault(KeySource(tmp_path / "key").read() or b"")
        kept = Teams(SqlInstallations(bot.database.engine, vault))
        await kept.keep(Installation(home.id, "", False, home.token, home.bot_user))
        seen = bot.events()
        server.remove(home)
        server.faults.slow = 0.05  # all are on their way before the first is answered
        parcels = [
            Parcel(
                f"key{number}",
                ids.community(home.id),
                TellPerson(ids.person(user.id), Message("Hello", ())),
            )
            for number, user in enumerate(people)
        ]
        ended = await asyncio.gather(*map(bot.slack.deliver, parcels), return_exceptions=True)
    assert {type(one) for one in ended} == {Undeliverable}
    assert [type(one) for one in seen] == [CommunityGone]


async def test_an_app_installed_anew_meanwhile_is_not_taken_for_gone(
    server: SlackServer, tmp_path: Path
) -> None:
    """Somebody installs it again between a refusal and what we make of it."""
    home = server.workspace()
    old = Installation(home.id, "", False, home.token, home.bot_user)
    async with bot_running(server, tmp_path, mode="http") as bot:
        await bot.slack._teams.keep(msgspec.structs.replace(old, token="xoxb-anew"))
        seen = bot.events()
        await bot.slack._found_removed(old)
    assert seen == []

"""Connections get lost, tokens are taken back, and Discord has bad days."""

import asyncio
from pathlib import Path

import pytest

from bot import config
from bot.core.boundary.events import CommunityGone
from bot.shell.ports import Refused
from tests.adapters.discord.harness import Rig, online
from tests.platforms.discord import Fault, StandIn
from tests.platforms.discord.world import Guild


async def test_commands_are_written_only_when_they_changed(tmp_path: Path) -> None:
    async with StandIn() as stand_in:
        for _ in range(2):
            async with online(tmp_path, stand_in=stand_in):
                pass
        written = [e for e in stand_in.ledger if e.method == "PUT" and "commands" in e.path]
        assert len(written) == 1
        member, moderator = stand_in.commands
        assert (member["name"], moderator["name"]) == ("circle", "circle-admin")
        assert moderator["default_member_permissions"] == str(1 << 5)
        assert "default_member_permissions" not in member
        assert not stand_in.refused


async def test_commands_can_be_kept_to_one_server(tmp_path: Path) -> None:
    async with StandIn() as stand_in:
        guild = stand_in.guild("Workshop")
        settings = config.Discord(guild=guild.id)
        async with online(tmp_path, stand_in=stand_in, settings=settings) as rig:
            assert len(guild.commands) == 2
            assert not stand_in.commands
            await rig.person("Mei").use("circle help")


async def test_a_dropped_gateway_is_resumed_and_nothing_is_missed(tmp_path: Path) -> None:
    async with online(tmp_path) as rig:
        mei = rig.person("Mei")
        for _ in range(20):
            await rig.stand_in.gateway.drop()
            await mei.use("circle help")
        assert rig.stand_in.gateway.identified == 1
        assert rig.stand_in.gateway.resumed == 20


async def test_no_address_is_contacted_but_those_configured(tmp_path: Path) -> None:
    async with StandIn() as stand_in:
        stand_in.resume_at = "wss://gateway.elsewhere.invalid/"
        async with online(tmp_path, stand_in=stand_in) as rig:
            await stand_in.gateway.drop()
            await rig.person("Mei").use("circle help")
            assert stand_in.gateway.resumed == 1


async def test_a_session_that_cannot_be_resumed_begins_anew(tmp_path: Path) -> None:
    async with online(tmp_path) as rig:
        await rig.stand_in.gateway.drop()
        rig.stand_in.gateway.forget_sessions()
        await rig.stand_in.until(lambda: rig.stand_in.gateway.identified == 2)
        await rig.person("Mei").use("circle help")


@pytest.mark.parametrize("code", [4004, 4013, 4014])
async def test_a_final_close_ends_the_bot_with_a_reason(tmp_path: Path, code: int) -> None:
    async with online(tmp_path) as rig:
        await rig.stand_in.gateway.drop(code)
        with pytest.raises(Refused, match="Discord"):
            await asyncio.wait_for(asyncio.shield(rig.listening), 10)


async def test_a_wrong_token_ends_the_bot_with_a_reason(tmp_path: Path) -> None:
    async with StandIn() as stand_in:
        stand_in.revoked = True
        async with online(tmp_path, stand_in=stand_in, wait=False) as rig:
            with pytest.raises(Refused, match="DISCORD_TOKEN"):
                await asyncio.wait_for(asyncio.shield(rig.listening), 10)


async def test_a_token_taken_back_ends_the_bot_at_the_next_request(tmp_path: Path) -> None:
    from tests.adapters.discord.test_delivery import room_called

    async with online(tmp_path) as rig:
        rig.stand_in.revoked = True
        with pytest.raises(Exception, match="try again"):
            await room_called(rig, "Rowan")
        with pytest.raises(Refused, match="DISCORD_TOKEN"):
            await asyncio.wait_for(asyncio.shield(rig.listening), 10)


async def test_the_bot_waits_for_a_discord_that_is_down(tmp_path: Path) -> None:
    async with StandIn() as stand_in:
        stand_in.faults.next.extend([Fault.BROKEN, Fault.RESET])
        async with online(tmp_path, stand_in=stand_in) as rig:
            await rig.person("Mei").use("circle help")


async def test_commands_that_are_refused_are_logged_and_everything_else_works(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with StandIn() as stand_in:
        nowhere = config.Discord(guild="4711")
        async with online(tmp_path, stand_in=stand_in, settings=nowhere) as rig:
            assert "Discord refused the slash commands" in caplog.text
            await rig.stand_in.interact(
                2,
                rig.person("Mei").user,
                {"id": "1", "name": "circle", "options": [{"name": "help", "type": 1}]},
                guild=rig.guild,
                channel=rig.guild.named("general"),
            )
            await stand_in.until(lambda: rig.heard.events)


async def test_no_more_sessions_are_begun_in_a_day_than_discord_allows(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with StandIn() as stand_in:
        stand_in.gateway.remaining, stand_in.gateway.reset_after = 0, 200
        async with online(tmp_path, stand_in=stand_in):
            assert "too many sessions were begun today" in caplog.text


async def test_shards_are_as_many_as_discord_advises(tmp_path: Path) -> None:
    async with StandIn(shards=2) as stand_in:
        guilds = [stand_in.guild(f"Server {number}") for number in range(4)]
        async with online(tmp_path, stand_in=stand_in) as rig:
            for guild in guilds:
                person = rig.person("Mei", guild=guild)
                await person.use("circle status")
                assert person.sees.startswith(guild.id)


async def test_answers_survive_a_third_of_requests_failing(tmp_path: Path) -> None:
    async with online(tmp_path) as rig:
        rig.stand_in.faults.share = 0.3
        people = [rig.person(f"Person {number}") for number in range(40)]
        await asyncio.gather(*(person.use("circle help") for person in people))
        assert rig.stand_in.faults.happened > 5
        assert all(person.sees.startswith("Hello Person") for person in people)
        assert _all_answered_once(rig)


def gone(rig: Rig) -> list[str]:
    """The servers reported gone, in order."""
    return [one.community.key for one in rig.heard.events if isinstance(one, CommunityGone)]


async def lives_in(stand_in: StandIn, folder: Path, *guilds: Guild) -> None:
    """The bot is used in these servers, and then switched off."""
    async with online(folder, stand_in=stand_in) as rig:
        for guild in guilds:
            await rig.person("Mei", guild=guild).use("circle help")


async def test_a_server_that_put_the_bot_out_while_it_was_away_is_reported_gone(
    tmp_path: Path,
) -> None:
    async with StandIn(shards=2) as stand_in:
        guilds = [stand_in.guild(f"Server {number}") for number in range(4)]
        await lives_in(stand_in, tmp_path, *guilds)
        del stand_in.guilds[guilds[1].id]
        guilds[2].reachable = False  # an outage: it is there all the same
        async with online(tmp_path, stand_in=stand_in) as rig:
            await stand_in.until(lambda: gone(rig))
            await rig.person("Mei", guild=guilds[0]).use("circle help")
            assert gone(rig) == [guilds[1].id]
        async with online(tmp_path, stand_in=stand_in) as rig:
            await rig.person("Mei", guild=guilds[3]).use("circle help")
        assert gone(rig) == []  # told once is enough


async def test_a_server_lost_with_a_session_is_reported_gone(tmp_path: Path) -> None:
    async with StandIn() as stand_in:
        kept, lost = stand_in.guild("Kept"), stand_in.guild("Lost")
        async with online(tmp_path, stand_in=stand_in) as rig:
            for guild in (kept, lost):
                await rig.person("Mei", guild=guild).use("circle help")
            await stand_in.gateway.drop()
            stand_in.gateway.forget_sessions()
            del stand_in.guilds[lost.id]
            await stand_in.until(lambda: gone(rig))
            assert gone(rig) == [lost.id]


async def test_the_token_of_another_account_takes_nothing_from_anybody(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with StandIn() as stand_in:
        await lives_in(stand_in, tmp_path, stand_in.guild("Mango"), stand_in.guild("Lychee"))
    async with StandIn() as other:
        other.guild("Papaya")
        async with online(tmp_path, stand_in=other) as rig:
            await other.until(lambda: "none of the servers known here" in caplog.text)
            assert gone(rig) == []


def _all_answered_once(rig: Rig) -> bool:
    given = rig.stand_in.interactions.values()
    return all(one.kind is not None for one in given)

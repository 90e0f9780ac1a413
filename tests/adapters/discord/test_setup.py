"""Setup says which permission is missing where, and where it is switched on."""

from pathlib import Path

import discord
import pytest

from adapters.discord.rooms import NEEDED, NEEDED_FOR_CHANNELS
from bot import config
from tests.adapters.discord.harness import Rig, online
from tests.platforms.discord import Person, StandIn, read
from tests.platforms.discord.world import Guild

NAMES = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "send_messages_in_threads": "Send Messages in Threads",
    "create_private_threads": "Create Private Threads",
    "manage_threads": "Manage Threads",
    "read_message_history": "Read Message History",
    "attach_files": "Attach Files",
    "manage_channels": "Manage Channels",
    "manage_roles": "Manage Roles",
}
CHANNELS = config.Discord(rooms="channels")


def _on(permissions: discord.Permissions) -> list[str]:
    return [name for name in NAMES if getattr(permissions, name)]


async def may(rig: Rig, permissions: int, guild: Guild | None = None) -> None:
    """From now on the bot's role permits this, and everybody's nothing."""
    home = guild or rig.guild
    home.roles[home.id].permissions = 0
    home.roles[home.members[rig.stand_in.bot.id].roles[0]].permissions = permissions
    for role in home.roles.values():
        told = {"guild_id": home.id, "role": role.json()}
        await rig.stand_in.gateway.tell(home.id, "GUILD_ROLE_UPDATE", told)


async def told(rig: Rig, who: Person) -> str:
    """What somebody is told after the answer to setup."""
    await who.use("circle-admin setup")
    last = who.last
    assert last is not None
    await rig.stand_in.until(lambda: last.followed)
    return read(last.followed[0])


@pytest.mark.parametrize("missing", _on(NEEDED))
async def test_each_permission_is_missed_by_its_own_name(tmp_path: Path, missing: str) -> None:
    async with online(tmp_path) as rig:
        await may(rig, (NEEDED & ~discord.Permissions(**{missing: True})).value)
        words = await told(rig, rig.owner())
        assert f"In <#{rig.guild.named('circles').id}> this permission is still missing" in words
        assert [line[2:] for line in words.splitlines() if line[0] == "•"] == [NAMES[missing]]
        assert "for the role Banyan under Edit Channel, Permissions, in circles" in words
        assert not rig.stand_in.refused


@pytest.mark.parametrize("missing", _on(NEEDED_FOR_CHANNELS))
async def test_rooms_that_are_channels_need_the_whole_server_s_permission(
    tmp_path: Path, missing: str
) -> None:
    async with online(tmp_path, settings=CHANNELS) as rig:
        await may(rig, (NEEDED_FOR_CHANNELS & ~discord.Permissions(**{missing: True})).value)
        words = await told(rig, rig.owner())
        assert "In this server this permission is still missing" in words
        assert [line[2:] for line in words.splitlines() if line[0] == "•"] == [NAMES[missing]]
        assert "for the role Banyan under Server Settings, Roles" in words


async def test_several_missing_permissions_are_all_listed(tmp_path: Path) -> None:
    async with online(tmp_path) as rig:
        await may(rig, 0)
        words = await told(rig, rig.owner())
        assert f"these {len(_on(NEEDED))} permissions" in words
        assert all(f"• {NAMES[name]}" in words for name in _on(NEEDED))


async def test_a_channel_that_forbids_what_the_role_allows_is_found_out(tmp_path: Path) -> None:
    async with online(tmp_path) as rig:
        await may(rig, NEEDED.value)
        home = rig.guild.named("circles")
        forbids = {"id": rig.stand_in.bot.id, "type": 1, "allow": "0", "deny": str(1 << 36)}
        home.overwrites[rig.stand_in.bot.id] = forbids
        await rig.stand_in.gateway.tell(rig.guild.id, "CHANNEL_UPDATE", home.json())
        assert "• Create Private Threads" in await told(rig, rig.owner())


async def test_where_nothing_is_missing_nothing_is_said(tmp_path: Path) -> None:
    for settings, needed in ((config.Discord(), NEEDED), (CHANNELS, NEEDED_FOR_CHANNELS)):
        async with online(tmp_path, settings=settings) as rig:
            await may(rig, needed.value)
            owner = rig.owner()
            await owner.use("circle-admin setup")
        # Whatever was under way has arrived by now.
        assert owner.last is not None
        assert owner.last.followed == []


async def test_only_moderators_are_told(tmp_path: Path) -> None:
    async with online(tmp_path) as rig:
        await may(rig, 0)
        steward = rig.stand_in.role(rig.guild, "Stewards")
        rig.guild.shown[steward.id] = {"circle-admin"}
        mei = rig.person("Mei", steward)
        await mei.use("circle-admin setup")
    assert mei.last is not None
    assert mei.last.followed == []


async def test_a_bot_that_was_not_told_of_its_own_roles_asks(tmp_path: Path) -> None:
    async with StandIn() as stand_in:
        guild = stand_in.guild("Mango Society")
        guild.tells_of_us = False
        async with online(tmp_path, stand_in=stand_in) as rig:
            await may(rig, (NEEDED & ~discord.Permissions(manage_threads=True)).value)
            assert "• Manage Threads" in await told(rig, rig.owner())
            asked = f"/guilds/{guild.id}/members/{stand_in.bot.id}"
            assert asked in [entry.path for entry in stand_in.ledger]


async def test_a_server_without_a_place_for_circles_hears_what_to_make(tmp_path: Path) -> None:
    async with StandIn() as stand_in:
        bare = stand_in.guild("Bare", circles=False, bot_may=1 << 10)
        async with online(tmp_path, stand_in=stand_in) as rig:
            words = await told(rig, Person(stand_in, bare, bare.members[bare.owner]))
            assert "There is no channel here in which I may open private threads" in words
            assert "View Channel, Send Messages in Threads and Create Private Threads" in words


async def test_a_configured_channel_that_is_nowhere_is_named(tmp_path: Path) -> None:
    async with online(tmp_path, settings=config.Discord(circles_channel="4711")) as rig:
        assert "(4711) is in none of the servers" in await told(rig, rig.owner())

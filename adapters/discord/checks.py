"""Which permission is missing where, and where it is switched on."""

from dataclasses import dataclass

import discord
from discord.abc import GuildChannel

from adapters.discord import ids
from adapters.discord.online import Online
from adapters.discord.rooms import needed
from bot import config
from bot.core.boundary.text import RoomLink, Text
from bot.core.boundary.views import Block, Message, Paragraph, Small
from bot.core.boundary.wording import Words

# What each is called in Discord's own settings, in the catalogue under discord.permission.<name>.
_NAMES = (
    "view_channel",
    "send_messages",
    "send_messages_in_threads",
    "create_private_threads",
    "manage_threads",
    "read_message_history",
    "attach_files",
    "manage_channels",
    "manage_roles",
)


@dataclass(frozen=True, slots=True)
class Lacking:
    """What we lack (permissions by their names in discord.py), and for whom it is switched on.

    ``channel`` is where it lacks: ``None`` stands for the server as a whole. ``role`` is ours.
    """

    permissions: tuple[str, ...]
    role: str
    channel: tuple[str, str] | None = None
    """Its id and its name."""


async def check(
    online: Online, settings: config.Discord, guild: str, words: Words
) -> Message | None:
    """What a moderator is to do before circles can have their rooms; ``None`` when it is nothing.

    Raises ``TryLater`` where Discord has not told of the server yet, and what
    :meth:`adapters.discord.online.Online.ourselves` raises.
    """
    known, us = await online.ourselves(guild)
    home = online.rooms.home(guild, us)
    blocks: list[Block] = []
    if online.has_lost(settings.circles_channel):
        blocks.append(Paragraph(words.text("discord.setup.lost", id=settings.circles_channel)))
    if settings.rooms == "threads" and home is None:
        names = ("view_channel", "send_messages_in_threads", "create_private_threads")
        wanted = words.list(words.line(f"discord.permission.{name}") for name in names)
        blocks.append(Paragraph(words.text("discord.setup.no_channel", permissions=wanted)))
    elif found := lacking(known, us, home, settings):
        blocks += told(found, words)
    return Message(words.line("discord.setup.title"), tuple(blocks)) if blocks else None


def lacking(
    guild: discord.Guild,
    us: discord.Member,
    home: discord.TextChannel | None,
    settings: config.Discord,
) -> Lacking | None:
    """What we lack: in the channel for circles, or in the server where rooms are channels.

    A room that is a channel takes nothing from another; and in it we may allow ourselves only what
    our role allows us in the whole server.
    """
    channel = home if settings.rooms == "threads" else None
    # As they are switched on: the text channel's own sum also leaves out whatever is of no use
    # without another, which nobody has to switch on.
    has = GuildChannel.permissions_for(channel, us) if channel else us.guild_permissions
    wanted = needed(settings)
    names = tuple(n for n in _NAMES if getattr(wanted, n) and not getattr(has, n))
    if not names:
        return None
    role = guild.self_role.name if guild.self_role else us.display_name
    return Lacking(names, role, (str(channel.id), channel.name) if channel else None)


def told(found: Lacking, words: Words) -> list[Block]:
    """Each missing permission by the name that Discord gives it, and where to find it."""
    n = len(found.permissions)
    names = [words.line(f"discord.permission.{name}") for name in found.permissions]
    listed = [Paragraph(("• ", name)) for name in names]
    if found.channel is None:
        lead = words.text("discord.setup.lacking.server", n=n)
        where = words.text("discord.setup.where.server", n=n, role=found.role)
    else:
        number, name = found.channel
        channel: Text = (RoomLink(ids.room(number, thread=False), name),)
        lead = words.text("discord.setup.lacking", channel=channel, n=n)
        where = words.text("discord.setup.where", n=n, channel=name, role=found.role)
    return [Paragraph(lead), *listed, Small(where)]

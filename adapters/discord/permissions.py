"""Which permission is missing where, and where it is switched on."""

from dataclasses import dataclass

import discord

from adapters.discord import ids
from bot.core.text import RoomLink, Text
from bot.core.views import Block, Message, Paragraph, Small
from bot.core.wording import Words

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
    """Permissions that the bot lacks in one channel, by their names in discord.py."""

    channel: str
    channel_name: str
    permissions: tuple[str, ...]


def lacking(
    home: discord.TextChannel, us: discord.Member, needed: discord.Permissions
) -> Lacking | None:
    """What we lack in the channel for circles."""
    has = home.permissions_for(us)
    names = tuple(n for n in _NAMES if getattr(needed, n) and not getattr(has, n))
    return Lacking(str(home.id), home.name, names) if names else None


def told(found: Lacking | None, words: Words) -> Message:
    """What a moderator is to do about it; ``None`` stands for a server without such a channel."""
    if found is None:
        blocks: tuple[Block, ...] = (Paragraph(words.text("discord.setup.no_channel")),)
        return Message(words.line("discord.setup.title"), blocks)
    channel: Text = (RoomLink(ids.room(found.channel, thread=False), found.channel_name),)
    names = [words.line(f"discord.permission.{name}") for name in found.permissions]
    return Message(
        words.line("discord.setup.title"),
        (
            Paragraph(words.text("discord.setup.lacking", channel=channel, n=len(names))),
            *(Paragraph(("• ", name)) for name in names),
            Small(words.text("discord.setup.where", channel=found.channel_name)),
        ),
    )

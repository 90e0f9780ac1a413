"""What there is on the stand-in: servers, channels, threads, people, messages, interactions."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Any

Json = dict[str, Any]

VIEW, SEND, MANAGE_CHANNELS, MANAGE_SERVER, ADMINISTRATOR = 1 << 10, 1 << 11, 1 << 4, 1 << 5, 1 << 3
ATTACH, HISTORY, MANAGE_ROLES = 1 << 15, 1 << 16, 1 << 28
MANAGE_THREADS, PRIVATE_THREADS, SEND_IN_THREADS = 1 << 34, 1 << 36, 1 << 38
EVERYTHING = (1 << 53) - 1
PEOPLE_MAY = VIEW | SEND | HISTORY
BOT_MAY = VIEW | SEND | ATTACH | HISTORY | MANAGE_THREADS | PRIVATE_THREADS | SEND_IN_THREADS

EPOCH = 1_420_070_400_000
TEXT_CHANNEL, DIRECT, PRIVATE_THREAD = 0, 1, 12


class Snowflakes:
    """Ids that grow, as Discord's do: the milliseconds since 2015, and a count."""

    def __init__(self) -> None:
        self._count = count(1)

    def new(self) -> str:
        """A new id."""
        milliseconds = int(datetime.now(UTC).timestamp() * 1000) - EPOCH
        return str((milliseconds << 22) | (next(self._count) & 0x3FFFFF))


def now() -> str:
    """The moment, as Discord writes it."""
    return datetime.now(UTC).isoformat()


@dataclass
class User:
    """Somebody with an account."""

    id: str
    name: str
    bot: bool = False
    takes_messages: bool = True

    def json(self) -> Json:
        """As Discord sends it."""
        return {
            "id": self.id,
            "username": self.name.lower().replace(" ", "_"),
            "discriminator": "0",
            "global_name": self.name,
            "avatar": None,
            "public_flags": 0,
            **({"bot": True} if self.bot else {}),
        }


@dataclass
class Member:
    """Somebody in a server."""

    user: User
    roles: list[str] = field(default_factory=list)
    nick: str | None = None

    def json(self) -> Json:
        """As Discord sends it."""
        return {
            "user": self.user.json(),
            "nick": self.nick,
            "avatar": None,
            "roles": list(self.roles),
            "joined_at": "2026-01-01T00:00:00.000000+00:00",
            "premium_since": None,
            "deaf": False,
            "mute": False,
            "pending": False,
            "flags": 0,
        }


@dataclass
class Role:
    """A role and what it permits everywhere in its server."""

    id: str
    name: str
    permissions: int

    def json(self) -> Json:
        """As Discord sends it."""
        colours = {"primary_color": 0, "secondary_color": None, "tertiary_color": None}
        return {
            "id": self.id,
            "name": self.name,
            "permissions": str(self.permissions),
            "color": 0,
            "colors": colours,
            "hoist": False,
            "icon": None,
            "unicode_emoji": None,
            "position": 0,
            "managed": False,
            "mentionable": False,
            "flags": 0,
        }


@dataclass
class Post:
    """A message."""

    id: str
    channel: str
    author: User
    components: list[Json]
    flags: int
    content: str = ""
    nonce: str | None = None
    mentions: list[str] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    edited: bool = False
    posted: float = 0.0

    def json(self) -> Json:
        """As Discord sends it."""
        names = enumerate(self.files)
        return {
            "id": self.id,
            "channel_id": self.channel,
            "author": self.author.json(),
            "content": self.content,
            "timestamp": now(),
            "edited_timestamp": now() if self.edited else None,
            "tts": False,
            "mention_everyone": False,
            "mentions": [],
            "mention_roles": [],
            "attachments": [
                {
                    "id": str(at + 1),
                    "filename": name,
                    "size": len(self.files[name]),
                    "url": f"https://cdn.invalid/{name}",
                    "proxy_url": f"https://cdn.invalid/{name}",
                }
                for at, name in names
            ],
            "embeds": [],
            "pinned": False,
            "type": 0,
            "flags": self.flags,
            "components": self.components,
        }


@dataclass
class Channel:
    """A text channel, a private thread or somebody's direct messages with the bot."""

    id: str
    type: int
    name: str
    guild: str | None = None
    parent: str | None = None
    owner: str | None = None
    overwrites: dict[str, Json] = field(default_factory=dict)
    people: set[str] = field(default_factory=set)
    """Who is in a thread."""
    archived: bool = False
    locked: bool = False
    archive_after: int = 10080
    posts: dict[str, Post] = field(default_factory=dict)
    invited: list[str] = field(default_factory=list)
    """Everybody who was ever let in, once for each time it was asked."""

    @property
    def is_thread(self) -> bool:
        """Whether it lies under another channel."""
        return self.type == PRIVATE_THREAD

    def json(self) -> Json:
        """As Discord sends it."""
        shared: Json = {
            "id": self.id,
            "type": self.type,
            "name": self.name,
            "last_message_id": next(reversed(self.posts), None),
            "flags": 0,
        }
        if self.type == DIRECT:
            return {**shared, "recipients": []}
        shared |= {"guild_id": self.guild, "parent_id": self.parent, "rate_limit_per_user": 0}
        if not self.is_thread:
            overwrites = list(self.overwrites.values())
            plain = {"position": 0, "permission_overwrites": overwrites, "nsfw": False}
            return shared | plain | {"topic": None}
        return shared | {
            "owner_id": self.owner,
            "message_count": len(self.posts),
            "total_message_sent": len(self.posts),
            "member_count": len(self.people),
            "thread_metadata": {
                "archived": self.archived,
                "locked": self.locked,
                "auto_archive_duration": self.archive_after,
                "archive_timestamp": now(),
                "invitable": False,
                "create_timestamp": now(),
            },
        }


@dataclass
class Guild:
    """A server."""

    id: str
    name: str
    owner: str
    members: dict[str, Member] = field(default_factory=dict)
    roles: dict[str, Role] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    commands: list[Json] = field(default_factory=list)
    shown: dict[str, set[str]] = field(default_factory=dict)
    """Commands that the server itself shows to a role beyond those who would see them."""
    tells_of_us: bool = True
    """Whether the bot hears of its own membership when it connects."""
    reachable: bool = True
    """Whether Discord tells more of it than that it is there: not in an outage."""

    def shown_to(self, member: Member) -> set[str]:
        """Such commands, for one member."""
        return {command for role in member.roles for command in self.shown.get(role, ())}

    def json(self) -> Json:
        """As Discord sends it when a bot connects."""
        threads = [c.json() for c in self.channels.values() if c.is_thread and not c.archived]
        return {
            "id": self.id,
            "name": self.name,
            "icon": None,
            "icon_hash": None,
            "splash": None,
            "discovery_splash": None,
            "owner_id": self.owner,
            "afk_channel_id": None,
            "afk_timeout": 300,
            "verification_level": 0,
            "default_message_notifications": 0,
            "explicit_content_filter": 0,
            "roles": [role.json() for role in self.roles.values()],
            "emojis": [],
            "stickers": [],
            "features": [],
            "mfa_level": 0,
            "application_id": None,
            "system_channel_id": None,
            "system_channel_flags": 0,
            "rules_channel_id": None,
            "vanity_url_code": None,
            "description": None,
            "banner": None,
            "premium_tier": 0,
            "premium_subscription_count": 0,
            "preferred_locale": "en-US",
            "public_updates_channel_id": None,
            "safety_alerts_channel_id": None,
            "nsfw_level": 0,
            "hub_type": None,
            "incidents_data": None,
            "premium_progress_bar_enabled": False,
            "joined_at": "2026-01-01T00:00:00.000000+00:00",
            "large": False,
            "unavailable": False,
            "member_count": len(self.members),
            "voice_states": [],
            "members": [m.json() for m in self.members.values() if m.user.bot and self.tells_of_us],
            "channels": [c.json() for c in self.channels.values() if not c.is_thread],
            "threads": threads,
            "presences": [],
            "stage_instances": [],
            "guild_scheduled_events": [],
            "soundboard_sounds": [],
        }

    def permissions(self, member: Member, channel: Channel | None = None) -> int:
        """What a member may do in a channel: Discord's own computation."""
        if member.user.id == self.owner:
            return EVERYTHING
        may = self.roles[self.id].permissions
        for role in member.roles:
            may |= self.roles[role].permissions
        if may & ADMINISTRATOR:
            return EVERYTHING
        while channel is not None and channel.is_thread:
            channel = self.channels.get(channel.parent or "")
        for overwrites in self._overwrites(member, channel) if channel else ():
            may = may & ~int(overwrites["deny"]) | int(overwrites["allow"])
        return may

    def named(self, name: str) -> Channel:
        """The newest channel or thread of this name."""
        return [one for one in self.channels.values() if one.name == name][-1]

    def role(self, name: str) -> Role:
        """The role of this name."""
        return next(role for role in self.roles.values() if role.name == name)

    def rooms(self) -> list[Channel]:
        """Every thread, oldest first."""
        return [one for one in self.channels.values() if one.is_thread]

    def _overwrites(self, member: Member, channel: Channel) -> list[Json]:
        in_order = (self.id, *member.roles, member.user.id)
        return [channel.overwrites[one] for one in in_order if one in channel.overwrites]


@dataclass
class Interaction:
    """Something somebody did, and how the bot answered."""

    id: str
    token: str
    type: int
    person: User
    guild: str | None
    channel: str
    began: float
    from_message: Post | None = None
    kind: int | None = None
    """The kind of the first answer, once there is one."""
    answered_after: float | None = None
    """Seconds until the first answer."""
    modal: Json | None = None
    original: Post | None = None
    """The message that was answered, or the one whose component was used."""
    choices: list[Json] | None = None
    followed: list[Post] = field(default_factory=list)
    thinking: bool = False
    settled: asyncio.Event = field(default_factory=asyncio.Event)
    """Set once the person sees the answer, and not only that there will be one."""

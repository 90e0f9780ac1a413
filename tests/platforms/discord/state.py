"""The stand-in's state: its world, what people do in it, and what tests ask of it."""

import asyncio
import time
from collections.abc import Callable

from tests.platforms.discord import world
from tests.platforms.discord.bodies import MALFORMED, Entry
from tests.platforms.discord.faults import Faults, Limits
from tests.platforms.discord.gateway import Gateway, Session
from tests.platforms.discord.world import (
    Channel,
    Guild,
    Interaction,
    Json,
    Member,
    Post,
    Role,
    Snowflakes,
    User,
)

FIRST_ANSWER, TOKEN_LIFE, NONCE_LIFE = 3.0, 900.0, 300.0
COMMAND, COMPONENT, SUGGEST, MODAL = 2, 3, 4, 5


class State:
    """Discord's own side of things."""

    def __init__(self, *, shards: int = 1, token: str = "test-token") -> None:
        self.token = token
        self.revoked = False
        self.faults = Faults()
        self.limits = Limits()
        self.gateway = Gateway(self._greeting)
        self.gateway.shards = shards
        self.ledger: list[Entry] = []
        self.guilds: dict[str, Guild] = {}
        self.users: dict[str, User] = {}
        self.direct: dict[str, Channel] = {}
        self.interactions: dict[str, Interaction] = {}
        self.commands: list[Json] = []
        self.files: dict[str, bytes] = {}
        self.ids = Snowflakes()
        self.bot = self.user("Banyan", bot=True)
        self.application = self.bot.id
        self.address = ""
        self.resume_at = ""
        """Where sessions are told to resume, if not where they were opened."""
        self.patience = FIRST_ANSWER
        """Seconds within which a first answer is taken: more in tests that are about other
        things, for machines may be slow."""
        self.changed = asyncio.Event()
        self.nonces: dict[tuple[str, str], tuple[float, Post]] = {}

    # --- making a world ------------------------------------------------------------------------

    def user(self, name: str, *, bot: bool = False) -> User:
        """Somebody with an account."""
        user = User(self.ids.new(), name, bot)
        self.users[user.id] = user
        return user

    def guild(self, name: str, *, circles: bool = True, bot_may: int = world.BOT_MAY) -> Guild:
        """A server that the bot is in, with the channels general and circles."""
        owner = self.user(f"Owner of {name}")
        guild = Guild(self.ids.new(), name, owner.id)
        guild.roles[guild.id] = Role(guild.id, "@everyone", world.PEOPLE_MAY)
        ours = Role(self.ids.new(), "Banyan", bot_may)
        guild.roles[ours.id] = ours
        self.role(guild, "Managers", world.MANAGE_SERVER)
        guild.members[owner.id] = Member(owner)
        guild.members[self.bot.id] = Member(self.bot, [ours.id])
        for channel in ("general", *(["circles"] if circles else [])):
            self.channel(guild, channel)
        self.guilds[guild.id] = guild
        return guild

    def channel(self, guild: Guild, name: str) -> Channel:
        """A text channel."""
        made = Channel(self.ids.new(), world.TEXT_CHANNEL, name, guild.id)
        guild.channels[made.id] = made
        return made

    def role(self, guild: Guild, name: str, permissions: int = 0) -> Role:
        """A role."""
        made = Role(self.ids.new(), name, permissions)
        guild.roles[made.id] = made
        return made

    def join(self, guild: Guild, name: str, *roles: Role) -> Member:
        """Somebody comes to a server."""
        member = Member(self.user(name), [role.id for role in roles])
        guild.members[member.user.id] = member
        return member

    def leave(self, guild: Guild, member: Member) -> None:
        """Somebody leaves a server, or is put out of it, and so of its threads. A bot without the
        intent for members is told nothing."""
        guild.members.pop(member.user.id)
        for one in guild.rooms():
            one.people.discard(member.user.id)

    def come_back(self, guild: Guild, member: Member) -> None:
        """They are in the server again, and in none of its threads."""
        guild.members[member.user.id] = member

    def open_direct(self, user: User) -> Channel:
        """The channel for direct messages between somebody and the bot."""
        if user.id not in self.direct:
            self.direct[user.id] = Channel(self.ids.new(), world.DIRECT, "", owner=user.id)
        return self.direct[user.id]

    async def remove_bot(self, guild: Guild) -> None:
        """The bot is put out of a server."""
        del self.guilds[guild.id]
        await self.gateway.tell(guild.id, "GUILD_DELETE", {"id": guild.id})

    async def delete_channel(self, guild: Guild, channel: Channel, *, tell: bool = True) -> None:
        """Somebody deletes a channel, with the threads under it, or a thread.

        Discord tells of the one that was deleted, and of no thread that went with a channel;
        not ``tell``: while the bot was away.
        """
        below = [one for one in guild.channels.values() if one.parent == channel.id]
        for one in (channel, *below):
            del guild.channels[one.id]
        if not tell:
            return
        if channel.is_thread:
            shown = {"id": channel.id, "guild_id": guild.id, "parent_id": channel.parent}
            await self.gateway.tell(guild.id, "THREAD_DELETE", {**shown, "type": channel.type})
        else:
            await self.gateway.tell(guild.id, "CHANNEL_DELETE", channel.json())

    # --- what tests ask ------------------------------------------------------------------------

    @property
    def environment(self) -> dict[str, str]:
        """How a bot is told of this server."""
        return {"DISCORD_TOKEN": self.token, "DISCORD_API_URL": f"{self.address}/api/v10"}

    @property
    def refused(self) -> list[Entry]:
        """Every request that was malformed, or answered an interaction wrongly."""
        wrong = {MALFORMED, 40060, 10062, 10015}
        return [entry for entry in self.ledger if entry.code in wrong]

    def mail(self, user: User) -> list[Post]:
        """The direct messages somebody has had, oldest first."""
        channel = self.direct.get(user.id)
        return list(channel.posts.values()) if channel else []

    async def until(self, holds: Callable[[], object], seconds: float = 20.0) -> None:
        """Wait until something holds."""
        end = time.monotonic() + seconds
        while not holds():
            self.changed.clear()
            left = end - time.monotonic()
            if left <= 0:
                raise AssertionError("it did not come to be in time")
            try:
                await asyncio.wait_for(self.changed.wait(), min(left, 0.2))
            except TimeoutError:
                continue

    async def interact(
        self,
        kind: int,
        user: User,
        data: Json,
        *,
        guild: Guild | None,
        channel: Channel,
        on: Post | None = None,
        locale: str = "en-US",
    ) -> Interaction:
        """Somebody does something: the bot is told."""
        made = Interaction(
            self.ids.new(),
            f"token-{self.ids.new()}",
            kind,
            user,
            guild.id if guild else None,
            channel.id,
            time.monotonic(),
            on,
        )
        self.interactions[made.token] = made
        payload: Json = {
            "id": made.id,
            "application_id": self.application,
            "type": kind,
            "token": made.token,
            "version": 1,
            "data": data,
            "channel_id": channel.id,
            "channel": channel.json(),
            "locale": locale,
            "entitlements": [],
            "authorizing_integration_owners": {"0": guild.id if guild else "0"},
            "context": 0 if guild else 1,
            "attachment_size_limit": 10_485_760,
            "app_permissions": str(world.BOT_MAY),
        }
        if guild:
            member = guild.members[user.id]
            may = guild.permissions(member, channel)
            payload |= {
                "guild_id": guild.id,
                "guild": {"id": guild.id, "locale": "en-US", "features": []},
                "guild_locale": "en-US",
                "member": member.json() | {"permissions": str(may)},
            }
        else:
            payload["user"] = user.json()
        if on:
            payload["message"] = on.json()
        await self.gateway.tell(made.guild, "INTERACTION_CREATE", payload)
        return made

    def _greeting(self, session: Session) -> list[tuple[str, Json]]:
        """What a new session hears first: READY with its servers as ids, then each in full."""
        guilds = [
            one for one in self.guilds.values() if self.gateway.shard_of(one.id) == session.shard
        ]
        ready = {
            "v": 10,
            "user": self.bot.json()
            | {"mfa_enabled": False, "verified": True, "email": None, "flags": 0},
            "guilds": [{"id": one.id, "unavailable": True} for one in guilds],
            "session_id": session.id,
            "session_type": "normal",
            "resume_gateway_url": self.resume_at or f"ws{self.address[4:]}/gateway/",
            "shard": [session.shard, session.shards],
            "application": {"id": self.application, "flags": 0},
            "private_channels": [],
            "relationships": [],
            "presences": [],
            "guild_join_requests": [],
        }
        reachable = [one for one in guilds if one.reachable]
        return [("READY", ready), *(("GUILD_CREATE", one.json()) for one in reachable)]

"""What every group of routes needs: the state, finding things, and who may do what."""

from collections.abc import Awaitable, Callable

import msgspec
from aiohttp import web

from tests.platforms.discord import checks, components, requests, world
from tests.platforms.discord.bodies import Refusal
from tests.platforms.discord.state import State
from tests.platforms.discord.world import Channel, Guild, Post, User

Route = tuple[str, str, Callable[[web.Request], Awaitable[web.StreamResponse]]]


class Routes:
    """Routes about one kind of thing."""

    def __init__(self, state: State) -> None:
        self._s = state

    def _said(self, channel: str, body: requests.Said, files: dict[str, bytes]) -> Post:
        post = Post(self._s.ids.new(), channel, self._s.bot, [], body.flags)
        self._change(post, body, files)
        post.edited = False
        if not body.flags & checks.PRIVATE:
            self._channel(channel).posts[post.id] = post
        return post

    def _change(self, post: Post, body: requests.Said, files: dict[str, bytes]) -> None:
        if body.components is not None:
            post.components = msgspec.to_builtins(body.components)
        post.content = body.content or ""
        post.flags |= body.flags
        if body.attachments is not None or files:
            post.files = files
        mentioned = {
            user
            for part in body.components or []
            if isinstance(part, components.TextDisplay)
            for user in checks.MENTION.findall(part.content)
        }
        allowed = body.allowed_mentions.users if body.allowed_mentions else None
        post.mentions = sorted(mentioned & set(allowed or ()))
        post.edited = True

    def _guild(self, guild: str) -> Guild:
        found = self._s.guilds.get(guild)
        if found is None:
            raise Refusal(404, 10004, "Unknown Guild")
        return found

    def _channel(self, channel: str) -> Channel:
        for guild in self._s.guilds.values():
            if channel in guild.channels:
                return guild.channels[channel]
        for direct in self._s.direct.values():
            if direct.id == channel:
                return direct
        raise Refusal(404, 10003, "Unknown Channel")

    def _may(self, channel: Channel, permission: int) -> None:
        if channel.type == world.DIRECT:
            return
        guild = self._s.guilds[channel.guild or ""]
        has = guild.permissions(guild.members[self._s.bot.id], channel)
        if not has & world.VIEW:
            raise Refusal(403, 50001, "Missing Access")
        if not has & permission:
            raise Refusal(403, 50013, "Missing Permissions")

    def _may_tell(self, channel: Channel) -> None:
        user = self._s.users[channel.owner or ""]
        if not any(user.id in guild.members for guild in self._s.guilds.values()):
            raise Refusal(403, 50278, "Cannot send messages to this user: no mutual guilds")
        if not user.takes_messages:
            raise Refusal(403, 50007, "Cannot send messages to this user")

    def _thread(self, request: web.Request) -> tuple[Channel, User]:
        channel = self._channel(request.match_info["channel"])
        user = self._s.users.get(request.match_info["user"])
        if user is None:
            raise Refusal(404, 10013, "Unknown User")
        if channel.archived:
            raise Refusal(400, 50083, "Thread is archived")
        return channel, user

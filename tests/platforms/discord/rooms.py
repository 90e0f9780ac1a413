"""Routes about threads, channels and who is in them."""

from aiohttp import web

from tests.platforms.discord import requests, world
from tests.platforms.discord.bodies import Refusal, body_of, overwrite, that, told
from tests.platforms.discord.routes import Route, Routes
from tests.platforms.discord.world import Channel


class Rooms(Routes):
    """Opening, changing, letting in and taking out."""

    def table(self) -> list[Route]:
        """Method, path and handler of each."""
        room = "/channels/{channel}"
        return [
            ("POST", f"{room}/threads", self.new_thread),
            ("GET", room, self.channel),
            ("PATCH", room, self.change_thread),
            ("GET", room + "/thread-members/{user}", self.thread_member),
            ("PUT", room + "/thread-members/{user}", self.add_to_thread),
            ("DELETE", room + "/thread-members/{user}", self.remove_from_thread),
            ("PUT", room + "/permissions/{target}", self.put_overwrite),
            ("DELETE", room + "/permissions/{target}", self.delete_overwrite),
            ("GET", "/guilds/{guild}/channels", self.channels),
            ("POST", "/guilds/{guild}/channels", self.new_channel),
            ("GET", "/guilds/{guild}/threads/active", self.active_threads),
            ("GET", "/guilds/{guild}/members/{user}", self.member),
            ("POST", "/users/@me/channels", self.new_direct),
        ]

    async def new_thread(self, request: web.Request) -> web.Response:
        home = self._channel(request.match_info["channel"])
        body, _ = await body_of(request, requests.NewThread)
        self._may(home, world.VIEW)
        self._may(home, world.PRIVATE_THREADS)
        guild = self._s.guilds[home.guild or ""]
        made = Channel(self._s.ids.new(), body.type, body.name, guild.id, home.id, self._s.bot.id)
        made.archive_after = body.auto_archive_duration
        made.people.add(self._s.bot.id)
        guild.channels[made.id] = made
        event = made.json() | {"newly_created": True}
        await self._s.gateway.tell(guild.id, "THREAD_CREATE", event)
        return told(made.json(), status=201)

    async def channel(self, request: web.Request) -> web.Response:
        return told(self._channel(request.match_info["channel"]).json())

    async def change_thread(self, request: web.Request) -> web.Response:
        channel = self._channel(request.match_info["channel"])
        body, _ = await body_of(request, requests.ChangedThread)
        that(channel.is_thread, "only threads are changed here")
        if body.locked is not None or channel.locked or channel.owner != self._s.bot.id:
            self._may(channel, world.MANAGE_THREADS)
        if channel.archived and body.archived is not False:
            raise Refusal(400, 50083, "Thread is archived")
        channel.archived = channel.archived if body.archived is None else body.archived
        channel.locked = channel.locked if body.locked is None else body.locked
        channel.name = body.name or channel.name
        return told(channel.json())

    async def thread_member(self, request: web.Request) -> web.Response:
        channel, user = self._thread(request)
        if user.id not in channel.people:
            raise Refusal(404, 10007, "Unknown Member")
        return told(
            {"id": channel.id, "user_id": user.id, "join_timestamp": world.now(), "flags": 0}
        )

    async def add_to_thread(self, request: web.Request) -> web.Response:
        channel, user = self._thread(request)
        self._may(channel, world.SEND_IN_THREADS)
        if user.id not in self._s.guilds[channel.guild or ""].members:
            raise Refusal(404, 10007, "Unknown Member")
        if user.id not in channel.people:
            channel.people.add(user.id)
            channel.invited.append(user.id)
        return web.Response(status=204)

    async def remove_from_thread(self, request: web.Request) -> web.Response:
        channel, user = self._thread(request)
        if channel.owner != self._s.bot.id:
            self._may(channel, world.MANAGE_THREADS)
        if user.id not in channel.people:
            raise Refusal(404, 10007, "Unknown Member")
        channel.people.discard(user.id)
        return web.Response(status=204)

    async def channels(self, request: web.Request) -> web.Response:
        guild = self._guild(request.match_info["guild"])
        return told([c.json() for c in guild.channels.values() if not c.is_thread])

    async def new_channel(self, request: web.Request) -> web.Response:
        guild = self._guild(request.match_info["guild"])
        body, _ = await body_of(request, requests.NewChannel)
        mine = guild.permissions(guild.members[self._s.bot.id])
        if not mine & world.MANAGE_CHANNELS:
            raise Refusal(403, 50013, "Missing Permissions")
        if any(one.allow & ~mine for one in body.permission_overwrites):
            raise Refusal(403, 50013, "Missing Permissions")
        name = "-".join(body.name.lower().split())
        made = Channel(self._s.ids.new(), body.type, name, guild.id, body.parent_id)
        made.overwrites = {one.id: overwrite(one.id, one) for one in body.permission_overwrites}
        guild.channels[made.id] = made
        await self._s.gateway.tell(guild.id, "CHANNEL_CREATE", made.json())
        return told(made.json(), status=201)

    async def put_overwrite(self, request: web.Request) -> web.Response:
        channel = self._channel(request.match_info["channel"])
        body, _ = await body_of(request, requests.ChangedOverwrite)
        self._may(channel, world.MANAGE_ROLES)
        target = request.match_info["target"]
        channel.overwrites[target] = overwrite(target, body)
        return web.Response(status=204)

    async def delete_overwrite(self, request: web.Request) -> web.Response:
        channel = self._channel(request.match_info["channel"])
        self._may(channel, world.MANAGE_ROLES)
        if channel.overwrites.pop(request.match_info["target"], None) is None:
            raise Refusal(404, 10009, "Unknown Overwrite")
        return web.Response(status=204)

    async def active_threads(self, request: web.Request) -> web.Response:
        guild = self._guild(request.match_info["guild"])
        threads = [c.json() for c in guild.rooms() if not c.archived]
        return told({"threads": threads, "members": []})

    async def member(self, request: web.Request) -> web.Response:
        found = self._guild(request.match_info["guild"]).members.get(request.match_info["user"])
        if found is None:
            raise Refusal(404, 10007, "Unknown Member")
        return told(found.json())

    async def new_direct(self, request: web.Request) -> web.Response:
        body, _ = await body_of(request, requests.NewDirect)
        user = self._s.users.get(body.recipient_id)
        if user is None:
            raise Refusal(404, 10013, "Unknown User")
        return told(self._s.open_direct(user).json())

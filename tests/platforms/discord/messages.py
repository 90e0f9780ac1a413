"""Routes about messages in channels."""

import time

from aiohttp import web

from tests.platforms.discord import checks, requests, world
from tests.platforms.discord.bodies import Refusal, body_of, that, told
from tests.platforms.discord.routes import Route, Routes
from tests.platforms.discord.state import NONCE_LIFE
from tests.platforms.discord.world import Channel, Post


class Messages(Routes):
    """Posting, reading, changing and deleting."""

    def table(self) -> list[Route]:
        """Method, path and handler of each."""
        room = "/channels/{channel}"
        return [
            ("POST", f"{room}/messages", self.post),
            ("GET", f"{room}/messages", self.read),
            ("PATCH", room + "/messages/{message}", self.edit),
            ("DELETE", room + "/messages/{message}", self.delete),
        ]

    async def post(self, request: web.Request) -> web.Response:
        channel = self._channel(request.match_info["channel"])
        body, files = await body_of(request, requests.NewMessage)
        checks.said(body, files, flags=checks.SILENT | checks.NO_EMBEDS)
        self._may(channel, world.SEND_IN_THREADS if channel.is_thread else world.SEND)
        if files:
            self._may(channel, world.ATTACH)
        if channel.archived:
            raise Refusal(400, 50083, "Thread is archived")
        if channel.type == world.DIRECT:
            self._may_tell(channel)
        if body.nonce and body.enforce_nonce:
            at, earlier = self._s.nonces.get((channel.id, body.nonce), (0.0, None))
            if earlier is not None and time.monotonic() - at < NONCE_LIFE:
                return told(earlier.json() | {"nonce": body.nonce})
        post = self._said(channel.id, body, files)
        post.nonce, post.posted = body.nonce, time.monotonic()
        if body.nonce:
            self._s.nonces[channel.id, body.nonce] = (post.posted, post)
        return told(post.json() | {"nonce": body.nonce})

    async def read(self, request: web.Request) -> web.Response:
        channel = self._channel(request.match_info["channel"])
        self._may(channel, world.HISTORY)
        limit = int(request.query.get("limit", "50"))
        that(1 <= limit <= 100 and set(request.query) <= {"limit", "before"}, "query")
        before = int(request.query.get("before", str(2**63)))
        posts = [one for one in channel.posts.values() if int(one.id) < before]
        return told([one.json() for one in reversed(posts[-limit:])])

    async def edit(self, request: web.Request) -> web.Response:
        channel, post = self._post(request)
        body, files = await body_of(request, requests.Said)
        checks.said(body, files, flags=0)
        if channel.archived:
            raise Refusal(400, 50083, "Thread is archived")
        self._change(post, body, files)
        return told(post.json())

    async def delete(self, request: web.Request) -> web.Response:
        channel, post = self._post(request)
        if channel.archived:
            raise Refusal(400, 50083, "Thread is archived")
        del channel.posts[post.id]
        return web.Response(status=204)

    def _post(self, request: web.Request) -> tuple[Channel, Post]:
        channel = self._channel(request.match_info["channel"])
        post = channel.posts.get(request.match_info["message"])
        if post is None:
            raise Refusal(404, 10008, "Unknown Message")
        return channel, post

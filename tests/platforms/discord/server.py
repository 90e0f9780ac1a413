"""The stand-in: Discord's REST interface and its gateway on one loopback port."""

import math
from collections.abc import Awaitable, Callable

from aiohttp import web

from tests.platforms.discord import checks
from tests.platforms.discord.account import Account
from tests.platforms.discord.answering import Answering
from tests.platforms.discord.bodies import ENTRY, MALFORMED, Entry, Refusal, told
from tests.platforms.discord.faults import Fault
from tests.platforms.discord.messages import Messages
from tests.platforms.discord.rooms import Rooms
from tests.platforms.discord.state import State
from tests.platforms.discord.world import Json

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class StandIn(State):
    """Discord, as far as the bot can tell. Use as an asynchronous context manager."""

    def __init__(self, *, shards: int = 1, token: str = "test-token") -> None:
        super().__init__(shards=shards, token=token)
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> "StandIn":
        app = web.Application(middlewares=[self._guard], client_max_size=30_000_000)
        for routes in (Account(self), Answering(self), Messages(self), Rooms(self)):
            for method, path, handler in routes.table():
                app.router.add_route(method, f"/api/v10{path}", handler)
        app.router.add_get("/gateway/", self.gateway.serve)
        app.router.add_get("/files/{name}", self._file)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        port = self._runner.addresses[0][1]
        self.address = f"http://127.0.0.1:{port}"
        self.gateway.token = self.token
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.gateway.drop()
        assert self._runner is not None
        await self._runner.cleanup()

    async def _file(self, request: web.Request) -> web.Response:
        return web.Response(body=self.files[request.match_info["name"]])

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """What holds for every request: the ledger, the token, limits and faults."""
        if not request.path.startswith("/api/"):
            return await handler(request)
        path = request.path.removeprefix("/api/v10")
        entry = Entry(request.method, path)
        self.ledger.append(entry)
        request[ENTRY] = entry
        for_people = path.startswith(("/interactions/", "/webhooks/"))
        authorised = request.headers.get("Authorization") == f"Bot {self.token}"
        if (self.revoked or not authorised) and not for_people:
            return _refused(entry, Refusal(401, 0, "401: Unauthorized"))
        headers, wait, scope = self._limit(request.method, path, for_people)
        if wait:
            return _wait(entry, wait, headers, scope)
        fault = self.faults.pick(request.method, path)
        if fault and not fault.done:
            return _fail(request, entry, fault)
        try:
            response = await handler(request)
            entry.done = True
        except Refusal as refusal:
            response = _refused(entry, refusal)
        except checks.Malformed as malformed:
            response = _refused(entry, Refusal(400, MALFORMED, str(malformed)))
        entry.status = response.status
        self.changed.set()
        if fault:
            return _fail(request, entry, fault)
        response.headers.update(headers)
        return response

    def _limit(self, method: str, path: str, for_people: bool) -> tuple[dict[str, str], float, str]:
        """The headers, and the seconds to wait in whose limit. Answers to interactions are under
        none of the whole bot's."""
        parts = path.strip("/").split("/")
        if for_people:
            return {}, 0.0, ""
        overall = self.limits.everywhere()
        if wait := self.limits.count(overall):
            return {}, wait, "global"
        message = method == "POST" and parts[-1] == "messages"
        kind = "POST message" if message else f"{method} {parts[0]} {len(parts)}"
        bucket = self.limits.bucket(kind, parts[1] if len(parts) > 1 else "")
        wait, scope = self.limits.count(bucket), "user"
        if not wait and (scope := self.limits.strike(method, path)):
            wait = self.limits.hold(overall if scope == "global" else bucket)
        if wait and scope == "global":
            return {}, wait, scope
        return {**bucket.headers, "X-RateLimit-Bucket": kind.replace(" ", "-")}, wait, scope


def _refused(entry: Entry, refusal: Refusal) -> web.Response:
    entry.status, entry.code, entry.words = refusal.status, refusal.code, str(refusal)
    body: Json = {"message": str(refusal), "code": refusal.code}
    if refusal.code == MALFORMED:
        body["errors"] = {"_errors": [{"code": "INVALID", "message": str(refusal)}]}
    return told(body, status=refusal.status)


def _wait(entry: Entry, wait: float, headers: dict[str, str], scope: str) -> web.Response:
    entry.status = 429
    everywhere = scope == "global"
    body = {"message": "You are being rate limited.", "retry_after": wait, "global": everywhere}
    more = {"Retry-After": str(math.ceil(wait)), "Via": "1.1 google", "X-RateLimit-Scope": scope}
    if everywhere:
        more["X-RateLimit-Global"] = "true"
    return told(body, status=429, headers={**headers, **more})


def _fail(request: web.Request, entry: Entry, fault: Fault) -> web.Response:
    entry.words = fault.value
    if fault in {Fault.RESET, Fault.RESET_AFTER} and request.transport is not None:
        entry.status = 0
        request.transport.abort()
    else:
        entry.status = 500
    return told({"message": "500: Internal Server Error", "code": 0}, status=500)

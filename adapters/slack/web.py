"""Reached by HTTP: what Slack sends is checked, and handed to the app once."""

import re
import time
from collections import OrderedDict
from urllib.parse import parse_qsl

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.request.internals import parse_body
from slack_sdk.signature import SignatureVerifier

from adapters.slack.manifest import EVENTS, INSTALL, REDIRECT

LARGEST_BODY = 1 << 20
"""Bytes. Slack's own bodies are far smaller."""
_WINDOW = 300
"""Seconds for which Slack's signature is good."""
_MANY = 20_000
"""Signatures remembered, a few MB: over 30 a second for as long as each could be good (twice the
window, should Slack's clock be ahead of ours), where a busy workspace brings a few. The oldest go
first; what is replayed of those is still told apart by what it says, in the inbox too.
"""


_STAMP, _SIGNATURE = "X-Slack-Request-Timestamp", "X-Slack-Signature"
_SSL_CHECK = "ssl_check=1"
_SECONDS = re.compile(r"[0-9]{1,11}")


class Replays:
    """Remembers the signatures of the last five minutes: a request is good once."""

    def __init__(self) -> None:
        self._seen: OrderedDict[str, float] = OrderedDict()

    def __len__(self) -> int:
        return len(self._seen)

    def again(self, signature: str) -> bool:
        """Whether this signature came before; from now on it has."""
        now = time.monotonic()
        while self._seen and next(iter(self._seen.values())) < now - 2 * _WINDOW:
            self._seen.popitem(last=False)
        known = signature in self._seen
        self._seen.setdefault(signature, now)
        if len(self._seen) > _MANY:
            self._seen.popitem(last=False)
        return known


class Web:
    """The routes for the shell's server."""

    def __init__(self, app: AsyncApp, signing_secret: str) -> None:
        self._app = app
        self._signing_secret = signing_secret
        self._replays = Replays()
        self.open = False
        """Whether anything can be received yet."""

    def routes(self) -> list[web.RouteDef]:
        """Everything that Slack, and whoever installs the app, asks for."""
        routes = [web.post(EVENTS, self._events)]
        if self._app.oauth_flow is not None:
            routes += [web.get(INSTALL, self._install), web.get(REDIRECT, self._redirect)]
        return routes

    async def _events(self, request: web.Request) -> web.Response:
        if not self.open:
            return web.Response(status=503, headers={"Retry-After": "5"})
        if request.content_length is not None and request.content_length > LARGEST_BODY:
            # Not even read: the connection is closed on whoever sends it.
            return web.Response(status=413, headers={"Connection": "close"})
        try:
            body = await request.text()
            told = [request.headers.getall(name, []) for name in (_STAMP, _SIGNATURE)]
            if _SSL_CHECK in body and dict(parse_qsl(body)).get("ssl_check") == "1":
                return web.Response()  # Slack looks whether the address is a good one
            if not self._is_signed(body, *told):
                return web.Response(status=401)
            signature = told[1][0]
            said: object = parse_body(body, request.content_type)
            if not isinstance(said, dict):
                return web.Response(status=400)  # signed, and nothing that Slack sends
            # As over a socket: read once, and looked through once. In a rush that is most of what
            # a request costs. Its headers are not signed, and nothing in them is needed.
            asked = AsyncBoltRequest(body=said, mode="socket_mode")
        except (UnicodeDecodeError, LookupError, ValueError):
            return web.Response(status=400)
        # Slack marks what it sends again by itself; that is told apart by what it says.
        is_retry = "X-Slack-Retry-Num" in request.headers
        if self._replays.again(signature) and not is_retry:
            return web.Response(status=403)
        return await to_aiohttp_response(await self._app.async_dispatch(asked))

    def _is_signed(self, body: str, stamps: list[str], signatures: list[str]) -> bool:
        if len(stamps) != 1 or len(signatures) != 1:
            return False
        if not (_SECONDS.fullmatch(stamps[0]) and signatures[0].isascii()):
            return False
        return SignatureVerifier(self._signing_secret).is_valid(body, stamps[0], signatures[0])

    async def _install(self, request: web.Request) -> web.Response:
        return await self._oauth(request, "handle_installation")

    async def _redirect(self, request: web.Request) -> web.Response:
        return await self._oauth(request, "handle_callback")

    async def _oauth(self, request: web.Request, step: str) -> web.Response:
        if not self.open or self._app.oauth_flow is None:
            return web.Response(status=503, headers={"Retry-After": "5"})
        handle = getattr(self._app.oauth_flow, step)
        response: web.Response = await to_aiohttp_response(
            await handle(await to_bolt_request(request))
        )
        return response

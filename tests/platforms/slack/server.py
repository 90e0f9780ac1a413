"""A stand-in for Slack on loopback: Web API, Socket Mode, signed HTTP delivery and OAuth.

It refuses what Slack refuses. Its own ledger (``calls``, ``refused`` and what lies in the
workspaces) is what tests look at.
"""

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any
from urllib.parse import parse_qsl, urlencode

import aiohttp
from aiohttp import web

from tests.platforms.slack.blocks import Invalid, check_message
from tests.platforms.slack.faults import Faults
from tests.platforms.slack.model import Call, Conversation, Json, User, Workspace, new_id
from tests.platforms.slack.terse import bare, brief
from tests.platforms.slack.web_api import No, WebApi

APP_ID = "A1"
TEAM_NEEDED = frozenset(
    {"conversations.create", "conversations.list", "usergroups.users.list", "users.list"}
)
"""Methods that an organisation's token must name a workspace to."""
SCOPES = frozenset(
    [
        "commands",
        "chat:write",
        "im:write",
        "groups:write",
        "groups:read",
        "users:read",
        "files:write",
        "files:read",
    ]
)


class NotAcknowledged(Exception):
    """Three seconds passed, or nobody listens."""


class SlackServer:
    """One Slack, with one app and any number of workspaces."""

    def __init__(self) -> None:
        self.app_token = "xapp-1-A1-test"
        self.signing_secret = "signing-secret-of-tests"
        self.client_id = "1.2"
        self.client_secret = "client-secret-of-tests"
        self.workspaces: dict[str, Workspace] = {}
        self.faults = Faults()
        self.calls: list[Call] = []
        self.refused: list[Call] = []
        """Calls that a correct app never makes: malformed, unknown, or without a scope."""
        self.request_url = ""
        """Where events go by HTTP; empty: Socket Mode."""
        self.acks: list[float] = []
        """Seconds that each acknowledgement took."""
        self.address = ""
        self.api = WebApi(lambda: self.address)
        self._sockets: dict[web.WebSocketResponse, asyncio.Future[None]] = {}
        """Every open socket, and what tells that it is there no more."""
        self._connected = asyncio.Event()
        self._waiting: dict[str, asyncio.Future[Json | None]] = {}
        self._codes: dict[str, str] = {}
        self._tickets: set[str] = set()
        self._gone: set[str] = set()
        """Tokens that were good once."""
        self.forbidden: dict[str, str] = {}
        """Methods that the workspace's own settings forbid, and Slack's word for it."""
        self.terse = False
        """Whether it says nothing that need not be said."""
        self.unknown: dict[str, int] = {}
        """Methods that this Slack does not have, and the status with which it says so."""
        self.plain: frozenset[str] = frozenset()
        """Methods that are answered in words, and not in JSON."""
        self.reads_bodies_alone = False
        """Whether it does not see who the app is where that stands in a header."""
        self.tells_what_stood = False
        """Whether closing a modal tells what stood in it. Slack's own does not."""
        self.installed_everywhere: set[str] = set()
        """Workspaces whose admin, when installing by OAuth, chooses their whole organisation."""
        self.responses: dict[str, tuple[str, str, str, int]] = {}
        self._http: aiohttp.ClientSession | None = None

    # --- the world ------------------------------------------------------------------------------

    def workspace(
        self, name: str = "Home", *, installed: bool = True, enterprise: str = ""
    ) -> Workspace:
        """A new workspace, of its own or of an organisation."""
        made = Workspace(new_id("T"), name, enterprise, bot_user=new_id("U"))
        made.users[made.bot_user] = User(made.bot_user, "Banyan", made.id, is_bot=True)
        self.workspaces[made.id] = made
        if installed:
            self.install(made)
        return made

    def install(self, workspace: Workspace, scopes: frozenset[str] = SCOPES) -> str:
        """Put the app into a workspace; its token."""
        workspace.token = f"xoxb-{workspace.id}-{new_id('t')}"
        workspace.scopes = scopes
        return workspace.token

    def organisation(self, *names: str, installed: bool = True) -> list[Workspace]:
        """An organisation with workspaces of these names, and the app in all of it."""
        enterprise = new_id("E")
        made = [self.workspace(name, installed=False, enterprise=enterprise) for name in names]
        if installed:
            self.install_everywhere(made)
        return made

    def install_everywhere(
        self, workspaces: list[Workspace], scopes: frozenset[str] = SCOPES
    ) -> str:
        """Put the app into a whole organisation: one token and one bot for its workspaces."""
        token = f"xoxb-{workspaces[0].enterprise}-{new_id('t')}"
        bot = User(new_id("W"), "Banyan", workspaces[0].id, is_bot=True)
        for one in workspaces:
            one.token, one.scopes, one.whole, one.bot_user = token, scopes, True, bot.id
            one.users[bot.id] = bot
        return token

    def user(self, workspace: Workspace, name: str, **more: Any) -> User:
        """A new user."""
        if workspace.enterprise and "team" not in more:
            more = {"enterprise": workspace.enterprise, "teams": [workspace.id]} | more
        made = User(new_id("U"), name, more.pop("team", workspace.id), **more)
        workspace.users[made.id] = made
        return made

    # --- running --------------------------------------------------------------------------------

    @asynccontextmanager
    async def running(self) -> AsyncIterator["SlackServer"]:
        """Serve on a port of its own."""
        app = web.Application(client_max_size=8 << 20)
        app.add_routes(
            [
                web.route("*", "/api/{method}", self._call),
                web.get("/link", self._link),
                web.post("/upload/{file}", self._upload),
                web.post("/response/{key}", self._response),
                web.get("/files/{file}", self._file),
                web.get("/oauth/v2/authorize", self._authorize),
            ]
        )
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        assert site._server is not None
        port = site._server.sockets[0].getsockname()[1]  # type: ignore[attr-defined]
        self.address = f"http://127.0.0.1:{port}"
        # Slack holds nothing back because others were not acknowledged yet.
        connector = aiohttp.TCPConnector(limit=0)
        async with aiohttp.ClientSession(connector=connector) as session:
            self._http = session
            try:
                yield self
            finally:
                for socket in [*self._sockets]:
                    await socket.close()
                await runner.cleanup()

    @property
    def api_base(self) -> str:
        """What goes into ``[slack] api_base``."""
        return f"{self.address}/api/"

    # --- the Web API ----------------------------------------------------------------------------

    async def _call(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        given = await _arguments(request)
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if method == "apps.connections.open":
            return self._open_connection(token)
        if method == "oauth.v2.access":
            return self._access(given, request.headers.get("Authorization", ""))
        if method in self.unknown:
            status = self.unknown[method]
            if status == 200:
                return web.json_response({"ok": False, "error": "unknown_method"})
            return web.Response(status=status, text="no such thing")
        if method in self.plain:
            return web.Response(text="It works!")
        served = [w for w in self.workspaces.values() if token and w.token == token]
        if not served:
            error = "account_inactive" if token in self._gone else "invalid_auth"
            return web.json_response({"ok": False, "error": error})
        workspace = _meant(served, given)
        if workspace.whole and method in TEAM_NEEDED and "team_id" not in given:
            answer = {"ok": False, "error": "missing_argument"}
            return self._answer(workspace, method, given, answer, refused=True)
        return await self._run(request, workspace, method, given)

    async def _run(
        self, request: web.Request, workspace: Workspace, method: str, given: Json
    ) -> web.StreamResponse:
        try:
            self.api.check(workspace, method, given)
        except No as no:
            return self._answer(workspace, method, given, _refusal(no), refused=True)
        faults = self.faults
        if faults.slow and (not faults.methods or method in faults.methods):
            await asyncio.sleep(faults.slow)
        wait = self.api.tiers.wait(workspace.id, method, str(given.get("channel", "")))
        if wait or faults.strikes(faults.busy, method):
            headers = {"Retry-After": str(wait or 1)}
            busy = {"ok": False, "error": "ratelimited"}
            self._note(workspace, method, given, busy, 429)
            return web.json_response(busy, status=429, headers=headers)
        if faults.strikes(faults.before, method):
            self._note(workspace, method, given, {}, 500)
            return web.Response(status=500, text="Internal Server Error")
        if method in self.forbidden:
            refusal = {"ok": False, "error": self.forbidden[method]}
            return self._answer(workspace, method, given, refusal)
        try:
            answer = {"ok": True} | self.api.run(workspace, method, given)
        except No as no:
            ours = no.error in {"invalid_blocks", "invalid_arguments", "no_text", "msg_too_long"}
            return self._answer(workspace, method, given, _refusal(no), refused=ours)
        if faults.strikes(faults.after, method):
            self._note(workspace, method, given, answer, 0)
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        return self._answer(workspace, method, given, answer)

    def _answer(
        self, at: Workspace, method: str, given: Json, answer: Json, *, refused: bool = False
    ) -> web.Response:
        self._note(at, method, given, answer, 200)
        if refused:
            self.refused.append(self.calls[-1])
        if self.terse:
            return web.json_response(brief(method, answer))
        return web.json_response(answer, headers={"X-OAuth-Scopes": ",".join(at.scopes)})

    def _note(self, at: Workspace, method: str, given: Json, answer: Json, status: int) -> None:
        self.calls.append(Call(time.monotonic(), at.id, method, given, answer, status))

    def made(self, method: str) -> list[Call]:
        """Every call of a method that Slack carried out."""
        return [one for one in self.calls if one.method == method and one.answer.get("ok")]

    async def _upload(self, request: web.Request) -> web.Response:
        upload = self.api.uploads.get(request.match_info["file"])
        content = await request.read()
        if upload is None or len(content) != upload["length"]:
            return web.Response(status=400)
        upload["content"] = content
        return web.Response(text="OK - 1")

    async def _file(self, request: web.Request) -> web.Response:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if not any(one.token == token and token for one in self.workspaces.values()):
            return web.Response(status=302, headers={"Location": "https://slack.com/"})
        return web.Response(body=self.api.uploads[request.match_info["file"]]["content"])

    async def _response(self, request: web.Request) -> web.Response:
        """A response address: five times within half an hour."""
        key = request.match_info["key"]
        known = self.responses.get(key)
        body = await request.json()
        if known is None or known[3] >= 5:
            return web.Response(status=404, text="used_url")
        team, channel, user, used = known
        self.responses[key] = (team, channel, user, used + 1)
        workspace = self.workspaces[team]
        try:
            check_message(body.get("blocks", []))
        except Invalid as invalid:
            self.refused.append(Call(time.monotonic(), team, "response_url", body, {}, 400))
            return web.Response(status=400, text=f"invalid_blocks: {invalid}")
        conversation = workspace.conversations[channel]
        text, blocks = body.get("text", ""), body.get("blocks", [])
        if body.get("replace_original"):
            for message in conversation.messages:
                if message.response == key:
                    message.text, message.blocks = text, blocks
        else:
            only = user if body.get("response_type", "ephemeral") == "ephemeral" else ""
            conversation.post(text, blocks, only=only)
        workspace.tell(user)
        return web.Response(text="ok")

    # --- OAuth ----------------------------------------------------------------------------------

    async def _authorize(self, request: web.Request) -> web.Response:
        """The admin agrees at once, to the workspace named by ``team``."""
        query = request.query
        if query["client_id"] != self.client_id:
            return web.Response(status=400, text="invalid_client_id")
        workspace = self.workspaces[query["team"]]
        code = new_id("code")
        self._codes[code] = workspace.id
        workspace.scopes = frozenset(query["scope"].split(","))
        back = f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"
        return web.Response(status=302, headers={"Location": back})

    def _access(self, given: Json, proof: str) -> web.Response:
        """The app shows who it is in its arguments or, better, by HTTP's basic authentication."""
        shown = (given.get("client_id", ""), given.get("client_secret", ""))
        if proof.startswith("Basic ") and not self.reads_bodies_alone:
            shown = aiohttp.BasicAuth.decode(proof)[:2]
        right = shown == (self.client_id, self.client_secret)
        if not right:
            return web.json_response({"ok": False, "error": "invalid_client_id"})
        team = self._codes.pop(given.get("code", ""), None)
        if team is None:
            return web.json_response({"ok": False, "error": "invalid_code"})
        workspace = self.workspaces[team]
        enterprise, whole = workspace.enterprise, workspace.id in self.installed_everywhere
        if whole:
            every = [one for one in self.workspaces.values() if one.enterprise == enterprise]
            token = self.install_everywhere(every, workspace.scopes)
        else:
            token = self.install(workspace, workspace.scopes)
        return web.json_response(
            {
                "ok": True,
                "app_id": APP_ID,
                "access_token": token,
                "token_type": "bot",
                "scope": ",".join(workspace.scopes),
                "bot_user_id": workspace.bot_user,
                "team": None if whole else {"id": workspace.id, "name": workspace.name},
                "enterprise": {"id": enterprise, "name": "Org"} if enterprise else None,
                "is_enterprise_install": whole,
                "authed_user": {"id": "U0"},
            }
        )

    # --- delivery -------------------------------------------------------------------------------

    async def deliver(self, kind: str, payload: Json) -> Json | None:
        """Hand something to the app; what it acknowledged with.

        Raises :class:`NotAcknowledged` after three seconds.
        """
        payload = bare(payload) if self.terse else payload
        if self.request_url:
            began = time.monotonic()
            answer = await self._deliver_by_http(kind, payload)
            self.acks.append(time.monotonic() - began)
            return answer
        return await self._deliver_by_socket(kind, payload)

    async def event(self, workspace: Workspace, event: Json, *, event_id: str = "") -> None:
        """An event of the Events API."""
        payload = {
            "token": "verification",
            "team_id": workspace.id,
            "api_app_id": APP_ID,
            "event": event | {"event_ts": f"{time.time():.6f}"},
            "type": "event_callback",
            "event_id": event_id or new_id("Ev"),
            "event_time": int(time.time()),
            "authorizations": [
                {
                    "enterprise_id": workspace.enterprise or None,
                    "team_id": None if workspace.whole else workspace.id,
                    "user_id": workspace.bot_user,
                    "is_bot": True,
                    "is_enterprise_install": workspace.whole,
                }
            ],
        }
        await self.deliver("events_api", payload)

    async def leave_channel(self, workspace: Workspace, user: str, channel: str) -> None:
        """Somebody leaves a channel by themselves: who is in it is told."""
        workspace.conversations[channel].members.remove(user)
        await self._moved("member_left_channel", workspace, user, channel)

    async def join_channel(self, workspace: Workspace, user: str, channel: str, by: str) -> None:
        """Somebody is let into a channel by another member."""
        workspace.conversations[channel].members.append(user)
        await self._moved("member_joined_channel", workspace, user, channel, inviter=by)

    async def _moved(
        self, kind: str, workspace: Workspace, user: str, channel: str, **more: str
    ) -> None:
        told = {"type": kind, "user": user, "channel": channel, "channel_type": "G"}
        await self.event(workspace, told | {"team": workspace.id} | more)

    async def archive(self, at: Workspace, channel: Conversation, *, tell: bool = True) -> None:
        """Somebody archives a private channel."""
        channel.archived = True
        if tell:
            await self.event(at, {"type": "group_archive", "channel": channel.id, "user": "U0"})

    async def take_out(self, at: Workspace, channel: Conversation, *, tell: bool = True) -> None:
        """Somebody takes the app out of a private channel."""
        channel.members.remove(at.bot_user)
        if tell:
            await self.event(at, {"type": "group_left", "channel": channel.id, "actor_id": "U0"})

    async def uninstall(self, workspace: Workspace) -> None:
        """An admin removes the app, where it was installed."""
        self.remove(workspace)
        await self.event(workspace, {"type": "app_uninstalled"})

    def remove(self, workspace: Workspace) -> None:
        """The same, without the app being told."""
        for one in self.workspaces.values():
            if one.installed == workspace.installed:
                self._gone.add(one.token)
                one.token = ""

    def signed(self, body: str, at: float | None = None) -> dict[str, str]:
        """The headers that prove a body to be Slack's."""
        stamp = str(int(at or time.time()))
        proof = hmac.new(
            self.signing_secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256
        )
        return {
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": f"v0={proof.hexdigest()}",
        }

    def encoded(self, kind: str, payload: Json) -> tuple[str, str]:
        """A payload as a body, and its type."""
        if kind == "slash_commands":
            return urlencode(payload), "application/x-www-form-urlencoded"
        if kind == "interactive":
            body = urlencode({"payload": json.dumps(payload)})
            return body, "application/x-www-form-urlencoded"
        return json.dumps(payload), "application/json"

    async def _deliver_by_http(self, kind: str, payload: Json) -> Json | None:
        body, content_type = self.encoded(kind, payload)
        headers = self.signed(body) | {"Content-Type": content_type}
        assert self._http is not None
        try:
            async with (
                asyncio.timeout(3),
                self._http.post(self.request_url, data=body, headers=headers) as answer,
            ):
                text = await answer.text()
                if answer.status != 200:
                    raise NotAcknowledged(f"{answer.status} {text}")
        except (TimeoutError, aiohttp.ClientError) as error:
            raise NotAcknowledged(str(error)) from None
        return json.loads(text) if text.startswith("{") else None

    async def _deliver_by_socket(self, kind: str, payload: Json) -> Json | None:
        envelope = new_id("envelope")
        told: asyncio.Future[Json | None] = asyncio.get_running_loop().create_future()
        self._waiting[envelope] = told
        message = json.dumps(
            {
                "type": kind,
                "envelope_id": envelope,
                "payload": payload,
                "accepts_response_payload": kind != "events_api",
                "retry_attempt": 0,
            }
        )
        while True:
            socket, closed = await self._socket(time.monotonic() + 3)
            began = time.monotonic()
            with suppress(ConnectionError):
                for _ in range(2 if self.faults.double_envelopes else 1):
                    await socket.send_str(message)
            if self.faults.drop_before_ack > 0:
                self.faults.drop_before_ack -= 1
                await self.drop(socket)
            both: set[asyncio.Future[Any]] = {told, closed}
            await asyncio.wait(both, timeout=3, return_when=asyncio.FIRST_COMPLETED)
            if told.done():
                self.acks.append(time.monotonic() - began)
                return told.result()
            if not closed.done():
                raise NotAcknowledged(kind)
            # It comes again over the next socket, with time of its own.

    async def connected(self) -> None:
        """Wait until the app has a socket open."""
        async with asyncio.timeout(15):
            await self._connected.wait()

    async def drop(self, socket: web.WebSocketResponse | None = None) -> None:
        """Cut a socket (or every one) without a word."""
        for one in [socket] if socket else [*self._sockets]:
            if one in self._sockets:
                self._sockets.pop(one).set_result(None)
            if one._req is not None and one._req.transport is not None:
                one._req.transport.abort()
        if not self._sockets:
            self._connected.clear()

    async def rotate(self) -> None:
        """Ask the app to connect anew, as Slack does every few hours."""
        for socket in [*self._sockets]:
            await socket.send_json({"type": "disconnect", "reason": "refresh_requested"})

    async def _socket(self, deadline: float) -> tuple[web.WebSocketResponse, asyncio.Future[None]]:
        """The newest socket, and what tells that it is there no more."""
        while True:
            open_ones = [one for one in self._sockets if not one.closed]
            if open_ones:
                return open_ones[-1], self._sockets[open_ones[-1]]
            if time.monotonic() > deadline:
                raise NotAcknowledged("nobody is connected")
            await asyncio.sleep(0.02)

    def _open_connection(self, token: str) -> web.Response:
        if token != self.app_token:
            return web.json_response({"ok": False, "error": "invalid_auth"})
        if "apps.connections.open" in self.forbidden:
            error = self.forbidden["apps.connections.open"]
            return web.json_response({"ok": False, "error": error})
        ticket = new_id("ticket")
        self._tickets.add(ticket)
        url = f"{self.address.replace('http', 'ws')}/link?ticket={ticket}"
        return web.json_response({"ok": True, "url": url})

    async def _link(self, request: web.Request) -> web.StreamResponse:
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=401)
        self._tickets.remove(ticket)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        hello = {"type": "hello", "num_connections": 1}
        await socket.send_json(bare(hello) if self.terse else hello)
        self._sockets[socket] = asyncio.get_running_loop().create_future()
        self._connected.set()
        try:
            async for message in socket:
                if message.type is aiohttp.WSMsgType.TEXT:
                    self._acknowledged(json.loads(message.data))
        finally:
            if socket in self._sockets:
                self._sockets.pop(socket).set_result(None)
        return socket

    def _acknowledged(self, answer: Json) -> None:
        told = self._waiting.get(answer.get("envelope_id", ""))
        if told is not None and not told.done():
            told.set_result(answer.get("payload"))


def _meant(served: list[Workspace], given: Json) -> Workspace:
    """Which of the workspaces that a token serves a call is about: what it names lies there."""
    if "team_id" in given:
        return next((one for one in served if one.id == given["team_id"]), served[0])
    named = {str(given.get(key)) for key in ("channel", "channel_id", "user", "user_id", "users")}
    named |= {str(given.get("users")).split(",")[0]}
    for one in served:
        views = {view.id for stack in one.modals.values() for view in stack}
        if named & (one.conversations.keys() | one.users.keys()) or given.get("view_id") in views:
            return one
        trigger = str(given.get("trigger_id", ""))
        if trigger and trigger.endswith(one.id):
            return one
    return served[0]


async def _arguments(request: web.Request) -> Json:
    if request.content_type == "application/json":
        given: Json = await request.json()
        return given
    body = dict(parse_qsl(await request.text(), keep_blank_values=True))
    return dict(request.query) | body


def _refusal(no: No) -> Json:
    return {"ok": False, "error": no.error} | no.more

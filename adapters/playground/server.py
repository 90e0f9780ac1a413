"""The playground's small web server: loopback only, one door, one secret.

Nobody but the person at this machine may use it. Every request must name this host, come from this
page, and carry the token: once in the printed address, from then on as a cookie that no script can
read. A page of another site can therefore neither read nor steer it, also not by a name that
resolves to this machine.
"""

import hmac
from base64 import b64decode
from collections.abc import Awaitable, Callable
from html import escape
from importlib.resources import files
from urllib.parse import quote

from aiohttp import web

from adapters.playground.decode import FRAME_BYTES
from adapters.playground.history import History
from adapters.playground.model import Said
from adapters.playground.session import House, Session
from bot.core.boundary.wording import Wording

HOST = "127.0.0.1"
_PAGE = files("adapters.playground").joinpath("page")
_TYPES = {
    ".css": "text/css",
    ".html": "text/html",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Door:
    """Lets in what comes from this machine's own page with the token, and nothing else."""

    def __init__(self, token: str, wording: Wording) -> None:
        self._token = token
        self._words = wording.words("UTC")
        self.port = 0

    @property
    def address(self) -> str:
        """What to open in a browser."""
        return f"http://{HOST}:{self.port}/?token={self._token}"

    @property
    def _hosts(self) -> tuple[str, ...]:
        return (f"{HOST}:{self.port}", f"localhost:{self.port}")

    @property
    def _cookie(self) -> str:
        return f"banyan-playground-{self.port}"  # cookies are shared by all ports of a host

    @web.middleware
    async def guard(self, request: web.Request, handler: _Handler) -> web.StreamResponse:
        """Refuse strangers, before anything is looked at; dress every response."""
        response = self._refusal(request) or await self._served(request, handler)
        if not response.prepared:
            sources = " ".join(f"ws://{host}" for host in self._hosts)
            response.headers.update(_HEADERS)
            response.headers["Content-Security-Policy"] = (
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                f"connect-src 'self' {sources}; form-action 'none'; base-uri 'none'; "
                "frame-ancestors 'none'"
            )
        return response

    async def _served(self, request: web.Request, handler: _Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except web.HTTPNotFound:
            return self._page(404, "missing")
        except web.HTTPException as refused:
            return self._page(refused.status, "refused")

    def _refusal(self, request: web.Request) -> web.Response | None:
        origin = request.headers.get("Origin")
        origins = {f"http://{host}" for host in self._hosts}
        if request.headers.get("Host") not in self._hosts:
            return self._page(403, "elsewhere")
        if origin is not None and origin not in origins:
            return self._page(403, "elsewhere")
        if request.path == "/socket" and origin is None:
            return self._page(403, "elsewhere")
        if request.path == "/" and self._is_token(request.query.get("token", "")):
            response = web.Response(status=303, headers={"Location": "/"})
            response.set_cookie(
                self._cookie, self._token, httponly=True, samesite="Strict", max_age=31_536_000
            )
            return response
        if not self._is_token(request.cookies.get(self._cookie, "")):
            return self._page(403, "no_token")
        return None

    def _is_token(self, given: str) -> bool:
        return hmac.compare_digest(given.encode("utf-8", "replace"), self._token.encode())

    def _page(self, status: int, why: str) -> web.Response:
        title = escape(self._words.line(f"playground.door.{why}"))
        next_step = escape(self._words.line(f"playground.door.{why}.next"))
        body = (
            f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>'
            f"<h1>{title}</h1><p>{next_step}</p></html>"
        )
        return web.Response(status=status, text=body, content_type="text/html")


def application(door: Door, house: House) -> web.Application:
    """The server's routes: the page, its socket, and files that were handed out."""
    application = web.Application(middlewares=[door.guard], client_max_size=64 * 1024)
    assets = {
        file.name: (file.read_bytes(), _TYPES[suffix])
        for file in _PAGE.iterdir()
        if (suffix := f".{file.name.rpartition('.')[2]}") in _TYPES
    }
    open_sockets: set[web.WebSocketResponse] = set()

    async def asset(request: web.Request) -> web.Response:
        name = request.match_info.get("name", "index.html")
        if name not in assets:
            raise web.HTTPNotFound
        body, media_type = assets[name]
        return web.Response(body=body, content_type=media_type, charset="utf-8")

    async def socket(request: web.Request) -> web.WebSocketResponse:
        response = web.WebSocketResponse(heartbeat=20, max_msg_size=FRAME_BYTES)
        await response.prepare(request)
        open_sockets.add(response)
        try:
            await Session(response, house).run()
        finally:
            open_sockets.discard(response)
        return response

    async def handed_out(request: web.Request) -> web.Response:
        block = _file(house.commons.history, request.match_info)
        if block is None:
            raise web.HTTPNotFound
        name = quote(str(block["name"]), safe="")
        return web.Response(
            body=b64decode(str(block["content"])),
            content_type="application/octet-stream",
            headers={"Content-Disposition": f"attachment; filename*=UTF-8''{name}"},
        )

    async def close_sockets(_: web.Application) -> None:
        for one in tuple(open_sockets):
            await one.close()

    application.router.add_get("/", asset)
    application.router.add_get("/page/{name}", asset)
    application.router.add_get("/socket", socket)
    application.router.add_get("/files/{message}/{index:\\d{1,2}}", handed_out)
    application.on_shutdown.append(close_sockets)
    return application


def _file(history: History, named: dict[str, str]) -> dict[str, object] | None:
    said: Said | None = history.message(named["message"])
    view = said.body.get("view") if said else None
    blocks = view["blocks"] if isinstance(view, dict) else []
    index = int(named["index"])
    if index >= len(blocks) or blocks[index]["is"] != "file":
        return None
    block: dict[str, object] = blocks[index]
    return block

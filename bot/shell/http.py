"""The bot's own small HTTP server: health, readiness, metrics, and a rehearsal's clock.

Platforms that are reached by HTTP add their routes before it starts.
"""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from ipaddress import ip_address

from aiohttp import web
from prometheus_client import CollectorRegistry, Gauge, generate_latest

from bot.shell.clock import MovableClock, Timekeeper

LARGEST_BODY = 1 << 20
"""Bytes. What is larger is refused before it is read."""


class Readiness:
    """Whether every platform can be used."""

    def __init__(self) -> None:
        self.ready = False
        self.registry = CollectorRegistry()
        self._gauge = Gauge(
            "banyan_ready", "1 once every platform is ready", registry=self.registry
        )

    def now_ready(self) -> None:
        """Every platform can be used."""
        self.ready = True
        self._gauge.set(1)


@asynccontextmanager
async def serving(
    host: str,
    port: int,
    timekeeper: Timekeeper,
    readiness: Readiness,
    routes: Iterable[web.RouteDef] = (),
) -> AsyncIterator[None]:
    """Serve for as long as the block runs. Raises ``OSError`` when the port is taken."""
    app = web.Application(client_max_size=LARGEST_BODY)
    app.add_routes(routes)

    async def healthz(_: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def readyz(_: web.Request) -> web.Response:
        return web.Response(text="ready\n") if readiness.ready else web.Response(status=503)

    async def metrics(_: web.Request) -> web.Response:
        return web.Response(body=generate_latest(readiness.registry), content_type="text/plain")

    async def clock(request: web.Request) -> web.Response:
        if not _from_here(request):
            return web.Response(status=403)
        try:
            at = moment((await request.json())["at"])
        except (ValueError, KeyError, TypeError):
            return web.Response(status=400, text='Send {"at": "2026-03-02T18:00+00:00"}\n')
        await timekeeper.advance(at)
        return web.json_response({"now": timekeeper.now().isoformat()})

    app.add_routes(
        [
            web.get("/healthz", healthz),
            web.get("/readyz", readyz),
            web.get("/metrics", metrics),
        ]
    )
    if isinstance(timekeeper.clock, MovableClock):
        app.add_routes([web.post("/test/clock", clock)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        yield
    finally:
        await runner.cleanup()


def moment(words: str) -> datetime:
    """An ISO time as a moment; without a zone it is UTC. Raises ``ValueError``."""
    at = datetime.fromisoformat(words)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _from_here(request: web.Request) -> bool:
    try:
        return request.remote is not None and ip_address(request.remote).is_loopback
    except ValueError:
        return False

"""The bot's own small HTTP server: health, readiness, metrics, and a rehearsal's clock.

Platforms that are reached by HTTP add their routes before it starts.
"""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from ipaddress import ip_address

from aiohttp import web
from prometheus_client import generate_latest

from bot.shell import metrics
from bot.shell.clock import MovableClock, Timekeeper
from bot.shell.condition import Condition

LARGEST_BODY = 1 << 20
"""Bytes. What is larger is refused before it is read."""


@asynccontextmanager
async def serving(
    host: str,
    port: int,
    timekeeper: Timekeeper,
    condition: Condition,
    routes: Iterable[web.RouteDef] = (),
) -> AsyncIterator[None]:
    """Serve for as long as the block runs. Raises ``OSError`` when the port is taken."""
    app = web.Application(client_max_size=LARGEST_BODY)
    app.add_routes(routes)

    async def healthz(_: web.Request) -> web.Response:
        return _said(await condition.unhealthy(), "ok")

    async def readyz(_: web.Request) -> web.Response:
        return _said(await condition.unready(), "ready")

    async def told(_: web.Request) -> web.Response:
        await condition.unready()
        return web.Response(body=generate_latest(metrics.REGISTRY), content_type="text/plain")

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
            web.get("/metrics", told),
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


def _said(trouble: str, well: str) -> web.Response:
    return web.Response(status=503 if trouble else 200, text=f"{trouble or well}\n")


def _from_here(request: web.Request) -> bool:
    try:
        return request.remote is not None and ip_address(request.remote).is_loopback
    except ValueError:
        return False

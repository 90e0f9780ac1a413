"""A whole bot in this process, on a real database, talking to the stand-in over real sockets."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from aiohttp import web

from adapters.slack import Secrets, Slack
from bot import config
from bot.app import App
from bot.core.boundary.events import Event
from bot.core.boundary.outcome import Answer
from bot.core.boundary.wording import load as load_wording
from bot.core.decide import Bot
from bot.core.features import FEATURES
from bot.shell.clock import MovableClock
from storage.crypto import Vault
from storage.engine import Database
from storage.installations import SqlInstallations
from storage.keyfile import KeySource
from tests.databases import with_tables
from tests.platforms.slack.model import Workspace
from tests.platforms.slack.server import SlackServer

BEGIN = datetime(2027, 1, 12, 12, 1, tzinfo=UTC)
"""A Tuesday, and a minute past the quarter-hour: within a test's minutes no zone's quiet hours end,
so what is held for them stays held whenever the tests run."""


class Running:
    """A running bot, as far as tests speak to it."""

    def __init__(
        self,
        app: App,
        slack: Slack,
        database: Database,
        address: str,
        another: Callable[[], Slack],
    ) -> None:
        self.app = app
        self.slack = slack
        self.database = database
        self.address = address
        """Where it is reached by HTTP; empty in Socket Mode."""
        self.another = another
        """Makes one more adapter like it, which does not listen yet."""

    def events(self) -> list[Event]:
        """Every event from now on, as it goes to the core."""
        seen: list[Event] = []
        receive = self.app.dispatcher.receive

        async def listening(event: Event) -> Answer:
            seen.append(event)
            return await receive(event)

        self.app.dispatcher.receive = listening  # type: ignore[method-assign]
        return seen


@asynccontextmanager
async def bot_running(
    server: SlackServer,
    folder: Path,
    *,
    home: Workspace | None = None,
    mode: str = "socket",
    **settings: object,
) -> AsyncIterator[Running]:
    """A bot for one workspace by Socket Mode, or for any number by HTTP."""
    keys = KeySource(folder / "key")
    wording = load_wording()
    database = Database.open(
        with_tables(folder / "banyan.db"),
        keys=keys,
        ledger=folder / "erased",
        wording=wording,
        kinds=Bot(FEATURES).notice_kinds,
    )
    clock = MovableClock(folder / "clock.json")
    clock.reset(BEGIN)
    app = App(database, clock, wording)
    options: dict[str, object] = {"enabled": True, "mode": mode, "api_base": server.api_base}

    def adapter() -> Slack:
        return Slack(
            config.Slack(**(options | settings)),  # type: ignore[arg-type]
            Secrets(
                home.token if home else "",
                server.app_token,
                server.signing_secret,
                server.client_id if mode == "http" else "",
                server.client_secret if mode == "http" else "",
            ),
            bot=app.bot,
            wording=wording,
            codec=app.codec,
            clock=app.clock,
            installations=SqlInstallations(database.engine, Vault(keys.read() or b"")),
        )

    ready = asyncio.Event()
    try:
        slack = adapter()
        app.add(slack)
        async with _served(slack, mode) as address, app.at_work():
            listening = asyncio.create_task(slack.listen(app.dispatcher, ready.set))
            await _first(listening, ready)
            if address:
                server.request_url = f"{address}/slack/events"
            yield Running(app, slack, database, address, adapter)
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)
    finally:
        database.close()


async def _first(listening: "asyncio.Task[None]", ready: asyncio.Event) -> None:
    """Wait until the platform can be used. Raises what listening raises."""
    waiting = asyncio.create_task(ready.wait())
    await asyncio.wait({listening, waiting}, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    if listening.done():
        await listening


@asynccontextmanager
async def _served(slack: Slack, mode: str) -> AsyncIterator[str]:
    if mode != "http":
        yield ""
        return
    server = web.Application(client_max_size=1 << 20)
    server.add_routes(slack.routes())
    runner = web.AppRunner(server, access_log=None, shutdown_timeout=1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    assert site._server is not None
    port = site._server.sockets[0].getsockname()[1]  # type: ignore[attr-defined]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        await runner.cleanup()

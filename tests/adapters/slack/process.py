"""The bot as a process of its own, as an operator runs it."""

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp

from tests.platforms.slack.model import Workspace
from tests.platforms.slack.server import SlackServer
from tests.ports import free_port

ROOT = Path(__file__).parents[3]


class Process:
    """A running ``python -m bot run``."""

    def __init__(self, address: str, log: Path, session: aiohttp.ClientSession) -> None:
        self.address = address
        self.log = log
        self._session = session
        self.began = datetime.now(UTC)

    async def tick(self, after: timedelta) -> None:
        """Move its clock to so long after it began."""
        body = {"at": (self.began + after).isoformat()}
        async with self._session.post(f"{self.address}/test/clock", json=body) as answer:
            assert answer.status == 200, await answer.text()

    async def live(self, until: int, since: int = 0) -> None:
        """Let days pass one by one, so that it is awake all the while and misses nothing."""
        for day in range(since + 1, until + 1):
            await self.tick(timedelta(days=day))

    async def ready(self) -> bool:
        """Whether it says that it can be used."""
        try:
            async with self._session.get(f"{self.address}/readyz") as answer:
                return answer.status == 200
        except aiohttp.ClientError:
            return False


@asynccontextmanager
async def process(
    server: SlackServer, folder: Path, *, home: Workspace | None = None, mode: str = "socket"
) -> AsyncIterator[Process]:
    """Start the bot and wait until it is ready; stop it afterwards, and see that it ends well."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    log = folder / "log"
    environment = settings(server, folder, port, home=home, mode=mode)
    with log.open("ab") as out:
        running = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", cwd=ROOT, env=environment, stderr=out, stdout=out
        )
    async with aiohttp.ClientSession() as session:
        bot = Process(address, log, session)
        try:
            async with asyncio.timeout(30):
                while not await bot.ready():
                    assert running.returncode is None, log.read_text()
                    await asyncio.sleep(0.1)
            if mode == "http":
                server.request_url = f"{address}/slack/events"
            yield bot
        finally:
            if running.returncode is None:
                running.terminate()
            async with asyncio.timeout(20):
                code = await running.wait()
    assert code == 0, log.read_text()


def settings(
    server: SlackServer,
    folder: Path,
    port: int,
    *,
    home: Workspace | None = None,
    mode: str = "socket",
) -> dict[str, str]:
    """The environment that configures a bot for this server."""
    environment = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
    environment |= {
        "BANYAN__STORAGE__DATA": str(folder),
        "BANYAN__CLOCK__NOW": "manual",
        "BANYAN__HTTP__PORT": str(port),
        "BANYAN__SLACK__ENABLED": "true",
        "BANYAN__SLACK__MODE": mode,
        "BANYAN__SLACK__PUBLIC_URL": f"http://127.0.0.1:{port}",
        "SLACK_API_URL": server.api_base,
        "SLACK_APP_TOKEN": server.app_token,
        "SLACK_SIGNING_SECRET": server.signing_secret,
    }
    if home is not None:
        environment["SLACK_BOT_TOKEN"] = home.token
    else:
        environment["SLACK_CLIENT_ID"] = server.client_id
        environment["SLACK_CLIENT_SECRET"] = server.client_secret
    return environment


async def install(server: SlackServer, address: str, workspace: Workspace) -> None:
    """What an admin's browser does."""
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as browser:
        async with browser.get(f"{address}/slack/install?team={workspace.id}") as page:
            assert page.status == 200
            cookie = page.headers["Set-Cookie"].partition(";")[0]
            html = await page.text()
        found = re.search(rf'"({server.address}/oauth/v2/authorize\?[^"]+)"', html)
        assert found is not None
        where = found[1].replace("&amp;", "&")
        async with browser.get(where, allow_redirects=False) as agreed:
            back = agreed.headers["Location"]
        async with browser.get(back) as stranger:
            assert stranger.status == 400  # another browser than the one that began
        async with browser.get(back, headers={"Cookie": cookie}) as done:
            assert done.status == 200, await done.text()
        async with browser.get(back, headers={"Cookie": cookie}) as again:
            assert again.status == 401

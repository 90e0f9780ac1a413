"""Starting the bot: which parts, around which database, clock and platforms."""

import logging
import os
import shutil
import sys
import zoneinfo
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from aiohttp import web

from bot import config
from bot.app import App
from bot.core.boundary.ids import CommunityRef, RoomRef
from bot.core.boundary.wording import load as load_wording
from bot.core.decide import Bot
from bot.core.features import FEATURES
from bot.shell import log as logs
from bot.shell import operator
from bot.shell.clock import MovableClock, SystemClock
from bot.shell.condition import Condition
from bot.shell.http import serving
from bot.shell.ports import Clock
from storage.crypto import Vault
from storage.engine import Database
from storage.errors import ConfigurationFault, CredentialsFault, PermissionFault
from storage.installations import SqlInstallations
from storage.keyfile import KeySource

if TYPE_CHECKING:
    from adapters.slack import Secrets

log = logging.getLogger("banyan")

_KIND = "kind"
"""The fact that says whether a database belongs to a playground or to live communities."""


def key_source(settings: config.Config, data: Path) -> KeySource:
    """Where the master key comes from."""
    file = Path(settings.keys.file) if settings.keys.file else data / "key"
    configured = os.environ.get("BANYAN_KEY")
    ours = not settings.keys.file and configured is None
    return KeySource(file, configured, made_here=ours)


def database_url(settings: config.Config, data: Path) -> str:
    """The database's SQLAlchemy URL."""
    return settings.storage.url or f"sqlite:///{data / 'banyan.sqlite3'}"


def make_folder(data: Path) -> None:
    """The data folder, if it is not there. Raises a fault where it cannot be."""
    try:
        data.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise PermissionFault(
            f"{data} cannot be the data folder: there is a file in its place. Name a folder: "
            "[storage] data in config.toml."
        ) from None
    except OSError as error:
        raise PermissionFault(f"The data folder {data} cannot be made: {error.strerror}.") from None


@contextmanager
def database(url: str, data: Path, keys: KeySource, kind: str) -> Iterator[Database]:
    """The open database of a playground or of live communities, never the other's.

    Raises a :class:`storage.errors.Fault`.
    """
    make_folder(data)
    opened = Database.open(
        url,
        keys=keys,
        ledger=data / "erased",
        wording=load_wording(),
        kinds=Bot(FEATURES).notice_kinds,
    )
    try:
        if (opened.fact(_KIND) or kind) != kind:
            raise ConfigurationFault(
                f"This database does not belong to a {kind} bot. Choose another folder or URL."
            )
        opened.set_fact(_KIND, kind)
        yield opened
    finally:
        opened.close()


async def playground(
    settings: config.Config, *, data: Path, port: int, sample: bool, reset: bool
) -> int:
    """The playground: everything in a browser, on SQLite, with a clock that can be moved."""
    from adapters.playground.adapter import Playground

    if reset:
        shutil.rmtree(data, ignore_errors=True)
        sys.stdout.write("The playground is empty again.\n")
        return 0
    _begin(settings)
    keys = key_source(settings, data)
    with database(f"sqlite:///{data / 'banyan.sqlite3'}", data, keys, "playground") as opened:
        app = App(opened, MovableClock(data / "clock.json"))
        adapter = Playground(
            data,
            Vault(keys.read() or b"").hash("playground history"),
            bot=app.bot,
            wording=app.wording,
            codec=app.codec,
            clock=app.timekeeper,
            port=port,
        )
        if sample:
            adapter.load_sample()
        app.add(adapter)
        await app.serve(lambda: _welcome(adapter.address))
    return 0


async def platforms(settings: config.Config) -> int:
    """The live bot: every platform that the configuration turns on."""
    if not (settings.discord.enabled or settings.slack.enabled):
        raise config.Wrong(
            "No platform is turned on. Set enabled = true under [discord] or [slack] in "
            "config.toml, or try `python -m bot playground`."
        )
    _begin(settings)
    keys = key_source(settings, settings.data)
    url = database_url(settings, settings.data)
    with database(url, settings.data, keys, "live") as opened:
        app = App(opened, _clock(settings))
        if settings.discord.enabled:
            _add_discord(app, settings)
        routes = operator.routes(settings.data, opened, app.worker, app.clock, address=address)
        if settings.slack.enabled:
            routes += _add_slack(app, settings, opened, keys)
        condition = Condition(opened, app.clock)
        http = settings.http
        async with serving(http.host, http.port, app.timekeeper, condition, routes):
            await app.serve(condition.now_ready)
    return 0


def address(community: CommunityRef, room: RoomRef | None) -> str:
    """Where a community's room is found in a browser; without one, the community itself."""
    from adapters.discord import ids as discord
    from adapters.slack import ids as slack

    known = {discord.PLATFORM: discord.address, slack.PLATFORM: slack.address}
    find = known.get(community.platform)
    return find(community, room) if find else ""


def _welcome(address: str) -> None:
    sys.stdout.write(
        "\nBanyan's playground is ready. Open this in a browser:\n\n"
        f"  {address}\n\n"
        "Press Ctrl+C to stop. Nothing is lost: start it again to go on.\n\n"
    )
    sys.stdout.flush()


def _add_discord(app: App, settings: config.Config) -> None:
    from adapters.discord import Discord

    token = config.secret(settings.discord.token_file, "DISCORD_TOKEN")
    if not token:
        raise CredentialsFault("Discord needs its bot token: set DISCORD_TOKEN.")
    app.add(
        Discord(
            settings.discord,
            token,
            bot=app.bot,
            wording=app.wording,
            codec=app.codec,
            clock=app.clock,
        )
    )


def slack_secrets(settings: config.Config) -> "Secrets":
    """Slack's secrets, from files or the environment; those that are not set are empty."""
    from adapters.slack import Secrets

    told = settings.slack
    return Secrets(
        bot_token=config.secret(told.bot_token_file, "SLACK_BOT_TOKEN"),
        app_token=config.secret(told.app_token_file, "SLACK_APP_TOKEN"),
        signing_secret=config.secret(told.signing_secret_file, "SLACK_SIGNING_SECRET"),
        client_id=told.client_id or os.environ.get("SLACK_CLIENT_ID", ""),
        client_secret=config.secret(told.client_secret_file, "SLACK_CLIENT_SECRET"),
    )


def _add_slack(
    app: App, settings: config.Config, opened: Database, keys: KeySource
) -> list[web.RouteDef]:
    """Serve Slack; what it asks for by HTTP."""
    from adapters.slack import Slack

    told = settings.slack
    secrets = slack_secrets(settings)
    slack = Slack(
        told,
        secrets,
        bot=app.bot,
        wording=app.wording,
        codec=app.codec,
        clock=app.clock,
        installations=SqlInstallations(opened.engine, Vault(keys.read() or b"")),
    )
    app.add(slack)
    return slack.routes()


def _clock(settings: config.Config) -> Clock:
    if settings.clock.now == "system":
        return SystemClock()
    live = [
        name
        for name, section, base in (
            ("Discord", settings.discord, os.environ.get("DISCORD_API_URL")),
            ("Slack", settings.slack, os.environ.get("SLACK_API_URL")),
        )
        if section.enabled and not (section.api_base or base)
    ]
    if live:
        raise config.Wrong(f'[clock] now = "manual" is not for a live bot on {live[0]}.')
    make_folder(settings.data)
    return MovableClock(settings.data / "clock.json", frozen=True)


def _begin(settings: config.Config) -> None:
    logs.set_up(settings.log.level)
    os.umask(0o077)
    # The zones that come with the tzdata package, whatever the system's are.
    zoneinfo.reset_tzpath(())

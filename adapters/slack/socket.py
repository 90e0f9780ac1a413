"""Reached by Socket Mode: one socket that we open, kept open.

The library reconnects by itself, within seconds; a watch beside it makes that a fraction of one.
What was not acknowledged over a lost socket comes again over the next, and is told apart by what
it says.
"""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.socket_mode.aiohttp import SocketModeClient

from adapters.slack.api import QUIET, Api
from adapters.slack.credentials import INVALID
from bot.shell.ports import Refused

log = logging.getLogger("banyan.slack")

_PING_EVERY = 5.0
_LOOK_EVERY = 0.2
_NEW_ADDRESS_AFTER = 10.0
"""Seconds without a socket after which a new address is asked for: an address is good once."""
_FINAL = INVALID | {"not_allowed_token_type", "missing_scope"}


@asynccontextmanager
async def connected(app: AsyncApp, api: Api, app_token: str) -> AsyncIterator[None]:
    """Be connected for as long as the block runs. Raises :class:`Refused`."""
    address = await _first_address(api, app_token)
    handler = AsyncSocketModeHandler(
        app, app_token, logger=QUIET, web_client=api.client, ping_interval=_PING_EVERY
    )
    client = handler.client
    client.proxy = None  # it would take one from the environment
    client.wss_uri = address
    watch = asyncio.create_task(_watch(client))
    try:
        await client.connect()  # type: ignore[no-untyped-call]
        yield
    finally:
        watch.cancel()
        await asyncio.gather(watch, return_exceptions=True)
        with contextlib.suppress(aiohttp.ClientError, OSError):
            await handler.close_async()  # type: ignore[no-untyped-call]


async def _first_address(api: Api, app_token: str) -> str:
    wait = 1.0
    while True:
        try:
            answer = await api.client.apps_connections_open(app_token=app_token)
            if answer.get("url"):
                return str(answer["url"])
            word = "no address"
        except SlackApiError as error:
            data = getattr(error.response, "data", None)
            word = str(data.get("error", "")) if isinstance(data, dict) else ""
            if word in _FINAL:
                raise Refused(
                    f"Slack refuses SLACK_APP_TOKEN ({word}). It must be an app-level token with "
                    "the scope connections:write."
                ) from None
            word = word or f"http {getattr(error.response, 'status_code', '')}"
        except (aiohttp.ClientError, SlackClientError, TimeoutError, OSError):
            word = ""
        log.warning("Slack cannot be reached yet", extra={"error": word})
        await asyncio.sleep(wait)
        wait = min(wait * 2, 30.0)


async def _watch(client: SocketModeClient) -> None:
    down = 0.0
    while True:
        await asyncio.sleep(_LOOK_EVERY)
        session = client.current_session
        if session is None or not session.closed:
            down = 0.0
            continue
        down += _LOOK_EVERY
        if down >= _NEW_ADDRESS_AFTER:
            client.wss_uri, down = None, 0.0
        if not client.connect_operation_lock.locked():
            try:
                await client.connect_to_new_endpoint()
            except (SlackApiError, SlackClientError, aiohttp.ClientError, OSError, TimeoutError):
                await asyncio.sleep(1.0)

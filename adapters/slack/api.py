"""Calls of Slack's Web API, and what its refusals mean.

slack_sdk would post a message again by itself after a lost connection, so it gets no retry
handlers: only the postman tries again. No connection is kept open between calls either, because a
message sent into a connection that Slack was just closing would be uncertain for nothing.
"""

import asyncio
import logging
from collections.abc import Mapping
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack.model import Json
from adapters.slack.pace import Pace
from bot.shell.ports import TryLater

SLACK = "https://slack.com/api/"
_TIMEOUT = 20.0
_AT_ONCE = 100
_DEFAULT_RETRY = 30.0

log = logging.getLogger("banyan.slack")

QUIET = logging.getLogger("slack_sdk.banyan")
"""The libraries' logger: their lines quote what people wrote, so none gets through."""
QUIET.setLevel(logging.CRITICAL + 1)

_BUSY = frozenset(
    {
        "service_unavailable",
        "team_added_to_org",
        "request_timeout",
        "accesslimited",
        "external_channel_migrating",
        "update_failed",
    }
)
"""Slack did nothing, and may later."""
_BROKEN = frozenset({"fatal_error", "internal_error"})
"""Slack says that some of it may have been done."""


_ABSENT = frozenset({404, 405, 501})
UNKNOWN = "unknown_method"
_UNKNOWN = frozenset({UNKNOWN, "not_implemented"})
"""There is no such thing at this address: a proxy or a test server may not have all of it."""


class NotOk(Exception):
    """Slack understood and refuses; ``error`` is its word for why."""

    def __init__(self, error: str, answer: Mapping[str, Any]) -> None:
        super().__init__(error)
        self.error = error
        self.answer = answer


class _Client(AsyncWebClient):
    """The library's client, which shows who the app is in a header alone, as Slack prefers it."""

    async def oauth_v2_access(self, **given: Any) -> AsyncSlackResponse:
        """Where the header was not looked at, the same is said once more in the body."""
        try:
            return await super().oauth_v2_access(**given)
        except SlackApiError as refusal:
            if _word(refusal) not in {"invalid_client_id", "bad_client_secret"}:
                raise
            said = {key: value for key, value in given.items() if value is not None}
            return await self.api_call("oauth.v2.access", data=said)


class Api:
    """The Web API at one address. Usable between :meth:`open` and :meth:`close`."""

    def __init__(self, base: str) -> None:
        self.base = base.rstrip("/") + "/"
        self.client = _Client(
            base_url=self.base, logger=QUIET, timeout=int(_TIMEOUT), retry_handlers=[]
        )
        self.client.proxy = None  # it would take one from the environment
        self.pace = Pace(lambda: asyncio.get_running_loop().time())
        self._session: aiohttp.ClientSession | None = None
        self._lanes: dict[tuple[str, str], asyncio.Lock] = {}

    async def open(self) -> None:
        """Get ready to call."""
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(force_close=True, limit=_AT_ONCE),
            timeout=aiohttp.ClientTimeout(total=_TIMEOUT),
        )
        self.client.session = self._session

    async def close(self) -> None:
        """Stop calling."""
        if self._session is not None:
            await self._session.close()
            self._session = None
            self.client.session = None

    @property
    def session(self) -> aiohttp.ClientSession:
        """For the addresses that Slack hands out: answers and uploads."""
        if self._session is None:
            raise TryLater(1.0)
        return self._session

    async def call(
        self,
        team: str,
        token: str,
        method: str,
        arguments: Mapping[str, object],
        *,
        conversation: str = "",
    ) -> Json:
        """Call when it is this call's turn. ``conversation``: a message is posted there.

        One call of a method after the other, so that none is on its way while Slack answers
        another that it wants to be left alone. Raises :class:`NotOk` and :class:`TryLater`.
        """
        async with self._lanes.setdefault((team, method), asyncio.Lock()):
            await self.pace.turn(team, method, conversation)
            try:
                return await self._call(team, token, method, arguments)
            finally:
                self.pace.ended(team, method, conversation)

    async def call_now(
        self, team: str, token: str, method: str, arguments: Mapping[str, object]
    ) -> Json:
        """Call at once, because a person waits or a trigger runs out. Raises as :meth:`call`."""
        self.pace.count(team, method)
        try:
            return await self._call(team, token, method, arguments)
        finally:
            self.pace.ended(team, method)

    async def headers(self, token: str) -> Mapping[str, str]:
        """What Slack says beside its answer to whose token this is. Raises as :meth:`call`."""
        if self._session is None:
            raise TryLater(1.0)
        try:
            return (await self.client.auth_test(token=token)).headers
        except SlackApiError as error:
            raise self._refusal("", "auth.test", error) from None
        except (aiohttp.ClientError, SlackClientError, TimeoutError, OSError, ValueError):
            raise TryLater(1.0) from None

    async def _call(
        self, team: str, token: str, method: str, arguments: Mapping[str, object]
    ) -> Json:
        if self._session is None:
            raise TryLater(1.0)
        run = getattr(self.client, method.replace(".", "_"))
        try:
            response = await run(token=token, **arguments)
        except SlackApiError as error:
            raise self._refusal(team, method, error) from None
        except aiohttp.ClientConnectorError:
            raise TryLater(1.0) from None
        except AttributeError:  # from the library, for an answer that is no JSON
            raise TryLater(2.0, uncertain=True) from None
        except (aiohttp.ClientError, SlackClientError, TimeoutError, OSError, ValueError):
            raise TryLater(1.0, uncertain=True) from None
        return response.data if isinstance(response.data, dict) else {}

    def _refusal(self, team: str, method: str, error: SlackApiError) -> NotOk | TryLater:
        response: Any = error.response
        status = int(getattr(response, "status_code", 0) or getattr(response, "status", 0) or 0)
        headers = getattr(response, "headers", None) or {}
        answer, word = getattr(response, "data", None), _word(error)
        if status == 429 or word in {"ratelimited", "rate_limited", "message_limit_exceeded"}:
            wait = seconds(headers)
            self.pace.hold(team, method, wait)
            return TryLater(wait, asked=True)
        if word in _BUSY:
            is_told = "Retry-After" in headers
            return TryLater(seconds(headers) if is_told else 5.0, asked=is_told)
        if status in _ABSENT or word in _UNKNOWN:
            log.warning("Slack does not have a method", extra={"method": method, "status": status})
            return NotOk(UNKNOWN, {})
        if status >= 500 or word in _BROKEN or not word:
            return TryLater(2.0, uncertain=True)
        return NotOk(word, answer if isinstance(answer, dict) else {})


def _word(refusal: SlackApiError) -> str:
    answer = getattr(refusal.response, "data", None)
    return str(answer.get("error", "")) if isinstance(answer, dict) else ""


def seconds(headers: Mapping[str, str]) -> float:
    """How long Slack asks to wait."""
    try:
        return max(1.0, float(headers["Retry-After"]))
    except (KeyError, ValueError):
        return _DEFAULT_RETRY

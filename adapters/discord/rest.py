"""Requests to Discord through discord.py's own client, with its habits made fit for an outbox.

The library repeats a POST by itself after a server error, sleeps inside the call when told to
wait, and lets what stands in its queue go on the wire without asking again. Here a server error
and a "wait" end the call at once, as :class:`Busy`: whoever asked knows whether asking again is
safe. And every request asks at the one :class:`~adapters.discord.door.Door` as it sets out.
"""

import asyncio
import json as json_lines
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import SimpleNamespace
from typing import Any, Final

import aiohttp
import discord
import discord.client
from discord.http import HTTPClient, Ratelimit, Route

from adapters.discord.door import Door, Limited, number
from adapters.discord.render import Upload

PATIENCE: Final = 20.0
"""Seconds until a request without an answer is given up."""
_UNTOLD: Final = 60.0
"""Seconds to wait where Discord, or what stands before it, does not say how long."""


class Busy(aiohttp.ClientError):
    """Discord said "not now" (429: nothing was done) or failed (5xx: it may have been done)."""

    def __init__(self, status: int, seconds: float) -> None:
        super().__init__(f"{status}, again in {seconds:g} s")
        self.status = status
        self.seconds = seconds

    @property
    def uncertain(self) -> bool:
        """Whether the request may have been carried out."""
        return self.status != 429


class _Open(Ratelimit):
    """The library's queue for a bucket, which keeps nobody waiting: that is the door's."""

    async def acquire(self) -> None:
        """Come in."""

    async def __aexit__(self, *_: object) -> None:
        """Go out."""

    def update(self, response: aiohttp.ClientResponse, *, use_clock: bool = False) -> None:
        """What Discord says of the bucket is for the door."""


class _Http(HTTPClient):
    """The library's client, without its queues."""

    def get_ratelimit(self, key: str) -> Ratelimit:
        """A queue in which nobody waits, and none that is kept."""
        self._buckets.clear()
        return _Open(None)


def use_door() -> None:
    """Make every client of the library one that leaves waiting to the door, in this process."""
    discord.client.HTTPClient = _Http  # type: ignore[attr-defined]


def watching(door: Door) -> aiohttp.TraceConfig:
    """A trace that asks at the door before each request, and tells it of each answer.

    It also ends every request refused for now, before the library can repeat it.
    """

    async def setting_out(
        session: aiohttp.ClientSession,
        context: SimpleNamespace,
        setting_out: aiohttp.TraceRequestStartParams,
    ) -> None:
        if _is_ours(str(setting_out.url)) and (seconds := door.wait(context.trace_request_ctx)):
            raise Busy(429, seconds)

    async def ended(
        session: aiohttp.ClientSession,
        context: SimpleNamespace,
        ended: aiohttp.TraceRequestEndParams,
    ) -> None:
        if not _is_ours(str(ended.url)):
            return
        response, route = ended.response, context.trace_request_ctx
        if response.status == 429:
            limited = await _limited(response)
            door.heard(route, response.headers, limited)
            raise Busy(429, limited.seconds)
        door.heard(route, response.headers)
        if response.status >= 500:
            response.close()
            raise Busy(response.status, 1.0)

    trace = aiohttp.TraceConfig()
    trace.on_request_start.append(setting_out)
    trace.on_request_end.append(ended)
    return trace


def _is_ours(url: str) -> bool:
    """Whether a request is to Discord's interface, and not for a file somewhere else."""
    return url.startswith(Route.BASE)


async def _limited(response: aiohttp.ClientResponse) -> Limited:
    try:
        told = json_lines.loads(await response.text())
    except (ValueError, aiohttp.ClientError):
        told = None
    finally:
        response.close()
    body: Mapping[str, Any] = told if isinstance(told, dict) else {}
    asked = (response.headers.get("Retry-After"), body.get("retry_after"))
    seconds = max((one for one in map(number, asked) if one is not None), default=_UNTOLD)
    # What is no JSON comes from what stands before Discord, and counts all of this machine's.
    alike = not body
    everywhere = alike or bool(body.get("global")) or "X-RateLimit-Global" in response.headers
    return Limited(seconds, everywhere, alike)


class Rest:
    """Discord's REST interface. ``Busy``, ``discord.HTTPException``,
    ``aiohttp.ClientError`` and ``TimeoutError`` say how a request failed."""

    def __init__(
        self, http: HTTPClient, door: Door, *, on_unauthorised: Callable[[], None]
    ) -> None:
        self._http = http
        self._door = door
        self._on_unauthorised = on_unauthorised

    async def ask(
        self,
        method: str,
        path: str,
        json: object = None,
        *,
        uploads: Sequence[Upload] = (),
        query: Mapping[str, str | int] | None = None,
        **places: str,
    ) -> Any:
        """One request, at once: for people who are waiting. ``places`` fill in the path."""
        route = Route(method, path, **places)
        more: dict[str, Any] = {
            "timeout": aiohttp.ClientTimeout(total=PATIENCE),
            "trace_request_ctx": route,
        }
        if query:
            more["params"] = dict(query)
        if uploads:
            more["form"] = list(_parts(json, uploads))
        elif json is not None:
            more["json"] = json
        try:
            return await self._http.request(route, **more)
        except discord.HTTPException as error:
            # An interaction's own token runs out with the interaction; the bot's must not.
            if error.status == 401 and "webhook_token" not in places:
                self._on_unauthorised()
            raise

    async def ask_in_turn(
        self,
        method: str,
        path: str,
        json: object = None,
        *,
        uploads: Sequence[Upload] = (),
        query: Mapping[str, str | int] | None = None,
        **places: str,
    ) -> Any:
        """One request of the outbox: paced, and not at all while Discord said to wait."""
        route = Route(method, path, **places)
        if seconds := self._door.wait(route):
            raise Busy(429, seconds)  # and no turn is taken for it
        async with self._door.turn(route):
            return await self.ask(method, path, json, uploads=uploads, query=query, **places)

    async def fetch(self, url: str) -> bytes:
        """The content of an attachment that an interaction handed over."""
        return await asyncio.wait_for(self._http.get_from_cdn(url), PATIENCE)


def _parts(json: object, uploads: Sequence[Upload]) -> Iterator[dict[str, Any]]:
    yield {
        "name": "payload_json",
        "value": json_lines.dumps(json),
        "content_type": "application/json",
    }
    for at, one in enumerate(uploads):
        yield {
            "name": f"files[{at}]",
            "value": one.content,
            "filename": one.name,
            "content_type": "application/octet-stream",
        }

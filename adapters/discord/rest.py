"""Requests to Discord through discord.py's own client, with its habits made fit for an outbox.

The library repeats a POST by itself after a server error, and sleeps inside the call when told to
wait. Here a server error and a "wait" end the call at once, as :class:`Busy`: whoever asked knows
whether asking again is safe. The library's own pacing by Discord's rate-limit buckets stays.
"""

import asyncio
import json as json_lines
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any, Final

import aiohttp
import discord
from discord.http import HTTPClient, Route

from adapters.discord.render import Upload
from bot.shell.ports import Clock

PATIENCE: Final = 20.0
"""Seconds until a request without an answer is given up."""
A_SECOND: Final = 40
"""Requests of the outbox in a second; Discord allows an application 50 in all."""
LONGEST_SLEEP: Final = 30.0
"""Seconds that the library may sleep inside a call, waiting for a bucket (its own minimum)."""


class Busy(aiohttp.ClientError):
    """Discord said "not now" (429: nothing was done) or failed (5xx: it may have been done)."""

    def __init__(self, status: int, seconds: float, *, everywhere: bool = False) -> None:
        super().__init__(f"{status}, again in {seconds:g} s")
        self.status = status
        self.seconds = seconds
        self.everywhere = everywhere

    @property
    def uncertain(self) -> bool:
        """Whether the request may have been carried out."""
        return self.status != 429


def watching() -> aiohttp.TraceConfig:
    """A trace that ends every refused-for-now request before the library can repeat it."""
    trace = aiohttp.TraceConfig()
    trace.on_request_end.append(_ended)
    return trace


async def _ended(
    session: aiohttp.ClientSession, context: SimpleNamespace, ended: aiohttp.TraceRequestEndParams
) -> None:
    response = ended.response
    if response.status < 500 and response.status != 429:
        return
    try:
        told = json_lines.loads(await response.text())
    except (ValueError, aiohttp.ClientError):
        told = {}
    finally:
        response.close()
    body: Mapping[str, Any] = told if isinstance(told, dict) else {}
    if response.status != 429:
        raise Busy(response.status, 1.0)
    asked = (response.headers.get("Retry-After"), body.get("retry_after"))
    seconds = max((one for one in map(_number, asked) if one is not None), default=60.0)
    everywhere = bool(body.get("global")) or "X-RateLimit-Global" in response.headers
    raise Busy(429, seconds, everywhere=everywhere)


def _number(told: object) -> float | None:
    """Seconds as they were told; ``None`` where it is no number (a proxy may tell a date)."""
    try:
        return float(told) if isinstance(told, str | int | float) else None
    except ValueError:
        return None


class Rest:
    """Discord's REST interface. ``Busy``, ``discord.HTTPException``, ``discord.RateLimited``,
    ``aiohttp.ClientError`` and ``TimeoutError`` say how a request failed."""

    def __init__(
        self, http: HTTPClient, clock: Clock, *, on_unauthorised: Callable[[], None]
    ) -> None:
        self._http = http
        self._clock = clock
        self._on_unauthorised = on_unauthorised
        self._held: dict[str, datetime] = {}
        self._next = 0.0

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
        more: dict[str, Any] = {"timeout": aiohttp.ClientTimeout(total=PATIENCE)}
        if query:
            more["params"] = dict(query)
        if uploads:
            more["form"] = list(_parts(json, uploads))
        elif json is not None:
            more["json"] = json
        try:
            return await self._http.request(Route(method, path, **places), **more)
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
        lane = f"{method} {path} {'/'.join(places.values())}"
        with self._holding(lane):
            await self._turn()
            return await self.ask(method, path, json, uploads=uploads, query=query, **places)

    async def fetch(self, url: str) -> bytes:
        """The content of an attachment that an interaction handed over."""
        return await asyncio.wait_for(self._http.get_from_cdn(url), PATIENCE)

    @contextmanager
    def _holding(self, lane: str) -> Iterator[None]:
        now = self._clock.now()
        self._held = {one: until for one, until in self._held.items() if until > now}
        for one in ("", lane):
            if one in self._held:
                raise Busy(429, (self._held[one] - now).total_seconds())
        try:
            yield
        except Busy as busy:
            if busy.status == 429:
                held = "" if busy.everywhere else lane
                self._held[held] = self._clock.now() + timedelta(seconds=busy.seconds)
            raise

    async def _turn(self) -> None:
        now = asyncio.get_running_loop().time()
        turn = max(now, self._next)
        self._next = turn + 1 / A_SECOND
        await asyncio.sleep(turn - now)


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

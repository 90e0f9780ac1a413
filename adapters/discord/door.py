"""The one door in front of every request to Discord: what has been told to wait does not pass it.

Discord limits requests by bucket (named in ``X-RateLimit-Bucket``, for each channel, server or
webhook by itself) and all of a bot's together. What it says of a bucket holds for every route that
shares it; a route of which nothing is known yet may share any bucket of its place, so it waits
with them. Answers to interactions are outside the limit of the whole bot, as Discord documents.

The door is asked last, when a request is about to go on the wire: whatever waited before, for a
turn or in a queue, hears what was said meanwhile. Seconds are of the monotonic clock, because
Discord's limits run on the real one even while Banyan's stands still.
"""

import asyncio
import time
import weakref
from collections import deque
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

from discord.http import Route

A_SECOND: Final = 40
"""Requests of the outbox in a second; Discord allows an application 50 in all."""
MOST_AT_ONCE: Final = 16
WELL_FOR: Final = 16
"""Requests that must go well, one after the other, before one more is on its way at once."""
SLOW: Final = 2.0
"""Seconds after which a request that hangs keeps no other from its turn."""
_MANY: Final = 500
"""Buckets remembered before those that are open again are dropped."""


@dataclass(frozen=True, slots=True)
class Limited:
    """What Discord said with a 429: wait so many ``seconds``, with this bucket or ``everywhere``.

    ``alike``: that holds for answers to interactions too.
    """

    seconds: float
    everywhere: bool = False
    alike: bool = False


class Door:
    """What may pass now, of the requests of one bot."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._buckets: dict[str, str] = {}
        """The bucket of each route that Discord has told of."""
        self._closed: dict[tuple[str, str], float] = {}
        """Until when a bucket of a place is closed."""
        self._bot_until = self._all_until = 0.0
        self._in_line: weakref.WeakValueDictionary[tuple[str, str], asyncio.Lock] = (
            weakref.WeakValueDictionary()
        )
        self._turns = Turns(now)

    def wait(self, route: Route | None) -> float:
        """Seconds until a request of this route may pass; zero when it may now."""
        now = self._now()
        until = self._all_until
        if route is None or not _is_answer(route):
            until = max(until, self._bot_until)
        if route is not None:
            place = route.major_parameters
            known = {route.key, self._buckets.get(route.key)}
            for (bucket, where), closed in self._closed.items():
                if where == place and (bucket in known or None in known):
                    until = max(until, closed)
        return max(0.0, until - now)

    def heard(
        self, route: Route | None, headers: Mapping[str, str], limited: Limited | None = None
    ) -> None:
        """Take in what an answer says about limits."""
        now = self._now()
        if route is not None and (named := headers.get("X-RateLimit-Bucket")):
            self._buckets[route.key] = named
        if limited is None:
            after = number(headers.get("X-RateLimit-Reset-After"))
            if route is not None and after and headers.get("X-RateLimit-Remaining") == "0":
                self._close(route, now + after)
            return
        self._turns.spoilt()
        if limited.everywhere:
            self._bot_until = max(self._bot_until, now + limited.seconds)
            if limited.alike or (route is not None and _is_answer(route)):
                self._all_until = max(self._all_until, now + limited.seconds)
        elif route is not None:
            self._close(route, now + limited.seconds)

    @asynccontextmanager
    async def turn(self, route: Route) -> AsyncIterator[None]:
        """A turn of the outbox: one request of a bucket after the other, and not too many at once.

        Whether it may pass is to be asked when the turn has come.
        """
        line = self._in_line.setdefault(self._bucket(route), asyncio.Lock())
        async with line, self._turns.taken():
            yield

    def _bucket(self, route: Route) -> tuple[str, str]:
        return self._buckets.get(route.key, route.key), route.major_parameters

    def _close(self, route: Route, until: float) -> None:
        if len(self._closed) >= _MANY:
            now = self._now()
            self._closed = {one: at for one, at in self._closed.items() if at > now}
        # Under both names, for Discord may change which bucket a route belongs to.
        for bucket in (route.key, self._buckets.get(route.key, route.key)):
            key = bucket, route.major_parameters
            self._closed[key] = max(self._closed.get(key, 0.0), until)


class Turns:
    """How many requests of the outbox are on their way at once, and how soon after one another.

    Begins with one. Whatever is on its way when Discord limits the whole bot comes in vain, so
    there are only more after a good many have gone well, and one again after each 429.
    """

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._next = 0.0
        self._well = 0
        self._under_way: set[object] = set()
        self._waiting: deque[asyncio.Future[None]] = deque()

    def spoilt(self) -> None:
        """Discord asked to wait."""
        self._well = 0

    @asynccontextmanager
    async def taken(self) -> AsyncIterator[None]:
        """Take a turn, for as long as the request is on its way or until it hangs."""
        loop = asyncio.get_running_loop()
        while len(self._under_way) >= self._most:
            ahead: asyncio.Future[None] = loop.create_future()
            self._waiting.append(ahead)
            try:
                await ahead
            except asyncio.CancelledError:
                self._wake()
                raise
        ours = object()
        self._under_way.add(ours)
        hangs = loop.call_later(SLOW, self._end, ours)
        try:
            now = self._now()
            at = max(now, self._next)
            self._next = at + 1 / A_SECOND
            await asyncio.sleep(at - now)
            yield
            self._well += 1
        finally:
            hangs.cancel()
            self._end(ours)

    @property
    def _most(self) -> int:
        return min(MOST_AT_ONCE, 1 + self._well // WELL_FOR)

    def _end(self, turn: object) -> None:
        self._under_way.discard(turn)
        self._wake()

    def _wake(self) -> None:
        room = self._most - len(self._under_way)
        while self._waiting and room > 0:
            ahead = self._waiting.popleft()
            if not ahead.done():
                ahead.set_result(None)
                room -= 1


def _is_answer(route: Route) -> bool:
    """Whether it answers an interaction, under the interaction's own token."""
    return route.webhook_token is not None


def number(told: object) -> float | None:
    """Seconds as they were told; ``None`` where it is no number (a proxy may tell a date)."""
    try:
        return float(told) if isinstance(told, str | int | float) else None
    except ValueError:
        return None

"""Working in rounds: all units that wait share one transaction, and so one wait for the disk.

Each is answered only once that is stored. One that fails is undone alone; where the database fails,
each is run again by itself, which is safe, for a unit has no effect outside the database.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Coroutine, Sequence
from contextlib import AbstractContextManager
from functools import partial
from typing import Any, Final, Generic, TypeVar

from bot.shell.ports import Apart

T = TypeVar("T")
Work = Callable[[], T]
Waits = tuple[Work[T], asyncio.Future[T]]
OnThread = Callable[[Callable[[], list[T | Exception]]], Coroutine[Any, Any, list[T | Exception]]]

MOST: Final = 32
"""Units in a round."""
LONGEST: Final = 0.1
"""Seconds after which a round takes no further unit: those in it wait to be answered."""


class Rounds(Generic[T]):
    """Runs units in the order they came in, as many together as are waiting.

    ``together`` makes of a block one transaction; ``on_thread`` runs a round where it belongs.
    """

    def __init__(
        self, together: Callable[[], AbstractContextManager[object]], on_thread: OnThread[T]
    ) -> None:
        self._together = together
        self._on_thread = on_thread
        self._waiting: deque[Waits[T]] = deque()
        self._running: asyncio.Task[None] | None = None

    async def run(self, work: Work[T]) -> T:
        """What the unit came to, once it is stored. A cancelled wait does not stop it."""
        ended: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append((work, ended))
        if self._running is None:
            self._running = asyncio.create_task(self._go_round())
        return await ended

    async def _go_round(self) -> None:
        try:
            while self._waiting:
                taken = [self._waiting.popleft() for _ in range(min(MOST, len(self._waiting)))]
                try:
                    came_to = await self._on_thread(partial(self._round, [one for one, _ in taken]))
                except RuntimeError as stopped:  # there are no threads any more
                    came_to = [stopped for _ in taken]
                _tell(taken, came_to)
                self._waiting.extendleft(reversed(taken[len(came_to) :]))
        finally:
            self._running = None

    def _round(self, works: list[Work[T]]) -> list[T | Exception]:
        """What the first of them came to: all of them, unless that takes long."""
        if len(works) == 1:
            return [_ended(works[0])]
        came_to: list[T | Exception] = []
        until = time.monotonic() + LONGEST
        try:
            with self._together():
                for work in works:
                    came_to.append(_in_round(work))
                    if time.monotonic() > until:
                        break
        except Exception:  # noqa: BLE001 - whose fault it was shows when each is alone
            return [_ended(work) for work in works]
        return came_to


def _in_round(work: Work[T]) -> T | Exception:
    """One unit's end among others. Raises :class:`Apart` where it takes the others along."""
    try:
        return work()
    except Apart:
        raise
    except Exception as error:  # noqa: BLE001 - it is whoever waits for it who hears of it
        return error


def _ended(work: Work[T]) -> T | Exception:
    """The end of a unit that is run by itself."""
    try:
        return work()
    except Exception as error:  # noqa: BLE001 - it is whoever waits for it who hears of it
        return error


def _tell(whom: Sequence[Waits[T]], ends: Sequence[T | Exception]) -> None:
    for (_, waiting), end in zip(whom, ends, strict=False):
        if waiting.done():
            continue  # nobody waits any more
        if isinstance(end, Exception):
            waiting.set_exception(end)
        else:
            waiting.set_result(end)

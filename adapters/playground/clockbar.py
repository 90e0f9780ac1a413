"""Moving the playground's clock: one move at a time, with play and pause."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

from adapters.playground.clock import STEPS, MovableClock, Move

_BEAT = 0.25  # seconds between two due moments while playing: slow enough to watch
_LONGEST = timedelta(weeks=60)
"""Play ends here at the latest, should something be due for ever."""


class ClockBar:
    """Carries out one move at a time; ``changed`` hears of every step."""

    def __init__(self, clock: MovableClock, changed: Callable[[], None]) -> None:
        self._clock = clock
        self._changed = changed
        self._task: asyncio.Task[None] | None = None
        self._paused = False
        self.doing: Move | None = None

    def move(self, move: Move) -> bool:
        """Begin a move; false when another is still under way. ``PAUSE`` ends playing."""
        if move is Move.PAUSE:
            self._paused = True
            return True
        if self._task is not None and not self._task.done():
            return False
        self._paused = False
        self.doing = move
        self._task = asyncio.create_task(self._carry_out(move))
        return True

    async def stop(self) -> None:
        """End what is under way: on a graceful stop."""
        self._paused = True
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _carry_out(self, move: Move) -> None:
        try:
            self._changed()
            now = self._clock.now()
            if move is Move.PLAY:
                await self._play()
            elif move is Move.SLEEP:
                await self._clock.sleep_until(now + STEPS[Move.WEEK])
            elif move is Move.DUE:
                due = await self._clock.next_due()
                if due is not None:
                    await self._clock.advance(max(due, now))
            elif move in STEPS:
                await self._clock.advance(now + STEPS[move])
        finally:
            self.doing = None
            self._changed()

    async def _play(self) -> None:
        until = self._clock.now() + _LONGEST
        while not self._paused:
            due = await self._clock.next_due()
            if due is None or due > until:
                return
            await self._clock.advance(max(due, self._clock.now()))
            self._changed()
            await asyncio.sleep(_BEAT)

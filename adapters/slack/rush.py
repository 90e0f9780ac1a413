"""How far the event loop is behind with what came in, measured while somebody waits.

A time limit that is watched on the loop comes late by as much as the loop is behind; and what it
limits came in as late. So in a rush the limit is set that much earlier.
"""

import asyncio
from types import TracebackType
from typing import Final

_EVERY: Final = 0.05
"""Seconds between two looks."""
_LEAST: Final = 0.2
"""Seconds that are left in any rush: an answer that is quick is the best acknowledgement."""
_FADES: Final = 0.9
"""What is left of a delay from look to look: those who are counted late came in with it."""


class Rush:
    """Entered by everybody who waits; looks only while somebody does."""

    def __init__(self) -> None:
        self._waiting = 0
        self._late = 0.0
        self._looking: asyncio.TimerHandle | None = None
        self._due = 0.0

    def shortened(self, limit: float) -> float:
        """The limit (seconds) less what it will be late by, before it is begun and at its end."""
        return max(_LEAST, limit - 2 * self.late)

    @property
    def late(self) -> float:
        """Seconds that the loop is behind."""
        overdue = asyncio.get_running_loop().time() - self._due if self._looking else 0.0
        return max(self._late, overdue)

    def __enter__(self) -> None:
        self._waiting += 1
        if self._looking is None:
            self._late = 0.0
            self._look_later()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._waiting -= 1

    def _look_later(self) -> None:
        loop = asyncio.get_running_loop()
        self._due = loop.time() + _EVERY
        self._looking = loop.call_at(self._due, self._look)

    def _look(self) -> None:
        self._looking = None
        now = asyncio.get_running_loop().time()
        self._late = max(now - self._due, self._late * _FADES)
        if self._waiting:
            self._look_later()

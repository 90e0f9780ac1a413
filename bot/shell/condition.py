"""Whether the bot can do its work now: its platforms are ready, and its database can be written.

The database is asked when somebody wants to know, on a thread and a connection apart from the
bot's own work: a long queue is not a database that is gone.
"""

import asyncio
from typing import Final

from bot.shell import metrics
from bot.shell.ports import Clock, Fault, RunAgain, Standing, Storage

PATIENCE: Final = 3.0
"""Seconds in which a database answers that can be worked with."""
FRESH: Final = 1.0
"""Seconds for which an answer counts, however often it is asked."""


class Condition:
    """What is in the way, in words for the operator."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock
        self._ready = False
        self._look: asyncio.Task[str] | None = None
        self._looked_at = -FRESH

    def now_ready(self) -> None:
        """Every platform can be used."""
        self._ready = True
        metrics.READY.set(1)

    async def unhealthy(self) -> str:
        """Why the database cannot be worked with now; nothing when it can."""
        now = asyncio.get_running_loop().time()
        if self._look is None or (self._look.done() and now - self._looked_at > FRESH):
            self._looked_at = now
            self._look = asyncio.create_task(self._looked())
        try:
            trouble = await asyncio.wait_for(asyncio.shield(self._look), PATIENCE)
        except TimeoutError:
            trouble = "The database does not answer."
        metrics.STORAGE.set(not trouble)
        metrics.READY.set(self._ready and not trouble)
        return trouble

    async def unready(self) -> str:
        """Why the bot cannot be used now; nothing when it can."""
        return await self.unhealthy() or ("" if self._ready else "A platform is not ready yet.")

    async def _looked(self) -> str:
        try:
            standing = await asyncio.to_thread(self._storage.probe, self._clock.now())
        except Fault as fault:
            return str(fault)
        except RunAgain:
            return "The database cannot be reached."
        except Exception as error:  # noqa: BLE001 - whatever it is, it is in the way
            return f"The database cannot be written ({type(error).__name__})."
        _count(standing)
        return ""


def _count(standing: Standing) -> None:
    metrics.OWED.set(standing.owed)
    metrics.LATE.set(standing.late_seconds)
    metrics.UNCERTAIN.set(standing.uncertain)

"""Work on the database that belongs to no event: making erasures physical, and retention."""

import asyncio
import logging

from bot.shell.blunders import blunder
from bot.shell.ports import Clock, Storage
from bot.shell.worker import Worker

EVERY = 30.0
"""Seconds between two looks; an erasure is physically gone within a minute."""

log = logging.getLogger("banyan.housekeeping")


async def keep_house(storage: Storage, worker: Worker, clock: Clock) -> None:
    """Look every half minute, until cancelled."""
    while True:
        await asyncio.sleep(EVERY)
        try:
            await worker.run(storage.keep_house, clock.now())
        except Exception as error:  # noqa: BLE001 - the next look may succeed
            blunder("housekeeping", error)

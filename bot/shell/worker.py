"""The two threads that talk to the database, so that the event loop never waits for a disk.

One writes, and reads what writing needs. The other only reads, and so it is never behind a write.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Worker:
    """Runs calls one after the other, in the order they were asked for."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="storage")
        self._reader = ThreadPoolExecutor(max_workers=1, thread_name_prefix="reading")

    async def run(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The call's result, from the writing thread. A cancelled wait does not stop the call."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, lambda: call(*args, **kwargs))

    async def read(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The same from the thread that only reads."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._reader, lambda: call(*args, **kwargs))

    def close(self) -> None:
        """Finish what was asked for and stop."""
        self._reader.shutdown(wait=True)
        self._thread.shutdown(wait=True)

"""The composition root: the only module that knows every part."""

import asyncio
import contextlib
import logging
import signal
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

from bot.core.boundary.actions import Codec
from bot.core.boundary.events import ServiceBegan
from bot.core.boundary.outcome import Say
from bot.core.boundary.wording import Wording
from bot.core.boundary.wording import load as load_wording
from bot.core.decide import Bot
from bot.core.features import FEATURES
from bot.shell.clock import Timekeeper
from bot.shell.dispatcher import Dispatcher
from bot.shell.housekeeping import keep_house
from bot.shell.ports import Adapter, Clock, Storage
from bot.shell.postman import Postman
from bot.shell.worker import Worker

log = logging.getLogger("banyan")


class App:
    """The parts of one running bot, put together around a database and a clock."""

    def __init__(self, storage: Storage, clock: Clock, wording: Wording | None = None) -> None:
        self.bot = Bot(FEATURES)
        self.wording = wording or load_wording()
        self.codec = Codec(self.bot.action_kinds)
        self.storage = storage
        self.clock = clock
        self.worker = Worker()
        self.adapters: dict[str, Adapter] = {}
        self.dispatcher = Dispatcher(self.bot, storage, self.worker, self.wording, clock)
        self.postman = Postman(
            self.bot, storage, self.worker, self.dispatcher, clock, adapters=self.adapters
        )
        self.timekeeper = Timekeeper(clock, storage, self.worker, self.dispatcher, self.postman)
        self.dispatcher.after_event = self.postman.listen_to

    def add(self, adapter: Adapter) -> None:
        """Serve one more platform."""
        self.adapters[adapter.platform] = adapter
        self.storage.serves(
            adapter.platform,
            carries_sensitive=adapter.carries_sensitive,
            room_readers=adapter.room_readers,
        )

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Deliver and keep time for as long as the block runs; then finish or give back."""
        posting = asyncio.create_task(self.postman.run())
        house = asyncio.create_task(keep_house(self.storage, self.worker, self.clock))
        try:
            async with self.timekeeper.running():
                yield
        finally:
            house.cancel()
            await self.postman.stop()
            await asyncio.gather(posting, house, return_exceptions=True)
            self.worker.close()

    async def begin_service(self) -> None:
        """Have the core put right what a newer release may not leave as it was."""
        changed = 0
        for platform in self.adapters:
            for community in await self.dispatcher.communities(platform):
                at = self.clock.now()
                event = ServiceBegan(f"began:{at.isoformat()}", at, community)
                changed += isinstance(await self.dispatcher.receive(event), Say)
        if changed:
            log.warning(
                "sensitive questions were turned off where the platform forbids them, and what "
                "stands in rooms is taken back",
                extra={"communities": changed},
            )

    async def serve(self, on_ready: Callable[[], None]) -> None:
        """Listen on every platform until SIGTERM or SIGINT; ``on_ready`` once all can be used."""
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, stop.set)
        waiting = set(self.adapters)

        def ready(platform: str) -> None:
            waiting.discard(platform)
            if not waiting:
                on_ready()
                log.info("ready", extra={"platforms": sorted(self.adapters)})

        await self.begin_service()
        async with self.at_work():
            listening = [
                asyncio.create_task(
                    adapter.listen(self.dispatcher, lambda name=name: ready(name))  # type: ignore[misc]
                )
                for name, adapter in self.adapters.items()
            ]
            await _first(stop, listening)
            log.info("stopping")


async def _first(stop: asyncio.Event, listening: Sequence[asyncio.Task[None]]) -> None:
    """Wait for the signal to stop, or for a platform to fail for good, and end them all."""
    stopped = asyncio.create_task(stop.wait())
    done, _ = await asyncio.wait({stopped, *listening}, return_when=asyncio.FIRST_COMPLETED)
    for task in (stopped, *listening):
        task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await asyncio.gather(*listening, return_exceptions=True)
    for task in done:
        if task is not stopped:
            await task

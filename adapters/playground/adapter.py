"""The playground as an adapter: to the shell it is one platform among others."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from aiohttp import web

from adapters.playground import ids
from adapters.playground.clock import MovableClock
from adapters.playground.clockbar import ClockBar
from adapters.playground.delivery import Delivery
from adapters.playground.errands import Errands
from adapters.playground.history import History
from adapters.playground.rooms import Commons
from adapters.playground.sealing import Seal
from adapters.playground.server import HOST, Door, application
from adapters.playground.session import House
from adapters.playground.store import Store
from bot.core.boundary.actions import Codec
from bot.core.boundary.wording import Wording
from bot.core.decide import Bot
from bot.shell.ports import ErasePlatformData, Inbox, Parcel, Receipt

FILE = "playground.sqlite3"
_COURTESY = 2.0  # seconds that an erasure waits for answers under way
_GLANCE = 5.0  # seconds between looks at the clock, which may run by itself


class Playground:
    """A web chat on loopback, and the community that lives in it.

    ``folder`` holds its store; ``key`` (32 bytes) seals it, and the page's token follows from it,
    so an open page finds its way back after a restart. ``port`` 0 takes any free one. Raises
    :class:`~adapters.playground.sealing.WrongKey` when the store was sealed with another key.
    """

    def __init__(
        self,
        folder: Path,
        key: bytes,
        *,
        bot: Bot,
        wording: Wording,
        codec: Codec,
        clock: MovableClock,
        port: int = 0,
    ) -> None:
        seal = Seal(key)
        self._port = port
        self._bot = bot
        self._wording = wording
        self._codec = codec
        self._clock = clock
        self._history = History(Store(folder / FILE, seal))
        self._commons = Commons(self._history, clock)
        self._delivery = Delivery(self._commons)
        self._door = Door(seal.word("the page's token"), wording)
        self._sample = False
        self._errands: Errands | None = None

    carries_sensitive = True
    """It is the operator's own machine."""
    room_readers = "circles.room.readers.persona"

    @property
    def platform(self) -> str:
        """The name its refs carry."""
        return ids.PLATFORM

    @property
    def address(self) -> str:
        """What to open in a browser; known once the playground is ready."""
        return self._door.address

    def load_sample(self) -> None:
        """Begin with the sample community, unless people were brought in before."""
        self._sample = True

    async def listen(self, inbox: Inbox, ready: Callable[[], None]) -> None:
        """Serve the page until cancelled. Raises ``OSError`` when the port is taken."""
        errands = self._errands = Errands(self._commons, inbox, self._bot, self._codec)
        clockbar = ClockBar(self._clock, self._commons.tick)
        house = House(self._commons, errands, clockbar, inbox, self._bot, self._wording)
        runner = web.AppRunner(application(self._door, house), access_log=None)
        await runner.setup()
        try:
            site = web.TCPSite(runner, HOST, self._port)
            await site.start()
            self._door.port = runner.addresses[0][1]
            self._commons.begin()
            ready()
            if self._sample:
                await errands.begin_with_sample()
            moderating: dict[str, bool] = {}
            while True:
                await errands.tell_who_moderates(moderating)
                await asyncio.sleep(_GLANCE)
                self._commons.tick()
        finally:
            await clockbar.stop()
            await errands.finish()
            await runner.cleanup()
            self._history.close()

    async def deliver(self, parcel: Parcel) -> Receipt:
        """Do what a parcel asks; the same parcel again changes nothing and has the same receipt."""
        if isinstance(parcel.task, ErasePlatformData) and self._errands is not None:
            # Whoever asked to be forgotten gets to read that they are.
            await self._errands.finish(_COURTESY)
        return self._delivery.deliver(parcel)

"""Delivers what is owed until it has arrived, or is known never to arrive.

The outbox is the truth: a claim (row and epoch) is taken before anything is sent and settled
after, in the transaction in which the core hears of it. What is said is drawn at the moment it is
sent. Adapters send; only the postman tries again.
"""

import asyncio
import contextlib
import logging
from collections.abc import Mapping
from datetime import timedelta

from bot.core.boundary.events import Progressed, Why
from bot.core.boundary.ids import MessageRef
from bot.core.boundary.outcome import (
    Archive,
    Compute,
    Delete,
    Drawn,
    Drop,
    Edit,
    ErasePerson,
    Hold,
    Invite,
    NewRoom,
    Outcome,
    Remove,
    ToPerson,
    ToRoom,
)
from bot.core.boundary.views import Message
from bot.core.decide import Bot
from bot.shell import metrics
from bot.shell.blunders import blunder
from bot.shell.computer import JobFailed, compute
from bot.shell.dispatcher import Dispatcher
from bot.shell.ports import (
    Adapter,
    Clock,
    CloseRoom,
    ErasePlatformData,
    LetIn,
    OpenRoom,
    Owed,
    Parcel,
    PostInRoom,
    RunAgain,
    SayAnew,
    Storage,
    TakeBack,
    TakeOut,
    Task,
    TellPerson,
    TryLater,
    Undeliverable,
)
from bot.shell.wire import wire_key
from bot.shell.worker import Worker

log = logging.getLogger("banyan.postman")

_LEAST_WAIT = 0.5
"""Seconds."""
_SOON = timedelta(seconds=10)
"""Of pauses shorter than this, the end is waited for to the moment; else it is looked for again."""
LONGEST_WAIT = timedelta(minutes=10)
PATIENT_WAIT = timedelta(seconds=15)
"""The longest pause of ours where nothing was carried out."""
GIVE_UP_AFTER = 12
"""Tries that failed, the last in an unexpected error; patience that a platform asked for, and quiet
hours, do not count."""


class Postman:
    """Claims, draws, sends and settles."""

    def __init__(
        self,
        bot: Bot,
        storage: Storage,
        worker: Worker,
        dispatcher: Dispatcher,
        clock: Clock,
        *,
        adapters: Mapping[str, Adapter],
    ) -> None:
        self._bot = bot
        self._storage = storage
        self._worker = worker
        self._dispatcher = dispatcher
        self._clock = clock
        self._adapters = adapters
        self.at_once = 16
        """Deliveries under way at the same time; each lane has at most one."""
        self._bell = asyncio.Event()
        self._under_way: dict[int, Owed] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._jobs: dict[int, asyncio.Task[None]] = {}
        self._stopping = False
        self._rounds = asyncio.Lock()

    def ring(self) -> None:
        """Something may be owed: look now."""
        self._bell.set()

    async def run(self) -> None:
        """Deliver until :meth:`stop`."""
        while not self._stopping:
            self._bell.clear()
            claimed = await self._round()
            if claimed < self.at_once:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._bell.wait(), timeout=1.0)

    async def drain(self, *, jobs: bool = False) -> None:
        """Deliver until nothing that is due now is left; computations only if ``jobs``."""
        while True:
            claimed = await self._round()
            waited = [task for task in self._tasks if jobs or task.get_name() != "job"]
            if not claimed and not waited:
                return
            if waited:
                await asyncio.wait(waited, return_when=asyncio.FIRST_COMPLETED)

    async def stop(self) -> None:
        """Finish what is being sent (10 s at most), and give every other claim back.

        A round that is claiming just now is let come to its end, so that what it claims is either
        sent or known not to have been.
        """
        self._stopping = True
        self.ring()
        async with self._rounds:
            pass
        sending = {task for task in self._tasks if task.get_name() != "job"}
        for task in self._tasks - sending:
            task.cancel()
        if sending:
            _, late = await asyncio.wait(sending, timeout=10)
            for task in late:
                task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._worker.run(self._storage.release)

    async def _round(self) -> int:
        async with self._rounds:
            return await self._claim()

    async def _claim(self) -> int:
        room = self.at_once - (len(self._under_way) - len(self._jobs))
        if self._stopping or room <= 0:
            return 0
        try:
            claimed = await self._worker.run(
                self._storage.claim, tuple(self._adapters), self._clock.now(), room
            )
        except RunAgain:
            return 0
        except Exception as error:  # noqa: BLE001 - the database may come back
            blunder("claim", error)
            return 0
        started = 0
        for owed in claimed:
            # A claim that ran out while its work goes on here: the work goes on, under the new one.
            if owed.row not in self._under_way:
                name = "job" if isinstance(owed.to, Compute) else "send"
                task = asyncio.create_task(self._see_to(owed), name=name)
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)
                started += 1
                if name == "job":
                    self._jobs[owed.row] = task
            self._under_way[owed.row] = owed
        return started

    async def _see_to(self, owed: Owed) -> None:
        try:
            if isinstance(owed.to, Compute):
                await self._compute(owed, owed.to)
            else:
                await self._deliver(owed)
        except RunAgain:
            await self._wait(owed, timedelta(seconds=1), perhaps_done=True)
        except Exception as error:  # noqa: BLE001 - one delivery's fault must not stop the others
            await self._stumbled(owed, blunder("deliver", error))
        finally:
            self._under_way.pop(owed.row, None)
            self._jobs.pop(owed.row, None)
            self.ring()

    async def _deliver(self, owed: Owed) -> None:
        if owed.expires is not None and self._clock.now() > owed.expires:
            await self._dispatcher.settle(self._latest(owed), failed=Why.EXPIRED)
            return
        drawn = await self._worker.run(self._draw, owed)
        match drawn:
            case Hold(until):
                await self._worker.run(
                    self._storage.put_back,
                    self._latest(owed),
                    until,
                    perhaps_done=owed.perhaps_done,
                    failed=False,
                )
                return
            case Drop(why):
                await self._dispatcher.settle(self._latest(owed), cancelled=why)
                return
            case _:
                pass
        task = _task(owed, drawn)
        if task is None:
            await self._dispatcher.settle(self._latest(owed), cancelled="nothing there")
            return
        adapter = self._adapters[owed.community.platform]
        parcel = Parcel(
            wire_key(owed.community_id, owed.key), owed.community, task, owed.perhaps_done
        )
        try:
            made = await adapter.deliver(parcel)
        except TryLater as later:
            metrics.DELIVERIES.labels("asked to wait" if later.asked else "to try again").inc()
            await self._wait(
                owed,
                _pause(later, owed.attempts),
                perhaps_done=owed.perhaps_done or later.uncertain,
                failed=not later.asked,
            )
        except Undeliverable as never:
            metrics.DELIVERIES.labels(f"not delivered: {never.why.value}").inc()
            log.info("not delivered", extra={"why": never.why.value})
            await self._dispatcher.settle(self._latest(owed), failed=never.why)
        else:
            metrics.DELIVERIES.labels("delivered").inc()
            await self._dispatcher.settle(self._latest(owed), made=made)

    async def _compute(self, owed: Owed, job: Compute) -> None:
        name = job.job
        given = await self._worker.run(self._prepare, owed, name)
        if given is None:
            await self._dispatcher.settle(self._latest(owed), cancelled="not wanted")
            return

        async def progressed(share: float, best: float) -> None:
            event = Progressed(
                f"progress:{owed.key}",
                self._clock.now(),
                owed.community,
                owed.key,
                name,
                share,
                best,
            )
            await self._dispatcher.receive(event)

        try:
            result: bytes | None = await compute(self._bot.jobs[name], given, progressed)
        except JobFailed as error:
            blunder("compute", error)
            result = None
        except asyncio.CancelledError:
            if self._stopping:
                raise
            await self._dispatcher.settle(self._latest(owed), cancelled="not wanted")
            return
        await self._dispatcher.computed(self._latest(owed), result)

    async def _stumbled(self, owed: Owed, reference: str) -> None:
        try:
            if owed.attempts >= GIVE_UP_AFTER:
                log.error("gave up on a delivery", extra={"reference": reference})
                await self._dispatcher.settle(self._latest(owed), failed=Why.REFUSED)
            else:
                await self._wait(owed, _grown(owed.attempts), perhaps_done=True)
        except Exception as error:  # noqa: BLE001 - the lease will run out by itself
            blunder("put back", error)

    async def _wait(
        self, owed: Owed, pause: timedelta, *, perhaps_done: bool, failed: bool = True
    ) -> None:
        await self._worker.run(
            self._storage.put_back,
            self._latest(owed),
            self._clock.now() + pause,
            perhaps_done=perhaps_done,
            failed=failed,
        )
        if pause < _SOON:
            asyncio.get_running_loop().call_later(pause.total_seconds(), self.ring)

    def _latest(self, owed: Owed) -> Owed:
        return self._under_way.get(owed.row, owed)

    def _draw(self, owed: Owed) -> Drawn | None:
        if owed.what is None:
            return None
        with self._storage.unit(owed.community, None, self._clock.now()) as unit:
            return self._bot.draw(owed.what, owed.to, unit)

    def _prepare(self, owed: Owed, name: str) -> bytes | None:
        job = self._bot.jobs.get(name)
        if job is None:
            return None
        with self._storage.unit(owed.community, None, self._clock.now()) as unit:
            return job.prepare(owed.key, unit)

    def listen_to(self, outcome: Outcome) -> None:
        """Ring when an outcome owes something; end computations that nobody wants any more."""
        for row, job in self._jobs.items():
            if self._under_way[row].key in outcome.cancelled:
                job.cancel()
        if outcome.deliveries:
            self.ring()


def _pause(later: TryLater, attempts: int) -> timedelta:
    wanted = timedelta(seconds=max(later.seconds, _LEAST_WAIT))
    if later.asked:
        return wanted
    most = LONGEST_WAIT if later.uncertain else PATIENT_WAIT
    return max(wanted, min(_grown(attempts), most))


def _grown(attempts: int) -> timedelta:
    """Longer the more often it failed."""
    return min(timedelta(seconds=_LEAST_WAIT * 2 ** min(attempts, 12)), LONGEST_WAIT)


def _task(owed: Owed, drawn: Drawn | None) -> Task | None:
    """What to ask the platform for; ``None`` when what it concerns is not there any more."""
    message = drawn if isinstance(drawn, Message) else None
    match owed.to:
        case ToRoom(silent=silent) if owed.room and message:
            return PostInRoom(owed.room, message, silent)
        case ToPerson() if owed.person and message:
            return TellPerson(owed.person, message)
        case NewRoom(name=name):
            return OpenRoom(name)
        case Invite() if owed.room and owed.person:
            return LetIn(owed.room, owed.person)
        case Remove() if owed.room and owed.person:
            return TakeOut(owed.room, owed.person)
        case Archive() if owed.room:
            return CloseRoom(owed.room)
        case Delete() if owed.message:
            return TakeBack(MessageRef(owed.message))
        case Edit() if owed.message and message:
            return SayAnew(MessageRef(owed.message), message)
        case ErasePerson() if owed.person:
            return ErasePlatformData(owed.person)
        case _:
            return None

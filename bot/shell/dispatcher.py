"""One event, one unit: what happened, what was decided and what is owed, or none of it.

What only shows something is read and shown, without a row or a commit: nothing of it is to be kept,
and to show it twice does no harm. The core is asked on a unit that cannot write; should it want to,
it is asked again on one that can, in a round with whatever else waits (:mod:`bot.shell.rounds`).

Running a unit again is safe, because units have no effect outside the database: that is how a
serialisation failure is answered.
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime
from functools import partial

from bot.core.boundary.events import (
    ActionTaken,
    Actor,
    ByPerson,
    CommandUsed,
    CommunityGone,
    Computed,
    Delivered,
    Event,
    FileSent,
    NotDelivered,
    Progressed,
    Right,
    ServiceBegan,
    Tick,
    Why,
)
from bot.core.boundary.ids import CommunityRef, PersonRef, RoomRef
from bot.core.boundary.outcome import Answer, Compute, Outcome, Quiet, Say
from bot.core.boundary.views import Choice, Message, Paragraph, Small
from bot.core.boundary.wording import Wording
from bot.core.decide import Bot
from bot.shell import metrics
from bot.shell.blunders import blunder
from bot.shell.computer import compute
from bot.shell.ports import Clock, OpenUnit, Owed, Receipt, RunAgain, Storage, Writes
from bot.shell.rounds import Rounds
from bot.shell.worker import Worker

_TRIES = 8
_PAUSE = 0.002
"""Seconds; doubled with every try, so that two processes do not keep stepping on each other."""

_SMALL_FILE = 8 * 1024
"""Bytes of a file that is read where it is decided about, in some 50 ms at most."""
_READING = 60.0
"""Seconds after which a file is given up, with those that wait before it."""


class Dispatcher:
    """Brings events to the core. The :class:`bot.shell.ports.Inbox` of every adapter."""

    def __init__(
        self, bot: Bot, storage: Storage, worker: Worker, wording: Wording, clock: Clock
    ) -> None:
        self._bot = bot
        self._storage = storage
        self._worker = worker
        self._wording = wording
        self._clock = clock
        self._rounds = Rounds[Outcome](storage.together, worker.run)
        self._shows = Rounds[Outcome | None](storage.looking, worker.read)
        self._one_file = asyncio.Semaphore(1)
        self.after_event: Callable[[Outcome], None] = lambda outcome: None
        """Called on the event loop with each outcome once it is stored."""

    async def receive(self, event: Event) -> Answer:
        """Decide the event and keep what came of it, then return the answer. Never raises."""
        kind = type(event).__name__
        try:
            if isinstance(event, FileSent):
                event = await self._read(event)
            with metrics.UNDER_WAY.track_inprogress(), metrics.DECIDING.time():
                outcome = await self._shown(event) or await self._rounds.run(
                    partial(self._decide, event)
                )
            parts = 1
            while outcome.then is not None and isinstance(event, ActionTaken):
                self.after_event(outcome)
                parts += 1
                rest = replace(event, id=f"{event.id}+{parts}", action=outcome.then)
                outcome = await self._rounds.run(partial(self._decide, rest))
        except Exception as error:  # noqa: BLE001 - the boundary of everything people do
            metrics.EVENTS.labels(kind, "failed").inc()
            return self._apology(event, blunder(type(event).__name__, error))
        metrics.EVENTS.labels(kind, "decided").inc()
        self.after_event(outcome)
        return outcome.answer

    async def _read(self, event: FileSent) -> FileSent:
        """A large file read by a child process: what everybody waits for must not be busy with it.

        Raises :class:`bot.shell.computer.JobFailed` and TimeoutError.
        """
        reader = self._bot.readers.get(event.command)
        asked = Right.MODERATOR in event.actor.rights and len(event.content) > _SMALL_FILE
        if reader is None or not asked:
            return event
        async with self._one_file, asyncio.timeout(_READING):
            return replace(event, read=await compute(reader, event.content, _unheard))

    async def settle(
        self,
        owed: Owed,
        *,
        made: Receipt = None,
        failed: Why | None = None,
        cancelled: str | None = None,
    ) -> None:
        """Write down how a delivery ended and tell the core, in one transaction."""
        outcome = await self._rounds.run(partial(self._settle, owed, made, failed, cancelled))
        self.after_event(outcome)

    async def computed(self, owed: Owed, result: bytes | None) -> None:
        """Write down that a computation ended, and tell the core its result."""
        at = self._clock.now()
        job = owed.to.job if isinstance(owed.to, Compute) else ""
        event = Computed(f"computed:{owed.key}", at, owed.community, owed.key, job, result)
        outcome = await self._rounds.run(partial(self._end_job, owed, event))
        self.after_event(outcome)

    async def suggest(
        self, community: CommunityRef, actor: Actor, command: str, option: str, typed: str
    ) -> Sequence[Choice]:
        """Completions for an option of a command; at most 25, none for what is unknown."""
        try:
            find = partial(self._suggest, community, actor, command, option, typed[:200])
            try:
                return await self._worker.read(find, begin=self._storage.reading)
            except Writes:
                return await self._worker.run(find, begin=self._storage.unit)
        except Exception as error:  # noqa: BLE001 - no completion is better than no command
            blunder("suggest", error)
            return ()

    async def rooms_of(self, community: CommunityRef, person: PersonRef) -> Sequence[RoomRef]:
        """The rooms that somebody should be able to enter; none when in doubt."""
        try:
            return await self._worker.read(self._rooms_of, community, person)
        except Writes:
            return ()  # a community that nobody knows yet has no rooms
        except Exception as error:  # noqa: BLE001 - whoever asks can ask again
            blunder("rooms", error)
            return ()

    async def communities(self, platform: str) -> Sequence[CommunityRef]:
        """The communities of a platform in which the bot is believed to be; none when in doubt."""
        try:
            return await self._worker.run(self._storage.communities, platform)
        except Exception as error:  # noqa: BLE001 - whoever asks can ask again
            blunder("communities", error)
            return ()

    async def _shown(self, event: Event) -> Outcome | None:
        """The outcome of what only shows something; ``None`` where it is to be decided in turn."""
        if not isinstance(event, CommandUsed | ActionTaken):
            return None
        return await self._shows.run(partial(self._show, event))

    def _show(self, event: CommandUsed | ActionTaken) -> Outcome | None:
        try:
            with self._storage.reading(event.community, event.actor, event.at) as unit:
                if unit.was_seen(event.id):
                    return Outcome(self._bot.standing(event, unit))
                outcome = self._bot.decide(event, unit)
        except (Writes, RunAgain):
            return None
        changes = outcome.deliveries or outcome.cancelled or outcome.departed
        return None if changes else outcome

    def _decide(self, event: Event) -> Outcome:
        actor = getattr(event, "actor", None)

        def decide(unit: OpenUnit) -> Outcome:
            if not isinstance(event, Tick | Progressed | ServiceBegan) and unit.seen(event.id):
                return Outcome(self._bot.standing(event, unit))
            outcome = _keep(self._bot.decide(event, unit), unit)
            if isinstance(event, CommunityGone):
                unit.leave_community()
            return outcome

        return self._in_unit(event.community, actor, event, decide)

    def _settle(
        self, owed: Owed, made: Receipt, failed: Why | None, cancelled: str | None
    ) -> Outcome:
        at, ended = self._clock.now(), f"ended:{owed.key}"
        event: Delivered | NotDelivered
        if failed or cancelled:
            why = failed or Why.DROPPED
            event = NotDelivered(ended, at, owed.community, owed.key, owed.to, owed.what, why)
        else:
            event = Delivered(ended, at, owed.community, owed.key, owed.to, owed.what, made)

        def settle(unit: OpenUnit) -> Outcome:
            if not unit.settle(owed, made=made, failed=failed, cancelled=cancelled):
                return Outcome()
            return _keep(self._bot.decide(event, unit), unit)

        return self._in_unit(owed.community, None, event, settle)

    def _end_job(self, owed: Owed, event: Computed) -> Outcome:
        def end(unit: OpenUnit) -> Outcome:
            failed = Why.REFUSED if event.result is None else None
            if not unit.settle(owed, failed=failed):
                return Outcome()
            return _keep(self._bot.decide(event, unit), unit)

        return self._in_unit(owed.community, None, event, end)

    def _in_unit(
        self,
        community: CommunityRef,
        actor: Actor | None,
        event: Event,
        work: Callable[[OpenUnit], Outcome],
    ) -> Outcome:
        for tried in range(1, _TRIES + 1):
            try:
                with self._storage.unit(community, actor, event.at) as unit:
                    return work(unit)
            except RunAgain:
                if tried == _TRIES:
                    raise
                time.sleep(_PAUSE * 2**tried)
        raise AssertionError("unreachable")

    def _rooms_of(self, community: CommunityRef, person: PersonRef) -> Sequence[RoomRef]:
        with self._storage.reading(community, None, self._clock.now()) as unit:
            return self._bot.rooms_of(person, unit)

    def _suggest(
        self,
        community: CommunityRef,
        actor: Actor,
        command: str,
        option: str,
        typed: str,
        *,
        begin: Callable[[CommunityRef, Actor, datetime], AbstractContextManager[OpenUnit]],
    ) -> Sequence[Choice]:
        known = self._bot.commands.get(command)
        for one in known.options if known else ():
            if one.name == option and one.suggest:
                with begin(community, actor, self._clock.now()) as unit:
                    return one.suggest(typed, unit)
        return ()

    def _apology(self, event: Event, reference: str) -> Answer:
        if not isinstance(event, ByPerson):
            return Quiet()
        words = self._wording.words("UTC", event.actor.language)
        sorry = Paragraph(words.text("core.blunder"))
        then = Small(words.text("core.blunder.next", reference=reference))
        return Say(Message("", (sorry, then)))


async def _unheard(_share: float, _best: float) -> None:
    """How far the reading of a file is: nobody is told."""


def _keep(outcome: Outcome, unit: OpenUnit) -> Outcome:
    unit.cancel(outcome.cancelled)
    unit.owe(outcome.deliveries)
    return outcome

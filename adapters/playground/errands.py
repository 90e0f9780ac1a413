"""What personas ask of the bot: carried to the inbox once, and answered.

An event is answered once, however often the page sends it: while it is under way everybody waits
for the same answer, and afterwards the answer is read from the store.
"""

import asyncio
from uuid import uuid4

from adapters.playground import decode, guide, ids
from adapters.playground.answers import Answers, farewell
from adapters.playground.decode import Event, Uploaded
from adapters.playground.model import STAFF, Json
from adapters.playground.people import SAMPLE_NAME, personas, sample
from adapters.playground.rooms import Commons
from bot.core.boundary.actions import Codec
from bot.core.boundary.events import ActorSeen
from bot.core.decide import Bot
from bot.shell.ports import Inbox

_BROUGHT = "sample brought"


class Errands:
    """Everything that is on its way to the bot and back."""

    def __init__(self, commons: Commons, inbox: Inbox, bot: Bot, codec: Codec) -> None:
        self._commons = commons
        self._answers = Answers(commons)
        self._inbox = inbox
        self._bot = bot
        self._codec = codec
        self._under_way: dict[str, asyncio.Task[Json]] = {}

    async def run(self, sent: Event) -> Json:
        """What ``sent`` was answered, now or at an earlier try."""
        known = self._commons.history.answer(sent.id)
        if known is not None:
            return known
        task = self._under_way.get(sent.id)
        if task is None:
            task = asyncio.create_task(self._carry(sent))
            self._under_way[sent.id] = task
            task.add_done_callback(lambda _: self._under_way.pop(sent.id, None))
        # Shielded: the page may go away, the answer is kept all the same.
        return await asyncio.shield(task)

    async def load_sample(self, sent: decode.Sampled) -> Json:
        """The sample community: its people come in, and a moderator hands over the file."""
        reply = await self.run(
            Uploaded(sent.id, sent.who, sent.room, guide.IMPORT, SAMPLE_NAME, sample())
        )
        self._commons.mark({_BROUGHT})
        return reply

    async def begin_with_sample(self) -> None:
        """The same without a page, unless it was done before."""
        rosa = next((p for p in self._commons.history.personas().values() if p.moderator), None)
        if rosa is not None and _BROUGHT not in self._commons.done():
            await self.load_sample(decode.Sampled(str(uuid4()), rosa.id, STAFF))

    async def tell_who_moderates(self, told: dict[str, bool]) -> None:
        """Tell the bot of every persona who moderates, or no longer does, beyond who was told."""
        for persona in self._commons.history.personas().values():
            if told.get(persona.id, False) != persona.moderator:
                told[persona.id] = persona.moderator
                at = self._commons.clock.now()
                await self._inbox.receive(
                    ActorSeen(f"seen-{uuid4()}", at, ids.COMMUNITY, persona.actor())
                )

    async def finish(self, seconds: float | None = None) -> None:
        """Wait for whatever is under way, at most for ``seconds``."""
        if self._under_way:
            await asyncio.wait(self._under_way.values(), timeout=seconds)

    async def _carry(self, sent: Event) -> Json:
        history = self._commons.history
        persona = history.persona(sent.who)
        if persona is None or not history.may_enter(persona, sent.room):
            return {"is": "nobody"}
        if isinstance(sent, Uploaded):
            self._commons.people.settle(personas(sent.content))
        at = self._commons.clock.now()
        event = decode.event(
            sent,
            persona,
            at=at,
            commands=self._bot.commands,
            people=history.personas(),
            codec=self._codec,
        )
        answer = await self._inbox.receive(event)
        if history.persona(persona.id) is None:
            return farewell(answer)
        with history.writing():
            reply = self._answers.show(answer, sent, persona)
            history.keep_answer(sent.id, persona.id, at, reply)
            self._commons.mark(guide.done_by(sent))
        self._commons.changed()
        return reply

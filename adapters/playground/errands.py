"""What personas ask of the bot: carried to the inbox once, and the answer put where it belongs.

An event is answered once, however often the page sends it: while it is under way everybody waits
for the same answer, and afterwards the answer is read from the store.
"""

import asyncio
from uuid import uuid4

from adapters.playground import decode, guide, ids, render
from adapters.playground.commons import Commons
from adapters.playground.decode import Event, Pressed, Submitted, Uploaded, Used
from adapters.playground.model import BOT, STAFF, Json, Persona
from adapters.playground.sample_people import SAMPLE_NAME, personas, sample
from bot.core.boundary.actions import Codec
from bot.core.boundary.events import ActorSeen
from bot.core.boundary.outcome import Answer, FixForm, Quiet, Replace, Say, ShowForm
from bot.core.decide import Bot
from bot.shell.ports import Inbox

_BROUGHT = "sample brought"


class Errands:
    """Everything that is on its way to the bot and back."""

    def __init__(self, commons: Commons, inbox: Inbox, bot: Bot, codec: Codec) -> None:
        self._commons = commons
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
            self._commons.settle(personas(sent.content))
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
            return _farewell(answer)
        with history.writing():
            reply = self._put(answer, sent, persona)
            history.keep_answer(sent.id, persona.id, at, reply)
            self._commons.mark(guide.done_by(sent))
        self._commons.changed()
        return reply

    def _put(self, answer: Answer, sent: Event, persona: Persona) -> Json:
        match answer:
            case Say(message, private):
                body: Json = {"view": render.message(message)}
                if isinstance(sent, Used | Uploaded):
                    body |= {"asked": sent.command, "by": persona.id}
                key = f"a-{sent.id}"
                self._commons.tell(key, sent.room, body, persona.id if private else None)
                return {"is": "said", "room": sent.room, "message": key}
            case Replace(message):
                origin = self._origin(sent, persona)
                if origin is None:
                    return self._put(Say(message), sent, persona)
                said = self._commons.history.message(origin)
                before = said.body if said else {}
                self._commons.reword(origin, before | {"view": render.message(message)})
                return {"is": "said", "room": sent.room, "message": origin}
            case ShowForm(form) | FixForm(form):
                return {"is": "form", "form": render.form(form), "message": self._from(sent)}
            case Quiet():
                return {"is": "quiet"}

    def _from(self, sent: Event) -> str | None:
        return sent.message if isinstance(sent, Pressed | Submitted) else None

    def _origin(self, sent: Event, persona: Persona) -> str | None:
        """The bot's message that ``sent`` came from, if the persona can still see it."""
        key = self._from(sent)
        said = self._commons.history.message(key) if key else None
        if said is None or said.author != BOT or said.only not in {None, persona.id}:
            return None
        return said.id if self._commons.history.may_enter(persona, said.room) else None


def _farewell(answer: Answer) -> Json:
    """The last answer to somebody who was forgotten meanwhile: shown, and kept nowhere."""
    match answer:
        case Say(message) | Replace(message):
            return {"is": "farewell", "view": render.message(message)}
        case _:
            return {"is": "quiet"}

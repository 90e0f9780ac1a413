"""Answering people within Discord's three seconds.

A first answer that is not ready in time is promised ("thinking …") and then put in the place of
the promise. A form can only ever be a first answer, so a late one becomes a button that opens it.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any, Final

import aiohttp
import discord

from adapters.discord import forms, ids, render
from adapters.discord.decode import guild_of
from adapters.discord.payloads import COMPONENT, MODAL, Interaction
from adapters.discord.render import PRIVATE, Drawn, Json
from adapters.discord.rest import Busy, Rest
from bot.core.boundary.outcome import Answer, FixForm, Quiet, Replace, Say, ShowForm
from bot.core.boundary.views import Message, Paragraph, Picture, Small
from bot.core.boundary.wording import Words

log = logging.getLogger("banyan.discord")

PROMISE_AFTER: Final = 1.8
"""Seconds after which an answer is promised."""
FIRST_ANSWER: Final = 2.9
"""Seconds within which Discord takes a first answer."""
FOLLOW_UPS: Final = 600.0
"""Seconds for which an answer that was promised is tried; Discord takes it for 15 minutes."""

SAY, PROMISE, NOTED, REPLACE, SUGGEST, SHOW_FORM = 4, 5, 6, 7, 8, 9
"""Discord's kinds of first answer."""
ACKNOWLEDGED: Final = 40060


@dataclass(frozen=True, slots=True)
class First:
    """A first answer: its kind, its data, and the files it brings."""

    kind: int
    data: Json | None = None
    drawn: Drawn | None = None


class Answers:
    """Answers one interaction. ``words`` are for what the adapter itself has to say."""

    def __init__(self, rest: Rest, given: Interaction, application: str, words: Words) -> None:
        self._rest = rest
        self._given = given
        self._application = application
        self._words = words
        self._began = asyncio.get_running_loop().time()
        self._guild = "" if given.guild_id else guild_of(given)
        self._promised = False

    async def give(
        self, decide: Callable[[], Coroutine[Any, Any, Answer]], *, slow: bool = False
    ) -> None:
        """Answer with what ``decide`` comes to. ``slow`` promises before it decides."""
        deciding = asyncio.create_task(decide())
        if not slow:
            await asyncio.wait({deciding}, timeout=PROMISE_AFTER)
        if deciding.done():
            await self._send_first(await self._first(deciding.result()))
            return
        self._promised = await self._send_first(First(PROMISE, {"flags": PRIVATE}))
        answer = await deciding
        if self._promised:
            await self._keep_promise(await self._later(answer))

    async def apologise(self, reference: str) -> None:
        """Something of ours went wrong. If an answer was promised, this is it."""
        sorry = Paragraph(self._words.text("core.blunder"))
        then = Small(self._words.text("core.blunder.next", reference=reference))
        drawn = await self._drawn(Message("", (sorry, then)))
        if not self._promised:
            await self._send_first(First(SAY, drawn.body(PRIVATE), drawn))
        else:
            await self._keep_promise(drawn)

    async def suggest(self, found: list[Json]) -> None:
        """Complete what is being typed."""
        await self._send_first(First(SUGGEST, {"choices": found}))

    async def add(self, message: Message) -> None:
        """Say something more, privately, after the answer."""
        drawn = await self._drawn(message)
        await self._follow_up("POST", "/webhooks/{webhook_id}/{webhook_token}", drawn)

    async def _first(self, answer: Answer) -> First:
        on_message = self._given.type in {COMPONENT, MODAL} and self._given.message is not None
        match answer:
            case Say(message, private):
                drawn = await self._drawn(message)
                return First(SAY, drawn.body(PRIVATE if private else 0), drawn)
            case Replace(message):
                drawn = await self._drawn(message)
                if on_message:
                    return First(REPLACE, drawn.body(edit=True), drawn)
                return First(SAY, drawn.body(PRIVATE), drawn)
            case ShowForm(form) if self._given.type != MODAL:
                read = ids.read_custom_id(self._given.data.custom_id).read
                if read or forms.fit(form):
                    return First(SHOW_FORM, forms.form(form, guild=self._guild, read=read))
                drawn = forms.further(form, words=self._words, guild=self._guild)
                return First(SAY, drawn.body(PRIVATE), drawn)
            case Quiet() if on_message:
                return First(NOTED)
            case _:
                drawn = await self._later(answer)
                return First(SAY, drawn.body(PRIVATE), drawn)

    async def _later(self, answer: Answer) -> Drawn:
        """The answer as a message, where a form can no longer be opened by itself.

        It is as private as its promise was, even if it is for everyone: Discord keeps to that, and
        a promise taken back for another message could leave somebody without either.
        """
        match answer:
            case Say(message) | Replace(message):
                return await self._drawn(message)
            case ShowForm(form):
                key = "discord.continue" if self._given.type == MODAL else "discord.continue.late"
                lead = self._words.text(key, title=form.title)
                return forms.further(form, lead, words=self._words, guild=self._guild)
            case FixForm(form):
                return forms.mend(form, self._words, guild=self._guild)
            case Quiet():
                done = Message("", (Paragraph(self._words.text("discord.done")),))
                return await self._drawn(done)

    async def _drawn(self, message: Message) -> Drawn:
        if any(isinstance(block, Picture) for block in message.blocks):
            return await asyncio.to_thread(render.message, message, guild=self._guild)
        return render.message(message, guild=self._guild)

    async def _send_first(self, first: First) -> bool:
        """Send it until it has arrived or its three seconds are over; whether it is there."""
        body: Json = {"type": first.kind}
        if first.data is not None:
            body["data"] = first.data
        while True:
            try:
                await self._rest.ask(
                    "POST",
                    "/interactions/{webhook_id}/{webhook_token}/callback",
                    body,
                    uploads=first.drawn.uploads if first.drawn else (),
                    webhook_id=self._given.id,
                    webhook_token=self._given.token,
                )
            except discord.HTTPException as error:
                if error.code == ACKNOWLEDGED:
                    return True  # an earlier try got through
                log.warning("answer refused", extra={"code": error.code, "kind": first.kind})
                return False
            except (Busy, aiohttp.ClientError, TimeoutError) as error:
                told = isinstance(error, Busy) and not error.uncertain
                wait = error.seconds if isinstance(error, Busy) and told else 0.2
                if self._age() + wait > FIRST_ANSWER:
                    log.warning("answer too late", extra={"kind": first.kind})
                    return False
                await asyncio.sleep(wait)
            else:
                return True

    async def _keep_promise(self, drawn: Drawn) -> None:
        path = "/webhooks/{webhook_id}/{webhook_token}/messages/@original"
        await self._follow_up("PATCH", path, drawn)

    async def _follow_up(self, method: str, path: str, drawn: Drawn) -> None:
        """Send what comes after the first answer; only an edit is sent again when in doubt."""
        edit = method == "PATCH"
        wait = 0.5
        while self._age() < FOLLOW_UPS:
            try:
                await self._rest.ask(
                    method,
                    path,
                    drawn.body(0 if edit else PRIVATE, edit=edit),
                    uploads=drawn.uploads,
                    webhook_id=self._application,
                    webhook_token=self._given.token,
                )
            except Busy as busy:
                if busy.uncertain and not edit:
                    return
                wait = max(wait, busy.seconds)
            except discord.HTTPException as error:
                log.warning("answer refused", extra={"code": error.code, "kind": method})
                return
            except (aiohttp.ClientError, TimeoutError):
                if not edit:
                    return
            else:
                return
            await asyncio.sleep(wait)
            wait = min(wait * 2, 30.0)
        log.warning("answer lost")

    def _age(self) -> float:
        return asyncio.get_running_loop().time() - self._began

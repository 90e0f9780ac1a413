"""Where an answer goes: beside the command, into the modal, or onto the App Home.

Slack lets a command or a button be answered through its own address (``response_url``), and opens
a modal within 3 seconds of the press. Where a modal comes too late, a button to go on is shown in
its place. An answer is perishable: what cannot be shown is not owed.
"""

import asyncio
import logging
from dataclasses import dataclass, field

import aiohttp

from adapters.slack import decode, render, uploads
from adapters.slack.api import Api, NotOk, seconds
from adapters.slack.installations import Installation
from adapters.slack.model import Body, Json
from bot.core.boundary.outcome import Answer, FixForm, Quiet, Replace, Say, ShowForm
from bot.core.boundary.views import (
    Block,
    Button,
    Buttons,
    File,
    Form,
    Message,
    Paragraph,
    Picture,
    Small,
    Tone,
)
from bot.core.boundary.wording import Words
from bot.shell.ports import TryLater

log = logging.getLogger("banyan.slack")

_TRIES = 3
_PATIENCE = 5.0
"""Seconds that an answer is worth waiting for."""
_LATEST = 600.0
"""Seconds in which an answer comes that a form said would: Slack shows a hundred a minute."""


@dataclass(frozen=True, slots=True)
class Where:
    """Who asked, from where, and in which words they read."""

    installation: Installation
    user: str
    words: Words
    room: str = ""
    trigger: str = field(default="", repr=False)
    response_url: str = field(default="", repr=False)
    view: Body = field(default_factory=dict)
    """The modal or App Home that was pressed in; empty for a message or a command."""
    of_message: bool = False
    """Whether a button of a message was pressed, so that the message can be replaced."""

    @property
    def in_modal(self) -> bool:
        """Whether a modal is open."""
        return self.view.get("type") == "modal"


class Answers:
    """Shows answers."""

    def __init__(self, api: Api) -> None:
        self.api = api

    async def show(self, answer: Answer, where: Where) -> None:
        """Show the answer to a command or a press. Failing is logged and changes nothing."""
        try:
            await self._show(answer, where)
        except NotOk as refusal:
            log.warning("an answer could not be shown", extra={"error": refusal.error})
        except TryLater:
            log.warning("an answer could not be shown", extra={"error": "busy"})

    async def submitted(self, answer: Answer, where: Where, fields: frozenset[str]) -> Json:
        """The answer to a modal sent in, as what the acknowledgement carries."""
        match answer:
            case FixForm(form) if form.problems and fields.issuperset(form.problems):
                return {"response_action": "errors", "errors": render.errors(form)}
            case ShowForm(form) if decode.depth(where.view) < decode.MODAL_DEPTH:
                return {"response_action": "push", "view": self._modal(form, where)}
            case ShowForm(form) | FixForm(form):
                return {"response_action": "update", "view": self._modal(form, where)}
            case Say(message) | Replace(message):
                return {"response_action": "update", "view": self.page(message, where)}
            case Quiet():
                return {"response_action": "clear"}

    async def submitted_late(self, answer: Answer, where: Where) -> None:
        """The same, once the acknowledgement had to go without it: one after the other, at Slack's
        pace, for those who are not acknowledged yet come first."""
        ours, until = where.installation, _now() + _LATEST
        update = {"view_id": where.view.get("id"), "view": self._late(answer, where)}
        try:
            while True:
                try:
                    await self.api.call(ours.team, ours.token, "views.update", update)
                    return
                except TryLater as later:
                    if not later.asked or _now() + later.seconds > until:
                        raise
                    await asyncio.sleep(later.seconds)
        except (NotOk, TryLater):
            log.warning("a late answer could not be shown")

    async def send_files(self, answer: Answer, where: Where) -> None:
        """Send an answer's pictures and files: they cannot be private where the answer is."""
        if not isinstance(answer, Say | Replace) or not render.files(answer.message):
            return
        ours = where.installation
        try:
            prepared = await uploads.prepare(self.api, ours, render.files(answer.message))
            opened = await self.api.call(
                ours.team, ours.token, "conversations.open", {"users": where.user}
            )
            await uploads.share(self.api, ours, str(opened["channel"]["id"]), prepared)
        except (NotOk, TryLater) as error:
            log.warning("the files of an answer could not be sent", extra={"kind": str(error)})
            lost = sentence(where.words, "slack.files.lost")
            if where.in_modal:  # where the answer stands: it stays, with this below it
                lost = Message(answer.message.title, (*_texts(answer.message), *lost.blocks))
            await self.show(Say(lost), where)

    def page(self, message: Message, where: Where) -> Json:
        """A message as what a modal shows."""
        line = where.words.line
        return render.page(
            _with_files_named(message, where.words),
            title=line("slack.page"),
            close=line("slack.close"),
            metadata=where.room,
        )

    def waiting(self, where: Where) -> Json:
        """What a modal shows while the answer takes longer than Slack waits."""
        return self.page(sentence(where.words, "slack.waiting"), where)

    async def tell(self, where: Where, key: str) -> None:
        """Show one sentence of our own."""
        await self.show(Say(sentence(where.words, key)), where)

    async def show_form(self, view: Json, where: Where) -> None:
        """Open a form of our own. Failing is logged."""
        try:
            await self.open(view, where)
        except (NotOk, TryLater):
            await self.tell(where, "slack.file.late")

    async def open(self, view: Json, where: Where) -> None:
        """Open a modal, or push it onto the one that is open."""
        ours = where.installation
        if where.in_modal and decode.depth(where.view) >= decode.MODAL_DEPTH:
            await self._update(view, where)
            return
        method = "views.push" if where.in_modal else "views.open"
        await self.api.call_now(
            ours.team, ours.token, method, {"trigger_id": where.trigger, "view": view}
        )

    async def _show(self, answer: Answer, where: Where) -> None:
        match answer:
            case Say(message, private):
                await self._say(message, where, private=private)
            case Replace(message) if where.of_message and where.response_url:
                await self._respond(message, where, {"replace_original": True})
            case Replace(message):
                await self._say(message, where, private=True)
            case ShowForm(form) | FixForm(form):
                await self._open_form(form, where)
            case Quiet():
                pass

    async def _say(self, message: Message, where: Where, *, private: bool) -> None:
        if where.in_modal:
            await self._update(self.page(message, where), where)
        elif where.response_url:
            kind = "ephemeral" if private else "in_channel"
            await self._respond(message, where, {"response_type": kind, "replace_original": False})
        else:
            await self.open(self.page(message, where), where)

    async def _open_form(self, form: Form, where: Where) -> None:
        try:
            await self.open(self._modal(form, where), where)
        except (NotOk, TryLater) as error:
            # The trigger ran out, or Slack is busy: the form is a press away instead.
            log.info("a form came too late", extra={"kind": type(error).__name__})
            words = where.words
            go_on = Button(words.line("slack.continue"), form.reopen, Tone.PRIMARY)
            sorry = Paragraph(words.text("slack.late", form=form.title))
            await self._say(Message("", (sorry, Buttons((go_on,)))), where, private=True)

    async def _update(self, view: Json, where: Where) -> None:
        ours = where.installation
        await self.api.call_now(
            ours.team, ours.token, "views.update", {"view_id": where.view.get("id"), "view": view}
        )

    async def _respond(self, message: Message, where: Where, how: Json) -> None:
        body = render.message(_with_files_named(message, where.words)) | how
        for remaining in reversed(range(_TRIES)):
            wait = 0.3
            try:
                async with self.api.session.post(where.response_url, json=body) as answer:
                    if answer.status < 400:
                        return
                    if answer.status == 429:
                        wait = seconds(answer.headers)
                    elif answer.status < 500:
                        raise NotOk(f"http {answer.status}", {})
            except (aiohttp.ClientError, TimeoutError, OSError):
                pass
            if not remaining or wait > _PATIENCE:
                raise TryLater(wait)
            await asyncio.sleep(wait)

    def _late(self, answer: Answer, where: Where) -> Json:
        match answer:
            case ShowForm(form) | FixForm(form):
                return self._modal(form, where)
            case Say(message) | Replace(message):
                return self.page(message, where)
            case Quiet():
                return self.page(sentence(where.words, "slack.done"), where)

    def _modal(self, form: Form, where: Where) -> Json:
        return render.modal(form, close=where.words.line("slack.close"), metadata=where.room)


def _now() -> float:
    return asyncio.get_running_loop().time()


def _texts(message: Message) -> tuple[Block, ...]:
    return tuple(block for block in message.blocks if not isinstance(block, Picture | File))


def _with_files_named(message: Message, words: Words) -> Message:
    if not render.files(message):
        return message
    return Message(message.title, (*_texts(message), Small(words.text("slack.files"))))


def sentence(words: Words, key: str) -> Message:
    """One sentence of our own as a message."""
    return Message("", (Paragraph(words.text(key)),))

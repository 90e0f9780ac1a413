"""One page that is open: what it sends is carried out, and what it may see is sent to it."""

import asyncio
import json
from collections.abc import Coroutine
from dataclasses import dataclass

from aiohttp import WSMsgType, web

from adapters.playground import decode, guide, ids, page_words, render
from adapters.playground.clockbar import ClockBar
from adapters.playground.commands import listed
from adapters.playground.errands import Errands
from adapters.playground.model import BOT, WELCOME, Json, Persona, Said
from adapters.playground.people import is_zone
from adapters.playground.rooms import Commons
from adapters.playground.sight import shown, standing
from bot.core.boundary.legible import legible
from bot.core.boundary.wording import Wording
from bot.core.decide import Bot
from bot.shell.blunders import blunder
from bot.shell.ports import Inbox

_BACKLOG = 4000
"""Frames a page may lag behind before it is asked to start afresh."""
_BREATH = 0.05  # seconds in which changes of rooms and people are gathered into one frame


@dataclass(frozen=True, slots=True)
class House:
    """What every session shares."""

    commons: Commons
    errands: Errands
    clockbar: ClockBar
    inbox: Inbox
    bot: Bot
    wording: Wording


class Session:
    """One socket, looking at the place through one persona's eyes."""

    def __init__(self, socket: web.WebSocketResponse, house: House) -> None:
        self._socket = socket
        self._house = house
        self._history = house.commons.history
        self._who = ""
        self._room = WELCOME
        self._out: asyncio.Queue[str | None] = asyncio.Queue()
        self._jobs: set[asyncio.Task[None]] = set()
        self._stale = asyncio.Event()

    async def run(self) -> None:
        """Serve the page until it goes away."""
        self._spawn(self._send())
        self._spawn(self._keep_fresh())
        self._house.commons.watchers.add(self)
        try:
            async for message in self._socket:
                if message.type is WSMsgType.TEXT:
                    self._take(message.data)
                elif message.type is WSMsgType.BINARY:
                    self._say({"kind": "problem"})
        finally:
            self._house.commons.watchers.discard(self)
            for job in self._jobs:
                job.cancel()
            await asyncio.gather(*self._jobs, return_exceptions=True)

    # --- watching --------------------------------------------------------------------------

    def said(self, said: Said) -> None:
        """A message is new or reads differently."""
        if said.only not in {None, self._who}:
            return
        if said.room == self._room and self._may_enter(said.room):
            self._say({"kind": "said", "message": shown(said)})
        self._stale.set()

    def unsaid(self, room: str, message: str) -> None:
        """A message is no longer there."""
        self._say({"kind": "unsaid", "room": room, "message": message})
        self._stale.set()

    def changed(self) -> None:
        """Rooms or people came, went or changed."""
        self._stale.set()

    def forgot(self) -> None:
        """Somebody was forgotten: nothing shown so far can be relied on."""
        if self._persona() is None:
            self._who = ""
        self._say({"kind": "afresh"})

    def tick(self) -> None:
        """The clock moved, or stopped moving."""
        doing = self._house.clockbar.doing
        now = self._house.commons.clock.now().isoformat()
        self._say({"kind": "clock", "now": now, "doing": doing.value if doing else ""})

    # --- what the page sends ---------------------------------------------------------------

    def _take(self, data: str) -> None:
        try:
            frame = decode.frame(data)
        except decode.BadFrame as bad:
            if bad.id:
                self._say({"kind": "answered", "id": bad.id, "reply": {"is": "problem"}})
            else:
                self._say({"kind": "problem"})
            return
        match frame:
            case decode.Used() | decode.Pressed() | decode.Submitted() | decode.Uploaded():
                self._spawn(self._answer(frame.id, self._house.errands.run(frame)))
            case decode.Sampled():
                self._spawn(self._answer(frame.id, self._house.errands.load_sample(frame)))
            case decode.Completed():
                self._spawn(self._suggest(frame))
            case _:
                try:
                    self._act(frame)
                except Exception as error:  # noqa: BLE001 - one frame must not end the session
                    blunder("playground frame", error)
                    self._say({"kind": "problem"})

    def _act(self, frame: decode.Domestic) -> None:
        """Carry out what the bot never hears of."""
        match frame:
            case decode.Chatted():
                self._chat(frame)
            case decode.Greeted():
                self._greet(frame)
            case decode.Opened():
                self._open(frame)
            case decode.Peopled():
                self._people(frame)
            case decode.Grouped():
                self._group(frame)
            case decode.Looked() | decode.Dismissed():
                self._tidy(frame)
            case decode.Moved():
                if self._house.clockbar.move(frame.move):
                    self._house.commons.mark(guide.done_by_move(frame.move))

    async def _answer(self, key: str, asking: Coroutine[None, None, Json]) -> None:
        try:
            reply = await asking
        except Exception as error:  # noqa: BLE001 - whoever asked is waiting for an answer
            blunder("playground answer", error)
            reply = {"is": "problem"}
        self._say({"kind": "answered", "id": key, "reply": reply})

    async def _suggest(self, frame: decode.Completed) -> None:
        persona = self._history.persona(frame.who)
        found = (
            await self._house.inbox.suggest(
                ids.COMMUNITY, persona.actor(), frame.command, frame.option, frame.typed
            )
            if persona
            else ()
        )
        choices = [render.choice(one) for one in found]
        self._say({"kind": "suggested", "ask": frame.ask, "choices": choices})

    def _chat(self, frame: decode.Chatted) -> None:
        persona = self._history.persona(frame.who)
        room = self._history.room(frame.room)
        if persona and room and room.open and self._history.may_enter(persona, room.id):
            self._house.commons.chat(frame.id, room.id, persona.id, frame.text, frame.thread)
            self._history.look(persona.id, room.id)
        self._say({"kind": "answered", "id": frame.id, "reply": {"is": "quiet"}})

    def _greet(self, frame: decode.Greeted) -> None:
        zone = frame.zone if is_zone(frame.zone) else "UTC"
        self._house.commons.people.visit(zone, frame.language)
        people = self._history.personas()
        self._who = frame.who if frame.who in people else next(iter(people), "")
        self._room = WELCOME
        persona = self._persona()
        words = self._house.wording.words(zone, persona.language if persona else frame.language)
        self._say(
            {
                "kind": "hello",
                "as": self._who,
                "language": words.language,
                "languages": list(self._house.wording.languages),
                "words": page_words.flat(self._house.wording, words),
                "commands": listed(
                    self._house.bot, words, moderator=bool(persona and persona.moderator)
                ),
                **self._standing(),
            }
        )
        self.tick()

    def _open(self, frame: decode.Opened) -> None:
        if not self._may_enter(frame.room):
            return
        self._room = frame.room
        messages = self._history.messages(frame.room, self._who, frame.before)
        self._history.look(self._who, frame.room)
        self._say(
            {
                "kind": "opened",
                "room": frame.room,
                "before": frame.before,
                "messages": [shown(said) for said in messages],
            }
        )
        self._stale.set()

    def _tidy(self, frame: decode.Looked | decode.Dismissed) -> None:
        match frame:
            case decode.Looked():
                self._history.look(self._who, frame.room)
            case decode.Dismissed():
                said = self._history.message(frame.message)
                if said is not None and said.only == frame.who:
                    self._house.commons.unsay(frame.message)

    def _people(self, frame: decode.Peopled) -> None:
        before = self._history.persona(frame.change) if frame.change else None
        name = " ".join(frame.name.split())
        if not is_zone(frame.zone) or not name or (frame.change and before is None):
            self._say({"kind": "problem"})
            return
        key, you = (before.id, before.you) if before else (frame.id, False)
        self._house.commons.people.meet(
            Persona(key, name, frame.zone, frame.language, frame.moderator, you)
        )
        self._say({"kind": "answered", "id": frame.id, "reply": {"is": "persona", "as": key}})

    def _group(self, frame: decode.Grouped) -> None:
        people = self._history.personas()
        wanted = [key for key in frame.people if key in people or key == BOT]
        if frame.who not in people or not wanted:
            return
        if wanted == [BOT]:
            room = self._house.commons.with_bot(frame.who)
        else:
            room = self._house.commons.direct([frame.who, *(k for k in wanted if k != BOT)])
        self._stale.set()
        self._say({"kind": "direct", "room": room, **self._standing()})

    # --- what the page is shown ------------------------------------------------------------

    def _standing(self) -> Json:
        today = self._house.commons.clock.now().date()
        return standing(self._history, self._who, self._house.commons.done(), today)

    async def _keep_fresh(self) -> None:
        while True:
            await self._stale.wait()
            await asyncio.sleep(_BREATH)
            self._stale.clear()
            if self._who:
                self._say({"kind": "standing", **self._standing()})

    def _persona(self) -> Persona | None:
        return self._history.persona(self._who)

    def _may_enter(self, room: str) -> bool:
        persona = self._persona()
        return persona is not None and self._history.may_enter(persona, room)

    # --- the wire --------------------------------------------------------------------------

    def _say(self, frame: Json) -> None:
        if self._out.qsize() < _BACKLOG:
            self._out.put_nowait(json.dumps(legible_frame(frame), ensure_ascii=False))
        elif self._out.qsize() == _BACKLOG:
            self._out.put_nowait(None)

    async def _send(self) -> None:
        while (data := await self._out.get()) is not None:
            try:
                await self._socket.send_str(data)
            except ConnectionError:
                return
        await self._socket.close()

    def _spawn(self, job: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(job)
        self._jobs.add(task)
        task.add_done_callback(self._jobs.discard)


def legible_frame(frame: object) -> object:
    """The frame with every string in it fit to be shown: the page shows them as they come."""
    match frame:
        case str():
            return legible(frame)
        case dict():
            return {key: legible_frame(value) for key, value in frame.items()}
        case list() | tuple():
            return [legible_frame(one) for one in frame]
        case _:
            return frame

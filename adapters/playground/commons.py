"""The place itself: what personas and the bot can do in it, and who watches it happen."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Protocol

from adapters.playground import guide, render
from adapters.playground.clock import MovableClock
from adapters.playground.history import History
from adapters.playground.model import BOT, STAFF, WELCOME, Json, Kind, Persona, Room, Said
from bot.core.boundary.events import Why
from bot.core.boundary.ids import Ref
from bot.shell.ports import (
    CloseRoom,
    ErasePlatformData,
    LetIn,
    OpenRoom,
    Parcel,
    PostInRoom,
    SayAnew,
    TakeBack,
    TakeOut,
    TellPerson,
    Undeliverable,
)

_CHANNELS = (
    Room(WELCOME, Kind.CHANNEL, "welcome"),
    Room("general", Kind.CHANNEL, "general"),
    Room(STAFF, Kind.STAFF, "moderators"),
)
_FIRST_MODERATORS = (
    Persona("rosa", "Rosa Almeida", "Europe/Lisbon", "en", moderator=True),
    Persona("daniel", "Daniel Okafor", "America/New_York", "en", moderator=True),
)
_VISITOR = Persona("you", "Robin Tan", "UTC", "en", you=True)
_VISITED = "visited"
_DONE = "steps done"
_Deed = PostInRoom | TellPerson | OpenRoom | LetIn | TakeOut | CloseRoom | TakeBack | SayAnew


class Watcher(Protocol):
    """A page that shows the place live."""

    def said(self, said: Said) -> None:
        """A message is new or reads differently."""

    def unsaid(self, room: str, message: str) -> None:
        """A message is no longer there."""

    def changed(self) -> None:
        """Rooms or people came, went or changed."""

    def forgot(self) -> None:
        """Somebody was forgotten: nothing shown so far can be relied on."""

    def tick(self) -> None:
        """The clock moved, or stopped moving."""


class Commons:
    """The rooms and the people, with everybody who is watching told of each change."""

    def __init__(self, history: History, clock: MovableClock) -> None:
        self.history = history
        self.clock = clock
        self.watchers: set[Watcher] = set()

    def begin(self) -> None:
        """At the very first: the channels, two moderators and the visitor."""
        if self.history.room(WELCOME) is not None:
            return
        with self.history.writing():
            for room in _CHANNELS:
                self.history.open_room(room)
            self.history.keep_persona(_VISITOR)
            for persona in _FIRST_MODERATORS:
                self.history.keep_persona(persona)

    def visit(self, zone: str, language: str) -> None:
        """On the first visit the visitor's persona takes the clock and language of the browser."""
        visitor = self.history.persona(_VISITOR.id)
        if self.history.note(_VISITED) is None and visitor is not None:
            with self.history.writing():
                self.history.keep_note(_VISITED, {})
                self.history.keep_persona(replace(visitor, zone=zone, language=language))

    def done(self) -> set[str]:
        """The steps of the guide that were taken."""
        return set(self.history.note(_DONE) or {})

    def mark(self, steps: set[str]) -> None:
        """Remember that steps of the guide were taken."""
        done = self.done()
        if steps - done:
            self.history.keep_note(_DONE, dict.fromkeys(sorted(steps | done), True))
            self.changed()

    def meet(self, persona: Persona) -> None:
        """Add a persona, or change how one appears."""
        self.history.keep_persona(persona)
        self.changed()

    def settle(self, newcomers: Iterable[Persona]) -> None:
        """Add those of these personas who are not there yet."""
        known = self.history.personas()
        with self.history.writing():
            for persona in newcomers:
                if persona.id not in known:
                    self.history.keep_persona(persona)
        self.changed()

    def chat(self, key: str, room: str, author: str, text: str, thread: str | None = None) -> None:
        """A persona says something. Said again under the same key, it is said once."""
        if self.history.say(
            key, room, author, at=self.clock.now(), body={"text": text}, thread=thread
        ):
            self._said(key)

    def tell(self, key: str, room: str, body: Json, only: str | None = None) -> None:
        """The bot says something; ``only`` makes it visible to one persona."""
        if self.history.say(key, room, BOT, at=self.clock.now(), body=body, only=only):
            self.mark(guide.done_by_message(body))
            self._said(key)

    def reword(self, key: str, body: Json) -> None:
        """The bot says something anew."""
        self.history.reword(key, body)
        self.mark(guide.done_by_message(body))
        self._said(key)

    def unsay(self, key: str) -> None:
        """A message is taken back."""
        said = self.history.message(key)
        if said is None:
            return
        self.history.unsay(key)
        if self.history.message(key) is not None:
            self._said(key)
        else:
            for watcher in self.watchers:
                watcher.unsaid(said.room, key)

    def direct(self, people: Iterable[str]) -> str:
        """The room for direct messages among these people, made if need be."""
        seats = sorted(set(people))
        key = self.history.room_among(seats)
        self._open_direct(key, seats)
        return key

    def with_bot(self, person: str) -> str:
        """The room in which the bot writes to one person alone, made if need be."""
        key = self.history.room_with_bot(person)
        self._open_direct(key, [person])
        return key

    def deliver(self, parcel: Parcel) -> str | None:
        """Do what a parcel asks, once. Returns what it became; raises ``Undeliverable``."""
        done, made = self.history.receipt(parcel.key)
        if done:
            return made
        if isinstance(parcel.task, ErasePlatformData):
            self._forget(parcel.task.person.key)  # a vacuum cannot run inside a transaction
            self.history.keep_receipt(parcel.key, None)
            return None
        with self.history.writing():
            made = self._do(parcel.key, parcel.task)
            self.history.keep_receipt(parcel.key, made)
        return made

    def _do(self, key: str, task: _Deed) -> str | None:
        match task:
            case PostInRoom(room_ref, message):
                return self._post(key, self._there(room_ref).id, {"view": render.message(message)})
            case TellPerson(person, message):
                room = self.with_bot(self._persona(person).id)
                return self._post(key, room, {"view": render.message(message)})
            case OpenRoom(name):
                room = f"room-{key}"
                self.history.open_room(Room(room, Kind.PRIVATE, name))
                self.changed()
                return room
            case LetIn(room_ref, person):
                self.history.seat(self._there(room_ref).id, self._persona(person).id)
                self.changed()
            case TakeOut(room_ref, person):
                self.history.unseat(room_ref.key, person.key)
                self.changed()
            case CloseRoom(room_ref):
                self.history.open_room(replace(self._there(room_ref), open=False))
                self.changed()
            case TakeBack(message):
                self.unsay(message.key)
            case SayAnew(message, anew):
                if self.history.message(message.key) is None:
                    raise Undeliverable(Why.GONE, "the message is not there")
                self.reword(message.key, {"view": render.message(anew)})
        return None

    def _post(self, parcel: str, room: str, body: Json) -> str:
        key = f"p-{parcel}"
        self.tell(key, room, body)
        return key

    def _there(self, ref: Ref) -> Room:
        room = self.history.room(ref.key)
        if room is None or not room.open:
            raise Undeliverable(Why.LOST, "the room is not there")
        return room

    def _persona(self, ref: Ref) -> Persona:
        persona = self.history.persona(ref.key)
        if persona is None:
            raise Undeliverable(Why.GONE, "the person is not there")
        return persona

    def _open_direct(self, key: str, seats: list[str]) -> None:
        if self.history.room(key) is not None:
            return
        with self.history.writing():
            self.history.open_room(Room(key, Kind.DIRECT, ""))
            for person in seats:
                self.history.seat(key, person)
        self.changed()

    def _forget(self, person: str) -> None:
        self.history.forget(person)
        for watcher in self.watchers:
            watcher.forgot()

    def _said(self, key: str) -> None:
        said = self.history.message(key)
        if said is not None:
            for watcher in self.watchers:
                watcher.said(said)

    def tick(self) -> None:
        """Have everybody look at the clock."""
        for watcher in self.watchers:
            watcher.tick()

    def changed(self) -> None:
        """Have everybody look at the rooms, the people and the guide again."""
        for watcher in self.watchers:
            watcher.changed()

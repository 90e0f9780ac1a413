"""The rooms: what personas and the bot say and do in them, and who watches it happen."""

from collections.abc import Iterable
from typing import Protocol

from adapters.playground import guide
from adapters.playground.clock import MovableClock
from adapters.playground.history import History
from adapters.playground.model import BOT, STAFF, WELCOME, Json, Kind, Room, Said
from adapters.playground.people import People

_CHANNELS = (
    Room(WELCOME, Kind.CHANNEL, "welcome"),
    Room("general", Kind.CHANNEL, "general"),
    Room(STAFF, Kind.STAFF, "moderators"),
)
_DONE = "steps done"


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
    """The place itself, with everybody who is watching told of each change."""

    def __init__(self, history: History, clock: MovableClock) -> None:
        self.history = history
        self.clock = clock
        self.people = People(history, self.changed)
        self.watchers: set[Watcher] = set()

    def begin(self) -> None:
        """At the very first: the channels, and the people who are there from the beginning."""
        if self.history.room(WELCOME) is not None:
            return
        with self.history.writing():
            for room in _CHANNELS:
                self.history.open_room(room)
            self.people.begin()

    def done(self) -> set[str]:
        """The steps of the guide that were taken."""
        return set(self.history.note(_DONE) or {})

    def mark(self, steps: set[str]) -> None:
        """Remember that steps of the guide were taken."""
        done = self.done()
        if steps - done:
            self.history.keep_note(_DONE, dict.fromkeys(sorted(steps | done), True))
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

    def forgot(self) -> None:
        """Have everybody forget what they were shown: somebody was forgotten."""
        for watcher in self.watchers:
            watcher.forgot()

    def _open_direct(self, key: str, seats: list[str]) -> None:
        if self.history.room(key) is not None:
            return
        with self.history.writing():
            self.history.open_room(Room(key, Kind.DIRECT, ""))
            for person in seats:
                self.history.seat(key, person)
        self.changed()

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

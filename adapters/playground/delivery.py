"""Doing in the playground what the outbox owes: each parcel once, and its receipt kept."""

from dataclasses import replace

from adapters.playground import ids, render
from adapters.playground.model import Kind, Persona, Room
from adapters.playground.rooms import Commons
from bot.core.boundary.events import Why
from bot.core.boundary.ids import Ref
from bot.core.boundary.views import Message
from bot.shell.ports import (
    CloseRoom,
    ErasePlatformData,
    LetIn,
    OpenRoom,
    Parcel,
    PostInRoom,
    Receipt,
    SayAnew,
    TakeBack,
    TakeOut,
    TellPerson,
    Undeliverable,
)

_Deed = PostInRoom | TellPerson | OpenRoom | LetIn | TakeOut | CloseRoom | TakeBack | SayAnew


class Delivery:
    """Carries parcels to the place."""

    def __init__(self, commons: Commons) -> None:
        self._commons = commons
        self._history = commons.history

    def deliver(self, parcel: Parcel) -> Receipt:
        """Do it; the same parcel again changes nothing and has the same receipt.

        Raises :class:`Undeliverable`.
        """
        done, made = self._history.receipt(parcel.key)
        if not done:
            made = self._deliver(parcel)
        if made is None:
            return None
        match parcel.task:
            case OpenRoom():
                return ids.room(made)
            case PostInRoom() | TellPerson():
                return ids.message(made)
            case _:
                return None

    def _deliver(self, parcel: Parcel) -> str | None:
        if isinstance(parcel.task, ErasePlatformData):
            # A vacuum cannot run inside a transaction.
            self._history.forget(parcel.task.person.key)
            self._commons.forgot()
            self._history.keep_receipt(parcel.key, None)
            return None
        with self._history.writing():
            made = self._do(parcel.key, parcel.task)
            self._history.keep_receipt(parcel.key, made)
        return made

    def _do(self, key: str, task: _Deed) -> str | None:
        match task:
            case PostInRoom(room_ref, message):
                return self._post(key, self._there(room_ref).id, message)
            case TellPerson(person, message):
                return self._post(key, self._commons.with_bot(self._persona(person).id), message)
            case OpenRoom(name):
                room = f"room-{key}"
                self._history.open_room(Room(room, Kind.PRIVATE, name))
                self._commons.changed()
                return room
            case LetIn(room_ref, person):
                self._history.seat(self._there(room_ref).id, self._persona(person).id)
                self._commons.changed()
            case TakeOut(room_ref, person):
                self._history.unseat(room_ref.key, person.key)
                self._commons.changed()
            case CloseRoom(room_ref):
                self._history.open_room(replace(self._there(room_ref), open=False))
                self._commons.changed()
            case TakeBack(place):
                self._commons.unsay(place.key)
            case SayAnew(place, anew):
                if self._history.message(place.key) is None:
                    raise Undeliverable(Why.GONE, "the message is not there")
                self._commons.reword(place.key, {"view": render.message(anew)})
        return None

    def _post(self, parcel: str, room: str, message: Message) -> str:
        key = f"p-{parcel}"
        self._commons.tell(key, room, {"view": render.message(message)})
        return key

    def _there(self, ref: Ref) -> Room:
        room = self._history.room(ref.key)
        if room is None or not room.open:
            raise Undeliverable(Why.LOST, "the room is not there")
        return room

    def _persona(self, ref: Ref) -> Persona:
        persona = self._history.persona(ref.key)
        if persona is None:
            raise Undeliverable(Why.GONE, "the person is not there")
        return persona

"""Doing on Discord what the outbox owes.

Every message carries its delivery's key twice: as the nonce, by which Discord itself refuses to
post the same message again for some minutes, and as the id of its first component, by which an
older one is found when it is read back.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any, Final

import aiohttp
import discord

from adapters.discord import ids, render
from adapters.discord.render import SILENT, Drawn
from adapters.discord.rest import Busy, Rest
from adapters.discord.rooms import IN_ARCHIVE, UNKNOWN_CHANNEL, Rooms
from bot.core.boundary.events import Why
from bot.core.boundary.ids import MessageRef, PersonRef
from bot.core.boundary.views import Message, Picture
from bot.shell.ports import (
    Clock,
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
    Task,
    TellPerson,
    TryLater,
    Undeliverable,
)

log = logging.getLogger("banyan.discord")

NEW_A_MINUTE: Final = 5
"""Direct-message channels newly opened in a minute: more looks like spam to Discord."""
A_WHILE: Final = 2.0
"""Seconds that one opening waits for another."""
PAGE: Final = 100
"""Messages that can be read at once."""
PAGES: Final = 10
"""Pages that are read back before it is given up as uncertain."""

UNKNOWN_MESSAGE = 10008
OPENING_TOO_FAST = 40003
_GONE: Final = frozenset({10003, 10004, 10007, 10008, 10013, 50278})
# 30013 and 30033: a server's channels, a thread's people are as many as they can be; 50024: not in
# a channel of this type; 60003: the server asks its administrators for a second factor.
_FORBIDDEN: Final = frozenset({30013, 30033, 50001, 50013, 50024, 60003, 160005, 160006})
_CLOSED: Final = 50007
_OVERLOADED: Final = 130000


class Delivery:
    """Delivers parcels; the rest of the adapter knows when it may be used."""

    def __init__(self, rest: Rest, rooms: Rooms, clock: Clock, us: str) -> None:
        self._rest = rest
        self._rooms = rooms
        self._mail = Mail(rest, clock)
        self._us = us

    async def deliver(self, parcel: Parcel) -> Receipt:
        """Do it. Raises only ``TryLater`` and ``Undeliverable``."""
        try:
            return await self._do(parcel)
        except Busy as busy:
            raise TryLater(
                busy.seconds, uncertain=busy.uncertain, asked=not busy.uncertain
            ) from None
        except aiohttp.ClientConnectorError:
            raise TryLater(1) from None
        except (aiohttp.ClientError, TimeoutError, OSError):
            raise TryLater(1, uncertain=True) from None
        except discord.HTTPException as error:
            if error.code == UNKNOWN_CHANNEL and _in_room(parcel.task):
                raise Undeliverable(Why.LOST, f"{error.status} {error.code}") from None
            raise refusal(error) from None

    async def _do(self, parcel: Parcel) -> Receipt:
        guild, again = parcel.community.key, parcel.perhaps_done
        match parcel.task:
            case PostInRoom(room, message, silent):
                drawn = await _drawn(message, key=parcel.key)
                return await self._post(
                    ids.channel_of(room), drawn, parcel.key, SILENT if silent else 0, again
                )
            case TellPerson(person, message):
                drawn = await _drawn(message, guild=guild, key=parcel.key)
                channel = await self._mail.channel(person)
                return await self._post(channel, drawn, parcel.key, 0, again)
            case OpenRoom(name):
                return await self._rooms.open(guild, name, perhaps_done=again)
            case LetIn(room, person):
                channel = ids.channel_of(room)
                await self._awake(
                    channel, lambda: self._rooms.let_in(room, person, perhaps_done=again)
                )
            case TakeOut(room, person):
                channel = ids.channel_of(room)
                await self._awake(channel, lambda: self._rooms.take_out(room, person))
            case CloseRoom(room):
                await self._awake(ids.channel_of(room), lambda: self._rooms.close(guild, room))
            case TakeBack(place):
                await self._take_back(place)
            case SayAnew(place, message):
                await self._say_anew(guild, place, message)
            case ErasePlatformData(person):
                self._mail.forget(person)
        return None

    async def _post(
        self, channel: str, drawn: Drawn, key: str, flags: int, again: bool
    ) -> MessageRef:
        if again and (there := await self._read_back(channel, key)):
            return ids.message(channel, there)
        body = drawn.body(flags) | {"nonce": key, "enforce_nonce": True}
        made = await self._awake(
            channel,
            lambda: self._rest.ask_in_turn(
                "POST",
                "/channels/{channel_id}/messages",
                body,
                uploads=drawn.uploads,
                channel_id=channel,
            ),
        )
        return ids.message(channel, str(made["id"]))

    async def _read_back(self, channel: str, key: str) -> str | None:
        """The id of the message that an earlier try has left there, if any."""
        query: dict[str, str | int] = {"limit": PAGE}
        for _ in range(PAGES):
            page = await self._rest.ask_in_turn(
                "GET", "/channels/{channel_id}/messages", query=query, channel_id=channel
            )
            for one in page:
                if one["author"]["id"] == self._us and _is(one, key):
                    return str(one["id"])
            if len(page) < PAGE:
                return None
            query["before"] = str(page[-1]["id"])
        raise Undeliverable(Why.UNCERTAIN, "too much was said since")

    async def _take_back(self, place: MessageRef) -> None:
        channel, number = ids.place_of(place)
        try:
            await self._awake(
                channel,
                lambda: self._rest.ask_in_turn(
                    "DELETE",
                    "/channels/{channel_id}/messages/{message_id}",
                    channel_id=channel,
                    message_id=number,
                ),
            )
        except discord.NotFound as error:
            if error.code != UNKNOWN_MESSAGE:
                raise

    async def _say_anew(self, guild: str, place: MessageRef, message: Message) -> None:
        channel, number = ids.place_of(place)
        # Whether it is in direct messages is not known here; the mark does no harm in a room.
        drawn = await _drawn(message, guild=guild)
        await self._awake(
            channel,
            lambda: self._rest.ask_in_turn(
                "PATCH",
                "/channels/{channel_id}/messages/{message_id}",
                drawn.body(edit=True),
                uploads=drawn.uploads,
                channel_id=channel,
                message_id=number,
            ),
        )

    async def _awake(self, channel: str, ask: Callable[[], Awaitable[Any]]) -> Any:
        """Ask; if the thread fell asleep meanwhile, wake it and ask once more."""
        try:
            return await ask()
        except discord.HTTPException as error:
            if error.code != IN_ARCHIVE:
                raise
        await self._rooms.reopen(channel)
        return await ask()


class Mail:
    """Channels for direct messages, opened at a pace that Discord takes for a person's.

    Which are known is forgotten with the process. That costs a request for each and no patience:
    Discord says of a channel whether anything was ever said in it, and only new ones count.
    """

    def __init__(self, rest: Rest, clock: Clock) -> None:
        self._rest = rest
        self._clock = clock
        self._known: dict[str, str] = {}
        self._opened: list[datetime] = []
        self._one_at_a_time = asyncio.Lock()

    async def channel(self, person: PersonRef) -> str:
        """The channel for messages to one person. Raises ``TryLater``."""
        if person.key in self._known:
            return self._known[person.key]
        try:
            await asyncio.wait_for(self._one_at_a_time.acquire(), A_WHILE)
        except TimeoutError:  # one of them hangs: what needs no opening is not to wait for it
            raise TryLater(1, asked=True) from None
        try:
            self._known[person.key] = await self._open(person)
        finally:
            self._one_at_a_time.release()
        return self._known[person.key]

    def forget(self, person: PersonRef) -> None:
        """Keep nothing of this person."""
        self._known.pop(person.key, None)

    async def _open(self, person: PersonRef) -> str:
        turn = self._take_a_turn()
        is_new = True
        try:
            made = await self._rest.ask_in_turn(
                "POST", "/users/@me/channels", {"recipient_id": person.key}
            )
            is_new = not made.get("last_message_id")
        except Busy as busy:
            is_new = busy.uncertain  # else nothing was opened
            raise
        except discord.HTTPException:
            is_new = False
            raise
        finally:
            if not is_new:
                self._opened.remove(turn)
        return str(made["id"])

    def _take_a_turn(self) -> datetime:
        now = self._clock.now()
        minute = timedelta(minutes=1)
        self._opened = [at for at in self._opened if now - minute < at <= now]
        if len(self._opened) >= NEW_A_MINUTE:
            raise TryLater((self._opened[0] + minute - now).total_seconds(), asked=True)
        self._opened.append(now)
        return now


def refusal(error: discord.HTTPException) -> TryLater | Undeliverable:
    """What a refusal by Discord means for a delivery."""
    detail = f"{error.status} {error.code}"
    if error.status == 401 or error.status >= 500:
        return TryLater(30)  # the connection itself ends when the token is no good any more
    if error.code in {OPENING_TOO_FAST, _OVERLOADED}:
        return TryLater(60)
    if error.code == _CLOSED:
        return Undeliverable(Why.CLOSED, detail)
    if error.code in _GONE or error.status == 404:
        return Undeliverable(Why.GONE, detail)
    if error.code in _FORBIDDEN or error.status == 403:
        log.warning("not permitted by the server", extra={"code": error.code})
        return Undeliverable(Why.FORBIDDEN, detail)
    log.error("refused as malformed", extra={"status": error.status, "code": error.code})
    return Undeliverable(Why.REFUSED, detail)


def _in_room(task: Task) -> bool:
    """Whether a channel that is not there was a room of ours; of an edit, it may have been."""
    return isinstance(task, PostInRoom | LetIn | TakeOut | CloseRoom | SayAnew | TakeBack)


async def _drawn(message: Message, *, guild: str = "", key: str = "") -> Drawn:
    if any(isinstance(block, Picture) for block in message.blocks):
        return await asyncio.to_thread(render.message, message, guild=guild, key=key)
    return render.message(message, guild=guild, key=key)


def _is(message: dict[str, Any], key: str) -> bool:
    first: dict[str, Any] = next(iter(message.get("components") or ()), {})
    return message.get("nonce") == key or first.get("id") == render.mark(key)

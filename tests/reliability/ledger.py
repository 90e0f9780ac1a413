"""A platform in a process of its own, whose ledger is the truth about what was said.

The bot reaches it over a socket and may die at any moment; the ledger lives on. Like Discord, it
does a thing once for each idempotency key, and like Discord it may carry something out without the
bot ever hearing of it.
"""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from pathlib import Path

from bot.core.boundary.ids import MessageRef, Ref, RoomRef
from bot.shell.ports import Inbox, OpenRoom, Parcel, PostInRoom, Receipt, TellPerson, TryLater
from tests.paper import PLATFORM, text_of


class Ledger:
    """What arrived, by idempotency key, and what the bot acknowledged to its people."""

    def __init__(self) -> None:
        self.said: dict[str, str] = {}
        """The words of every message, by its key."""
        self.tried: Counter[str] = Counter()
        self.acknowledged: list[str] = []
        self._lines = 0
        self._more = asyncio.Condition()

    @asynccontextmanager
    async def open(self, socket: Path) -> AsyncIterator[None]:
        """Listen for as long as the block runs."""
        server = await asyncio.start_unix_server(self._serve, socket, limit=1 << 22)
        try:
            yield
        finally:
            server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with closing(writer):
            try:
                while line := await reader.readline():
                    self._note(json.loads(line))
                    self._lines += 1
                    async with self._more:
                        self._more.notify_all()
                    writer.write(b"ok\n")
                    await writer.drain()
            except (ConnectionError, json.JSONDecodeError):
                return  # the bot died in the middle of a line: what was not whole did not happen

    def _note(self, line: dict[str, str]) -> None:
        match line:
            case {"key": key, "words": words}:
                self.tried[key] += 1
                self.said.setdefault(key, words)
            case {"acknowledged": event}:
                self.acknowledged.append(event)
            case _:
                pass

    async def hears(self, lines: int) -> None:
        """Wait for so many more lines (a minute at most): the first says that a life began."""
        wanted = self._lines + lines
        async with self._more:
            await asyncio.wait_for(self._more.wait_for(lambda: self._lines >= wanted), 60)


class Far:
    """The bot's side: an adapter whose platform is the ledger."""

    platform = PLATFORM
    carries_sensitive = True
    room_readers = "circles.room.readers"

    def __init__(self, socket: Path) -> None:
        self._socket = socket
        self._turn = asyncio.Lock()
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def listen(self, inbox: Inbox, ready: Callable[[], None]) -> None:
        """Nothing comes from there by itself."""
        ready()

    async def deliver(self, parcel: Parcel) -> Receipt:
        """Have it done, and hear that it was."""
        words = ""
        match parcel.task:
            case PostInRoom(room, message):
                words = f"{room.key}\n{text_of(message)}"
            case TellPerson(person, message):
                words = f"{person.key}\n{text_of(message)}"
            case _:
                pass
        try:
            await self.note({"key": parcel.key, "words": words})
        except ConnectionError:
            raise TryLater(1, uncertain=True) from None
        if isinstance(parcel.task, OpenRoom):
            return RoomRef(Ref(PLATFORM, parcel.key))
        return MessageRef(Ref(PLATFORM, parcel.key)) if words else None

    async def note(self, line: dict[str, str]) -> None:
        """Have a line written into the ledger."""
        async with self._turn:
            if self._streams is None:
                self._streams = await asyncio.open_unix_connection(self._socket, limit=1 << 22)
            reader, writer = self._streams
            writer.write(json.dumps(line).encode() + b"\n")
            await writer.drain()
            if await reader.readline() != b"ok\n":
                raise ConnectionResetError

    async def close(self) -> None:
        """Hang up."""
        if self._streams is not None:
            self._streams[1].close()
            await self._streams[1].wait_closed()

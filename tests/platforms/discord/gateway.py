"""The gateway: sessions that can be lost and resumed, over compressed websockets."""

import asyncio
import json
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

Json = dict[str, Any]

DISPATCH, HEARTBEAT, IDENTIFY, RESUME, INVALID, HELLO, ACKNOWLEDGED = 0, 1, 2, 6, 9, 10, 11
PRIVILEGED = (1 << 1) | (1 << 8) | (1 << 15)
GUILDS = 1 << 0
NOT_AUTHENTICATED, BAD_TOKEN, BAD_SHARD, BAD_INTENTS, FORBIDDEN_INTENTS = (
    4003,
    4004,
    4010,
    4013,
    4014,
)


@dataclass
class Session:
    """What a bot hears, kept so that it can be told again after a lost connection."""

    id: str
    shard: int
    shards: int
    intents: int
    events: list[Json] = field(default_factory=list)
    socket: web.WebSocketResponse | None = None
    squeeze: Any = None

    async def dispatch(self, name: str, data: Json) -> None:
        """Tell of an event, now or when the bot comes back."""
        event = {"op": DISPATCH, "t": name, "s": len(self.events) + 1, "d": data}
        self.events.append(event)
        await self.send(event)

    async def send(self, payload: Json) -> None:
        """Send a payload, if the bot is there."""
        if self.socket is None or self.socket.closed:
            return
        line = json.dumps(payload)
        try:
            if self.squeeze:
                squeezed = self.squeeze.compress(line.encode())
                await self.socket.send_bytes(squeezed + self.squeeze.flush(zlib.Z_SYNC_FLUSH))
            else:
                await self.socket.send_str(line)
        except ConnectionError:
            self.socket = None


class Gateway:
    """Lets the bot in, and tells it what happens."""

    def __init__(self, greeting: Callable[[Session], list[tuple[str, Json]]]) -> None:
        self._greeting = greeting
        self.token = ""
        self.shards = 1
        self.sessions: dict[str, Session] = {}
        self.remaining = 999
        """Sessions that may still be begun today, and the milliseconds until it is tomorrow."""
        self.reset_after = 0
        self.identified = 0
        self.resumed = 0
        self._connected = asyncio.Event()

    def shard_of(self, guild: str | None) -> int:
        """The shard that hears of a server; direct messages are heard on the first."""
        return (int(guild) >> 22) % self.shards if guild else 0

    async def connected(self) -> None:
        """Wait until the bot is there."""
        await asyncio.wait_for(self._connected.wait(), 20)

    async def tell(self, guild: str | None, name: str, data: Json) -> None:
        """Tell the newest session of the right shard."""
        shard = self.shard_of(guild)
        sessions = [one for one in self.sessions.values() if one.shard == shard]
        if sessions:
            await sessions[-1].dispatch(name, data)

    async def drop(self, code: int = 0) -> None:
        """Lose every connection: without a word, or with a close code."""
        for session in self.sessions.values():
            socket, session.socket = session.socket, None
            if socket is None or socket.closed:
                continue
            if code:
                await socket.close(code=code)
            elif socket._req is not None and socket._req.transport is not None:
                socket._req.transport.abort()
        self._connected.clear()

    def forget_sessions(self) -> None:
        """No session can be resumed any more."""
        self.sessions.clear()

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """One connection."""
        socket = web.WebSocketResponse(compress=False)
        await socket.prepare(request)
        squeeze = zlib.compressobj() if request.query.get("compress") == "zlib-stream" else None
        here = Session("", 0, 1, 0, socket=socket, squeeze=squeeze)
        await here.send({"op": HELLO, "d": {"heartbeat_interval": 41250}})
        session: Session | None = None
        async for message in socket:
            if message.type is not WSMsgType.TEXT:
                continue
            payload = json.loads(message.data)
            match payload["op"]:
                case 1:
                    await here.send({"op": ACKNOWLEDGED})
                case 2:
                    session = await self._identify(here, payload["d"])
                case 6:
                    session = await self._resume(here, payload["d"])
                case 3 | 4 | 8:
                    pass
                case _:
                    await socket.close(code=4001)
            if session is not None:
                here = session
        return socket

    async def _identify(self, here: Session, told: Json) -> Session | None:
        assert here.socket is not None
        shard, shards = told.get("shard", [0, 1])
        for wrong, code in (
            (told["token"] != self.token, BAD_TOKEN),
            (shards != self.shards or shard >= shards, BAD_SHARD),
            (told["intents"] & PRIVILEGED, FORBIDDEN_INTENTS),
            (not told["intents"] & GUILDS, BAD_INTENTS),
        ):
            if wrong:
                await here.socket.close(code=code)
                return None
        self.identified += 1
        session = Session(f"session-{self.identified}", shard, shards, told["intents"])
        session.socket, session.squeeze = here.socket, here.squeeze
        self.sessions[session.id] = session
        for name, data in self._greeting(session):
            await session.dispatch(name, data)
        self._note()
        return session

    async def _resume(self, here: Session, told: Json) -> Session | None:
        session = self.sessions.get(told["session_id"])
        assert here.socket is not None
        if told["token"] != self.token:
            await here.socket.close(code=BAD_TOKEN)
            return None
        if session is None:
            await here.send({"op": INVALID, "d": False})
            return None
        self.resumed += 1
        session.socket, session.squeeze = here.socket, here.squeeze
        for event in session.events[told["seq"] :]:
            await session.send(event)
        await session.dispatch("RESUMED", {})
        self._note()
        return session

    def _note(self) -> None:
        shards = {one.shard for one in self.sessions.values() if one.socket is not None}
        if len(shards) == self.shards:
            self._connected.set()

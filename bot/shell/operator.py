"""What the operator's command line asks of a running bot, over its own HTTP server.

Only somebody who can read the data folder can ask: the token lies there.
"""

import hmac
import os
import secrets
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import msgspec
from aiohttp import web

from bot.core.boundary.ids import CommunityRef, RoomRef
from bot.core.boundary.outcome import ToPerson
from bot.core.boundary.text import plain
from bot.core.boundary.wording import Words
from bot.core.boundary.wording import load as load_wording
from bot.core.programme.mail.saying import in_words
from bot.shell.ports import Clock, Storage, Uncertain
from bot.shell.worker import Worker

PATH = "/operator/uncertain"


class Line(msgspec.Struct):
    """One delivery of which nobody knows whether it arrived, in words and with addresses."""

    row: int
    ended_at: str
    what: str
    circle: str
    person: str
    room: str
    """Where it should be: the room's address, or the community's."""
    late: bool
    """Whether it makes no sense any more to send it again."""


Address = Callable[[CommunityRef, RoomRef | None], str]
"""Where a room (or a community) is found in a browser; empty where there is no such address."""


class Listed(msgspec.Struct):
    """What is uncertain now, and which of the rows to be settled were not."""

    lines: list[Line]
    unknown: list[int]


def uncertain(
    storage: Storage, settled: Sequence[tuple[int, bool]], at: datetime, address: Address
) -> Listed:
    """Settle these rows (arrived, or to be made again), and list what is uncertain then."""
    unknown = [row for row, arrived in settled if not storage.resolve(row, at, arrived=arrived)]
    words = load_wording().words("UTC")
    return Listed([_line(one, at, words, address) for one in storage.uncertain()], unknown)


def _line(one: Uncertain, at: datetime, words: Words, address: Address) -> Line:
    """One line. Of what is confidential, nobody learns here whom it was for."""
    secret = one.what is not None and one.what.confidential
    person = "" if secret else one.person
    return Line(
        one.row,
        one.ended_at.isoformat(timespec="minutes"),
        plain(in_words(one.what, person, words)),
        one.circle,
        person if isinstance(one.to, ToPerson) else "",
        address(one.community, one.room),
        one.expires is not None and one.expires <= at,
    )


def token(data: Path) -> str:
    """The token in the data folder, made if there is none yet; only its owner can read it."""
    file = data / "operator"
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as made:
        made.write(secrets.token_hex(16))
    return token(data)


def routes(
    data: Path, storage: Storage, worker: Worker, clock: Clock, *, address: Address
) -> list[web.RouteDef]:
    """The operator's routes."""
    expected = f"Bearer {token(data)}"

    async def answer(request: web.Request) -> web.Response:
        if not hmac.compare_digest(request.headers.get("Authorization", ""), expected):
            return web.Response(status=403)
        try:
            settled = msgspec.json.decode(await request.read(), type=list[tuple[int, bool]])
        except msgspec.DecodeError:
            return web.Response(status=400)
        listed = await worker.run(uncertain, storage, settled, clock.now(), address)
        return web.Response(body=msgspec.json.encode(listed), content_type="application/json")

    return [web.post(PATH, answer)]

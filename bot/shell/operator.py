"""What the operator's command line asks of a running bot, over its own HTTP server.

Only somebody who can read the data folder can ask: the token lies there.
"""

import hmac
import os
import secrets
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import msgspec
from aiohttp import web

from bot.shell.ports import Clock, Storage
from bot.shell.worker import Worker

PATH = "/operator/uncertain"


class Line(msgspec.Struct):
    """One delivery of which nobody knows whether it arrived."""

    row: int
    ended_at: str
    what: str


class Listed(msgspec.Struct):
    """What is uncertain now, and which of the rows to be settled were not."""

    lines: list[Line]
    unknown: list[int]


def uncertain(storage: Storage, settled: Sequence[tuple[int, bool]], at: datetime) -> Listed:
    """Settle these rows (arrived, or to be made again), and list what is uncertain then."""
    unknown = [row for row, arrived in settled if not storage.resolve(row, at, arrived=arrived)]
    return Listed(
        [
            Line(one.row, one.ended_at.isoformat(timespec="minutes"), one.key)
            for one in storage.uncertain()
        ],
        unknown,
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


def routes(data: Path, storage: Storage, worker: Worker, clock: Clock) -> list[web.RouteDef]:
    """The operator's routes."""
    expected = f"Bearer {token(data)}"

    async def answer(request: web.Request) -> web.Response:
        if not hmac.compare_digest(request.headers.get("Authorization", ""), expected):
            return web.Response(status=403)
        try:
            settled = msgspec.json.decode(await request.read(), type=list[tuple[int, bool]])
        except msgspec.DecodeError:
            return web.Response(status=400)
        listed = await worker.run(uncertain, storage, settled, clock.now())
        return web.Response(body=msgspec.json.encode(listed), content_type="application/json")

    return [web.post(PATH, answer)]

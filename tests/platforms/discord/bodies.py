"""Reading a request, or refusing it."""

import json
import time
from dataclasses import dataclass, field
from typing import Any

import msgspec
from aiohttp import BodyPartReader, web

from tests.platforms.discord import checks, requests
from tests.platforms.discord.world import Json

MALFORMED = 50035


@dataclass
class Entry:
    """One line of the ledger: a request, and what became of it."""

    method: str
    path: str
    body: Any = None
    status: int = 0
    code: int = 0
    words: str = ""
    done: bool = False
    at: float = field(default_factory=time.monotonic)


ENTRY = web.RequestKey("entry", Entry)


class Refusal(Exception):
    """A request that Discord refuses."""

    def __init__(self, status: int, code: int, words: str) -> None:
        super().__init__(words)
        self.status = status
        self.code = code


async def body_of(request: web.Request, shape: Any) -> tuple[Any, dict[str, bytes]]:
    """The body in its shape, and the files that came with it by name. Refuses what does not fit."""
    files: dict[str, bytes] = {}
    if request.content_type == "multipart/form-data":
        told: Any = None
        names = []
        async for part in await request.multipart():
            assert isinstance(part, BodyPartReader)
            if part.name == "payload_json":
                told = json.loads(await part.text())
            else:
                names.append(part.name)
                files[part.filename or ""] = bytes(await part.read())
        that(names == [f"files[{at}]" for at in range(len(names))], "files out of order")
        attached = told.get("data", told).get("attachments") or []
        that([one["id"] for one in attached] == [str(at) for at in range(len(names))], "ids")
    else:
        that(request.content_type == "application/json", "not JSON")
        told = await request.json()
    request[ENTRY].body = told
    try:
        return msgspec.convert(told, shape), files
    except msgspec.ValidationError as error:
        raise checks.Malformed(str(error)) from None


def overwrite(target: str, told: requests.Overwrite | requests.ChangedOverwrite) -> Json:
    """A permission overwrite as it is kept."""
    return {"id": target, "type": told.type, "allow": str(told.allow), "deny": str(told.deny)}


def that(holds: bool, otherwise: str) -> None:
    """Refuse the request as malformed unless this holds."""
    if not holds:
        raise checks.Malformed(otherwise)


def told(data: object, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """An answer in JSON, with a content type that says no more than Discord's."""
    body = json.dumps(data).encode()
    return web.Response(body=body, status=status, headers=headers, content_type="application/json")

"""Pictures and files: sent to Slack in the three documented steps, and read from it.

They cannot stand inside a message, so they follow right below it: whatever can go wrong before
that is done before the message is sent.
"""

import asyncio
from collections.abc import Sequence
from urllib.parse import urlsplit

import aiohttp

from adapters.slack.api import Api
from adapters.slack.installations import Installation
from adapters.slack.model import Body
from bot.core.boundary.legible import legible
from bot.core.boundary.views import File, Picture
from bot.shell.pictures import png
from bot.shell.ports import TryLater

LARGEST = 2 << 20
"""Bytes of a file handed over by a moderator."""
_TRIES = 3
_PATIENCE = 5.0
"""Seconds."""


class TooLarge(Exception):
    """The file is larger than a file of ours can be."""


async def prepare(
    api: Api, installation: Installation, files: Sequence[Picture | File]
) -> list[dict[str, str]]:
    """Bring the files to Slack, where nobody sees them yet. Raises as :meth:`Api.call`, and what
    may have been done need not be minded: it can be done again."""
    try:
        return [await _upload(api, installation, one) for one in files]
    except TryLater as later:
        raise later.harmless() from None


async def share(
    api: Api, installation: Installation, conversation: str, prepared: list[dict[str, str]]
) -> None:
    """Share prepared files in a conversation, in one message. Short waits are waited out.

    Raises as :meth:`Api.call`.
    """
    for remaining in reversed(range(_TRIES)):
        try:
            await api.call(
                installation.team,
                installation.token,
                "files.completeUploadExternal",
                {"files": prepared, "channel_id": conversation},
            )
        except TryLater as later:
            if later.uncertain or later.seconds > _PATIENCE or not remaining:
                raise
            await asyncio.sleep(later.seconds)
        else:
            return


async def _upload(api: Api, installation: Installation, one: Picture | File) -> dict[str, str]:
    if isinstance(one, Picture):
        name, content = "picture.png", png(one.svg)
        more = {"alt_txt": legible(one.alternative)[:1000]}
    else:
        name, content, more = one.name, one.content, {}
    granted = await api.call(
        installation.team,
        installation.token,
        "files.getUploadURLExternal",
        {"filename": name, "length": len(content)} | more,
    )
    try:
        async with api.session.post(granted["upload_url"], data=content) as answer:
            if answer.status != 200:
                raise TryLater(5.0)
    except (aiohttp.ClientError, TimeoutError, OSError):
        raise TryLater(5.0) from None
    return {"id": granted["file_id"], "title": name}


async def fetch(api: Api, installation: Installation, file: Body) -> tuple[str, bytes]:
    """The name and content of a file that somebody handed over.

    The token goes to Slack's own addresses alone. Raises :class:`TooLarge`, :class:`TryLater`.
    """
    address = str(file.get("url_private_download") or file.get("url_private") or "")
    if not _is_slacks(address, api.base):
        raise TryLater(5.0)
    headers = {"Authorization": f"Bearer {installation.token}"}
    try:
        async with api.session.get(address, headers=headers, allow_redirects=False) as answer:
            if answer.status != 200:
                raise TryLater(5.0)
            content = bytearray()
            async for piece in answer.content.iter_chunked(1 << 16):
                content += piece
                if len(content) > LARGEST:
                    raise TooLarge
    except (aiohttp.ClientError, TimeoutError, OSError):
        raise TryLater(5.0) from None
    return str(file.get("name") or "file"), bytes(content)


def _is_slacks(address: str, base: str) -> bool:
    url, api = urlsplit(address), urlsplit(base)
    if (url.scheme, url.netloc) == (api.scheme, api.netloc):
        return True
    host = url.hostname or ""
    return url.scheme == "https" and host.endswith((".slack.com", ".slack-gov.com"))

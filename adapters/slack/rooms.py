"""The rooms of circles: private channels that the bot opens, or group conversations.

A channel's name ends in a few characters made from its delivery. So a second try finds the first
one's channel by its name instead of opening another, and no name is taken twice, not even by an
archived channel. (`groups:read` shows the bot the private channels it is in, and no others.)
"""

import re
import unicodedata

from adapters.slack import ids
from adapters.slack.api import Api, NotOk
from adapters.slack.installations import Installation
from adapters.slack.listing import Listing
from adapters.slack.model import Json
from bot.core.boundary.events import Why
from bot.core.boundary.ids import RoomRef
from bot.shell.ports import Undeliverable

_LONGEST = 80
_NAMELESS = "circle"
_DASHES = re.compile(r"-+")
_DONE = {
    "conversations.invite": frozenset({"already_in_channel", "cant_invite_self"}),
    "conversations.kick": frozenset({"not_in_channel", "user_not_in_channel", "user_not_found"}),
    "conversations.archive": frozenset({"already_archived", "channel_not_found"}),
}
"""Refusals that mean: it is already so."""


def channel_name(name: str, key: str, length: int = 4) -> str:
    """A channel's name: what Slack allows of ``name``, and ``length`` characters of ``key``."""
    plain = unicodedata.normalize("NFKC", name).lower()
    kept = "".join(one if unicodedata.category(one)[0] in "LMN" else "-" for one in plain)
    words = _DASHES.sub("-", kept).strip("-") or _NAMELESS
    return f"{words[: _LONGEST - 1 - length]}-{key[:length]}"


class Rooms:
    """Opens, fills, empties and closes the rooms of one workspace after another."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._listings: dict[str, Listing] = {}

    async def open(self, installation: Installation, name: str, key: str) -> RoomRef:
        """Open a private channel, or find the one that an earlier try opened."""
        for shown, length in ((name, 4), (name, 12), (_NAMELESS, 12)):
            wanted = channel_name(shown, key, length)
            try:
                # A word, as in Slack's documents: the library would send 1, and not every server
                # takes that for a yes.
                answer = await self._call(
                    installation, "conversations.create", name=wanted, is_private="true"
                )
            except NotOk as refusal:
                if refusal.error.startswith("invalid_name"):
                    continue  # Slack knows letters that we do not, and the other way round
                if refusal.error != "name_taken":
                    raise
                found = await self._find(installation, wanted)
                if found:
                    return ids.room(found)
            else:
                return ids.room(str(answer["channel"]["id"]))
        raise Undeliverable(Why.REFUSED, "name_taken")

    async def let_in(self, installation: Installation, room: RoomRef, user: str) -> None:
        """Let somebody in; they may be there already."""
        await self._settled(installation, "conversations.invite", channel=room.key, users=user)

    async def take_out(self, installation: Installation, room: RoomRef, user: str) -> None:
        """Take somebody out; they may be gone already."""
        await self._settled(installation, "conversations.kick", channel=room.key, user=user)

    async def close(self, installation: Installation, room: RoomRef) -> None:
        """Archive the channel; it may be archived already."""
        await self._settled(installation, "conversations.archive", channel=room.key)

    async def _find(self, installation: Installation, name: str) -> str | None:
        listing = self._listings.setdefault(installation.team, Listing(self._api))
        return await listing.find(installation, name)

    async def _settled(self, installation: Installation, method: str, **arguments: object) -> None:
        try:
            await self._api.call(installation.team, installation.token, method, arguments)
        except NotOk as refusal:
            if refusal.error not in _DONE[method]:
                raise

    async def _call(self, installation: Installation, method: str, **arguments: object) -> Json:
        return await self._api.call(
            installation.team, installation.token, method, arguments | installation.scope
        )

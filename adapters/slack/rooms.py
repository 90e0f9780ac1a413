"""The rooms of circles: private channels that the bot opens, or group conversations.

A channel's name ends in a few characters made from its delivery. So a second try finds the first
one's channel by its name instead of opening another, and no name is taken twice, not even by an
archived channel. (`groups:read` shows the bot the private channels it is in, and no others.)
"""

import asyncio
import re
import unicodedata
from collections.abc import Mapping
from typing import Any, Final

from adapters.slack import ids
from adapters.slack.api import Api, NotOk
from adapters.slack.installations import Installation
from adapters.slack.listing import Listing
from adapters.slack.model import Json
from bot.core.boundary.events import Why
from bot.core.boundary.ids import RoomRef
from bot.shell.ports import TryLater, Undeliverable

_LONGEST = 80
_GATHERED: Final = 0.1
"""Seconds that an invitation waits for others to the same room: Slack takes a thousand at once."""
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


class Invited:
    """Who is to be let into a room by one call, and how that ended for each."""

    def __init__(self) -> None:
        self._ends: dict[str, asyncio.Future[None]] = {}
        self.calling: asyncio.Task[None] | None = None

    @property
    def users(self) -> list[str]:
        """Everybody so far."""
        return list(self._ends)

    async def add(self, user: str) -> None:
        """One more, and wait for how it ends. Raises :class:`NotOk` and :class:`TryLater`."""
        if user not in self._ends:
            self._ends[user] = asyncio.get_running_loop().create_future()
        await asyncio.shield(self._ends[user])

    def end(self, refused: Mapping[str, NotOk | TryLater]) -> None:
        """It ended, well for all but these."""
        for user, end in self._ends.items():
            if end.done():
                continue
            if user in refused:
                end.set_exception(refused[user])
            else:
                end.set_result(None)


class Rooms:
    """Opens, fills, empties and closes the rooms of one workspace after another."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._listings: dict[str, Listing] = {}
        self._invited: dict[tuple[str, str], Invited] = {}

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
        """Let somebody in; they may be there already.

        Whoever is to be let into the same room meanwhile is let in by the same call.
        """
        key = (installation.team, room.key)
        invited = self._invited.get(key)
        if invited is None:
            invited = self._invited[key] = Invited()
            invited.calling = asyncio.create_task(self._let_all_in(installation, room, invited))
        await invited.add(user)

    async def _let_all_in(
        self, installation: Installation, room: RoomRef, invited: Invited
    ) -> None:
        try:
            try:
                await asyncio.sleep(_GATHERED)
            finally:
                del self._invited[installation.team, room.key]
            invited.end(await self._each(installation, room, invited.users))
        finally:
            invited.end(dict.fromkeys(invited.users, TryLater(1.0)))  # whom nothing was said of

    async def _each(
        self, installation: Installation, room: RoomRef, users: list[str]
    ) -> dict[str, NotOk | TryLater]:
        """Let them all in; who could not be."""
        try:
            return await self._invite(installation, room, users)
        except TryLater as later:
            return dict.fromkeys(users, later)
        except NotOk as refusal:
            if len(users) == 1:
                return {users[0]: refusal}
        # Slack does not say of whom it speaks: one by one it does.
        refused: dict[str, NotOk | TryLater] = {}
        for user in users:
            refused |= await self._each(installation, room, [user])
        return refused

    async def _invite(
        self, installation: Installation, room: RoomRef, users: list[str]
    ) -> dict[str, NotOk | TryLater]:
        """Invite them all; who was refused. Raises where Slack refuses all of them alike."""
        method = "conversations.invite"
        arguments: dict[str, object] = {"channel": room.key, "users": ",".join(users)}
        if len(users) > 1:
            arguments["force"] = "true"  # one who cannot come keeps nobody else out
        try:
            answer: Mapping[str, Any] = await self._api.call(
                installation.team, installation.token, method, arguments
            )
        except NotOk as refusal:
            if len(users) == 1 and refusal.error in _DONE[method]:
                return {}
            answer = refusal.answer
            if {str(one.get("user")) for one in answer.get("errors") or ()} < set(users):
                raise
        words = {
            str(one.get("user")): str(one.get("error") or "") for one in answer.get("errors") or ()
        }
        return {
            user: NotOk(word, answer)
            for user, word in words.items()
            if user in users and word not in _DONE[method]
        }

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

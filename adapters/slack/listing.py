"""Finding a private channel that we opened again, by its name.

Slack lists channels page by page, as many or as few at a time as it likes, and twenty pages a
minute. So where reading has to stop, it goes on from there at the next try, and everybody who looks
for a channel reads the same pages.
"""

import asyncio

from adapters.slack.api import Api, NotOk
from adapters.slack.installations import Installation
from adapters.slack.model import Json
from bot.shell.ports import TryLater

_PAGE = 999
"""Channels that Slack lists at a time: it takes no more."""
_LOOKS = 4
_PATIENCE = 3.0
"""Seconds that are waited out on the spot."""


class Listing:
    """The private channels of one workspace that we opened, as far as they are read."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._turn = asyncio.Lock()
        self._found: dict[str, str] = {}
        """Channels by their names, from this reading."""
        self._cursor = ""
        """Where this reading goes on; empty before its first page."""
        self._readings = 0
        """How many were read to their end."""
        self._since: dict[str, int] = {}
        """How many there had been when a name was first looked for."""

    async def find(self, installation: Installation, name: str) -> str | None:
        """The channel of this name; ``None`` once a reading that began later was read to its end.

        Raises as :meth:`adapters.slack.api.Api.call`.
        """
        async with self._turn:
            # A reading under way may be past the place where the channel would have stood.
            begun = self._readings + (1 if self._cursor else 0)
            enough = self._since.setdefault(name, begun) + 1
            while name not in self._found and self._readings < enough:
                await self._read_on(installation)
            del self._since[name]
            return self._found.get(name)

    async def _read_on(self, installation: Installation) -> None:
        try:
            answer = await self._page(installation, self._cursor)
        except NotOk as refusal:
            if refusal.error != "invalid_cursor" or not self._cursor:
                raise
            self._cursor = ""  # it lay too long: from the beginning
            return
        if not self._cursor:
            self._found.clear()
        for channel in answer.get("channels") or ():
            if channel.get("creator") in {None, installation.bot_user}:
                self._found[str(channel.get("name"))] = str(channel["id"])
        self._cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
        if not self._cursor:
            self._readings += 1

    async def _page(self, installation: Installation, cursor: str) -> Json:
        """One page of channels. Looking again harms nothing, so it is tried a few times."""
        asked = {"types": "private_channel", "exclude_archived": True, "limit": _PAGE}
        more = {"cursor": cursor} if cursor else {}
        for remaining in reversed(range(_LOOKS)):
            try:
                return await self._api.call(
                    installation.team,
                    installation.token,
                    "conversations.list",
                    asked | more | installation.scope,
                )
            except TryLater as later:
                if not remaining or later.seconds > _PATIENCE:
                    raise
                await asyncio.sleep(later.seconds)
        raise AssertionError("unreachable")

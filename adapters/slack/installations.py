"""Where the app is installed, and under which token.

A workspace is found by its own id. When the app was installed in a whole Enterprise Grid
organisation, each of its workspaces is noted at its first event, uses the organisation's token, and
goes with the organisation.
"""

import asyncio
from collections.abc import Callable
from typing import Protocol

import msgspec


class Installation(msgspec.Struct, frozen=True):
    """The app in one workspace, or in a whole organisation."""

    team: str
    """``T…``; for a whole organisation its ``E…``."""
    enterprise: str
    """``E…`` on Enterprise Grid, else empty."""
    whole: bool
    """Whether the token is the organisation's."""
    token: str
    bot_user: str

    @property
    def everywhere(self) -> bool:
        """Whether this is the whole organisation's, and not one of its workspaces'."""
        return self.whole and self.team == self.enterprise

    @property
    def scope(self) -> dict[str, str]:
        """The argument that an organisation's token needs where a workspace's says it by itself."""
        return {"team_id": self.team} if self.whole else {}

    def __repr__(self) -> str:
        return f"Installation({self.team})"


class Installations(Protocol):
    """What is kept of each installation: a sealed note under a name, in our own database."""

    def keep(self, name: str, group: str, note: bytes) -> None:
        """Keep the note under this name, which belongs to ``group`` (may be empty)."""

    def find(self, name: str) -> bytes | None:
        """The note under this name."""

    def drop(self, name: str) -> None:
        """Delete the note under this name."""

    def members(self, group: str) -> tuple[bytes, ...]:
        """Every note that belongs to ``group``."""


class Teams:
    """The installations, read from the database once and again when one is not known.

    Where the settings bring a token of their own, it is that one workspace's and kept nowhere.
    """

    def __init__(self, kept: Installations) -> None:
        self._kept = kept
        self._known: dict[str, Installation] = {}
        self._own: Installation | None = None
        self._drops = 0
        self.on_new: Callable[[Installation], None] = lambda installation: None
        """Called with each workspace once it is known here that the app is in it."""

    def own(self, installation: Installation) -> None:
        """The installation whose token stands in the settings."""
        self._known[installation.team] = installation
        self._own = installation
        if not installation.everywhere:
            self.on_new(installation)

    @property
    def knows_own(self) -> bool:
        """Whether the installation whose token stands in the settings is known by now."""
        return self._own is not None

    async def find(self, team: str, enterprise: str = "") -> Installation | None:
        """The installation that serves a workspace: its own, or else its organisation's."""
        for key in filter(None, (team, enterprise)):
            known = self._known.get(key) or await self._read(key)
            if known is not None and (key == team or known.everywhere):
                return known
        return self._known.get(self._own.team) if self._own and not team + enterprise else None

    async def within(self, whole: Installation, team: str, home: str) -> Installation:
        """An organisation's installation as that of its workspace ``team``.

        Where Slack does not say the workspace, it is the one where the person is at ``home``, if
        that is one of those already known.
        """
        if not team:
            known = await self.find(home) if home else None
            return known if known and known.enterprise == whole.enterprise else whole
        ours = msgspec.structs.replace(whole, team=team)
        await self.keep(ours)
        return ours

    async def keep(self, installation: Installation) -> None:
        """Keep a new installation; it takes the place of an earlier one."""
        if installation.everywhere:
            for team in await self._workspaces(installation.enterprise):
                self._known.pop(team, None)  # to be read again, with the new token
        self._known[installation.team] = installation
        group = installation.enterprise if installation.whole else ""
        note = msgspec.json.encode(installation)
        await asyncio.to_thread(self._kept.keep, _name(installation.team), _name(group), note)
        if not installation.everywhere:
            self.on_new(installation)

    async def drop(self, key: str) -> tuple[str, ...]:
        """Forget a workspace, or an organisation with all its workspaces; which they were."""
        gone = [key]
        if key.startswith("E"):
            gone += await self._workspaces(key)
        for team in gone:
            await asyncio.to_thread(self._kept.drop, _name(team))
        for team in gone:
            self._known.pop(team, None)
        self._drops += 1
        return tuple(dict.fromkeys(gone))

    async def renewed(self, ours: Installation) -> bool:
        """Whether another token is kept by now than this one, which Slack refuses.

        Another process of ours may have taken part in a new installation.
        """
        if self.is_own(ours.team):
            return False
        for key in (ours.team, ours.enterprise):
            self._known.pop(key, None)
        found = await self.find(ours.team, ours.enterprise)
        return found is not None and found.token != ours.token

    async def beside(self, ours: Installation) -> tuple[str, ...]:
        """Every workspace that shares this installation, itself among them."""
        if not ours.whole:
            return (ours.team,)
        return tuple(dict.fromkeys([ours.team, *await self._workspaces(ours.enterprise)]))

    def is_own(self, team: str) -> bool:
        """Whether the workspace's token stands in the settings."""
        own = self._own
        return own is not None and (own.whole or team == own.team)

    async def _read(self, key: str) -> Installation | None:
        drops, note = -1, None
        while drops != self._drops:  # what was read while it was deleted is not there
            drops = self._drops
            note = await asyncio.to_thread(self._kept.find, _name(key))
        if note is None:
            return None
        found = msgspec.json.decode(note, type=Installation)
        if found.whole and not found.everywhere:
            # Its token may have changed since: what counts is the organisation's.
            whole = await self.find(found.enterprise)
            if whole is None:
                return None
            found = msgspec.structs.replace(whole, team=found.team)
        self._known[key] = found
        if not found.everywhere:
            self.on_new(found)
        return found

    async def _workspaces(self, enterprise: str) -> list[str]:
        """The workspaces of an organisation that use its installation, as far as they are known."""
        notes = await asyncio.to_thread(self._kept.members, _name(enterprise))
        kept = [msgspec.json.decode(note, type=Installation) for note in notes]
        known = [*kept, *self._known.values()]
        return [one.team for one in known if one.whole and one.enterprise == enterprise]


def _name(key: str) -> str:
    return f"slack:{key}" if key else ""

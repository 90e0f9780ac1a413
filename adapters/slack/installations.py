"""Where the app is installed, and under which token.

A workspace is found by its own id. When the app was installed in a whole Enterprise Grid
organisation, each of its workspaces is noted at its first event, and goes with the organisation.
"""

import asyncio
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

    def own(self, installation: Installation) -> None:
        """The installation whose token stands in the settings."""
        self._known[installation.team] = installation
        self._own = installation

    @property
    def knows_own(self) -> bool:
        """Whether the installation whose token stands in the settings is known by now."""
        return self._own is not None

    async def find(self, team: str, enterprise: str = "") -> Installation | None:
        """The installation that serves a workspace, or (without one) an organisation."""
        key = team or enterprise
        if not key:
            return self._known.get(self._own.team) if self._own else None
        known = self._known.get(key) or await self._read(key)
        if known is None and enterprise and team:
            known = await self._of_organisation(team, enterprise)
        return known

    async def keep(self, installation: Installation) -> None:
        """Keep a new installation; it takes the place of an earlier one."""
        self._known[installation.team] = installation
        group = installation.enterprise if installation.whole else ""
        note = msgspec.json.encode(installation)
        await asyncio.to_thread(self._kept.keep, _name(installation.team), _name(group), note)

    async def drop(self, key: str) -> tuple[str, ...]:
        """Forget a workspace, or an organisation with all its workspaces; which they were."""
        gone = [key]
        if key.startswith("E"):
            notes = await asyncio.to_thread(self._kept.members, _name(key))
            gone += [msgspec.json.decode(note, type=Installation).team for note in notes]
            gone += [one.team for one in self._known.values() if one.enterprise == key]
        for team in dict.fromkeys(gone):
            self._known.pop(team, None)
            await asyncio.to_thread(self._kept.drop, _name(team))
        return tuple(dict.fromkeys(gone))

    def is_own(self, team: str) -> bool:
        """Whether the workspace's token stands in the settings."""
        own = self._own
        return own is not None and (own.whole or team == own.team)

    async def _read(self, key: str) -> Installation | None:
        note = await asyncio.to_thread(self._kept.find, _name(key))
        if note is None:
            return None
        found = msgspec.json.decode(note, type=Installation)
        self._known[key] = found
        return found

    async def _of_organisation(self, team: str, enterprise: str) -> Installation | None:
        whole = self._known.get(enterprise) or await self._read(enterprise)
        if whole is None or not whole.whole:
            return None
        ours = msgspec.structs.replace(whole, team=team)
        await self.keep(ours)
        return ours


def _name(key: str) -> str:
    return f"slack:{key}" if key else ""

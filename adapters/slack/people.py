"""Who somebody is, asked of Slack: name, clock, language, and whether they moderate.

Rights are asked for at every command for moderators, and at everything that somebody does who
moderated when last asked about. Of all others Slack tells by itself when they change, and what it
told minutes ago is good enough: it answers about a hundred such questions a minute. In a rush the
last of those are left for those whose rights matter, and whoever was not asked about has none.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from adapters.slack import ids
from adapters.slack.api import Api, NotOk
from adapters.slack.decode import Asker
from adapters.slack.installations import Installation
from bot.core.boundary.events import Actor, Right
from bot.core.boundary.views import Picked
from bot.shell.ports import TryLater

_PATIENCE = 1.0
"""Seconds that an answer may wait for Slack's: it has three in all."""
_RESERVE = 30
"""Questions a minute kept for those whose rights matter."""
_REMEMBERED = 600.0
"""Seconds that a name and a clock are good for."""
_RIGHTS_REMEMBERED = 60.0
"""Seconds that rights are good for when Slack cannot be asked."""
_GROUP_REMEMBERED = 30.0
_MANY = 5000
_PAGE, _PAGES = 999, 20
"""People that Slack lists at a time, and as many pages as it gives in a minute."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What Slack says about somebody."""

    name: str
    language: str | None
    zone: str | None
    admin: bool
    belongs: bool
    """Whether they are a person of this workspace: no app, and no guest from another company."""


class People:
    """The people of every workspace."""

    def __init__(self, api: Api, moderators: tuple[str, ...]) -> None:
        self._api = api
        self._listed = frozenset(m for m in moderators if not m.startswith("S"))
        self._groups = tuple(m for m in moderators if m.startswith("S"))
        self._profiles: dict[tuple[str, str], tuple[float, Profile]] = {}
        self._group_members: dict[tuple[str, str], tuple[float, frozenset[str]]] = {}

    async def actor(
        self,
        installation: Installation,
        who: Asker,
        *,
        rights_matter: bool = False,
        lately: bool = False,
    ) -> Actor | None:
        """The person as an actor; ``None`` for somebody who does not belong to the workspace.

        ``lately``: what was known minutes ago is good enough, unless they moderated then.
        """
        elsewhere = who.team not in {"", installation.team, installation.enterprise}
        matters = rights_matter or elsewhere
        known = self._known(installation, who.user)
        is_known = lately and known[1] is not None and not known[1].admin
        at, profile = (
            known if is_known else await self._profile(installation, who.user, matters=matters)
        )
        if profile is None:
            return None if elsewhere else Actor(ids.person(who.user), who.name or who.user)
        if not profile.belongs:
            return None
        moderates = await self._moderates(installation, who.user, profile, at)
        return _actor(who.user, profile, moderates=bool(moderates), name=who.name)

    async def now(self, installation: Installation, user: str) -> Actor | None:
        """Somebody as Slack tells of them now; ``None`` where it does not, or not of them."""
        at, profile = await self._profile(installation, user, matters=True)
        if profile is None or not profile.belongs or self._now() - at > _RIGHTS_REMEMBERED:
            return None
        moderates = await self._moderates(installation, user, profile, at)
        return None if moderates is None else _actor(user, profile, moderates=moderates)

    async def named(self, installation: Installation) -> list[str]:
        """The users whom the settings let moderate, one by one or by user group."""
        groups = [await self._members(installation, group) for group in self._groups]
        return sorted(self._listed.union(*(group for group in groups if group)))

    async def lost(self, installation: Installation) -> list[str]:
        """The ids in the settings that lead to nobody here, people first.

        Raises as :meth:`adapters.slack.api.Api.call`.
        """
        found = []
        for user in sorted(self._listed):
            try:
                answer = await self._info(installation, user)
            except NotOk as refusal:
                if refusal.error not in {"user_not_found", "user_not_visible"}:
                    raise
                answer = {}
            if not profile(answer, installation).belongs or not answer:
                found.append(user)
        for group in self._groups:
            try:
                members = await self._asked(installation, group)
            except NotOk as refusal:
                if refusal.error != "no_such_subteam":
                    raise
                members = frozenset()
            if not members:
                found.append(group)
        return found

    async def admins(self, installation: Installation) -> list[Actor]:
        """The workspace's admins, who moderate where the settings name nobody.

        Slack lists its people page by page, and no more than so many pages are read. Raises as
        :meth:`adapters.slack.api.Api.call`.
        """
        found: list[Actor] = []
        cursor = ""
        for _ in range(_PAGES):
            asked = {"limit": _PAGE, "include_locale": True} | installation.scope
            answer = await self._api.call(
                installation.team,
                installation.token,
                "users.list",
                asked | ({"cursor": cursor} if cursor else {}),
            )
            for user in answer.get("members") or ():
                one = profile(user, installation)
                if one.admin and one.belongs:
                    found.append(_actor(str(user.get("id", "")), one, moderates=True))
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                break
        return found

    async def picked(self, installation: Installation, user: str, name: str = "") -> Picked | None:
        """Somebody chosen or named; ``None`` when they do not belong to the workspace."""
        _, profile = self._known(installation, user)
        if profile is None:
            _, profile = await self._profile(installation, user, matters=False)
        if profile is None:
            return Picked(ids.person(user), name or user)
        return Picked(ids.person(user), profile.name or name or user) if profile.belongs else None

    def learn(self, team: str, user: Mapping[str, Any], installation: Installation) -> None:
        """Slack says of its own accord that somebody changed."""
        key = (team, str(user.get("id", "")))
        if key in self._profiles:
            self._remember(key, profile(user, installation))

    def forget(self, team: str, user: str) -> None:
        """Forget what is remembered of somebody."""
        self._profiles.pop((team, user), None)

    def groups_changed(self) -> None:
        """Somebody joined or left a user group."""
        self._group_members.clear()

    async def _profile(
        self, installation: Installation, user: str, *, matters: bool
    ) -> tuple[float, Profile | None]:
        key = (installation.team, user)
        known = self._profiles.get(key)
        spare = self._api.pace.spare(installation.team, "users.info")
        matters = matters or (known is not None and known[1].admin)
        if user and spare > (0 if matters else _RESERVE):
            try:
                async with asyncio.timeout(_PATIENCE):
                    answer = await self._info(installation, user)
            except (TryLater, NotOk, TimeoutError):
                pass
            else:
                found = profile(answer, installation)
                self._remember(key, found)
                return self._now(), found
        return self._known(installation, user)

    def _known(self, installation: Installation, user: str) -> tuple[float, Profile | None]:
        """Who somebody was minutes ago, and when that was."""
        known = self._profiles.get((installation.team, user))
        return known if known and self._now() - known[0] < _REMEMBERED else (0.0, None)

    async def _info(self, installation: Installation, user: str) -> Mapping[str, Any]:
        answer = await self._api.call_now(
            installation.team,
            installation.token,
            "users.info",
            {"user": user, "include_locale": True},
        )
        return answer.get("user") or {}

    async def _moderates(
        self, installation: Installation, user: str, profile: Profile, at: float
    ) -> bool | None:
        """Whether somebody moderates; ``None`` where a user group could not be asked about."""
        fresh = self._now() - at <= _RIGHTS_REMEMBERED
        if user in self._listed or (profile.admin and fresh):
            return True
        asked = (self._members(installation, group) for group in self._groups)
        groups = await asyncio.gather(*asked)
        if any(group and user in group for group in groups):
            return True
        return None if None in groups else False

    async def _members(self, installation: Installation, group: str) -> frozenset[str] | None:
        at, members = self._group_members.get(
            (installation.team, group), (-_GROUP_REMEMBERED, frozenset())
        )
        if self._now() - at < _GROUP_REMEMBERED:
            return members
        try:
            async with asyncio.timeout(_PATIENCE):
                return await self._asked(installation, group)
        except (TryLater, NotOk, TimeoutError):
            return None

    async def _asked(self, installation: Installation, group: str) -> frozenset[str]:
        answer = await self._api.call_now(
            installation.team,
            installation.token,
            "usergroups.users.list",
            {"usergroup": group} | installation.scope,
        )
        members = frozenset(answer.get("users") or ())
        self._group_members[installation.team, group] = (self._now(), members)
        return members

    def _remember(self, key: tuple[str, str], found: Profile) -> None:
        if len(self._profiles) >= _MANY:
            self._profiles.clear()
        self._profiles[key] = (self._now(), found)

    def _now(self) -> float:
        return asyncio.get_running_loop().time()


def _actor(user: str, profile: Profile, *, moderates: bool, name: str = "") -> Actor:
    return Actor(
        ids.person(user),
        profile.name or name or user,
        profile.language,
        profile.zone,
        frozenset({Right.MODERATOR}) if moderates else frozenset(),
    )


def profile(user: Mapping[str, Any], installation: Installation) -> Profile:
    """What ``users.info`` says of somebody. Pure."""
    shown = user.get("profile") or {}
    organisation = user.get("enterprise_user") or {}
    name = (
        shown.get("display_name") or shown.get("real_name") or user.get("real_name") or ""
    ).strip()
    locale = str(user.get("locale") or "").replace("_", "-")
    admin = any(
        where.get(right) for where in (user, organisation) for right in ("is_admin", "is_owner")
    )
    return Profile(
        name or str(user.get("name") or ""),
        locale or None,
        user.get("tz") or None,
        admin,
        not any(user.get(mark) for mark in ("is_bot", "deleted", "is_stranger"))
        and is_ours(user, installation),
    )


def is_ours(user: Mapping[str, Any], installation: Installation) -> bool:
    """Whether Slack says that somebody is of this workspace, or of its organisation.

    An organisation tells in which of its workspaces somebody is; where it does not, all of its
    people are in all of them.
    """
    organisation = user.get("enterprise_user") or {}
    if installation.enterprise and organisation:
        same = organisation.get("enterprise_id") in {None, installation.enterprise}
        teams = organisation.get("teams")
        elsewhere = teams and installation.team.startswith("T") and installation.team not in teams
        return same and not elsewhere
    # Whoever is of no organisation is not of one in which the app is installed as a whole.
    return not installation.whole and user.get("team_id") in {None, "", installation.team}

"""Telling the core who moderates, before they have done anything.

A report about one moderator can then reach another who has never used the bot. Who is told of is
whom the settings name, one by one or by user group; where they name nobody, the workspace's admins.
Nothing more is read for it than `users:read` and `usergroups:read` show, and of all people that
Slack lists only those who moderate are kept.
"""

import logging
from collections.abc import Iterable, Mapping
from typing import Any

from adapters.slack import ids
from adapters.slack.api import NotOk
from adapters.slack.installations import Installation
from adapters.slack.people import People, profile
from bot.core.boundary.events import Actor, ActorSeen
from bot.shell.ports import Clock, Inbox, TryLater

log = logging.getLogger("banyan.slack")


class Moderators:
    """Whoever moderates, in one workspace after another."""

    def __init__(self, people: People, clock: Clock, *, named: bool) -> None:
        """``named``: the settings say who moderates, besides the admins."""
        self._people = people
        self._clock = clock
        self._named = named
        self._told: set[tuple[str, str]] = set()

    async def tell(self, ours: Installation, inbox: Inbox) -> None:
        """Tell of everybody who moderates. Failing is logged: they become known when they act."""
        try:
            if self._named:
                await self.tell_of(ours, await self._people.named(ours), inbox)
            else:
                for actor in await self._people.admins(ours):
                    await self._tell(ours, actor, inbox)
        except (NotOk, TryLater) as error:
            log.info("who moderates could not be asked", extra={"kind": type(error).__name__})

    async def tell_of(self, ours: Installation, users: Iterable[str], inbox: Inbox) -> None:
        """Tell of these people, whether they moderate now or do so no more."""
        for user in users:
            actor = await self._people.now(ours, user)
            if actor is not None:
                await self._tell(ours, actor, inbox)

    async def changed(self, ours: Installation, user: Mapping[str, Any], inbox: Inbox) -> None:
        """Slack says that somebody changed: perhaps into an admin, or into one no more."""
        key = str(user.get("id", ""))
        known = (ours.team, key) in self._told
        if not self._named and profile(user, ours).admin is not known:
            await self.tell_of(ours, [key], inbox)

    async def _tell(self, ours: Installation, actor: Actor, inbox: Inbox) -> None:
        at, key = self._clock.now(), actor.person.key
        told = f"seen:{key}:{at.isoformat()}"
        await inbox.receive(ActorSeen(told, at, ids.community(ours.team), actor))
        if actor.rights:
            self._told.add((ours.team, key))
        else:
            self._told.discard((ours.team, key))

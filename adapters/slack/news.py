"""What Slack tells by itself: of people, of user groups, and of where the app is no more."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any
from uuid import uuid4

from adapters.slack import ids
from adapters.slack.groups import Groups
from adapters.slack.installations import Installation, Teams
from adapters.slack.model import Body
from adapters.slack.moderators import Moderators
from adapters.slack.people import People, is_ours
from bot.core.boundary.events import (
    CommunityGone,
    MemberLeft,
    RoomEntered,
    RoomFound,
    RoomLeft,
    RoomsLost,
)
from bot.shell.blunders import blunder
from bot.shell.ports import Clock, Inbox

ROOM_LOST = ("group_archive", "group_deleted", "group_left")
ROOM_FOUND = ("group_unarchive",)
"""What Slack tells of private channels that the app is, or was, in."""

log = logging.getLogger("banyan.slack")


class News:
    """Takes the news to the core, and to whatever remembers something of it."""

    def __init__(
        self,
        teams: Teams,
        people: People,
        groups: Groups,
        moderators: Moderators,
        inbox: Inbox,
        *,
        clock: Clock,
    ) -> None:
        self._teams = teams
        self._people = people
        self._groups = groups
        self._moderators = moderators
        self._inbox = inbox
        self._clock = clock
        self._under_way: set[asyncio.Task[None]] = set()

    def installed(self, ours: Installation) -> None:
        """The app is in a workspace: tell who moderates there, without anybody waiting for it."""
        self._start(self._moderators.tell(ours, self._inbox))

    async def person(self, ours: Installation, body: Body) -> None:
        """Somebody changed, or is gone."""
        user = body["event"].get("user") or {}
        if not is_ours(user, ours):
            return
        self._people.learn(ours.team, user, ours)
        if not user.get("deleted"):
            self._start(self._moderators.changed(ours, user, self._inbox))
        elif not user.get("is_bot"):
            for team in await self._teams.beside(ours):
                self._people.forget(team, str(user["id"]))
                told, who = f"left:{body.get('event_id', '')}", ids.person(str(user["id"]))
                now, community = self._clock.now(), ids.community(team)
                await self._inbox.receive(MemberLeft(told, now, community, who))

    async def room(self, ours: Installation, body: Body) -> None:
        """Somebody left a channel that we are in, or is in it again; whom we let in, we know."""
        event = body["event"]
        user, channel = str(event.get("user") or ""), str(event.get("channel") or "")
        if user == ours.bot_user:
            await self.room_changed(ours, body, there=event["type"] == "member_joined_channel")
            return
        if ours.bot_user in (user, event.get("inviter")) or not user or not channel:
            return
        kind = RoomLeft if event.get("type") == "member_left_channel" else RoomEntered
        told = f"room:{body.get('event_id') or uuid4()}"
        for team in await self._teams.beside(ours):
            now, community = self._clock.now(), ids.community(team)
            who, where = ids.person(user), ids.room(channel)
            await self._inbox.receive(kind(told, now, community, who, where))

    def group(self, ours: Installation, body: Body) -> None:
        """Somebody joined or left a user group."""
        self._people.groups_changed()
        event = body["event"]
        users = [*(event.get("added_users") or ()), *(event.get("removed_users") or ())]
        self._start(self._moderators.tell_of(ours, map(str, users), self._inbox))

    async def room_changed(self, ours: Installation, body: Body, *, there: bool) -> None:
        """A private channel was archived, deleted, or left by us; or is open again (``there``)."""
        channel, at = str(body["event"].get("channel") or ""), self._clock.now()
        room = await self._groups.behind(ours, channel) or ids.room(channel)
        told, community = f"rooms:{body.get('event_id') or uuid4()}", ids.community(ours.team)
        await self._inbox.receive(
            RoomFound(told, at, community, room)
            if there
            else RoomsLost(told, at, community, (room,))
        )

    async def removed(self, body: Body, key: str) -> None:
        """The app is there no more: forget the token at once, and tell the core."""
        now = self._clock.now()
        for team in await self._teams.drop(key):
            told = f"gone:{body.get('event_id') or now.isoformat()}:{team}"
            await self._inbox.receive(CommunityGone(told, now, ids.community(team)))
        log.warning("removed from a workspace")

    async def finish(self) -> None:
        """Let go of what is under way: it is only told sooner than it would be anyway."""
        for task in self._under_way:
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._under_way.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: "asyncio.Task[None]") -> None:
        self._under_way.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            blunder("slack", error)

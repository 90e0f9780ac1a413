"""The Slack adapter: Slack's app on one side, the shell's inbox on the other."""

import asyncio
import logging
import os
import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from aiohttp import web
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.response import BoltResponse

from adapters.slack import decode, ids, install
from adapters.slack.answers import Answers
from adapters.slack.api import QUIET, SLACK, Api, NotOk
from adapters.slack.authorize import Authorize
from adapters.slack.checks import check
from adapters.slack.credentials import INVALID, REMOVED, Secrets, agree, own_installation
from adapters.slack.delivery import Delivery, reason
from adapters.slack.errands import Errands
from adapters.slack.groups import Groups
from adapters.slack.home import Home
from adapters.slack.installations import Installation, Installations, Teams
from adapters.slack.model import Body
from adapters.slack.moderators import Moderators
from adapters.slack.news import ROOM_FOUND, ROOM_LOST, News
from adapters.slack.people import People
from adapters.slack.socket import connected
from adapters.slack.web import Web
from bot.config import Slack as Settings
from bot.core.boundary.actions import Codec
from bot.core.boundary.events import Why
from bot.core.boundary.views import Message
from bot.core.boundary.wording import Wording, Words
from bot.core.decide import Bot
from bot.shell.blunders import blunder
from bot.shell.ports import Clock, Inbox, Parcel, Receipt, Refused, TryLater, Undeliverable

log = logging.getLogger("banyan.slack")

_ANYTHING = re.compile(r"(?s).*")


class NotInstalled(Exception):
    """The app was removed while something was on its way."""


class Slack:
    """One Slack app, in one workspace or in many."""

    platform: str = ids.PLATFORM
    carries_sensitive: bool = True
    room_readers: str = "circles.room.readers.export"

    def __init__(
        self,
        settings: Settings,
        secrets: Secrets,
        *,
        bot: Bot,
        wording: Wording,
        codec: Codec,
        clock: Clock,
        installations: Installations,
    ) -> None:
        """Raises :class:`Refused` when settings and secrets cannot work together."""
        agree(settings, secrets)
        self._settings = settings
        self._secrets = secrets
        self._bot = bot
        self._wording = wording
        self._codec = codec
        self._clock = clock
        self._api = Api(settings.api_base or os.environ.get("SLACK_API_URL") or SLACK)
        self._teams = Teams(installations)
        self._people = People(self._api, settings.moderators)
        self._home = Home(self._api, self._people, bot=bot, wording=wording, clock=clock)
        self._groups = Groups(self._api, installations)
        self._delivery = Delivery(
            self._api,
            self._people,
            self._groups,
            wording.words("UTC"),
            group_dms=settings.rooms == "group_dms",
        )
        self._errands: Errands | None = None
        self._news: News | None = None
        self._dead: asyncio.Event = asyncio.Event()
        self._leaving = asyncio.Lock()
        self._app = self._made()
        self._web = Web(self._app, secrets.signing_secret)

    def routes(self) -> list[web.RouteDef]:
        """What Slack asks for by HTTP, for the shell's server; nothing in Socket Mode."""
        return self._web.routes() if self._settings.mode == "http" else []

    async def listen(self, inbox: Inbox, ready: Callable[[], None]) -> None:
        """Bring events until cancelled. Raises :class:`Refused` when a token is not good."""
        await self._api.open()
        self._errands = Errands(
            Answers(self._api),
            self._people,
            self._home,
            inbox,
            bot=self._bot,
            wording=self._wording,
            codec=self._codec,
            clock=self._clock,
            check=self._check,
        )
        moderators = Moderators(self._people, self._clock, named=bool(self._settings.moderators))
        self._news = News(
            self._teams, self._people, self._groups, moderators, inbox, clock=self._clock
        )
        self._teams.on_new = self._news.installed
        try:
            if self._secrets.bot_token:
                self._teams.own(
                    await own_installation(self._api, self._settings, self._secrets.bot_token)
                )
            if self._settings.mode == "http":
                self._web.open = True
                ready()
                await self._dead.wait()
            else:
                async with connected(self._app, self._api, self._secrets.app_token):
                    ready()
                    await self._dead.wait()
            raise Refused("Slack does not accept SLACK_BOT_TOKEN any more.")
        finally:
            self._web.open = False
            await self._news.finish()
            await self._errands.finish()
            await self._api.close()

    async def deliver(self, parcel: Parcel) -> Receipt:
        """Do it. Raises only :class:`TryLater`, :class:`Undeliverable`."""
        if self._secrets.bot_token and not self._teams.knows_own:
            raise TryLater(1.0)  # Slack has not told yet which workspace that is
        ours = await self._teams.find(parcel.community.key)
        if ours is None:
            raise Undeliverable(Why.GONE, "not installed")
        try:
            return await self._delivery.deliver(ours, parcel)
        except NotOk as refusal:
            if refusal.error in INVALID and await self._teams.renewed(ours):
                raise TryLater(1.0) from None
            why = reason(refusal, parcel.task)
            level = logging.ERROR if why in {Why.REFUSED, Why.FORBIDDEN} else logging.INFO
            log.log(level, "Slack refuses", extra={"error": refusal.error, "why": why.value})
            if refusal.error in INVALID and self._teams.is_own(ours.team):
                self._dead.set()
            elif refusal.error in REMOVED:
                await self._found_removed(ours)
            raise Undeliverable(why, refusal.error) from None

    async def _check(self, ours: Installation, words: Words) -> Message | None:
        alone = self._teams.is_own(ours.team) and not ours.whole
        return await check(self._api, self._people, self._settings, ours, words, alone=alone)

    def _made(self) -> AsyncApp:
        secrets = self._secrets
        oauth = (
            install.flow(
                self._api, self._teams, self._settings, secrets, self._wording.words("UTC")
            )
            if secrets.client_id and secrets.client_secret
            else None
        )
        app = AsyncApp(
            name="slack_bolt.banyan",  # also the name of its logger, which it silences
            logger=QUIET,
            client=self._api.client,
            signing_secret=secrets.signing_secret,
            authorize=Authorize(self._teams),  # type: ignore[arg-type] # it may return None
            oauth_flow=oauth,
            # A listener ends when it may be acknowledged: see errands.
            process_before_response=True,
            user_facing_authorize_error_message=self._wording.words("UTC").line(
                "slack.not_installed"
            ),
        )
        app.error(_on_error)
        app.command(_ANYTHING)(self._on_command)
        app.action(_ANYTHING)(self._on_action)
        app.view(_ANYTHING)(self._on_view)
        app.view_closed(_ANYTHING)(self._on_view_closed)
        app.event("app_home_opened")(self._on_home)
        app.event("user_change")(self._on_user_change)
        app.event("member_joined_channel")(self._on_room)
        app.event("member_left_channel")(self._on_room)
        app.event("app_uninstalled")(self._on_uninstalled)
        app.event("tokens_revoked")(self._on_revoked)
        app.event("team_access_revoked")(self._on_access_revoked)
        app.event("subteam_members_changed")(self._on_groups)
        for event in ROOM_LOST:
            app.event(event)(self._on_room_lost)
        for event in ROOM_FOUND:
            app.event(event)(self._on_room_found)
        # What we did not ask for is acknowledged all the same: else it would come again and again.
        app.event(_ANYTHING)(_on_anything)
        app.shortcut(_ANYTHING)(_on_anything)
        app.options(_ANYTHING)(_on_anything)
        return app

    async def _on_command(self, ack: Any, body: Body, context: AsyncBoltContext) -> None:
        ours, errands = await self._place(body, context)
        await ack(**await errands.command(ours, body))

    async def _on_action(self, ack: Any, body: Body, context: AsyncBoltContext) -> None:
        ours, errands = await self._place(body, context)
        await ack(**await errands.press(ours, body))

    async def _on_view(self, ack: Any, body: Body, context: AsyncBoltContext) -> None:
        ours, errands = await self._place(body, context)
        await ack(**await errands.submission(ours, body))

    async def _on_view_closed(self, ack: Any, body: Body, context: AsyncBoltContext) -> None:
        ours, errands = await self._place(body, context)
        await ack(**await errands.closing(ours, body))

    async def _on_home(self, body: Body, context: AsyncBoltContext) -> None:
        if body["event"].get("tab", "home") == "home":
            ours, errands = await self._place(body, context)
            errands.home(ours, decode.asker(body), _told("home", body))

    async def _on_user_change(self, body: Body, context: AsyncBoltContext) -> None:
        ours, _ = await self._place(body, context)
        if self._news is not None:
            await self._news.person(ours, body)

    async def _on_groups(self, body: Body, context: AsyncBoltContext) -> None:
        ours, _ = await self._place(body, context)
        if self._news is not None:
            self._news.group(ours, body)

    async def _on_room(self, body: Body, context: AsyncBoltContext) -> None:
        ours, _ = await self._place(body, context)
        if self._news is not None:
            await self._news.room(ours, body)

    async def _on_room_lost(self, body: Body, context: AsyncBoltContext) -> None:
        ours, _ = await self._place(body, context)
        if self._news is not None:
            await self._news.room_changed(ours, body, there=False)

    async def _on_room_found(self, body: Body, context: AsyncBoltContext) -> None:
        ours, _ = await self._place(body, context)
        if self._news is not None:
            await self._news.room_changed(ours, body, there=True)

    async def _on_uninstalled(self, body: Body, context: AsyncBoltContext) -> None:
        await self._removed(body, _installed(context))

    async def _on_revoked(self, body: Body, context: AsyncBoltContext) -> None:
        if (body["event"].get("tokens") or {}).get("bot"):
            await self._removed(body, _installed(context))

    async def _on_access_revoked(self, body: Body) -> None:
        """An organisation took the app out of some of its workspaces."""
        for team in body["event"].get("team_ids") or ():
            await self._removed(body, str(team))

    async def _removed(self, body: Body, key: str) -> None:
        if self._news is not None:
            await self._news.removed(body, key)

    async def _found_removed(self, ours: Installation) -> None:
        """While we were away, or its event got lost. Several calls may find it out at once."""
        async with self._leaving:
            found = await self._teams.find(ours.team)
            if found is not None and found.token == ours.token:  # and not installed anew
                await self._removed({}, ours.enterprise if ours.whole else ours.team)

    async def _place(self, body: Body, context: AsyncBoltContext) -> tuple[Installation, Errands]:
        team, home = decode.workspace(body), decode.asker(body).team
        ours = await self._teams.find(team, context.enterprise_id or "")
        if ours is not None and ours.everywhere:
            ours = await self._teams.within(ours, team, home)
        if ours is None or self._errands is None:
            raise NotInstalled
        return ours, self._errands


def _told(kind: str, body: Body) -> str:
    """The id of an event; where Slack gives it none, it cannot be told from another like it."""
    return f"{kind}:{body.get('event_id') or uuid4()}"


def _installed(context: AsyncBoltContext) -> str:
    """Where the app was installed: a workspace, or a whole organisation."""
    if context.is_enterprise_install and context.enterprise_id:
        return context.enterprise_id
    return context.team_id or ""


async def _on_anything(ack: Any) -> None:
    await ack()


async def _on_error(error: Exception) -> BoltResponse:
    """Slack sends it again, or tells the person that it failed."""
    if not isinstance(error, NotInstalled):
        blunder("slack", error)
    return BoltResponse(status=500)

"""The App Home: where somebody stands, and for a moderator what to do next.

It is made of what commands answer, so it says nothing that they do not say, and its buttons are
theirs.
"""

import logging

from adapters.slack import ids, render
from adapters.slack.api import Api, NotOk
from adapters.slack.decode import Asker
from adapters.slack.installations import Installation
from adapters.slack.people import People
from bot.core.boundary.events import Actor, CommandUsed, Right
from bot.core.boundary.outcome import Replace, Say
from bot.core.boundary.views import Message, Paragraph
from bot.core.boundary.wording import Wording
from bot.core.decide import Bot
from bot.shell.ports import Clock, Inbox, TryLater

log = logging.getLogger("banyan.slack")

_FOR_ALL = ("circle status",)
_FOR_MODERATORS = ("circle-admin health", "circle-admin season")


class Home:
    """Draws App Homes."""

    def __init__(
        self, api: Api, people: People, *, bot: Bot, wording: Wording, clock: Clock
    ) -> None:
        self._api = api
        self._people = people
        self._bot = bot
        self._wording = wording
        self._clock = clock

    async def show(self, ours: Installation, who: Asker, event_id: str, inbox: Inbox) -> None:
        """Publish somebody's App Home as things now stand. Failing is logged."""
        actor = await self._people.actor(ours, who, rights_matter=True)
        if actor is None:
            words = self._wording.words("UTC", None)
            parts = [Message("", (Paragraph(words.text("slack.stranger")),))]
        else:
            asked = [*_FOR_ALL]
            if Right.MODERATOR in actor.rights:
                asked += [name for name in _FOR_MODERATORS if name in self._bot.commands][:1]
            found = [await self._ask(ours, actor, name, event_id, inbox) for name in asked]
            parts = list(dict.fromkeys(part for part in found if part is not None))
        try:
            await self._api.call_now(
                ours.team,
                ours.token,
                "views.publish",
                {"user_id": who.user, "view": render.home(parts)},
            )
        except (NotOk, TryLater) as error:
            log.warning("an App Home could not be shown", extra={"kind": type(error).__name__})

    async def _ask(
        self, ours: Installation, actor: Actor, command: str, event_id: str, inbox: Inbox
    ) -> Message | None:
        event = CommandUsed(
            f"{event_id}:{command}",
            self._clock.now(),
            ids.community(ours.team),
            actor,
            command,
        )
        answer = await inbox.receive(event)
        return answer.message if isinstance(answer, Say | Replace) else None

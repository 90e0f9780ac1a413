"""Who and what people mean by what they typed or chose."""

import asyncio

from adapters.slack import ids, parse
from adapters.slack.installations import Installation
from adapters.slack.people import People
from adapters.slack.standing import Standing
from bot.core.boundary.events import Actor
from bot.core.boundary.views import Picked
from bot.core.decide import Bot
from bot.core.feature import Kind
from bot.shell.ports import Inbox


class Naming:
    """Finds people, and the choices that a command completes to."""

    def __init__(self, people: People, inbox: Inbox, bot: Bot) -> None:
        self._people = people
        self._inbox = inbox
        self._bot = bot

    async def options(
        self, ours: Installation, actor: Actor, asked: parse.Asked
    ) -> dict[str, str | Picked]:
        """The options of a command, people and choices found by what was typed for them."""
        command = self._bot.commands.get(asked.command)
        known = {option.name: option for option in command.options} if command else {}
        options: dict[str, str | Picked] = {}
        for name, value in asked.options.items():
            if isinstance(value, parse.Named):
                person = await self._people.picked(ours, value.user, value.name)
                options[name] = person or value.name or value.user
            elif known[name].suggest is not None and known[name].kind is not Kind.PERSON:
                options[name] = await self._completed(ours, actor, asked.command, name, value)
            else:
                options[name] = value
        return options

    async def _completed(
        self, ours: Installation, actor: Actor, command: str, option: str, typed: str
    ) -> str:
        """What was typed, or the value of the one choice that it names."""
        community = ids.community(ours.team)
        choices = await self._inbox.suggest(community, actor, command, option, typed)
        exact = [one.value for one in choices if one.label.casefold() == typed.casefold()]
        if exact:
            return exact[0]
        return choices[0].value if len(choices) == 1 else typed

    async def picked(
        self, ours: Installation, stands: Standing
    ) -> tuple[dict[str, tuple[Picked, ...]], set[str]]:
        """Who was chosen, by field, and the fields in which a stranger was."""
        users = sorted({user for chosen in stands.users.values() for user in chosen})
        asked = await asyncio.gather(*(self._people.picked(ours, user) for user in users))
        found = dict(zip(users, asked, strict=True))
        people = {
            key: tuple(one for user in chosen if (one := found[user]) is not None)
            for key, chosen in stands.users.items()
        }
        unknown = {key for key, chosen in stands.users.items() if len(people[key]) < len(chosen)}
        return people, unknown

"""What people do on Discord: read, brought to the core, and answered."""

from typing import Any, Final

import aiohttp
import discord
import msgspec

from adapters.discord import checks, decode, forms, ids
from adapters.discord.answers import Answers
from adapters.discord.online import Online
from adapters.discord.payloads import COMMAND, COMPONENT, MODAL, SUGGEST, Attachment, Interaction
from adapters.discord.rest import Busy, Rest
from adapters.discord.whereabouts import Whereabouts
from bot import config
from bot.core.boundary.actions import Codec
from bot.core.boundary.events import Actor, Right
from bot.core.boundary.outcome import Answer, FixForm, Say, ShowForm
from bot.core.boundary.views import Message, Paragraph, Small
from bot.core.boundary.wording import Wording, Words
from bot.core.decide import Bot
from bot.shell.blunders import blunder
from bot.shell.ports import Clock, Inbox, TryLater

LARGEST_FILE: Final = 1_000_000
"""Bytes of a file handed over with a command: some ten thousand rows of people."""


class Errands:
    """Everything that is on its way to the bot and back, as Discord sends it."""

    def __init__(
        self, settings: config.Discord, bot: Bot, wording: Wording, codec: Codec, clock: Clock
    ) -> None:
        self._settings = settings
        self._bot = bot
        self._wording = wording
        self._codec = codec
        self._clock = clock
        self._whereabouts = Whereabouts(clock)
        self._takes_files = {name for one in bot.features for name, _ in one.files}

    async def take(self, inbox: Inbox, online: Online, payload: dict[str, Any]) -> None:
        """Answer one interaction, whatever comes."""
        try:
            given = msgspec.convert(payload, Interaction)
        except msgspec.ValidationError as error:
            blunder("discord payload", error)
            return
        if given.type not in {COMMAND, COMPONENT, SUGGEST, MODAL} or given.who is None:
            return
        words = self._wording.words("UTC", given.locale)
        answers = Answers(online.rest, given, online.application, words)
        try:
            if given.type == SUGGEST:
                await self._suggest(inbox, online, given, answers)
            else:
                await self._answer(inbox, online, given, answers, words)
        except Exception as error:  # noqa: BLE001 - the boundary of everything people do
            if online.closed:
                return  # nobody can be told any more, and what was decided is kept
            reference = blunder("discord answer", error)
            if given.type != SUGGEST:
                await answers.apologise(reference)

    async def _answer(
        self, inbox: Inbox, online: Online, given: Interaction, answers: Answers, words: Words
    ) -> None:
        command = decode.typed(given)
        known = self._bot.commands.get(command.name) if given.type == COMMAND else None
        file = decode.attachment(given, command) if command.name in self._takes_files else None

        answered: list[Answer] = []

        async def decide() -> Answer:
            answer = await bring()
            answered.append(answer)
            return answer

        async def bring() -> Answer:
            if given.guild_id is None and not online.is_in(decode.guild_of(given)):
                return _said(words, "core.unreadable", "core.unreadable.next")
            return await self._bring(inbox, online, given, file, words)

        await answers.give(decide, slow=file is not None or (known is not None and known.slow))
        if known is not None and known.checked and given.guild_id:
            by = await self._actor(online, given)
            if Right.MODERATOR in by.rights:
                await self._check(online, given.guild_id, answers, words)
        if not any(isinstance(one, ShowForm | FixForm) for one in answered):
            await self._look(inbox, online, given, answers)

    async def _look(
        self, inbox: Inbox, online: Online, given: Interaction, answers: Answers
    ) -> None:
        """Add the way in for whoever is outside of their room; a form that opens is not disturbed.

        In direct messages only for those who are in the server.
        """
        user, guild = given.who, decode.guild_of(given)
        assert user is not None  # noqa: S101 - asked before
        member = given.member or await online.people.member(guild, user.id)
        if member is None:
            return
        by = decode.actor(member, user, given.locale, self._settings.moderator_role)
        way_in = await self._whereabouts.look(inbox, online, given, by)
        if way_in is not None:
            await answers.add(way_in)

    async def _bring(
        self,
        inbox: Inbox,
        online: Online,
        given: Interaction,
        file: Attachment | None,
        words: Words,
    ) -> Answer:
        """Bring it to the core as an event; the core's answer."""
        by = await self._actor(online, given)
        at = self._clock.now()
        if given.type == COMPONENT:
            return await inbox.receive(decode.action_taken(given, by, at, self._codec))
        if given.type == MODAL:
            return await inbox.receive(decode.form_submitted(given, by, at, self._codec))
        if file is None:
            return await inbox.receive(decode.command_used(given, by, at))
        content = await _read(online.rest, file)
        if content is None:
            return _said(words, "discord.file")
        return await inbox.receive(decode.file_sent(given, by, at, file.filename, content))

    async def _suggest(
        self, inbox: Inbox, online: Online, given: Interaction, answers: Answers
    ) -> None:
        command = decode.typed(given)
        typing = decode.focused(command)
        if typing is None or given.guild_id is None:
            return
        by = await self._actor(online, given)
        found = await inbox.suggest(ids.community(given.guild_id), by, command.name, *typing)
        await answers.suggest(forms.choices(tuple(found)))

    async def _actor(self, online: Online, given: Interaction) -> Actor:
        """Who did it. In direct messages Discord does not tell their rights, so they are asked."""
        member, user = given.member, given.who
        assert user is not None  # noqa: S101 - asked before
        if given.guild_id is None:
            member = await online.people.member(decode.guild_of(given), user.id)
        return decode.actor(member, user, given.locale, self._settings.moderator_role)

    async def _check(self, online: Online, guild: str, answers: Answers, words: Words) -> None:
        """Add what the bot still lacks in this server, if that can be known now."""
        try:
            lacks = await checks.check(online, self._settings, guild, words)
        except (TryLater, discord.HTTPException, Busy, aiohttp.ClientError, TimeoutError):
            return
        if lacks is not None:
            await answers.add(lacks)


async def _read(rest: Rest, file: Attachment) -> bytes | None:
    """A file's content; ``None`` when it is too large, or cannot be had."""
    if file.size > LARGEST_FILE:
        return None
    try:
        content = await rest.fetch(file.url)
    except (discord.HTTPException, Busy, aiohttp.ClientError, TimeoutError):
        return None
    return content if len(content) <= LARGEST_FILE else None


def _said(words: Words, key: str, then: str = "") -> Answer:
    more = (Small(words.text(then)),) if then else ()
    return Say(Message("", (Paragraph(words.text(key)), *more)))

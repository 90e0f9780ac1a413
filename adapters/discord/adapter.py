"""The adapter: brings what people do on Discord to the core, and delivers what the core owes."""

import logging
import os
from collections.abc import Callable
from typing import Any, Final

import aiohttp
import discord
import msgspec

from adapters.discord import commands, decode, ids, permissions, render
from adapters.discord.answers import Answers
from adapters.discord.connection import Connection, Refused, stay_connected, use_addresses
from adapters.discord.delivery import Delivery
from adapters.discord.payloads import COMMAND, COMPONENT, MODAL, SUGGEST, Interaction, Member
from adapters.discord.rest import Busy, Rest
from adapters.discord.rooms import Rooms, needed
from bot import config
from bot.core.actions import Codec
from bot.core.decide import Bot
from bot.core.events import Actor, CommunityGone
from bot.core.outcome import Answer, Say
from bot.core.views import Message, Paragraph, Small
from bot.core.wording import Wording, Words
from bot.shell.blunders import blunder
from bot.shell.ports import Clock, Inbox, Parcel, Receipt, TryLater

log = logging.getLogger("banyan.discord")

LARGEST_FILE: Final = 1_000_000
"""Bytes of a file handed over with a command: some ten thousand rows of people."""
CHECKED: Final = "circle-admin setup"
"""The command after which the bot says which permissions it lacks."""


class Discord:
    """One bot account, in as many servers as have added it."""

    platform = ids.PLATFORM

    def __init__(
        self,
        settings: config.Discord,
        token: str,
        *,
        bot: Bot,
        wording: Wording,
        codec: Codec,
        clock: Clock,
    ) -> None:
        self._settings = settings
        self._token = token
        self._bot = bot
        self._wording = wording
        self._codec = codec
        self._clock = clock
        self._online: _Online | None = None
        self._takes_files = {name for one in bot.features for name, _ in one.files}

    async def listen(self, inbox: Inbox, ready: Callable[[], None]) -> None:
        """Bring events until cancelled. Raises :class:`Refused` if Discord will not have us."""
        if not self._token:
            raise Refused(
                "The bot's token is missing: put it in the environment, as DISCORD_TOKEN."
            )
        api_base = self._settings.api_base or os.environ.get("DISCORD_API_URL", "")
        use_addresses(api_base, self._settings.gateway)
        was_ready = False

        def connected() -> None:
            nonlocal was_ready
            if not was_ready:
                was_ready = True
                ready()

        def make() -> Connection:
            connection = Connection(
                on_login=lambda: self._logged_in(connection),
                on_connected=connected,
                on_interaction=lambda payload: self._take(inbox, payload),
                on_gone=lambda guild: self._gone(inbox, guild),
            )
            return connection

        try:
            await stay_connected(make, self._token)
        finally:
            self._online = None

    async def deliver(self, parcel: Parcel) -> Receipt:
        """Do it, and say what it became. Raises only ``TryLater`` and ``Undeliverable``."""
        online = self._online
        if online is None:
            raise TryLater(1)
        try:
            return await online.delivery.deliver(parcel)
        except RuntimeError:
            if not online.closed:
                raise
            raise TryLater(1, uncertain=True) from None  # we stopped, or lost Discord, meanwhile

    async def _logged_in(self, connection: Connection) -> None:
        online = _Online(connection, self._settings, self._clock)
        await self._sync(online)
        self._online = online

    async def _sync(self, online: "_Online") -> None:
        """Write the slash commands to Discord, if others stand there."""
        wanted = commands.slash_commands(self._bot, self._wording)
        scope = f"/guilds/{self._settings.guild}" if self._settings.guild else ""
        path = f"/applications/{online.us}{scope}/commands"
        standing = await online.rest.ask("GET", path, query={"with_localizations": "true"})
        if not commands.same(wanted, standing):
            await online.rest.ask("PUT", path, wanted)
            log.info("slash commands written", extra={"server": self._settings.guild or "all"})

    async def _gone(self, inbox: Inbox, guild: str) -> None:
        at = self._clock.now()
        gone = CommunityGone(f"gone:{guild}:{at.isoformat()}", at, ids.community(guild))
        await inbox.receive(gone)

    async def _take(self, inbox: Inbox, payload: dict[str, Any]) -> None:
        """Answer one interaction, whatever comes."""
        online = self._online
        if online is None:
            return
        try:
            given = msgspec.convert(payload, Interaction)
        except msgspec.ValidationError as error:
            blunder("discord payload", error)
            return
        if given.type not in {COMMAND, COMPONENT, SUGGEST, MODAL} or given.who is None:
            return
        words = self._wording.words("UTC", given.locale)
        answers = Answers(online.rest, given, online.us, words)
        try:
            if given.type == SUGGEST:
                await self._suggest(inbox, online, given, answers)
            else:
                await self._answer(inbox, online, given, answers, words)
        except Exception as error:  # noqa: BLE001 - the boundary of everything people do
            if online.closed:
                return  # nobody can be told any more, and what was decided is kept
            await answers.apologise(blunder("discord answer", error))

    async def _answer(
        self, inbox: Inbox, online: "_Online", given: Interaction, answers: Answers, words: Words
    ) -> None:
        command = decode.typed(given)
        known = self._bot.commands.get(command.name) if given.type == COMMAND else None
        file = decode.attachment(given, command) if command.name in self._takes_files else None

        async def decide() -> Answer:
            if given.guild_id is None and not online.is_in(decode.guild_of(given)):
                return _said(words, "core.unreadable", "core.unreadable.next")
            by = await self._actor(online, given)
            at = self._clock.now()
            match given.type:
                case _ if given.type == COMPONENT:
                    return await inbox.receive(decode.action_taken(given, by, at, self._codec))
                case _ if given.type == MODAL:
                    return await inbox.receive(decode.form_submitted(given, by, at, self._codec))
                case _ if file is None:
                    return await inbox.receive(decode.command_used(given, by, at))
                case _:
                    content = await _read(online.rest, file.url, file.size)
                    if content is None:
                        return _said(words, "discord.file")
                    sent = decode.file_sent(given, by, at, file.filename, content)
                    return await inbox.receive(sent)

        await answers.give(decide, slow=file is not None or (known is not None and known.slow))
        if command.name == CHECKED and given.guild_id:
            await self._tell_what_lacks(online, given.guild_id, answers, words)

    async def _suggest(
        self, inbox: Inbox, online: "_Online", given: Interaction, answers: Answers
    ) -> None:
        command = decode.typed(given)
        typing = decode.focused(command)
        if typing is None or given.guild_id is None:
            return
        by = await self._actor(online, given)
        found = await inbox.suggest(ids.community(given.guild_id), by, command.name, *typing)
        await answers.suggest(render.choices(tuple(found)))

    async def _actor(self, online: "_Online", given: Interaction) -> Actor:
        """Who did it. In direct messages Discord does not tell their rights, so they are asked."""
        member, user = given.member, given.who
        assert user is not None  # noqa: S101 - asked before
        if given.guild_id is None:
            member = await online.member(decode.guild_of(given), user.id)
        return decode.actor(member, user, given.locale, self._settings.moderator_role)

    async def _tell_what_lacks(
        self, online: "_Online", guild: str, answers: Answers, words: Words
    ) -> None:
        try:
            home = online.rooms.home(guild)
        except TryLater:
            return
        lacking = permissions.lacking(home, needed(self._settings)) if home else None
        if home is None or lacking is not None:
            await answers.add(permissions.told(lacking, words))


class _Online:
    """What can be used once Discord has let us in."""

    def __init__(self, connection: Connection, settings: config.Discord, clock: Clock) -> None:
        assert connection.user is not None  # noqa: S101 - the library sets it when it logs in
        self._connection = connection
        self.us = str(connection.application_id or connection.user.id)
        self.rest = Rest(connection.http, clock, on_unauthorised=connection.revoke)
        user = str(connection.user.id)
        self.rooms = Rooms(self.rest, settings, self._guild, user)
        self.delivery = Delivery(self.rest, self.rooms, clock, user)

    @property
    def closed(self) -> bool:
        """Whether the connection has ended."""
        return self._connection.is_closed()

    def is_in(self, guild: str) -> bool:
        """Whether the bot is in this server; it is in none that an unmarked button is about."""
        return guild != "" and self._guild(guild) is not None

    async def member(self, guild: str, user: str) -> Member | None:
        """Somebody as a member of a server, with the permissions that their roles give them."""
        if not guild:
            return None
        path = "/guilds/{guild_id}/members/{user_id}"
        try:
            found = await self.rest.ask("GET", path, guild_id=guild, user_id=user)
        except (discord.HTTPException, Busy, aiohttp.ClientError, TimeoutError):
            return None
        member = msgspec.convert(found, Member)
        return msgspec.structs.replace(member, permissions=self._permissions(guild, user, member))

    def _permissions(self, guild: str, user: str, member: Member) -> str:
        known = self._guild(guild)
        if known is None:
            return "0"
        if str(known.owner_id) == user:
            return str(discord.Permissions.all().value)
        roles = [known.default_role, *(known.get_role(int(role)) for role in member.roles)]
        has = discord.Permissions.none()
        for role in roles:
            has |= role.permissions if role else discord.Permissions.none()
        return str(has.value)

    def _guild(self, guild: str) -> discord.Guild | None:
        return self._connection.get_guild(int(guild))


async def _read(rest: Rest, url: str, size: int) -> bytes | None:
    """A file's content; ``None`` when it is too large, or cannot be had."""
    if size > LARGEST_FILE:
        return None
    try:
        content = await rest.fetch(url)
    except (discord.HTTPException, Busy, aiohttp.ClientError, TimeoutError):
        return None
    return content if len(content) <= LARGEST_FILE else None


def _said(words: Words, key: str, then: str = "") -> Answer:
    more = (Small(words.text(then)),) if then else ()
    return Say(Message("", (Paragraph(words.text(key)), *more)))

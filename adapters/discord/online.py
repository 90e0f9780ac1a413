"""What can be used once Discord has let us in: requests, deliveries, and who may do what."""

import discord

from adapters.discord.connection import Connection
from adapters.discord.delivery import Delivery
from adapters.discord.door import Door
from adapters.discord.people import People
from adapters.discord.rest import Rest
from adapters.discord.rooms import Rooms
from bot import config
from bot.shell.ports import Clock


class Online:
    """What can be used once Discord has let us in."""

    def __init__(
        self, connection: Connection, door: Door, settings: config.Discord, clock: Clock
    ) -> None:
        assert connection.user is not None  # noqa: S101 - the library sets it when it logs in
        self._connection = connection
        self.application = str(connection.application_id or connection.user.id)
        """Our application's id, under which interactions are answered."""
        self.user = str(connection.user.id)
        """The id by which we are a member of servers."""
        self.rest = Rest(connection.http, door, on_unauthorised=connection.revoke)
        self.people = People(self.rest, self._guild)
        self.rooms = Rooms(self.rest, settings, self._guild, self.user)
        self.delivery = Delivery(self.rest, self.rooms, clock, self.user)

    @property
    def closed(self) -> bool:
        """Whether the connection has ended."""
        return self._connection.is_closed()

    def is_in(self, guild: str) -> bool:
        """Whether the bot is in this server; it is in none that an unmarked button is about."""
        return guild != "" and self._guild(guild) is not None

    async def ourselves(self, guild: str) -> tuple[discord.Guild, discord.Member]:
        """A server, and the bot as a member of it: asked for where Discord has not told.

        Raises ``TryLater`` and whatever a request that fails does.
        """
        known = self.rooms.known(guild)
        us = int(self.user)
        return known, known.get_member(us) or await known.fetch_member(us)

    def has_lost(self, channel: str) -> bool:
        """Whether this channel, by its id, is in none of the servers that the bot is in."""
        told_of_all = not any(one.unavailable for one in self._connection.guilds)
        there = channel.isdecimal() and self._connection.get_channel(int(channel)) is not None
        return channel != "" and told_of_all and not there

    def _guild(self, guild: str) -> discord.Guild | None:
        return self._connection.get_guild(int(guild))

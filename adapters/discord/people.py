"""Who somebody is, asked of Discord: a member of a server, and what their roles permit."""

from collections.abc import Callable

import aiohttp
import discord
import msgspec

from adapters.discord.payloads import Member
from adapters.discord.rest import Busy, Rest


class People:
    """The people of every server that the bot is in."""

    def __init__(self, rest: Rest, guild_of: Callable[[str], discord.Guild | None]) -> None:
        self._rest = rest
        self._guild_of = guild_of

    async def member(self, guild: str, user: str) -> Member | None:
        """Somebody as a member of a server, with the permissions that their roles give them.

        ``None`` where they are not, and where Discord does not say now.
        """
        if not guild:
            return None
        path = "/guilds/{guild_id}/members/{user_id}"
        try:
            found = await self._rest.ask("GET", path, guild_id=guild, user_id=user)
        except (discord.HTTPException, Busy, aiohttp.ClientError, TimeoutError):
            return None
        member = msgspec.convert(found, Member)
        return msgspec.structs.replace(member, permissions=self._permissions(guild, user, member))

    def _permissions(self, guild: str, user: str, member: Member) -> str:
        known = self._guild_of(guild)
        if known is None:
            return "0"
        if str(known.owner_id) == user:
            return str(discord.Permissions.all().value)
        roles = [known.default_role, *(known.get_role(int(role)) for role in member.roles)]
        has = discord.Permissions.none()
        for role in roles:
            has |= role.permissions if role else discord.Permissions.none()
        return str(has.value)

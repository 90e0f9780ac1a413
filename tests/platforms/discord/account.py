"""Routes about the bot itself: who it is, where the gateway is, its commands."""

import msgspec
from aiohttp import web

from tests.platforms.discord import checks, requests
from tests.platforms.discord.bodies import body_of, told
from tests.platforms.discord.routes import Route, Routes
from tests.platforms.discord.world import User


class Account(Routes):
    """The bot's own account."""

    def table(self) -> list[Route]:
        """Method, path and handler of each."""
        application = "/applications/{application}"
        return [
            ("GET", "/users/@me", self.me),
            ("GET", "/oauth2/applications/@me", self.my_application),
            ("GET", "/gateway/bot", self.where_the_gateway_is),
            ("GET", f"{application}/commands", self.commands),
            ("PUT", f"{application}/commands", self.put_commands),
            ("GET", application + "/guilds/{guild}/commands", self.commands),
            ("PUT", application + "/guilds/{guild}/commands", self.put_commands),
        ]

    async def me(self, request: web.Request) -> web.Response:
        return told(self._s.bot.json() | {"mfa_enabled": False, "verified": True})

    async def my_application(self, request: web.Request) -> web.Response:
        owner = User("1", "Operator")
        return told(
            {
                "id": self._s.application,
                "name": "Banyan",
                "icon": None,
                "description": "",
                "bot_public": True,
                "bot_require_code_grant": False,
                "owner": owner.json(),
                "verify_key": "0" * 64,
                "flags": 0,
                "team": None,
                "summary": "",
                "hook": True,
                "rpc_origins": [],
            }
        )

    async def where_the_gateway_is(self, request: web.Request) -> web.Response:
        url = self._s.address.replace("http", "ws", 1) + "/gateway/"
        gateway = self._s.gateway
        limit = {
            "total": 1000,
            "remaining": gateway.remaining,
            "reset_after": gateway.reset_after,
            "max_concurrency": 1,
        }
        return told({"url": url, "shards": gateway.shards, "session_start_limit": limit})

    async def commands(self, request: web.Request) -> web.Response:
        guild = request.match_info.get("guild")
        return told(self._guild(guild).commands if guild else self._s.commands)

    async def put_commands(self, request: web.Request) -> web.Response:
        wanted, _ = await body_of(request, requests.Commands)
        checks.commands(wanted)
        made = [
            {**msgspec.to_builtins(one), "id": self._s.ids.new(), "version": self._s.ids.new()}
            for one in wanted
        ]
        for one in made:
            if "default_member_permissions" in one:
                one["default_member_permissions"] = str(one["default_member_permissions"])
        guild = request.match_info.get("guild")
        if guild:
            self._guild(guild).commands = made
        else:
            self._s.commands = made
        return told(made)

"""Routes by which the bot answers interactions."""

import time

import msgspec
from aiohttp import web

from tests.platforms.discord import checks, requests
from tests.platforms.discord.bodies import Refusal, body_of, that, told
from tests.platforms.discord.routes import Route, Routes
from tests.platforms.discord.state import MODAL, SUGGEST, TOKEN_LIFE
from tests.platforms.discord.world import Interaction, Post


class Answering(Routes):
    """First answers, and what comes after them."""

    def table(self) -> list[Route]:
        """Method, path and handler of each."""
        webhook = "/webhooks/{application}/{token}"
        return [
            ("POST", "/interactions/{id}/{token}/callback", self.answer),
            ("POST", webhook, self.follow_up),
            ("PATCH", f"{webhook}/messages/@original", self.edit_original),
        ]

    async def answer(self, request: web.Request) -> web.Response:
        given = self._s.interactions.get(request.match_info["token"])
        answer, files = await body_of(request, requests.FirstAnswer)
        body: requests.FirstAnswer = answer
        age = time.monotonic() - given.began if given else 0.0
        if given is None or given.id != request.match_info["id"] or age > self._s.patience:
            raise Refusal(404, 10062, "Unknown interaction")
        if given.kind is not None:
            raise Refusal(400, 40060, "Interaction has already been acknowledged.")
        self._apply(given, body, files)
        given.answered_after = age
        if not given.thinking:
            given.settled.set()
        return web.Response(status=204)

    def _apply(
        self, given: Interaction, body: requests.FirstAnswer, files: dict[str, bytes]
    ) -> None:
        match body:
            case requests.Complete():
                that(given.type == SUGGEST, "completions for what is not typed")
                given.choices = msgspec.to_builtins(body.data.choices)
                given.kind = 8
            case _ if given.type == SUGGEST:
                raise checks.Malformed("an answer to typing")
            case requests.Say(data):
                checks.said(data, files, flags=checks.PRIVATE | checks.SILENT | checks.NO_EMBEDS)
                given.original = self._said(given.channel, data, files)
                given.kind = 4
            case requests.Promise(data):
                private = data.flags if data else 0
                given.original = Post(self._s.ids.new(), given.channel, self._s.bot, [], private)
                given.thinking, given.kind = True, 5
            case requests.Noted():
                that(given.from_message is not None, "there is no message to leave as it is")
                given.original, given.kind = given.from_message, 6
            case requests.Update(data):
                that(given.from_message is not None, "there is no message to change")
                checks.said(data, files, flags=0)
                assert given.from_message is not None
                self._change(given.from_message, data, files)
                given.original, given.kind = given.from_message, 7
            case requests.ShowModal(data):
                that(given.type != MODAL, "a form in answer to a form")
                checks.modal(data)
                given.modal, given.kind = msgspec.to_builtins(data), 9

    async def edit_original(self, request: web.Request) -> web.Response:
        given = self._mine(request)
        body, files = await body_of(request, requests.Said)
        if given.original is None:
            raise Refusal(404, 10008, "Unknown Message")
        checks.said(body, files, flags=0)
        self._change(given.original, body, files)
        given.thinking = False
        given.settled.set()
        return told(given.original.json())

    async def follow_up(self, request: web.Request) -> web.Response:
        given = self._mine(request)
        body, files = await body_of(request, requests.Said)
        checks.said(body, files, flags=checks.PRIVATE | checks.SILENT | checks.NO_EMBEDS)
        if given.kind is None:
            raise Refusal(404, 10015, "Unknown Webhook")
        if given.thinking and given.original:
            self._change(given.original, body, files)
            given.thinking = False
            given.settled.set()
            return told(given.original.json())
        post = self._said(given.channel, body, files)
        given.followed.append(post)
        return told(post.json())

    def _mine(self, request: web.Request) -> Interaction:
        given = self._s.interactions.get(request.match_info["token"])
        if given is None or request.match_info["application"] != self._s.application:
            raise Refusal(404, 10015, "Unknown Webhook")
        if time.monotonic() - given.began > TOKEN_LIFE:
            raise Refusal(401, 50027, "Invalid Webhook Token")
        return given

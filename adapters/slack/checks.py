"""What the app still lacks in a workspace, and how to mend it: beside ``/circle-admin setup``."""

from collections.abc import Mapping

from adapters.slack.api import Api
from adapters.slack.installations import Installation
from adapters.slack.manifest import scopes
from adapters.slack.people import People
from bot.config import Slack
from bot.core.views import Block, Message, Paragraph, Small
from bot.core.wording import Words


def missing_scopes(settings: Slack, headers: Mapping[str, str]) -> tuple[str, ...]:
    """The scopes that Slack did not grant, by what it says beside every answer."""
    granted = {name.lower(): value for name, value in headers.items()}.get("x-oauth-scopes")
    if granted is None:
        return ()
    held = {scope.strip() for scope in granted.split(",")}
    return tuple(scope for scope in scopes(settings) if scope not in held)


async def check(
    api: Api, people: People, settings: Slack, ours: Installation, words: Words, *, alone: bool
) -> Message | None:
    """What a moderator is to do; ``None`` when it is nothing. Raises as :meth:`Api.call`.

    ``alone``: this is the one workspace that the settings are for. Where there are several, an id
    in the settings that is nobody's here is somebody's elsewhere.
    """
    missing = missing_scopes(settings, await api.headers(ours.token))
    blocks: list[Block] = []
    if missing:
        blocks.append(Paragraph(words.text("slack.setup.scopes", n=len(missing))))
        named = {one: words.line(f"slack.scope.{one}") for one in missing}
        blocks += [
            Paragraph(words.text("slack.setup.scope", scope=scope, why=why))
            for scope, why in named.items()
        ]
        blocks.append(Small(words.text("slack.setup.how")))
    elif alone:
        lost = await people.lost(ours)
        blocks += [Paragraph(words.text("slack.setup.moderator", id=one)) for one in lost]
    return Message(words.line("slack.setup.title"), tuple(blocks)) if blocks else None

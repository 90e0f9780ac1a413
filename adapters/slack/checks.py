"""What the app still lacks in a workspace, and how to mend it: beside ``/circle-admin setup``."""

from collections.abc import Mapping, Sequence

from adapters.slack.api import Api
from adapters.slack.installations import Installation
from adapters.slack.manifest import scopes
from adapters.slack.people import People
from bot.config import Slack
from bot.core.boundary.views import Block, Message, Paragraph, Small
from bot.core.boundary.wording import Words

_MOST = 8
"""Ids told of at a time: a message is not a page to read."""


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
    lost = await people.lost(ours) if alone and not missing else []
    return told(missing, lost, words)


def told(missing: Sequence[str], lost: Sequence[str], words: Words) -> Message | None:
    """The scopes that are missing, and the ids in the settings that lead to nobody, in words."""
    blocks: list[Block] = []
    if missing:
        blocks.append(Paragraph(words.text("slack.setup.scopes", n=len(missing))))
        named = {scope: words.line(f"slack.scope.{scope}") for scope in missing}
        blocks += [
            Paragraph(words.text("slack.setup.scope", scope=scope, why=why))
            for scope, why in named.items()
        ]
        blocks.append(Small(words.text("slack.setup.how")))
    blocks += [Paragraph(words.text("slack.setup.moderator", id=one)) for one in lost[:_MOST]]
    return Message(words.line("slack.setup.title"), tuple(blocks)) if blocks else None

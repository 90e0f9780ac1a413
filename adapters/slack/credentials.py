"""The tokens and secrets that let us in: which are needed, whose they are, what they allow."""

import asyncio
import logging
from dataclasses import dataclass, field

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError

from adapters.slack.api import Api
from adapters.slack.checks import missing_scopes
from adapters.slack.installations import Installation
from bot.config import Slack as Settings
from bot.shell.ports import Refused

log = logging.getLogger("banyan.slack")

INVALID = frozenset(
    {"invalid_auth", "account_inactive", "token_revoked", "token_expired", "not_authed"}
)
"""Slack's words for a dead token: nothing more can be done with it."""

REMOVED = frozenset({"account_inactive", "token_revoked"})
"""Those of them that say that the app was removed, and not that something is amiss with us."""
ROTATED = "xoxe"
"""What a token begins with that Slack lets run out, to be exchanged for another again and again."""


@dataclass(frozen=True, slots=True)
class Secrets:
    """What lets us in, and proves that Slack is Slack. Each may be empty."""

    bot_token: str = field(default="", repr=False)
    app_token: str = field(default="", repr=False)
    signing_secret: str = field(default="", repr=False)
    client_id: str = ""
    client_secret: str = field(default="", repr=False)


def agree(settings: Settings, secrets: Secrets) -> None:
    """Raise :class:`Refused` when settings and secrets cannot work together."""
    if secrets.bot_token.startswith(ROTATED):
        raise Refused(
            "This SLACK_BOT_TOKEN runs out within hours, because token rotation is on for the app. "
            "Make the app anew from `python -m bot slack-manifest`, which has it off."
        )
    if settings.mode == "socket":
        if not (secrets.bot_token and secrets.app_token):
            raise Refused(
                "Slack needs two tokens: set SLACK_BOT_TOKEN (xoxb-…) and SLACK_APP_TOKEN (xapp-…)."
            )
    elif not secrets.signing_secret:
        raise Refused("Slack by HTTP needs SLACK_SIGNING_SECRET.")
    elif not (secrets.bot_token or (secrets.client_id and secrets.client_secret)):
        raise Refused(
            "Slack by HTTP needs SLACK_CLIENT_ID and SLACK_CLIENT_SECRET to be installed with, "
            "or SLACK_BOT_TOKEN where it already is."
        )


async def own_installation(api: Api, settings: Settings, token: str) -> Installation:
    """The workspace whose token stands in the settings; waits until Slack can be reached.

    Raises :class:`Refused` when the token is not good.
    """
    wait = 1.0
    while True:
        try:
            answer = await api.client.auth_test(token=token)
            for scope in missing_scopes(settings, answer.headers):
                log.warning("Slack did not grant a permission", extra={"scope": scope})
            whole = bool(answer.get("is_enterprise_install"))
            enterprise = str(answer.get("enterprise_id") or "")
            return Installation(
                enterprise if whole else str(answer.get("team_id") or ""),
                enterprise,
                whole,
                token,
                str(answer.get("user_id") or ""),
            )
        except SlackApiError as error:
            data = getattr(error.response, "data", None)
            word = str(data.get("error", "")) if isinstance(data, dict) else ""
            if word in INVALID:
                raise Refused(f"Slack refuses SLACK_BOT_TOKEN: {word}.") from None
            word = word or f"http {getattr(error.response, 'status_code', '')}"
        except (aiohttp.ClientError, SlackClientError, TimeoutError, OSError):
            word = ""
        log.warning("Slack cannot be reached yet", extra={"error": word})
        await asyncio.sleep(wait)
        wait = min(wait * 2, 30.0)

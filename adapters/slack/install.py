"""Installing by OAuth: the two pages on which a workspace's admin adds the app.

The state that goes to Slack and back is signed, bound to the browser by a cookie, good for ten
minutes and for one use.
"""

import hmac
import logging
import time
from collections.abc import Callable, Sequence
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any
from urllib.parse import urlsplit

from slack_bolt.oauth.async_callback_options import (
    AsyncCallbackOptions,
    AsyncFailureArgs,
    AsyncSuccessArgs,
)
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.oauth.installation_store import Installation as SdkInstallation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore

from adapters.slack import pages
from adapters.slack.api import QUIET, Api
from adapters.slack.credentials import ROTATED, Secrets
from adapters.slack.installations import Installation, Teams
from adapters.slack.manifest import INSTALL, REDIRECT, scopes
from bot.config import Slack
from bot.core.boundary.wording import Words

log = logging.getLogger("banyan.slack")

_GOOD_FOR = 600
"""Seconds."""


class States(AsyncOAuthStateStore):
    """States that carry their own proof, so that none need be kept."""

    def __init__(self, secret: str, clock: Callable[[], float] = time.time) -> None:
        self._key = hmac.digest(secret.encode(), b"oauth state", sha256)
        self._clock = clock
        self._used: dict[str, float] = {}

    async def async_issue(self, *_: Any, **__: Any) -> str:
        """A new state."""
        claim = f"{int(self._clock())}.{token_urlsafe(16)}"
        return f"{claim}.{self._proof(claim)}"

    async def async_consume(self, state: str) -> bool:
        """Whether the state is ours, young, and was not used before."""
        claim, _, proof = state.rpartition(".")
        now = self._clock()
        self._used = {used: at for used, at in self._used.items() if now - at < _GOOD_FOR}
        if not hmac.compare_digest(proof.encode(), self._proof(claim).encode()):
            return False
        if not 0 <= now - int(claim.partition(".")[0]) <= _GOOD_FOR or state in self._used:
            return False
        self._used[state] = now
        return True

    def _proof(self, claim: str) -> str:
        return hmac.new(self._key, claim.encode(), sha256).hexdigest()[:40]


class _Store(AsyncInstallationStore):
    """Takes installations from the library's flow to our own database."""

    def __init__(self, teams: Teams) -> None:
        self._teams = teams

    async def async_save(self, installation: SdkInstallation) -> None:
        """Keep an installation. Users' own tokens are not asked for, and not kept."""
        if (installation.bot_token or "").startswith(ROTATED):
            log.error("token rotation is on for this app, so this installation ends within hours")
        whole = bool(installation.is_enterprise_install)
        enterprise = installation.enterprise_id or ""
        await self._teams.keep(
            Installation(
                (enterprise if whole else installation.team_id) or "",
                enterprise,
                whole,
                installation.bot_token or "",
                installation.bot_user_id or "",
            )
        )


class _Flow(AsyncOAuthFlow):
    """The library's flow, whose first page is ours."""

    words: Words

    async def build_install_page_html(self, url: str, request: AsyncBoltRequest) -> str:
        """The page on which somebody begins."""
        return pages.asking(url, self.words)


class _Ends:
    """The pages on which it ends, well or otherwise."""

    def __init__(self, words: Words) -> None:
        self._words = words

    async def well(self, args: AsyncSuccessArgs) -> BoltResponse:
        """The app is installed: the way to it."""
        made = args.installation
        where = f"team={made.team_id}&" if made.team_id and not made.is_enterprise_install else ""
        address = f"slack://app?{where}id={made.app_id}"
        return _answered(args, 200, pages.done(address, self._words))

    async def otherwise(self, args: AsyncFailureArgs) -> BoltResponse:
        """It is not."""
        page = pages.failed(args.reason, INSTALL, self._words)
        return _answered(args, args.suggested_status_code, page)


def _answered(args: AsyncSuccessArgs | AsyncFailureArgs, status: int, page: str) -> BoltResponse:
    cookie = args.settings.state_utils.build_set_cookie_for_deletion()
    headers: dict[str, str | Sequence[str]] = {
        "Content-Type": "text/html; charset=utf-8",
        "Set-Cookie": cookie,
    }
    return BoltResponse(status=status, headers=headers, body=page)


def flow(api: Api, teams: Teams, settings: Slack, secrets: Secrets, words: Words) -> AsyncOAuthFlow:
    """The library's flow over our database and our one client, on pages of our own."""
    public = settings.public_url.rstrip("/")
    ends = _Ends(words)
    made = _Flow(
        client=api.client,
        logger=QUIET,
        settings=AsyncOAuthSettings(
            client_id=secrets.client_id,
            client_secret=secrets.client_secret,
            scopes=list(scopes(settings)),
            user_scopes=[],
            redirect_uri=public + REDIRECT if public else None,
            install_path=INSTALL,
            redirect_uri_path=REDIRECT,
            authorization_url=_authorize_address(api.base),
            installation_store=_Store(teams),
            installation_store_bot_only=True,
            state_store=States(secrets.client_secret),
            state_expiration_seconds=_GOOD_FOR,
            callback_options=AsyncCallbackOptions(ends.well, ends.otherwise),
            logger=QUIET,
        ),
    )
    made.words = words
    return made


def _authorize_address(base: str) -> str:
    """Where people agree: on the same host as the API (GovSlack has its own)."""
    url = urlsplit(base)
    return f"{url.scheme}://{url.netloc}/oauth/v2/authorize"

"""What comes by HTTP and is nothing that Slack sends, and the pages for installing."""

import re
from pathlib import Path

import aiohttp
import pytest

from adapters.slack import pages
from bot.core.boundary.wording import load
from tests.adapters.slack.running import Running, bot_running
from tests.platforms.slack.server import SlackServer

JSON = {"Content-Type": "application/json"}


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Slack-Request-Timestamp": "soon", "X-Slack-Signature": "v0=0"},
        {"X-Slack-Request-Timestamp": "１２３", "X-Slack-Signature": "v0=0"},
        {"X-Slack-Request-Timestamp": "9" * 400, "X-Slack-Signature": "v0=0"},
        {"X-Slack-Request-Timestamp": "-1", "X-Slack-Signature": ""},
        {"X-Slack-Request-Timestamp": "1", "X-Slack-Signature": "v0=ü"},
        {"X-Slack-Signature": "v0=0"},
    ],
)
async def test_what_is_not_signed_is_refused_and_no_error_of_ours(
    by_http: Running, caplog: pytest.LogCaptureFixture, headers: dict[str, str]
) -> None:
    async with aiohttp.ClientSession() as anybody:
        for body in ("[]", "null", "{", "payload=x", ""):
            url = f"{by_http.address}/slack/events"
            async with anybody.post(url, data=body, headers=headers | JSON) as answer:
                assert answer.status == 401
    assert not [one for one in caplog.records if one.levelname == "ERROR"]


async def test_what_is_signed_and_nothing_that_slack_sends_is_a_bad_request(
    server: SlackServer, by_http: Running, caplog: pytest.LogCaptureFixture
) -> None:
    url = f"{by_http.address}/slack/events"
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    async with aiohttp.ClientSession() as anybody:
        for body, kind in (
            ("[]", JSON),
            ("null", JSON),
            ("7", JSON),
            ("{", JSON),
            ("payload=[]", form),
            ("payload=null", form),
            ("payload=x", form),
        ):
            signed = server.signed(body)
            async with anybody.post(url, data=body, headers=signed | kind) as answer:
                assert answer.status == 400, body
        async with anybody.post(url, data="ssl_check=1&token=x", headers=form) as answer:
            assert answer.status == 200
    assert not [one for one in caplog.records if one.levelname == "ERROR"]


async def test_the_pages_for_installing_are_ours_and_fit_a_phone_by_day_and_night(
    server: SlackServer, tmp_path: Path
) -> None:
    async with bot_running(server, tmp_path, mode="http") as bot:
        seen = []
        async with aiohttp.ClientSession() as browser:
            for query in (
                "install",
                "oauth_redirect?error=access_denied",
                "oauth_redirect?state=x",
            ):
                async with browser.get(f"{bot.address}/slack/{query}") as answer:
                    assert answer.status < 500
                    seen.append(await answer.text())
        seen.append(pages.done("slack://app?team=T1&id=A1", load().words("UTC")))
        titles = [re.findall("<h1>([^<]*)</h1>", page)[0] for page in seen]
        assert titles == [
            "Add Banyan to your workspace",
            "Banyan was not added",
            "Please begin again in this browser",
            "Banyan is in your workspace",
        ]
        for page in seen:
            assert "color-scheme: light dark" in page
            assert "width=device-width" in page
            assert "Oops" not in page

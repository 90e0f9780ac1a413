"""Who gets in: this machine's own page with the token, and nobody else."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import aiohttp
import pytest

from tests.adapters.playground.place import Place, opened

STRANGERS = (
    "evil.example",
    "evil.example:80",
    "127.0.0.1",
    "127.0.0.1:1",
    "localhost.evil.example",
)


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    async with opened(tmp_path) as place:
        yield place


async def test_the_printed_address_opens_the_page_once_and_for_all(place: Place) -> None:
    async with place.http.get(f"{place.origin}/") as response:
        assert response.status == 200
        assert "main.js" in await response.text()
    assert "token" not in str(response.url)


async def test_without_the_token_there_is_only_a_friendly_word(place: Place) -> None:
    async with aiohttp.ClientSession() as stranger:
        for path in ("/", "/?token=guess", "/page/main.js", "/socket", "/files/a/0"):
            async with stranger.get(
                place.origin + path, headers={"Origin": place.origin}
            ) as response:
                assert response.status == 403
                assert "open the whole address" in await response.text()


@pytest.mark.parametrize("host", STRANGERS)
async def test_another_name_for_this_machine_is_refused(place: Place, host: str) -> None:
    for path in ("/", "/socket", place.playground.address.removeprefix(place.origin)):
        async with place.http.get(
            place.origin + path, headers={"Host": host}, allow_redirects=False
        ) as response:
            assert response.status == 403


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://127.0.0.1:1", ""])
async def test_another_pages_request_is_refused(place: Place, origin: str) -> None:
    async with place.http.get(place.origin + "/", headers={"Origin": origin}) as response:
        assert response.status == 403
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await place.http.ws_connect(f"{place.origin}/socket", headers={"Origin": origin})


async def test_a_socket_must_say_which_page_it_comes_from(place: Place) -> None:
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await place.http.ws_connect(f"{place.origin}/socket")


async def test_it_listens_on_loopback_only(place: Place) -> None:
    assert place.origin.startswith("http://127.0.0.1:")
    port = int(place.origin.rpartition(":")[2])
    with pytest.raises(OSError, match="onnect"):
        await asyncio.open_connection("127.0.0.2", port)


async def test_every_response_forbids_what_the_page_does_not_need(place: Place) -> None:
    for path in ("/", "/page/main.js", "/nothing"):
        async with place.http.get(place.origin + path) as response:
            policy = response.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy
            assert "unsafe" not in policy
            assert response.headers["X-Content-Type-Options"] == "nosniff"
            assert response.headers["Referrer-Policy"] == "no-referrer"


async def test_only_the_pages_own_files_are_served(place: Place) -> None:
    for path in ("/page/place.py", "/page/..%2Fserver.py", "/page/", "/files/x/0", "/files/x/y"):
        async with place.http.get(place.origin + path) as response:
            assert response.status == 404


async def test_bad_json_is_answered_kindly_and_the_page_goes_on(place: Place) -> None:
    async with place.page() as page:
        for data in ("{", "[]", '{"kind":"unknown"}', "x" * 1000):
            await page.socket.send_str(data)
            await page.until("problem")
        await page.socket.send_bytes(b"\x00\x01")
        await page.until("problem")
        assert (await page.ask("command", command="circle help", options={}))["is"] == "said"


async def test_a_frame_past_the_limit_ends_the_socket_and_nothing_else(place: Place) -> None:
    async with place.page() as page:
        with suppress(ConnectionError):  # the server may hang up before it has been sent whole
            await page.socket.send_str(json.dumps({"kind": "say", "text": "x" * 4 * 1024 * 1024}))
        async with asyncio.timeout(5):
            async for _ in page.socket:
                pass
        assert page.socket.closed
    async with place.page() as page:
        assert (await page.ask("command", command="circle help", options={}))["is"] == "said"


async def test_a_token_is_the_same_after_a_restart(tmp_path: Path) -> None:
    async with opened(tmp_path) as before:
        address = before.playground.address
    async with opened(tmp_path) as after:
        assert after.playground.address.partition("token=")[2] == address.partition("token=")[2]

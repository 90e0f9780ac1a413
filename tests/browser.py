"""The system's own Chromium, for the tests that need a real browser."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Browser, async_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
_MAC = tuple(
    f"/Applications/{name}.app/Contents/MacOS/{name}" for name in ("Chromium", "Google Chrome")
)
# A test's browser talks to the page under test and to nobody else.
_QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]

HOW_TO_GET_ONE = (
    "Install Chromium or Chrome (Debian and Ubuntu: apt install chromium), or name one in CHROMIUM."
)


def find_chromium() -> str | None:
    """The path of a Chromium or Chrome: the one named in CHROMIUM, or what the system has."""
    if named := os.environ.get("CHROMIUM"):
        return named
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    return found or next((path for path in _MAC if Path(path).exists()), None)


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """A headless Chromium with a new, empty profile. Root cannot use Chromium's sandbox."""
    path = find_chromium()
    if path is None:
        raise RuntimeError(f"There is no browser here. {HOW_TO_GET_ONE}")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=path, args=_QUIET, chromium_sandbox=os.geteuid() != 0
        )
        try:
            yield browser
        finally:
            await browser.close()

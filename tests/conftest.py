"""What tests ask for by name: databases, PostgreSQL, a browser."""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser

from tests.browser import HOW_TO_GET_ONE, chromium, find_chromium
from tests.databases import Postgres, postgres_server

_LEFT_OUT = pytest.StashKey[list[pytest.Item]]()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server, started when the first test wants it."""
    with postgres_server() as server:
        yield server


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The URL of a SQLite file that does not exist yet."""
    return f"sqlite:///{tmp_path / 'banyan.db'}"


@pytest.fixture
def postgres_url(postgres: Postgres) -> Iterator[str]:
    """The URL of an empty PostgreSQL database."""
    with postgres.database() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty database; a test that asks for it runs once on each kind."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """The system's Chromium, headless. Without one the test is left out, loudly; CI fails."""
    async with chromium() as running:
        yield running


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On somebody's own machine without a browser, leave out the tests that drive one."""
    if os.environ.get("CI") or find_chromium():
        return
    left_out = [i for i in items if "browser" in getattr(i, "fixturenames", ())]
    items[:] = [i for i in items if i not in left_out]
    config.stash[_LEFT_OUT] = left_out
    config.hook.pytest_deselected(items=left_out)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was left out, and how to get it."""
    left_out = terminalreporter.config.stash.get(_LEFT_OUT, [])
    if not left_out:
        return
    terminalreporter.section("LEFT OUT: no browser here", sep="!", red=True, bold=True)
    terminalreporter.line(f"{len(left_out)} tests in a real browser did not run. {HOW_TO_GET_ONE}")
    for item in left_out:
        terminalreporter.line(f"  {item.nodeid}")

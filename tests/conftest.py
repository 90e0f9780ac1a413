"""What tests ask for by name: databases, PostgreSQL, a browser."""

import os
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.async_api import Browser
from xdist.workermanage import WorkerController

from tests.browser import HOW_TO_GET_ONE, chromium, find_chromium
from tests.databases import Postgres, postgres_server

_LEFT_OUT = pytest.StashKey[list[pytest.Item]]()
_SHARED = pytest.StashKey[ExitStack]()
_SERVER = pytest.StashKey[Postgres]()
_MEMORY = Path("/dev/shm")
_ROOM = 2_000_000_000
"""Bytes. A whole run needs a fraction of it."""


def pytest_configure(config: pytest.Config) -> None:
    """Keep the tests' folders in memory where there is room: what is killed there is a process,
    never the machine, so nothing needs to reach a disk."""
    if _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY))


@pytest.fixture(scope="session")
def postgres(request: pytest.FixtureRequest) -> Iterator[Postgres]:
    """A PostgreSQL server: the whole run's, or one started when the first test wants it."""
    given: dict[str, str] = getattr(request.config, "workerinput", {})
    if "postgres" in given:
        yield Postgres(Path(given["postgres"]), f"test_{given['workerid']}")
        return
    with postgres_server() as server:
        yield server


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: WorkerController) -> None:
    """Where tests run side by side, start one PostgreSQL for all before the first begins."""
    stash = node.config.stash
    if _SERVER not in stash:
        stash[_SHARED] = ExitStack()
        stash[_SERVER] = stash[_SHARED].enter_context(postgres_server())
    node.workerinput["postgres"] = str(stash[_SERVER].folder)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Two workers a core: much of a test's time is a clock's, on which nothing computes."""
    return min(2 * (os.cpu_count() or 1), 8)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop what the whole run shared."""
    if _SHARED in config.stash:
        config.stash[_SHARED].close()


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

"""A Slack of its own for each test, and a bot in it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.slack.running import Running, bot_running
from tests.platforms.slack.model import Workspace
from tests.platforms.slack.server import SlackServer


@pytest.fixture
async def server() -> AsyncIterator[SlackServer]:
    """A Slack which, at the end, was never asked for anything that Slack refuses."""
    made = SlackServer()
    async with made.running():
        yield made
    assert [(one.method, one.answer) for one in made.refused] == []
    assert max(made.acks, default=0.0) < 3


@pytest.fixture
def home(server: SlackServer) -> Workspace:
    """A workspace with the app in it."""
    return server.workspace()


@pytest.fixture
async def bot(server: SlackServer, home: Workspace, tmp_path: Path) -> AsyncIterator[Running]:
    """The bot in its home workspace, by Socket Mode."""
    async with bot_running(server, tmp_path, home=home) as running:
        await server.connected()
        yield running


@pytest.fixture
async def by_http(server: SlackServer, home: Workspace, tmp_path: Path) -> AsyncIterator[Running]:
    """The bot in its home workspace, by HTTP."""
    async with bot_running(server, tmp_path, home=home, mode="http") as running:
        yield running

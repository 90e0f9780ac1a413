"""A platform for each test; which ones a test is for stands above it."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from tests.contracts.in_playground import in_playground
from tests.contracts.on_discord import on_discord
from tests.contracts.on_paper import on_paper
from tests.contracts.on_slack import on_slack
from tests.contracts.venue import Venue

VENUES: dict[str, Callable[[Path], AbstractAsyncContextManager[Venue]]] = {
    "paper": on_paper,
    "playground": in_playground,
    "discord": on_discord,
    "slack": on_slack,
}


@pytest.fixture(params=VENUES)
async def venue(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Venue]:
    """Every platform in turn, and in the end none was asked for anything that makes no sense."""
    async with VENUES[request.param](tmp_path) as made:
        yield made
        assert made.wrong() == []

"""A world for each test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.world import World, world


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[World]:
    """One running bot."""
    async with world(tmp_path) as made:
        yield made

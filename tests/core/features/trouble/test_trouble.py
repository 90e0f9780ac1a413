"""Moderators hear what cannot be delivered, once a day for each cause."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.paper import Member
from tests.world import World, world


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[World]:
    """A new community."""
    async with world(tmp_path) as made:
        yield made


async def _report(here: World, mei: Member) -> None:
    """Somebody reports, and one of the moderators takes no private messages."""
    await mei.use("circle report")
    await mei.fill(words="Somebody shouted.")
    await here.settle()


async def test_a_cause_is_told_once_a_day(here: World) -> None:
    rosa, omar = here.member("Rosa", moderator=True), here.member("Omar", moderator=True)
    await rosa.use("circle-admin members")
    await omar.use("circle-admin members")
    mei = here.member("Mei")
    here.paper.closed_to = {omar.key}
    await _report(here, mei)
    await _report(here, mei)
    told = [message for message in rosa.mail if "could not be delivered" in message.title]
    assert len(told) == 1
    await here.move_on(timedelta(days=1))
    await _report(here, mei)
    told = [message for message in rosa.mail if "could not be delivered" in message.title]
    assert len(told) == 2
    assert omar.mail == []

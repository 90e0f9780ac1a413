"""A channel is found again however many there are and however few Slack lists at a time."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from adapters.slack.api import Api
from adapters.slack.installations import Installation
from adapters.slack.listing import Listing
from adapters.slack.pace import Pace
from bot.shell.ports import TryLater
from tests.platforms.slack.model import Conversation, Workspace, new_id
from tests.platforms.slack.server import SlackServer

CHANNELS = 45
"""Two a page: more pages than a minute allows."""


class Looking:
    """An adapter's way to Slack, with a clock that the test moves."""

    def __init__(self, server: SlackServer, home: Workspace) -> None:
        self.now = 0.0
        self.api = Api(server.api_base)
        self.api.pace = Pace(lambda: self.now)
        self.listing = Listing(self.api)
        self.ours = Installation(home.id, "", False, home.token, home.bot_user)

    async def find(self, name: str) -> str | None:
        """Try until there is an answer, minute by minute, as the postman does."""
        for _ in range(10):
            try:
                return await self.listing.find(self.ours, name)
            except TryLater:
                self.now += 61
        raise AssertionError("never found")


@pytest.fixture
async def looking(server: SlackServer, home: Workspace) -> AsyncIterator[Looking]:
    server.api.tiers.minute = 0.0  # the adapter's own pace is what counts here
    for number in range(CHANNELS):
        made = Conversation(new_id("C"), f"oak-{number}", True, home.bot_user, [home.bot_user])
        home.conversations[made.id] = made
    found = Looking(server, home)
    await found.api.open()
    yield found
    await found.api.close()


def _pages(server: SlackServer) -> int:
    return len(server.made("conversations.list"))


async def test_a_search_that_has_to_stop_goes_on_where_it_was(
    server: SlackServer, home: Workspace, looking: Looking
) -> None:
    wanted = next(one.id for one in home.conversations.values() if one.name == "oak-44")
    with pytest.raises(TryLater) as later:
        await looking.listing.find(looking.ours, "oak-44")
    assert later.value.asked
    assert _pages(server) == 20
    looking.now += 61
    assert await looking.listing.find(looking.ours, "oak-44") == wanted
    assert _pages(server) == 23


async def test_everybody_who_looks_reads_the_same_pages(
    server: SlackServer, looking: Looking
) -> None:
    names = [f"oak-{number}" for number in range(CHANNELS)]
    found = await asyncio.gather(*map(looking.find, names))
    assert len(set(found)) == CHANNELS
    assert _pages(server) == 23


async def test_a_channel_made_behind_a_search_under_way_is_found_by_the_next_one(
    server: SlackServer, home: Workspace, looking: Looking
) -> None:
    with pytest.raises(TryLater):
        await looking.listing.find(looking.ours, "oak-44")
    first = next(one for one in home.conversations.values() if one.name == "oak-0")
    first.name = "elm-1"  # as if it had been made after its page was read
    assert await looking.find("elm-1") == first.id
    assert await looking.find("oak-0") is None


async def test_a_place_in_the_list_that_slack_forgot_is_no_end_of_it(
    server: SlackServer, looking: Looking
) -> None:
    with pytest.raises(TryLater):
        await looking.listing.find(looking.ours, "oak-44")
    server.api.old_cursors = {"40"}
    looking.now += 61
    with pytest.raises(TryLater):
        await looking.listing.find(looking.ours, "oak-44")
    server.api.old_cursors = set()
    assert await looking.find("oak-44") is not None

"""How the postman waits and tries again, and ends computations that nobody wants any more."""

import asyncio
from datetime import timedelta
from pathlib import Path

from bot.shell.ports import Parcel, Receipt, TryLater
from bot.shell.postman import GIVE_UP_AFTER
from tests.core.features.intros.conftest import join
from tests.paper import Paper
from tests.world import SAMPLE, world


async def test_a_search_that_is_stopped_ends_its_process(tmp_path: Path) -> None:
    async with world(tmp_path) as here:
        rosa = here.member("Rosa", moderator=True)
        await rosa.send_file("circle-admin import", "people.csv", SAMPLE.read_bytes())
        await rosa.press("Bring them in")
        await rosa.use("circle-admin season", action="open")
        await rosa.fill()
        await rosa.use("circle-admin match", effort="thorough")
        searching = asyncio.create_task(here.settle())
        await asyncio.sleep(1.0)
        assert not searching.done()
        await rosa.press("Stop looking")
        await asyncio.wait_for(searching, 20)
        assert not [message for message in rosa.mail if message.title.startswith("Draft")]
        await rosa.use("circle-admin match")
        await here.settle()
        assert [message for message in rosa.mail if message.title.startswith("Draft")]


class Trouble(Paper):
    """A platform that raises what it is told to, delivery after delivery."""

    def __init__(self) -> None:
        super().__init__()
        self.next: list[Exception] = []

    async def deliver(self, parcel: Parcel) -> Receipt:
        """Raise what comes next, or do it."""
        if self.next:
            raise self.next.pop(0)
        return await super().deliver(parcel)


async def test_patience_that_a_platform_asks_for_is_no_failed_try(tmp_path: Path) -> None:
    """However long a queue was, a fault at its end costs a second, and nothing is given up."""
    trouble = Trouble()
    async with world(tmp_path, paper=trouble) as here:
        await here.member("Rosa", moderator=True).use("circle help")
        await join(here.member("Ravi"), role="Mentor")
        often = GIVE_UP_AFTER + 3
        trouble.next = [TryLater(7.0, asked=True) for _ in range(often)]
        trouble.next += [TryLater(0.5, uncertain=True), RuntimeError("unexpected")]
        await here.move_on(timedelta(seconds=7 * often - 1))
        assert len(trouble.next) == 2
        await here.move_on(timedelta(seconds=5))
        assert len(trouble.delivered) == 1


async def test_tries_that_fail_come_further_and_further_apart(tmp_path: Path) -> None:
    trouble = Trouble()
    async with world(tmp_path, paper=trouble) as here:
        await here.member("Rosa", moderator=True).use("circle help")
        await join(here.member("Ravi"), role="Mentor")
        trouble.next = [TryLater(0.5, uncertain=True) for _ in range(6)]
        await here.move_on(timedelta(seconds=10))
        assert len(trouble.next) == 2, "after 1, 2, 4 and 8 seconds"
        await here.move_on(timedelta(minutes=2))
        assert len(trouble.delivered) == 1

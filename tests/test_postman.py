"""What the postman does beside delivering: ending computations that nobody wants any more."""

import asyncio
from pathlib import Path

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

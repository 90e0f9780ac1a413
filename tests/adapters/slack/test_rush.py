"""Many at once: everybody is acknowledged in time, and gets their answer in their turn."""

import asyncio
import threading
import time
from pathlib import Path

from adapters.slack.rush import Rush
from bot.core.boundary.events import Event
from bot.core.boundary.outcome import Answer
from tests.adapters.slack.running import Running, bot_running
from tests.platforms.slack.model import Workspace
from tests.platforms.slack.person import Person, text_of
from tests.platforms.slack.server import SlackServer

PEOPLE = 20
MENTEE = {
    "What would you like to be?": "Mentee",
    "What do you hope for? (as a mentee)": ["Culture"],
}


def _hold_up(seconds: float) -> None:
    """Keep the event loop from everything else."""
    time.sleep(seconds)


async def test_the_further_the_loop_is_behind_the_earlier_is_the_limit() -> None:
    rush = Rush()
    with rush:
        _hold_up(0.4)
        assert rush.shortened(1.8) <= 1.8 - 2 * 0.3
        await asyncio.sleep(0.01)
        assert rush.shortened(1.8) <= 1.8 - 2 * 0.3
        _hold_up(1.5)
        assert 0 < rush.shortened(1.8) < 0.5


async def test_all_are_acknowledged_while_nothing_can_be_decided_and_nothing_is_lost(
    server: SlackServer, home: Workspace, tmp_path: Path
) -> None:
    async with bot_running(server, tmp_path, home=home, mode="http") as bot:
        crowd = [Person(server, home, server.user(home, f"Person {n}")) for n in range(PEOPLE)]
        for one in crowd:
            await one.command("/circle join")
            await one.type(MENTEE)
        go_on = threading.Event()
        held = asyncio.create_task(bot.app.worker.run(go_on.wait))
        server.acks.clear()
        sending = [asyncio.create_task(one.fill()) for one in crowd]
        try:
            while len(server.acks) < PEOPLE:
                assert not any(task.done() for task in sending)  # it was not acknowledged
                await asyncio.sleep(0.02)
        finally:
            go_on.set()
        await asyncio.gather(held, *sending)
        for one in crowd:
            assert "step 2 of 3" in one.modal.view["title"]["text"]


async def test_a_promised_answer_comes_though_slack_wants_to_be_left_alone(
    server: SlackServer, home: Workspace, bot: Running
) -> None:
    receive = bot.app.dispatcher.receive
    go_on = asyncio.Event()

    async def slowly(event: Event) -> Answer:
        await go_on.wait()
        return await receive(event)

    mei = Person(server, home, server.user(home, "Mei"))
    await mei.command("/circle join")
    bot.app.dispatcher.receive = slowly  # type: ignore[method-assign]
    server.faults.busy, server.faults.methods = 1.0, frozenset({"views.update"})
    sending = asyncio.create_task(mei.fill({"What would you like to be?": "Mentor"}))
    await mei.sees("One moment")
    go_on.set()
    await mei.until(lambda: any(one.status == 429 for one in server.calls))
    server.faults.busy = 0.0
    await sending
    assert "Please" in text_of(mei.modal.view["blocks"])

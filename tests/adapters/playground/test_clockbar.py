"""Moving the clock from the page."""

from datetime import timedelta
from pathlib import Path

import pytest

from adapters.playground.clock import Move
from tests.adapters.playground.place import MORNING, HandClock, Page, opened

DAY = timedelta(days=1)


async def settled(page: Page) -> str:
    """The time shown once nothing moves any more."""
    frame = await page.until("clock", doing="")
    now: str = frame["now"]
    return now


@pytest.mark.parametrize(
    ("move", "to"),
    [
        (Move.HOUR, MORNING + timedelta(hours=1)),
        (Move.DAY, MORNING + DAY),
        (Move.WEEK, MORNING + 7 * DAY),
        (Move.DUE, MORNING + 3 * DAY),
        (Move.SLEEP, MORNING + 7 * DAY),
    ],
)
async def test_each_move_goes_as_far_as_it_says(tmp_path: Path, move: Move, to: object) -> None:
    clock = HandClock(due=[MORNING + 3 * DAY])
    async with opened(tmp_path, clock=clock) as place, place.page() as page:
        await page.until("clock", doing="")
        await page.send(kind="clock", move=move.value)
        await page.until("clock", doing=move.value)
        await settled(page)
    assert clock.at == to
    assert clock.slept == ([to] if move is Move.SLEEP else [])


async def test_play_goes_through_every_due_moment_to_the_last(tmp_path: Path) -> None:
    clock = HandClock(due=[MORNING + day * DAY for day in (1, 2, 3)])
    async with opened(tmp_path, clock=clock) as place, place.page() as page:
        await page.until("clock", doing="")
        await page.send(kind="clock", move="play")
        await page.until("clock", doing="play")
        await settled(page)
        shown = [frame["now"] for frame in page.heard if frame["kind"] == "clock"]
    assert clock.at == MORNING + 3 * DAY
    assert [(MORNING + day * DAY).isoformat() in shown for day in (1, 2, 3)] == [True] * 3


async def test_pause_stops_at_the_next_due_moment(tmp_path: Path) -> None:
    clock = HandClock(due=[MORNING + day * DAY for day in range(1, 100)])
    async with opened(tmp_path, clock=clock) as place, place.page() as page:
        await page.send(kind="clock", move="play")
        await page.until("clock", doing="play")
        await page.send(kind="clock", move="pause")
        await settled(page)
    assert MORNING < clock.at < MORNING + 5 * DAY


async def test_a_week_gone_by_is_ticked_off_in_the_guide(tmp_path: Path) -> None:
    async with opened(tmp_path) as place, place.page() as page:
        await page.send(kind="clock", move="week")
        frame = await page.until("standing")
        assert [step["key"] for step in frame["steps"] if step["done"]] == ["week"]

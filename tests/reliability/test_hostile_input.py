"""Thousands of hostile inputs, and not one that Banyan did not expect."""

import logging
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.decide import Bot
from bot.core.features import FEATURES
from tests.reliability.hostile import Hostility
from tests.sizes import SIZES
from tests.world import World, world


@pytest.mark.parametrize("full", SIZES)
async def test_no_input_is_met_with_an_error(
    full: bool, database_url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR, "banyan.blunders")
    async with world(tmp_path, url=database_url) as here:
        people = [
            here.member("Rosa", moderator=True),
            here.member("Mei", zone="Asia/Kathmandu"),
            here.member("Ravi", zone="not/a-zone", language="xx-YY"),
            here.member("Second Moderator", moderator=True, zone=None),
            *(here.member(f"Person {number}") for number in range(4)),
        ]
        hostility = Hostility(7, Bot(FEATURES), here.app.codec, people)
        for number in range(5_000 if full else 1_000):
            who, event = hostility.event(here.clock.now())
            who.answer = await here.app.dispatcher.receive(event)
            assert not _blunders(caplog), f"input {number}: {_brief(event)} {_blunders(caplog)}"
            if number % 50 == 49:
                await _time_passes(here, timedelta(hours=number % 17))
                assert not _blunders(caplog), f"after input {number}: {_blunders(caplog)}"


async def _time_passes(here: World, by: timedelta) -> None:
    await here.settle()
    await here.move_on(by)


def _blunders(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [
        f"{record.__dict__.get('kind')} in {record.__dict__.get('place')}"
        for record in caplog.records
        if record.name == "banyan.blunders"
    ]


def _brief(event: object) -> str:
    return repr(event)[:600]

"""Killed at any moment, again and again: nothing acknowledged is lost, nothing is said twice."""

import asyncio
import multiprocessing
from collections import Counter
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
import sqlalchemy as sa

from bot.core.boundary.ids import CommunityRef
from storage.tables.mail import OUTBOX
from tests.paper import ref
from tests.reliability import killed
from tests.reliability.ledger import Ledger
from tests.sizes import SIZES
from tests.world import World, world

SAMPLE = Path(__file__).parents[2] / "adapters/playground/sample/people.csv"


@pytest.mark.parametrize("full", SIZES)
async def test_nothing_is_lost_and_nothing_said_twice_however_often_it_is_killed(
    full: bool, database_url: str, tmp_path: Path
) -> None:
    kills = 200 if full else 30
    await _a_season_begins(tmp_path, database_url)
    ledger, chance = Ledger(), Random(11)
    spawn = multiprocessing.get_context("forkserver")
    spawn.set_forkserver_preload(["tests.reliability.killed"])
    socket = tmp_path / "ledger"
    async with ledger.open(socket):
        for life in range(kills + 1):
            last = life == kills
            child = spawn.Process(
                target=killed.live, args=(tmp_path, database_url, socket, life, last)
            )
            child.start()
            if last:
                await asyncio.wait_for(asyncio.to_thread(child.join), 300)
                assert child.exitcode == 0
            else:
                if chance.random() < 0.8:  # the others are killed while they start
                    await ledger.hears(chance.randint(1, 12))
                await asyncio.sleep(chance.uniform(0.0, 0.1))
                child.kill()
                await asyncio.to_thread(child.join)
            child.close()

    assert len(ledger.acknowledged) > kills
    async with world(tmp_path, url=database_url) as here:
        reports = _reports(here)
        states = _states(here)
    lost = [words for words in ledger.acknowledged if words not in reports]
    assert lost == []
    assert [words for words, times in reports.items() if times > 1] == []
    notices = Counter(
        words for said in ledger.said.values() for words in reports if f"{words}\n" in f"{said}\n"
    )
    assert [words for words in reports if notices[words] != 1] == []
    assert set(states) <= {"sent", "cancelled", "missed"}
    assert states["sent"] == len(ledger.tried)


async def _a_season_begins(folder: Path, url: str) -> None:
    async with world(folder, url=url) as here:
        rosa = here.member("Rosa", moderator=True)
        await rosa.send_file("circle-admin import", "people.csv", SAMPLE.read_bytes())
        await rosa.press("Bring them in")
        await rosa.use("circle-admin season", action="open")
        await rosa.fill()
        await rosa.use("circle-admin match")
        await here.settle()
        await rosa.use("circle-admin publish")
        await rosa.press("Yes, open these circles")
        await here.settle()
        await here.move_on(timedelta(days=3))
        assert len(here.paper.rooms) > 3
    engine = sa.create_engine(url)
    with engine.begin() as connection:  # what is counted begins after this
        connection.execute(sa.text("DELETE FROM outbox_about"))
        connection.execute(sa.delete(OUTBOX))
    engine.dispose()


def _reports(here: World) -> Counter[str]:
    home = CommunityRef(ref("home"))
    with here.database.unit(home, None, here.clock.now()) as unit:
        return Counter(report.words for report in unit.reports.open(None))


def _states(here: World) -> Counter[str]:
    with here.database.engine.begin() as connection:
        return Counter(connection.scalars(sa.select(OUTBOX.c.state)))

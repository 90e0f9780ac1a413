"""A bot that is going to be killed: the child process of the kill test.

It goes on from wherever the database says it was: people send reports one after the other, time
passes in the meantime, and everything owed goes to the ledger.
"""

import asyncio
import os
from datetime import timedelta
from pathlib import Path

from bot.app import App
from bot.core.actions.safety import SendReport
from bot.core.boundary.events import FormSubmitted
from bot.core.boundary.outcome import Say
from bot.core.boundary.wording import load as load_wording
from bot.core.decide import Bot
from bot.core.features import FEATURES
from bot.shell.clock import MovableClock
from storage.engine import Database
from storage.keyfile import KeySource
from tests.paper import Member, Paper
from tests.reliability.ledger import Far

STEP = timedelta(hours=9)
"""How far time goes in one life, so that check-ins come due while the bot is being killed."""


def live(folder: Path, url: str, socket: Path, life: int, last: bool) -> None:
    """One life. The last one ends by itself, when nothing is owed any more."""
    os.chdir(folder)
    asyncio.run(_live(folder, url, socket, life, last=last))


async def _live(folder: Path, url: str, socket: Path, life: int, *, last: bool) -> None:
    wording = load_wording()
    database = Database.open(
        url,
        keys=KeySource(folder / "key"),
        ledger=folder / "erased",
        wording=wording,
        kinds=Bot(FEATURES).notice_kinds,
    )
    clock = MovableClock(folder / "clock.json", frozen=True)
    far = Far(socket)
    app = App(database, clock, wording)
    app.add(far)
    await far.note({"alive": str(life)})
    target = clock.now() + STEP
    async with app.at_work():
        if last:
            # Long enough for whatever a dead process had claimed to come free.
            await app.timekeeper.advance(target)
        else:
            await asyncio.gather(_people(app, far, clock, life), _time(app, clock))
    await far.close()
    database.close()


async def _people(app: App, far: Far, clock: MovableClock, life: int) -> None:
    member = Member("Mei", app.dispatcher, Paper(), clock.now)
    for number in range(10_000):
        words = f"report {life}-{number}"
        event = FormSubmitted(
            words, clock.now(), member.community, member.actor, SendReport(), {"words": words}
        )
        answer = await app.dispatcher.receive(event)
        if not isinstance(answer, Say):
            raise TypeError(f"a report was answered with {answer}")
        await far.note({"acknowledged": words})


async def _time(app: App, clock: MovableClock) -> None:
    for _ in range(9):
        await app.timekeeper.advance(clock.now() + STEP / 9)
        await asyncio.sleep(0.02)

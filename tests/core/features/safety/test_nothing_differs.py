"""Whoever a report is about cannot tell that there is one: nothing they can read differs.

The same days are lived twice, with and without the report, and everything that the reported
moderator can reach is compared, files byte for byte.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.core.actions.intros import Leave
from bot.core.actions.rights import ForgetMe
from bot.core.boundary.actions import Action
from bot.core.boundary.outcome import Answer, Replace, Say
from bot.core.boundary.views import Buttons, Select
from bot.core.decide import Bot
from bot.core.features import FEATURES
from tests.core.features.intros.conftest import join
from tests.paper import Member
from tests.world import World, world

COMMANDS = sorted(Bot(FEATURES).commands)
ENDINGS = (Leave, ForgetMe)
"""What ends somebody's part, and so what they could read after it."""


@dataclass(frozen=True)
class Days:
    """What happens besides the report."""

    known: bool
    """Whether the reported moderator has used the bot before."""
    joins: bool
    others: int
    """Other reports, about somebody else or about nobody."""
    handled: bool = False
    inbox_closed: bool = False
    """Whether the moderator who reads the report takes no private messages."""
    reporter_forgotten: bool = False
    comes_back: bool = False
    """Whether the reported moderator has everything about them deleted, and comes back."""
    weeks: int = 0


DAYS = st.builds(
    Days,
    known=st.booleans(),
    joins=st.booleans(),
    others=st.integers(0, 2),
    handled=st.booleans(),
    inbox_closed=st.booleans(),
    reporter_forgotten=st.booleans(),
    comes_back=st.booleans(),
    weeks=st.integers(0, 2),
)


@given(DAYS)
@example(Days(True, True, 0, handled=True, inbox_closed=True))
@example(Days(True, True, 1, reporter_forgotten=True))
@example(Days(True, False, 1, handled=True, inbox_closed=True, comes_back=True, weeks=1))
@settings(max_examples=4, deadline=None, derandomize=True)
def test_a_reported_moderator_reads_the_same_as_without_the_report(days: Days) -> None:
    without, reported = (asyncio.run(_live(days, report=report)) for report in (False, True))
    assert reported == without


async def _live(days: Days, *, report: bool) -> list[object]:
    with TemporaryDirectory() as folder:
        async with world(Path(folder)) as here:
            return [one async for one in _lived(days, here, report=report)]


async def _lived(  # noqa: C901 - a story
    days: Days, here: World, *, report: bool
) -> AsyncIterator[object]:
    tomas, priya = (here.member(name, moderator=True) for name in ("Tomas", "Priya"))
    mei, ravi, ana = (here.member(name) for name in ("Mei", "Ravi", "Ana"))
    await priya.use("circle-admin health")
    if days.known:
        await tomas.use("circle help")
    if days.joins:
        await join(tomas)
    if days.inbox_closed:
        here.paper.closed_to.add(priya.key)
    await ana.use("circle mydata")
    for number in range(days.others):
        await ana.use("circle report")
        await ana.fill(about=(ravi.picked,) if number else (), words=f"Something else, {number}.")
        await here.move_on(timedelta(minutes=1))
    await here.settle()
    if report:
        await mei.use("circle report")
        await mei.fill(about=(tomas.picked,), words="He shouted at me.")
        assert "One moderator will read it" in str(mei.message)
    await here.settle()
    if days.comes_back:
        await tomas.use("circle help")
        await _forget(tomas)
    if report and days.handled:
        await priya.use("circle-admin reports")
        while "He shouted" not in str(priya.message):
            await priya.press("Next report")
        await priya.press("It is taken care of")
    if report and days.reporter_forgotten:
        await _forget(mei)
    elif days.reporter_forgotten:
        await mei.use("circle report")
        await mei.fill(words="")
        await _forget(mei)
    await here.settle()
    await here.move_on(timedelta(weeks=days.weeks))
    for one in await _everything(tomas, here):
        yield one
    await _forget(tomas)
    yield tomas.answer


async def _forget(person: Member) -> None:
    await person.use("circle forget")
    await person.take(ForgetMe())


async def _everything(me: Member, here: World) -> list[object]:
    """What this moderator can read: every command, every button below it, and all their mail."""
    read: list[object] = []
    for command in COMMANDS:
        answer = await me.use(command)
        read.append((command, _without_ids(answer)))
        for action, value in _actions(answer):
            answer = await me.take(action, *value)
            read.append((command, type(action), _without_ids(answer)))
    await here.settle()
    return [*read, *(_without_ids(one) for one in me.mail), *here.paper.rooms]


def _actions(answer: Answer) -> Iterator[tuple[Action, tuple[str, ...]]]:
    blocks = answer.message.blocks if isinstance(answer, Say | Replace) else ()
    for block in blocks:
        if isinstance(block, Buttons):
            yield from (
                (one.action, ()) for one in block.buttons if type(one.action) not in ENDINGS
            )
        if isinstance(block, Select):
            yield from ((block.action, (one.value,)) for one in block.choices)


def _without_ids(value: object) -> object:
    """The same with every action as its kind: the ids in it are random."""
    if isinstance(value, Action):
        return type(value)
    if isinstance(value, tuple):
        return tuple(_without_ids(one) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        return (type(value), *(_without_ids(getattr(value, one.name)) for one in fields(value)))
    return value


def test_what_is_compared_would_tell_a_report(tmp_path: Path) -> None:
    """The comparison can fail: for a moderator whom the report is not about, it does."""

    async def read(folder: Path, *, report: bool) -> list[object]:
        async with world(folder) as here:
            priya, mei = here.member("Priya", moderator=True), here.member("Mei")
            await priya.use("circle-admin health")
            if report:
                await mei.use("circle report")
                await mei.fill(words="He shouted at me.")
            await here.settle()
            return await _everything(priya, here)

    for on in (False, True):
        (tmp_path / str(on)).mkdir()
    without, told = (asyncio.run(read(tmp_path / str(on), report=on)) for on in (False, True))
    differs = [one for one, other in zip(told, without, strict=False) if one != other]
    for command in ("health", "reports", "audit"):
        assert f"circle-admin {command}" in str(differs)

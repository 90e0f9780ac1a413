"""Many people at once: what is shown is read, and what is written shares its commits."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.core.boundary.outcome import ShowForm
from bot.shell.ports import Apart, Writes
from bot.shell.rounds import MOST, Rounds
from bot.shell.worker import Worker
from storage.engine import Database
from storage.tables.mail import INBOX
from tests.storage.opened import AT, HERE, actor, opened
from tests.world import World, world

CROWD = 120


@contextmanager
def commits(database: Database) -> Iterator[list[int]]:
    """Counts what is committed while the block runs."""
    counted: list[int] = []

    def count(_: sa.Connection) -> None:
        counted.append(1)

    sa.event.listen(database.engine, "commit", count)
    yield counted
    sa.event.remove(database.engine, "commit", count)


def decided(database: Database) -> int:
    """How many events have a row."""
    with database.engine.begin() as connection:
        return connection.scalar(sa.select(sa.func.count()).select_from(INBOX)) or 0


@pytest.fixture
def file(database_url: str, tmp_path: Path) -> Iterator[Database]:
    """An open database, on each kind."""
    with opened(database_url, tmp_path) as database:
        with database.unit(HERE, None, AT) as unit:
            unit.seen("the first")
        yield database


async def _crowd(here: World) -> None:
    await here.member("Rosa", moderator=True).use("circle help")


async def test_showing_a_form_commits_nothing_and_leaves_no_row(
    database_url: str, tmp_path: Path
) -> None:
    async with world(tmp_path, url=database_url) as here:
        await _crowd(here)
        rows = decided(here.database)
        mei = here.member("Mei")
        with commits(here.database) as counted:
            await mei.use("circle join")
            assert isinstance(mei.answer, ShowForm)
            await mei.use("circle help")
            await mei.press("Join")
            assert isinstance(mei.answer, ShowForm)
        assert counted == []
        assert decided(here.database) == rows


async def test_everybody_in_a_storm_of_joins_gets_the_form_and_what_they_send_in_is_kept(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.shell.rounds.LONGEST", 60.0)  # commits are counted: time is no matter
    async with world(tmp_path, url=database_url) as here:
        await _crowd(here)
        people = [here.member(f"Person {number}") for number in range(CROWD)]
        with commits(here.database) as counted:
            await asyncio.gather(*(one.use("circle join") for one in people))
        assert counted == []
        assert all(isinstance(one.answer, ShowForm) for one in people)

        rows = decided(here.database)
        with commits(here.database) as counted:
            await asyncio.gather(*(one.fill(role="Mentee", seeks=("Identity",)) for one in people))
        assert all(isinstance(one.answer, ShowForm) for one in people)
        assert decided(here.database) == rows + CROWD
        assert len(counted) < CROWD / 2
        again = here.member("Person 7")
        await again.use("circle join")
        assert isinstance(again.answer, ShowForm)
        assert "step 2" in again.answer.form.title


async def test_a_unit_that_fails_is_undone_alone_among_those_that_share_its_commit(
    file: Database,
) -> None:
    ends = await _round(file, [_seeing(file, "one"), _failing(file, "two"), _seeing(file, "three")])
    assert [type(one) for one in ends] == [str, ZeroDivisionError, str]
    with file.unit(HERE, None, AT) as unit:
        assert [unit.was_seen(one) for one in ("one", "two", "three")] == [True, False, True]


async def test_where_the_database_fails_each_unit_is_run_again_by_itself(file: Database) -> None:
    works = [_seeing(file, "one"), _refused(file), _seeing(file, "three")]
    with commits(file) as counted:
        ends = await _round(file, works)
    assert [isinstance(one, str) for one in ends] == [True, False, True]
    assert isinstance(ends[1], sa.exc.DBAPIError)
    assert len(counted) == 2
    with file.unit(HERE, None, AT) as unit:
        assert unit.was_seen("one")
        assert unit.was_seen("three")


async def test_more_than_a_round_takes_are_all_run_in_the_order_they_came(file: Database) -> None:
    order: list[int] = []
    works = [partial(order.append, number) for number in range(3 * MOST + 1)]
    rounds, worker = _rounds(file)
    await asyncio.gather(*(rounds.run(one) for one in works))
    worker.close()
    assert order == sorted(order)
    assert len(order) == len(works)


def test_nothing_of_a_shared_commit_stands_before_all_of_it_is_stored(file: Database) -> None:
    def both() -> None:
        with file.together():
            _seeing(file, "one")()
            _refused(file)()

    with pytest.raises(Apart):
        both()
    with file.unit(HERE, None, AT) as unit:
        assert not unit.was_seen("one")


def test_a_unit_that_reads_can_change_nothing_and_the_next_reads_on(file: Database) -> None:
    with file.looking():
        with pytest.raises(Writes), file.reading(HERE, actor("Mei"), AT) as unit:
            unit.seen("e1")
        with file.reading(HERE, actor("Mei"), AT) as unit:
            assert unit.was_seen("the first")
            assert not unit.was_seen("e1")


def test_a_unit_that_reads_sees_what_was_committed_while_another_one_writes(file: Database) -> None:
    with file.unit(HERE, None, AT) as writing:
        writing.seen("under way")
        with file.reading(HERE, None, AT) as unit:
            assert unit.was_seen("the first")
            assert not unit.was_seen("under way")
    with file.reading(HERE, None, AT) as unit:
        assert unit.was_seen("under way")


def _rounds(database: Database) -> tuple[Rounds[object], Worker]:
    worker = Worker()
    return Rounds[object](database.together, worker.run), worker


async def _round(database: Database, works: Sequence[Callable[[], object]]) -> list[object]:
    rounds, worker = _rounds(database)
    ends = await asyncio.gather(*(rounds.run(one) for one in works), return_exceptions=True)
    worker.close()
    return list(ends)


def _seeing(database: Database, event: str) -> Callable[[], str]:
    def see() -> str:
        with database.unit(HERE, None, AT) as unit:
            assert not unit.seen(event)
            return event

    return see


def _failing(database: Database, event: str) -> Callable[[], float]:
    def fail() -> float:
        with database.unit(HERE, None, AT) as unit:
            return unit.seen(event) / 0

    return fail


def _refused(database: Database) -> Callable[[], None]:
    """A unit that the database refuses: on PostgreSQL nothing more is done in its transaction."""

    def ask() -> None:
        with database.unit(HERE, None, AT) as unit:
            unit.people._ground.connection.exec_driver_sql("SELECT 1 FROM nowhere")

    return ask

"""Several processes on one PostgreSQL, and a PostgreSQL that goes away for a moment."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.shell.ports import RunAgain
from storage.engine import Database
from storage.tables.community import COMMUNITIES
from storage.tables.mail import INBOX
from storage.tables.people import PEOPLE
from storage.unit import SqlUnit
from tests.storage.opened import AT, HERE, actor, known, opened


@pytest.fixture
def two(postgres_url: str, tmp_path: Path) -> Iterator[tuple[Database, Database]]:
    """The same database, opened twice."""
    with opened(postgres_url, tmp_path) as one, opened(postgres_url, tmp_path) as other:
        yield one, other


def _until_it_holds(database: Database, work: Callable[[SqlUnit], object]) -> object:
    """Run the unit as often as the database asks, as the dispatcher does."""
    while True:
        try:
            with database.unit(HERE, None, AT) as unit:
                return work(unit)
        except RunAgain:
            continue


def _count(database: Database, table: sa.Table) -> int | None:
    with database.engine.begin() as connection:
        return connection.scalar(sa.select(sa.func.count()).select_from(table))


def test_the_same_event_at_both_is_new_at_one(two: tuple[Database, Database]) -> None:
    def see(database: Database) -> list[object]:
        events = [f"e{number}" for number in range(30)]
        return [_until_it_holds(database, partial(SqlUnit.seen, event_id=one)) for one in events]

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(see, two)
    assert all(
        sorted([a, b], key=bool) == [False, True] for a, b in zip(first, second, strict=True)
    )
    assert _count(two[0], INBOX) == 30


def test_somebody_new_at_both_becomes_one_person(two: tuple[Database, Database]) -> None:
    def meet(database: Database) -> set[object]:
        names = [f"Member {number}" for number in range(30)]
        return {_until_it_holds(database, partial(known, name=one)) for one in names}

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(meet, two)
    assert first == second
    assert (_count(two[0], PEOPLE), _count(two[0], COMMUNITIES)) == (30, 1)


def test_both_may_start_at_once_on_nothing(postgres_url: str, tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_text("a2V5a2V5a2V5a2V5a2V5a2V5a2V5a2V5a2V5a2V5a2U=")
    key.chmod(0o600)

    def start(_: int) -> bool:
        with opened(postgres_url, tmp_path) as database:
            return database.next_due() is None

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(start, range(4)))


def test_a_lost_connection_is_found_again(postgres_url: str, tmp_path: Path) -> None:
    cut = sa.text(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    other = sa.create_engine(postgres_url)
    with opened(postgres_url, tmp_path) as database:
        with database.unit(HERE, None, AT) as unit:
            mei = known(unit, "Mei")
        with other.begin() as connection:
            connection.execute(cut)
        with database.unit(HERE, None, AT) as unit:
            assert unit.people.get(mei)
        with pytest.raises(RunAgain), database.unit(HERE, None, AT) as unit:
            _cut_off(unit, other, cut)
        with database.unit(HERE, actor("Ravi"), AT) as unit:
            assert unit.actor is None, "nothing of the unit that was cut off was kept"
    other.dispose()


def _cut_off(unit: SqlUnit, other: sa.Engine, cut: sa.TextClause) -> None:
    known(unit, "Ravi")
    with other.begin() as connection:
        connection.execute(cut)
    known(unit, "Aiko")

"""An open database, on each kind.

Making the tables takes PostgreSQL a second, so tests share one database there and empty it.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.catalogue import METADATA
from storage.engine import Database
from tests.databases import Postgres, with_tables
from tests.storage.opened import opened


@pytest.fixture(scope="session")
def shared_postgres_url(postgres: Postgres) -> Iterator[str]:
    """One PostgreSQL database for every test that leaves nothing but rows behind."""
    with postgres.database() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty database, open; its key and ledger are in ``tmp_path``."""
    if request.param == "sqlite":
        with opened(with_tables(tmp_path / "banyan.db"), tmp_path) as database:
            yield database
        return
    with opened(request.getfixturevalue("shared_postgres_url"), tmp_path) as database:
        yield database
        with database.engine.begin() as connection:
            for table in reversed(METADATA.sorted_tables):
                connection.execute(table.delete())

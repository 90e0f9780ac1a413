"""An open database as whoever keeps house sees it: connections, facts, what goes with time.

Every method may raise :class:`bot.shell.ports.RunAgain`, or a :class:`storage.errors.Fault` when
the operator must act.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from bot.shell.ports import Standing
from storage import sqlite
from storage.chance import SecretChance
from storage.claims import standing
from storage.crypto import Vault
from storage.errors import ConfigurationFault
from storage.facts import CLEAN_UP, ask_for_clean_up, cleaned_up, fact, set_fact
from storage.faults import explained
from storage.opening import address_of, file_of
from storage.retention import sweep

BACK_WITHIN = 10.0
"""Seconds to wait for a PostgreSQL that is being restarted."""
SWEPT_EVERY = timedelta(minutes=30)
CLEANED_AT_ONCE_BELOW = 150_000_000
"""Bytes. Making erasures physical in a larger file waits for the small hours (UTC)."""
_PROBED = "probed"
"""The fact that is written to see whether anything can be; the value says nothing."""
SMALL_HOURS = range(2, 5)


class House:
    """A database, and what is done to it as a whole."""

    def __init__(self, engine: sa.Engine, vault: Vault, file: Path | None) -> None:
        self.engine = engine
        self._units = (
            engine.execution_options(isolation_level="SERIALIZABLE") if not file else engine
        )
        self._vault = vault
        self._file = file
        self._swept_at: datetime | None = None

    def keep_house(self, at: datetime) -> None:
        """Make erasures physical, and delete what retention no longer allows."""
        if self._swept_at is None or not timedelta() <= at - self._swept_at < SWEPT_EVERY:
            self.sweep(at)
            self._swept_at = at
        asked = self.fact(CLEAN_UP)
        if asked and self._may_clean_up(at) and self.clean_up():
            with self._begin(self.engine) as connection:
                cleaned_up(connection, asked)

    def sweep(self, at: datetime) -> int:
        """Delete what was kept long enough; how many rows and people that were."""
        with self._begin(self._units) as connection:
            deleted = sweep(connection, self._vault, at)
            if deleted:
                ask_for_clean_up(connection)
        return deleted

    def clean_up(self) -> bool:
        """Make what was deleted physically gone, and say whether it is. Not inside a unit."""
        with explained():
            if self._file:
                return sqlite.clean_up(self.engine)
            with self.engine.connect().execution_options(
                isolation_level="AUTOCOMMIT"
            ) as connection:
                # The keys lie here; without them, what is left of the rest cannot be opened.
                connection.exec_driver_sql("VACUUM (FULL) people")
        return True

    def backup(self, to: Path) -> None:
        """Copy a SQLite database to a new file while it is in use."""
        if self._file is None:
            raise ConfigurationFault("Back PostgreSQL up with its own pg_dump.")
        sqlite.backup(self._file, to)

    def probe(self, at: datetime) -> Standing:
        """Write something, and say how the outbox stands. Callable on any thread; never waits for
        a database that is gone."""
        with explained(), self.engine.connect() as connection, connection.begin():
            set_fact(connection, _PROBED, SecretChance().new_id())
            return standing(connection, at)

    def fact(self, name: str) -> str | None:
        """A fact about this installation."""
        with self._begin(self.engine) as connection:
            return fact(connection, name)

    def set_fact(self, name: str, value: str) -> None:
        """Keep a fact about this installation (at most 200 characters, nothing personal)."""
        with self._begin(self.engine) as connection:
            set_fact(connection, name, value)

    def _may_clean_up(self, at: datetime) -> bool:
        small = self._file is None or self._file.stat().st_size < CLEANED_AT_ONCE_BELOW
        return small or at.hour in SMALL_HOURS

    @contextmanager
    def _begin(self, engine: sa.Engine) -> Iterator[sa.Connection]:
        with explained(), self._connect(engine) as connection, connection.begin():
            yield connection

    def _connect(self, engine: sa.Engine) -> sa.Connection:
        """A connection; while PostgreSQL is being restarted, wait for it."""
        deadline = time.monotonic() + (0 if self._file else BACK_WITHIN)
        while True:
            try:
                return engine.connect()
            except sa.exc.OperationalError:
                if time.monotonic() >= deadline:
                    raise
                time.sleep(0.2)


def backup(url: str, to: Path) -> None:
    """Copy a SQLite database that another process may be using. Raises a fault."""
    file = file_of(address_of(url))
    if file is None:
        raise ConfigurationFault("Back PostgreSQL up with its own pg_dump.")
    sqlite.backup(file, to)

"""The SQLite file: opened for one process alone, and never silently empty."""

import fcntl
import os
import sqlite3
from pathlib import Path

import sqlalchemy as sa

from storage.errors import PermissionFault, StorageFault

BUSY = 5_000
"""Milliseconds to wait for another program that reads the file, such as a backup."""
CHECKED_BELOW = 64_000_000
"""Bytes. Larger files are not looked through at every start."""
_NO_TRANSACTION = "banyan_no_transaction"
_MARK = b"The database beside this file holds data; if it is gone, something is wrong.\n"


class Lock:
    """Held by the one process that uses the file.

    The lock lies in a file of its own beside it, which also remembers that there was a database:
    so a file that has vanished is not taken for a first start.
    """

    def __init__(self, database: Path) -> None:
        self._database = database
        self._path = _beside(database)
        try:
            database.parent.mkdir(parents=True, exist_ok=True)
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise PermissionFault(f"{database.parent} cannot be used: {error}") from None
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(self._file)
            raise StorageFault(
                f"{database} is in use by another Banyan. Stop that one first; only on PostgreSQL "
                "can several run side by side."
            ) from None

    @staticmethod
    def vanished(database: Path) -> bool:
        """Whether a database was here before and is not any more. Nothing is made or held."""
        try:
            marked = _beside(database).read_bytes() == _MARK
        except OSError:
            return False
        return marked and empty(database)

    @staticmethod
    def gone(database: Path) -> str:
        """What to do about a database that vanished."""
        return (
            f"{database} was here before and is now missing or empty. Put it back from a backup; "
            f"to begin anew instead, move {_beside(database)} away, and the key."
        )

    def check(self) -> None:
        """Raise a fault when a database was here before and is not any more."""
        if self.vanished(self._database):
            raise StorageFault(self.gone(self._database))
        if empty(self._database):
            os.close(os.open(self._database, os.O_WRONLY | os.O_CREAT, 0o600))

    def mark(self) -> None:
        """Remember that there is a database now."""
        os.pwrite(self._file, _MARK, 0)
        os.fsync(self._file)

    def release(self) -> None:
        """Let another process have the file."""
        os.close(self._file)


def empty(database: Path) -> bool:
    """Whether there is nothing in it, or no file at all."""
    return not database.exists() or database.stat().st_size == 0


def _beside(database: Path) -> Path:
    return database.with_name(database.name + ".lock")


def engine(url: sa.URL) -> sa.Engine:
    """One connection, every transaction of which may write and waits for the disk."""
    made = sa.create_engine(
        url,
        hide_parameters=True,
        pool_size=1,
        max_overflow=0,
        connect_args={"check_same_thread": False},
    )

    @sa.event.listens_for(made, "connect")
    def prepare(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None  # transactions begin where we say, below
        for pragma in (
            f"busy_timeout={BUSY}",
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "secure_delete=ON",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @sa.event.listens_for(made, "begin")
    def begin(connection: sa.Connection) -> None:
        if not connection.get_execution_options().get(_NO_TRANSACTION):
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    return made


def reader(url: sa.URL) -> sa.Engine:
    """A second connection, which sees what is committed and can change nothing.

    It waits for nobody and nobody waits for it: the writer appends to the write-ahead log.
    """
    made = sa.create_engine(
        url,
        hide_parameters=True,
        pool_size=1,
        max_overflow=0,
        connect_args={"check_same_thread": False},
    )

    @sa.event.listens_for(made, "connect")
    def prepare(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None
        for pragma in (f"busy_timeout={BUSY}", "query_only=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @sa.event.listens_for(made, "begin")
    def begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    return made


def check(made: sa.Engine, database: Path) -> None:
    """Raise a fault when the file is damaged."""
    if database.stat().st_size > CHECKED_BELOW:
        return
    with made.begin() as connection:
        found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
    if found != "ok":
        raise StorageFault(f"{database} is damaged ({found}). Put a backup in its place.")


def clean_up(made: sa.Engine) -> bool:
    """Make what was deleted physically gone, also from the write-ahead log.

    False when a reader, such as a backup, still holds the log: then it is to be done again.
    """
    with made.connect().execution_options(**{_NO_TRANSACTION: True}) as connection:
        connection.exec_driver_sql("VACUUM")
        connection.exec_driver_sql("PRAGMA busy_timeout=0")  # nobody waits for a backup's end
        held = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()[0]
        connection.exec_driver_sql(f"PRAGMA busy_timeout={BUSY}")
    return not held


def backup(database: Path, to: Path) -> None:
    """Copy the file as it is at one moment, also while it is in use. ``to`` must not exist yet."""
    if not database.exists():
        raise StorageFault(f"{database} does not exist.")
    try:
        os.close(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        raise StorageFault(f"{to} is there already. Choose another name.") from None
    except OSError as error:
        raise PermissionFault(f"{to} cannot be written: {error}") from None
    source = sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)
    target = sqlite3.connect(to)
    try:
        source.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as error:
        to.unlink(missing_ok=True)
        raise StorageFault(f"The backup failed: {error}.") from None
    finally:
        target.close()
        source.close()

"""Looking at a database and its key without making or changing anything."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import sqlalchemy as sa

from storage.crypto import Vault
from storage.errors import CredentialsFault, StorageFault
from storage.faults import explained
from storage.keyfile import KeySource
from storage.migrations import HEAD
from storage.opening import KEY_CHECK, address_of, file_of, nothing_there, postgres, wrong_key
from storage.sqlite import Lock


def examine(url: str, keys: KeySource) -> Iterator[str]:
    """What can be said of the database behind ``url``. Raises a :class:`Fault`."""
    address = address_of(url)
    file = file_of(address)
    if file is None:
        facts = _postgres(address)
    elif Lock.vanished(file):
        raise StorageFault(Lock.gone(file))
    elif not file.exists():
        facts = None
    else:
        facts = _sqlite(file)
    key = keys.read()
    if facts is None:
        nothing_there(keys)
        yield "There is no database yet; the first start makes it."
        yield "There is a key." if key else "There is no key yet; the first start makes it."
        return
    at, check = facts
    yield "The database can be opened and is sound."
    if at != HEAD:
        yield "The next start brings the database to this release's form."
    if check is not None and key is None:
        raise CredentialsFault(keys.missing())
    if check is not None and key is not None:
        if Vault(key).hash(KEY_CHECK).hex() != check:
            raise wrong_key()
        yield "The key is the right one."


Facts = tuple[str | None, str | None]
"""The schema's version, and what the key is checked by."""


def _sqlite(file: Path) -> Facts | None:
    """``None`` for an empty file."""
    if not file.is_file():
        raise StorageFault(f"{file} is not a file.")
    wal = file.with_name(file.name + "-wal")
    # Where nobody has it open, it is not to be changed meanwhile, and no file is made beside it.
    how = "mode=ro" if wal.exists() else "mode=ro&immutable=1"
    engine = sa.create_engine(
        "sqlite://",
        creator=lambda: sqlite3.connect(f"{file.absolute().as_uri()}?{how}", uri=True),
        hide_parameters=True,
        poolclass=sa.NullPool,
    )
    with explained(), closing(engine.connect()) as connection:
        found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
        if found != "ok":
            raise StorageFault(f"{file} is damaged ({found}). Put a backup in its place.")
        return _facts(connection)


def _postgres(address: sa.URL) -> Facts | None:
    """``None`` for an empty database."""
    engine = postgres(address)
    try:
        with explained(), engine.connect() as connection:
            return _facts(connection)
    finally:
        engine.dispose()


def _facts(connection: sa.Connection) -> Facts | None:
    tables = sa.inspect(connection).get_table_names()
    if "installation" not in tables:
        return None
    at = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
    check = connection.scalar(
        sa.text("SELECT value FROM installation WHERE name = :name"), {"name": KEY_CHECK}
    )
    return at, check

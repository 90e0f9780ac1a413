"""What a database says when it cannot go on, in words for the person who runs the bot."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import sqlalchemy as sa

from bot.shell.ports import RunAgain
from storage.errors import (
    ConfigurationFault,
    CredentialsFault,
    Fault,
    PermissionFault,
    StorageFault,
)

_SQLITE: Final[dict[int, tuple[type[Fault], str]]] = {
    sqlite3.SQLITE_FULL: (StorageFault, "The disk is full. Nothing was lost; make room."),
    sqlite3.SQLITE_CORRUPT: (
        StorageFault,
        "The database file is damaged. Put a backup in its place.",
    ),
    sqlite3.SQLITE_NOTADB: (
        StorageFault,
        "The database file is not a database, or damaged. Put a backup in its place.",
    ),
    sqlite3.SQLITE_IOERR: (StorageFault, "The disk fails when the database is read or written."),
    sqlite3.SQLITE_BUSY: (StorageFault, "Another program is using the database file."),
    sqlite3.SQLITE_LOCKED: (StorageFault, "Another program is using the database file."),
    sqlite3.SQLITE_READONLY: (PermissionFault, "The database file may not be written."),
    sqlite3.SQLITE_CANTOPEN: (PermissionFault, "The database file may not be opened."),
    sqlite3.SQLITE_PERM: (PermissionFault, "The database file may not be opened."),
}

# After PostgreSQL's classes of SQLSTATE; the longest that fits wins.
_POSTGRES: Final[dict[str, tuple[type[Fault], str]]] = {
    "28": (CredentialsFault, "PostgreSQL refuses the user name or the password."),
    "3D": (ConfigurationFault, "PostgreSQL has no database of that name."),
    "42501": (PermissionFault, "The user may not do this in the PostgreSQL database."),
    "53": (StorageFault, "PostgreSQL has run out of disk, memory or connections."),
    "58": (StorageFault, "PostgreSQL reports a failure of its disk."),
    "XX": (StorageFault, "PostgreSQL reports that its data is damaged."),
}
# Serialisation, deadlock, a unique key that somebody else took first, connections lost or refused
# while the server stops or starts.
_AGAIN: Final = ("40001", "40P01", "23505", "08", "57P0")


@contextmanager
def explained() -> Iterator[None]:
    """Raise :class:`RunAgain` or a :class:`Fault` in the place of what the driver raises."""
    try:
        yield
    except sa.exc.DBAPIError as error:
        raise reason(error) from error


def reason(error: sa.exc.DBAPIError) -> Exception:
    """What the driver's error means; the error itself when it is a mistake of ours."""
    original = error.orig
    if isinstance(original, sqlite3.Error):
        primary = getattr(original, "sqlite_errorcode", 0) & 0xFF
        kind, words = _SQLITE.get(primary, (None, ""))
        return kind(words) if kind else error
    state = getattr(original, "sqlstate", None) or ""
    if state.startswith(_AGAIN) or error.connection_invalidated:
        return RunAgain()
    for length in (5, 2):
        kind, words = _POSTGRES.get(state[:length], (None, ""))
        if kind:
            return kind(words)
    if isinstance(error, sa.exc.OperationalError) and not state:
        detail = str(original).lower()
        if "authentication" in detail or "password" in detail:
            return CredentialsFault(_POSTGRES["28"][1])
        if "does not exist" in detail:
            return ConfigurationFault(f"PostgreSQL cannot be used: {str(original).strip()}")
        return StorageFault("PostgreSQL cannot be reached.")
    return error

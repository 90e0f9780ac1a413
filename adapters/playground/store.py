"""The file under the playground's history: tables, transactions and sealing.

``synchronous=FULL`` makes a commit outlive the power; ``secure_delete``, a vacuum and a truncating
checkpoint leave no bytes of somebody who was forgotten.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from adapters.playground import checks
from adapters.playground.model import BOT, Json
from adapters.playground.sealing import Seal

_SCHEMA = """
CREATE TABLE IF NOT EXISTS notes (name TEXT PRIMARY KEY, sealed BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS personas (
    id TEXT PRIMARY KEY, place INTEGER NOT NULL, sealed BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS rooms (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, open INTEGER NOT NULL, sealed BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS seats (
    room TEXT NOT NULL REFERENCES rooms ON DELETE CASCADE, person TEXT NOT NULL,
    PRIMARY KEY (room, person));
CREATE INDEX IF NOT EXISTS seats_of ON seats (person);
CREATE TABLE IF NOT EXISTS said (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
    room TEXT NOT NULL REFERENCES rooms ON DELETE CASCADE, author TEXT NOT NULL, only TEXT,
    thread TEXT, at TEXT NOT NULL, edited INTEGER NOT NULL DEFAULT 0, sealed BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS said_in ON said (room, seq);
CREATE INDEX IF NOT EXISTS said_thread ON said (thread) WHERE thread IS NOT NULL;
CREATE TABLE IF NOT EXISTS looked (
    person TEXT NOT NULL, room TEXT NOT NULL REFERENCES rooms ON DELETE CASCADE,
    seq INTEGER NOT NULL, PRIMARY KEY (person, room));
CREATE TABLE IF NOT EXISTS answered (
    event TEXT PRIMARY KEY, person TEXT NOT NULL, at TEXT NOT NULL, sealed BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS receipts (key TEXT PRIMARY KEY, made TEXT);
"""


class Store:
    """One SQLite file. Raises :class:`~.sealing.WrongKey` when another key sealed it."""

    def __init__(self, file: Path, seal: Seal) -> None:
        self._seal = seal
        self.database = sqlite3.connect(file, isolation_level=None)
        self.database.row_factory = sqlite3.Row
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "secure_delete=ON",
            "foreign_keys=ON",
            "busy_timeout=5000",
        ):
            self.database.execute(f"PRAGMA {pragma}")
        try:
            self.database.executescript(_SCHEMA)
            file.chmod(0o600)
            checks.check(self.database, seal)
        except BaseException:
            self.database.close()
            raise

    @contextmanager
    def writing(self) -> Iterator[None]:
        """All writes of the block, or none of them. Blocks within blocks join the outer one."""
        if self.database.in_transaction:
            yield
            return
        self.database.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.database.execute("ROLLBACK")
            raise
        self.database.execute("COMMIT")

    def clean(self) -> None:
        """Leave no bytes of what was deleted. Not inside a transaction."""
        self.database.execute("VACUUM")
        self.database.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def tag(self, person: str) -> str:
        """What stands for a person where it can be searched for: a keyed hash."""
        return person if person == BOT else self._seal.word(f"person {person}")

    def sealed(self, value: Json, place: str) -> bytes:
        """``value`` sealed for ``place``."""
        return self._seal.close(json.dumps(value, ensure_ascii=False).encode(), place)

    def words(self, sealed: bytes, place: str) -> str:
        """What was sealed for ``place``, as JSON text."""
        return self._seal.open(sealed, place).decode()

    def opened(self, sealed: bytes, place: str) -> Json:
        """What was sealed for ``place``."""
        value: Json = json.loads(self.words(sealed, place))
        return value

"""The playground's own store: personas, rooms and what was said, in one SQLite file.

It lies outside the core's database because it stands for the platform. Names and words are sealed;
what lies open are random ids, times and who sits where. Calls are synchronous and short, and made
on the event loop: with nothing awaited between looking and writing, no two of them can cross.

``synchronous=FULL`` makes a commit outlive the power; ``secure_delete``, a vacuum and a truncating
checkpoint leave no bytes of somebody who was forgotten.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path

from adapters.playground.model import BOT, Json, Kind, Persona, Room, Said
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

_VISIBLE = "(only IS NULL OR only = :person)"


class History:
    """Everything the playground keeps. Raises :class:`~.sealing.WrongKey` on another's file."""

    def __init__(self, file: Path, seal: Seal) -> None:
        self._seal = seal
        self._db = sqlite3.connect(file, isolation_level=None)
        self._db.row_factory = sqlite3.Row
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
            self._db.execute(f"PRAGMA {pragma}")
        self._db.execute("PRAGMA foreign_keys=ON")
        self._db.executescript(_SCHEMA)
        file.chmod(0o600)
        if self.note("opened") is None:
            self.keep_note("opened", {"schema": 1})

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """All writes of the block, or none of them. Blocks within blocks join the outer one."""
        if self._db.in_transaction:
            yield
            return
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    # --- small things worth remembering ----------------------------------------------------

    def note(self, name: str) -> Json | None:
        """What was kept under ``name``."""
        row = self._db.execute("SELECT sealed FROM notes WHERE name = ?", (name,)).fetchone()
        return self._opened(row["sealed"], f"note {name}") if row else None

    def keep_note(self, name: str, value: Json) -> None:
        """Keep ``value`` under ``name``."""
        sealed = self._sealed(value, f"note {name}")
        self._db.execute("INSERT OR REPLACE INTO notes VALUES (?, ?)", (name, sealed))

    # --- personas --------------------------------------------------------------------------

    def personas(self) -> dict[str, Persona]:
        """Everybody by id, in the order they came."""
        rows = self._db.execute("SELECT id, sealed FROM personas ORDER BY place").fetchall()
        return {row["id"]: self._persona(row) for row in rows}

    def persona(self, key: str) -> Persona | None:
        """One of them."""
        row = self._db.execute("SELECT id, sealed FROM personas WHERE id = ?", (key,)).fetchone()
        return self._persona(row) if row else None

    def keep_persona(self, persona: Persona) -> None:
        """Add somebody, or give them a new face."""
        sealed = self._sealed(asdict(persona), f"persona {persona.id}")
        self._db.execute(
            "INSERT INTO personas SELECT ?, coalesce(max(place), 0) + 1, ? FROM personas WHERE true"
            " ON CONFLICT (id) DO UPDATE SET sealed = excluded.sealed",
            (persona.id, sealed),
        )

    # --- rooms -----------------------------------------------------------------------------

    def open_room(self, room: Room) -> None:
        """Make a room, or bring its name and state up to date."""
        sealed = self._sealed({"name": room.name}, f"room {room.id}")
        self._db.execute(
            "INSERT INTO rooms VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE"
            " SET open = excluded.open, sealed = excluded.sealed",
            (room.id, room.kind.value, room.open, sealed),
        )

    def room(self, key: str) -> Room | None:
        """One room."""
        row = self._db.execute("SELECT * FROM rooms WHERE id = ?", (key,)).fetchone()
        return self._room(row) if row else None

    def rooms_for(self, persona: Persona) -> list[Room]:
        """The rooms this persona may enter, in the order they were opened."""
        rows = self._db.execute(
            "SELECT * FROM rooms WHERE kind = 'channel' OR (kind = 'staff' AND :moderator)"
            " OR id IN (SELECT room FROM seats WHERE person = :person) ORDER BY rowid",
            {"moderator": persona.moderator, "person": persona.id},
        ).fetchall()
        return [self._room(row) for row in rows]

    def may_enter(self, persona: Persona, room: str) -> bool:
        """Whether this persona may read and write in a room."""
        return any(one.id == room for one in self.rooms_for(persona))

    def seat(self, room: str, person: str) -> None:
        """Let somebody into a room."""
        self._db.execute("INSERT OR IGNORE INTO seats VALUES (?, ?)", (room, person))

    def unseat(self, room: str, person: str) -> None:
        """Take somebody out of a room."""
        self._db.execute("DELETE FROM seats WHERE room = ? AND person = ?", (room, person))

    def seated(self, room: str) -> list[str]:
        """Who has a seat in a room."""
        rows = self._db.execute("SELECT person FROM seats WHERE room = ? ORDER BY rowid", (room,))
        return [row["person"] for row in rows]

    # --- what was said ---------------------------------------------------------------------

    def say(
        self,
        key: str,
        room: str,
        author: str,
        *,
        at: datetime,
        body: Json,
        only: str | None = None,
        thread: str | None = None,
    ) -> bool:
        """Keep a message. False when one with this id is there already; then nothing changes."""
        sealed = self._sealed(body, f"said {key}")
        added = self._db.execute(
            "INSERT OR IGNORE INTO said (id, room, author, only, thread, at, sealed)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (key, room, author, only, thread, at.isoformat(), sealed),
        )
        return added.rowcount > 0

    def reword(self, key: str, body: Json) -> None:
        """Put other words in the place of a message's."""
        sealed = self._sealed(body, f"said {key}")
        self._db.execute("UPDATE said SET sealed = ?, edited = 1 WHERE id = ?", (sealed, key))

    def unsay(self, key: str) -> None:
        """Take a message back; where somebody replied to it, its place stays."""
        gone = self._sealed({"gone": True}, f"said {key}")
        self._db.execute(
            "UPDATE said SET sealed = ?, author = ? WHERE id = ?"
            " AND EXISTS (SELECT 1 FROM said AS reply WHERE reply.thread = said.id)",
            (gone, BOT, key),
        )
        self._db.execute(
            "DELETE FROM said WHERE id = ?"
            " AND NOT EXISTS (SELECT 1 FROM said AS reply WHERE reply.thread = said.id)",
            (key,),
        )

    def message(self, key: str) -> Said | None:
        """One message."""
        row = self._db.execute("SELECT * FROM said WHERE id = ?", (key,)).fetchone()
        return self._said(row) if row else None

    def messages(
        self, room: str, person: str, before: int | None = None, limit: int = 80
    ) -> list[Said]:
        """The newest messages of a room that ``person`` may see, oldest first."""
        rows = self._db.execute(
            f"SELECT * FROM said WHERE room = :room AND {_VISIBLE}"  # noqa: S608
            " AND (:before IS NULL OR seq < :before) ORDER BY seq DESC LIMIT :limit",
            {"room": room, "person": person, "before": before, "limit": limit},
        ).fetchall()
        return [self._said(row) for row in reversed(rows)]

    def look(self, person: str, room: str) -> None:
        """Everything in a room is read by now."""
        self._db.execute(
            "INSERT OR REPLACE INTO looked SELECT ?, ?, coalesce(max(seq), 0) FROM said"
            " WHERE room = ?",
            (person, room, room),
        )

    def unread(self, person: str) -> dict[str, int]:
        """How many messages of others each room holds that ``person`` has not looked at."""
        rows = self._db.execute(
            f"SELECT said.room, count(*) AS many FROM said LEFT JOIN looked"  # noqa: S608
            " ON looked.room = said.room AND looked.person = :person"
            f" WHERE seq > coalesce(looked.seq, 0) AND author != :person AND {_VISIBLE}"
            " GROUP BY said.room",
            {"person": person},
        )
        return {row["room"]: row["many"] for row in rows}

    # --- doing things once -----------------------------------------------------------------

    def answer(self, event: str) -> Json | None:
        """What an event was answered, if it was."""
        row = self._db.execute("SELECT sealed FROM answered WHERE event = ?", (event,)).fetchone()
        return self._opened(row["sealed"], f"answer {event}") if row else None

    def keep_answer(self, event: str, person: str, at: datetime, answer: Json) -> None:
        """Remember what an event was answered; the newest few hundred are kept."""
        sealed = self._sealed(answer, f"answer {event}")
        self._db.execute(
            "INSERT OR REPLACE INTO answered VALUES (?, ?, ?, ?)",
            (event, person, at.isoformat(), sealed),
        )
        self._db.execute(
            "DELETE FROM answered WHERE rowid <= (SELECT max(rowid) FROM answered) - 300"
        )

    def receipt(self, parcel: str) -> tuple[bool, str | None]:
        """Whether a parcel was delivered, and what it became."""
        row = self._db.execute("SELECT made FROM receipts WHERE key = ?", (parcel,)).fetchone()
        return (True, row["made"]) if row else (False, None)

    def keep_receipt(self, parcel: str, made: str | None) -> None:
        """Remember that a parcel was delivered."""
        self._db.execute("INSERT INTO receipts VALUES (?, ?)", (parcel, made))

    # --- forgetting ------------------------------------------------------------------------

    def forget(self, person: str) -> None:
        """Erase a persona, all they said or were told alone, and their name where others said it.

        Answers that only their reader could see go altogether when they show the person.
        """
        persona = self.persona(person)
        with self.writing():
            self._db.execute(
                "DELETE FROM rooms WHERE kind = 'direct'"
                " AND id IN (SELECT room FROM seats WHERE person = ?)",
                (person,),
            )
            mine = self._db.execute("SELECT id FROM said WHERE author = ?", (person,)).fetchall()
            for row in mine:
                self.unsay(row["id"])
            for table, column in (
                ("said", "only"),
                ("seats", "person"),
                ("looked", "person"),
                ("answered", "person"),
                ("personas", "id"),
            ):
                self._db.execute(f"DELETE FROM {table} WHERE {column} = ?", (person,))  # noqa: S608
            if persona is not None:
                self._unname(persona)
        self._db.execute("VACUUM")
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _unname(self, persona: Persona) -> None:
        name = json.dumps(persona.name, ensure_ascii=False)[1:-1]
        mention = json.dumps(persona.id)
        for row in self._db.execute("SELECT event, sealed FROM answered").fetchall():
            words = self._words(row["sealed"], f"answer {row['event']}")
            if name in words or mention in words:
                self._db.execute("DELETE FROM answered WHERE event = ?", (row["event"],))
        for row in self._db.execute("SELECT id, only, sealed FROM said").fetchall():
            words = self._words(row["sealed"], f"said {row['id']}")
            if row["only"] and (name in words or mention in words):
                self._db.execute("DELETE FROM said WHERE id = ?", (row["id"],))
            elif name in words:
                self.reword(row["id"], json.loads(words.replace(name, "…")))

    # --- sealing ---------------------------------------------------------------------------

    def _sealed(self, value: Json, place: str) -> bytes:
        return self._seal.close(json.dumps(value, ensure_ascii=False).encode(), place)

    def _words(self, sealed: bytes, place: str) -> str:
        return self._seal.open(sealed, place).decode()

    def _opened(self, sealed: bytes, place: str) -> Json:
        value: Json = json.loads(self._words(sealed, place))
        return value

    def _persona(self, row: sqlite3.Row) -> Persona:
        face = self._opened(row["sealed"], f"persona {row['id']}")
        return Persona(
            row["id"],
            str(face["name"]),
            str(face["zone"]),
            str(face["language"]),
            bool(face["moderator"]),
            bool(face["you"]),
        )

    def _room(self, row: sqlite3.Row) -> Room:
        name = str(self._opened(row["sealed"], f"room {row['id']}")["name"])
        return Room(row["id"], Kind(row["kind"]), name, bool(row["open"]))

    def _said(self, row: sqlite3.Row) -> Said:
        return Said(
            row["seq"],
            row["id"],
            row["room"],
            row["author"],
            datetime.fromisoformat(row["at"]),
            self._opened(row["sealed"], f"said {row['id']}"),
            row["only"],
            row["thread"],
            bool(row["edited"]),
        )


def closed(room: Room) -> Room:
    """The room, for reading only."""
    return replace(room, open=False)

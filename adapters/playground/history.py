"""The playground's own store: personas, rooms and what was said, in one SQLite file.

It lies outside the core's database because it stands for the platform. Names and words are sealed,
and people appear only as keyed hashes, since the ids of an imported file may well be names. Calls
are synchronous and short, and made on the event loop: with nothing awaited between looking and
writing, no two of them can cross.
"""

import json
import sqlite3
from contextlib import AbstractContextManager
from dataclasses import asdict
from datetime import datetime

from adapters.playground.model import BOT, Json, Kind, Persona, Room, Said
from adapters.playground.store import Store

_VISIBLE = "(only IS NULL OR only = :person)"


class History:
    """Everything the playground keeps."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._db = store.database

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def writing(self) -> AbstractContextManager[None]:
        """All writes of the block, or none of them."""
        return self._store.writing()

    # --- small things worth remembering ----------------------------------------------------

    def note(self, name: str) -> Json | None:
        """What was kept under ``name``."""
        row = self._db.execute("SELECT sealed FROM notes WHERE name = ?", (name,)).fetchone()
        return self._store.opened(row["sealed"], f"note {name}") if row else None

    def keep_note(self, name: str, value: Json) -> None:
        """Keep ``value`` under ``name``."""
        sealed = self._store.sealed(value, f"note {name}")
        self._db.execute("INSERT OR REPLACE INTO notes VALUES (?, ?)", (name, sealed))

    # --- personas --------------------------------------------------------------------------

    def personas(self) -> dict[str, Persona]:
        """Everybody by id, in the order they came."""
        rows = self._db.execute("SELECT id, sealed FROM personas ORDER BY place").fetchall()
        return {persona.id: persona for persona in map(self._persona, rows)}

    def persona(self, key: str) -> Persona | None:
        """One of them."""
        row = self._db.execute(
            "SELECT id, sealed FROM personas WHERE id = ?", (self._store.tag(key),)
        ).fetchone()
        return self._persona(row) if row else None

    def keep_persona(self, persona: Persona) -> None:
        """Add somebody, or give them a new face."""
        tag = self._store.tag(persona.id)
        sealed = self._store.sealed(asdict(persona), f"persona {tag}")
        self._db.execute(
            "INSERT INTO personas SELECT ?, coalesce(max(place), 0) + 1, ? FROM personas WHERE true"
            " ON CONFLICT (id) DO UPDATE SET sealed = excluded.sealed",
            (tag, sealed),
        )

    # --- rooms -----------------------------------------------------------------------------

    def open_room(self, room: Room) -> None:
        """Make a room, or bring its name and state up to date."""
        sealed = self._store.sealed({"name": room.name}, f"room {room.id}")
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
            {"moderator": persona.moderator, "person": self._store.tag(persona.id)},
        ).fetchall()
        return [self._room(row) for row in rows]

    def may_enter(self, persona: Persona, room: str) -> bool:
        """Whether this persona may read and write in a room."""
        return any(one.id == room for one in self.rooms_for(persona))

    def room_with_bot(self, person: str) -> str:
        """The id of the room in which the bot writes to somebody."""
        return f"bot-{self._store.tag(person)}"

    def room_among(self, people: list[str]) -> str:
        """The id of the room in which these people, in this order, write to each other."""
        return f"dm-{self._store.tag(json.dumps(people))}"

    def seat(self, room: str, person: str) -> None:
        """Let somebody into a room."""
        self._db.execute(
            "INSERT OR IGNORE INTO seats VALUES (?, ?)", (room, self._store.tag(person))
        )

    def unseat(self, room: str, person: str) -> None:
        """Take somebody out of a room."""
        self._db.execute(
            "DELETE FROM seats WHERE room = ? AND person = ?", (room, self._store.tag(person))
        )

    def seated(self, room: str) -> list[str]:
        """Who has a seat in a room."""
        rows = self._db.execute(
            "SELECT id, sealed FROM seats JOIN personas ON id = person WHERE room = ?"
            " ORDER BY seats.rowid",
            (room,),
        )
        return [self._persona(row).id for row in rows]

    def in_circles(self) -> list[str]:
        """Who has a seat in a private room that is open."""
        rows = self._db.execute(
            "SELECT personas.id, personas.sealed FROM seats JOIN personas ON personas.id = person"
            " JOIN rooms ON rooms.id = room WHERE kind = 'private' AND open ORDER BY seats.rowid"
        )
        return [self._persona(row).id for row in rows]

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
        sealed = self._message(key, author, body, only)
        added = self._db.execute(
            "INSERT OR IGNORE INTO said (id, room, author, only, thread, at, sealed)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                key,
                room,
                self._store.tag(author),
                self._store.tag(only) if only else None,
                thread,
                at.isoformat(),
                sealed,
            ),
        )
        return added.rowcount > 0

    def reword(self, key: str, body: Json) -> None:
        """Put other words in the place of a message's, if it is there."""
        said = self.message(key)
        if said is None:
            return
        sealed = self._message(key, said.author, body, said.only)
        self._db.execute("UPDATE said SET sealed = ?, edited = 1 WHERE id = ?", (sealed, key))

    def unsay(self, key: str) -> None:
        """Take a message back; where somebody replied to it, its place stays."""
        gone = self._message(key, BOT, {"gone": True}, None)
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
            {"room": room, "person": self._store.tag(person), "before": before, "limit": limit},
        ).fetchall()
        return [self._said(row) for row in reversed(rows)]

    def look(self, person: str, room: str) -> None:
        """Everything in a room is read by now."""
        self._db.execute(
            "INSERT OR REPLACE INTO looked SELECT ?, ?, coalesce(max(seq), 0) FROM said"
            " WHERE room = ?",
            (self._store.tag(person), room, room),
        )

    def unread(self, person: str) -> dict[str, int]:
        """How many messages of others each room holds that ``person`` has not looked at."""
        rows = self._db.execute(
            f"SELECT said.room, count(*) AS many FROM said LEFT JOIN looked"  # noqa: S608
            " ON looked.room = said.room AND looked.person = :person"
            f" WHERE said.seq > coalesce(looked.seq, 0) AND author != :person AND {_VISIBLE}"
            " GROUP BY said.room",
            {"person": self._store.tag(person)},
        )
        return {row["room"]: row["many"] for row in rows}

    # --- doing things once -----------------------------------------------------------------

    def answer(self, event: str) -> Json | None:
        """What an event was answered, if it was."""
        row = self._db.execute("SELECT sealed FROM answered WHERE event = ?", (event,)).fetchone()
        return self._store.opened(row["sealed"], f"answer {event}") if row else None

    def keep_answer(self, event: str, person: str, at: datetime, answer: Json) -> None:
        """Remember what an event was answered; the newest few hundred are kept."""
        sealed = self._store.sealed(answer, f"answer {event}")
        self._db.execute(
            "INSERT OR REPLACE INTO answered VALUES (?, ?, ?, ?)",
            (event, self._store.tag(person), at.isoformat(), sealed),
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
        persona, tag = self.persona(person), self._store.tag(person)
        with self.writing():
            self._db.execute(
                "DELETE FROM rooms WHERE kind = 'direct'"
                " AND id IN (SELECT room FROM seats WHERE person = ?)",
                (tag,),
            )
            mine = self._db.execute("SELECT id FROM said WHERE author = ?", (tag,)).fetchall()
            for row in mine:
                self.unsay(row["id"])
            for table, column in (
                ("said", "only"),
                ("seats", "person"),
                ("looked", "person"),
                ("answered", "person"),
                ("personas", "id"),
            ):
                self._db.execute(f"DELETE FROM {table} WHERE {column} = ?", (tag,))  # noqa: S608
            if persona is not None:
                self._unname(persona)
        self._store.clean()

    def _unname(self, persona: Persona) -> None:
        name = json.dumps(persona.name, ensure_ascii=False)[1:-1]
        key = json.dumps(persona.id)
        for row in self._db.execute("SELECT event, sealed FROM answered").fetchall():
            words = self._store.words(row["sealed"], f"answer {row['event']}")
            if name in words or key in words:
                self._db.execute("DELETE FROM answered WHERE event = ?", (row["event"],))
        for row in self._db.execute("SELECT * FROM said").fetchall():
            said = self._said(row)
            words = json.dumps(said.body, ensure_ascii=False)
            if said.only and (name in words or key in words):
                self._db.execute("DELETE FROM said WHERE id = ?", (said.id,))
            elif name in words:
                self.reword(said.id, json.loads(words.replace(name, "…")))

    # --- rows ------------------------------------------------------------------------------

    def _persona(self, row: sqlite3.Row) -> Persona:
        face = self._store.opened(row["sealed"], f"persona {row['id']}")
        return Persona(
            str(face["id"]),
            str(face["name"]),
            str(face["zone"]),
            str(face["language"]),
            bool(face["moderator"]),
            bool(face["you"]),
        )

    def _room(self, row: sqlite3.Row) -> Room:
        name = str(self._store.opened(row["sealed"], f"room {row['id']}")["name"])
        return Room(row["id"], Kind(row["kind"]), name, bool(row["open"]))

    def _message(self, key: str, author: str, body: Json, only: str | None) -> bytes:
        return self._store.sealed({"author": author, "only": only, "body": body}, f"said {key}")

    def _said(self, row: sqlite3.Row) -> Said:
        kept = self._store.opened(row["sealed"], f"said {row['id']}")
        body, only = kept["body"], kept["only"]
        return Said(
            row["seq"],
            row["id"],
            row["room"],
            str(kept["author"]),
            datetime.fromisoformat(row["at"]),
            body if isinstance(body, dict) else {},
            str(only) if only else None,
            row["thread"],
            bool(row["edited"]),
        )

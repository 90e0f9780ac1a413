"""Messages that ended without anybody knowing that they were read."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from bot.core.boundary.events import Why
from bot.core.boundary.ids import PersonId
from bot.core.programme.mail.store import Letter
from storage.codec import Codec, read_to
from storage.ground import Ground
from storage.outbox import patient_until
from storage.own import prepare
from storage.tables.mail import OUTBOX, unread

KEPT = timedelta(days=30)
"""How long a private message waits for its reader's next command."""
_MOST = 10

# Asked at every command, so built once.
_UNREAD = (
    prepare(OUTBOX)
    .where(
        OUTBOX.c.person == sa.bindparam("person"),
        unread(OUTBOX),
        OUTBOX.c.kind == "person",
        (OUTBOX.c.state == "uncertain") | (OUTBOX.c.reason == Why.CLOSED.value),
        OUTBOX.c.ended_at > sa.bindparam("since", type_=OUTBOX.c.ended_at.type),
        OUTBOX.c.expires.is_(None)
        | (OUTBOX.c.expires > sa.bindparam("at", type_=OUTBOX.c.expires.type)),
    )
    .order_by(OUTBOX.c.id)
    .limit(_MOST)
)


class SqlMail:
    """The messages of one community."""

    def __init__(self, ground: Ground, codec: Codec) -> None:
        self._ground = ground
        self._codec = codec

    def unread(self, person: PersonId) -> tuple[Letter, ...]:
        """Private messages to this person that found the inbox closed or may not have come."""
        at = self._ground.at
        rows = self._ground.run(_UNREAD, person=person, since=at - KEPT, at=at)
        return self._letters(rows)

    def have_read(self, person: PersonId, number: int) -> None:
        """This person has read these, up to the one with this number, by another way."""
        these = (OUTBOX.c.person == person) & (OUTBOX.c.kind == "person")
        read = these & unread(OUTBOX) & (OUTBOX.c.id <= number)
        self._ground.update(OUTBOX, read, state="sent", reason="read")

    def doubtful(self) -> tuple[Letter, ...]:
        """Messages in rooms of which nobody knows whether they came, oldest first."""
        rows = self._ground.connection.execute(
            self._ground.select(OUTBOX)
            .where(unread(OUTBOX), OUTBOX.c.kind == "room", OUTBOX.c.state == "uncertain")
            .order_by(OUTBOX.c.id)
        )
        return self._letters(rows)

    def settle(self, number: int, *, arrived: bool) -> None:
        """Say of one of these that it came, or that it is to be sent again now."""
        at = self._ground.at
        again = {"state": "due", "due": at, "waits_until": patient_until(at), "ended_at": None}
        values = {"state": "sent"} if arrived else {**again, "perhaps_done": False}
        this = (OUTBOX.c.id == number) & (OUTBOX.c.state == "uncertain")
        self._ground.update(OUTBOX, this, reason=None, **values)

    def _letters(self, rows: sa.CursorResult[Any]) -> tuple[Letter, ...]:
        found: list[Letter] = []
        for row in rows:
            what = self._codec.read_what(row.what)
            if what is not None:
                late = row.expires is not None and row.expires <= self._ground.at
                to, perhaps = read_to(row.kind, row.to), row.state == "uncertain"
                found.append(Letter(row.id, to, what, row.ended_at, perhaps, late))
        return tuple(found)

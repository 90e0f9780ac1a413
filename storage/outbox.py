"""What one unit owes: written, cancelled and settled in the unit's own transaction.

Each delivery stands in a lane (its room, its person, or the lane of what it takes back), in which
one is made after the other. :mod:`storage.claims` says when it is whose turn.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bot.core.boundary.events import Why
from bot.core.boundary.ids import Key, PersonId, RoomRef
from bot.core.boundary.outcome import Delete, Delivery, Edit, ErasePerson, Invite, Remove, To
from bot.shell.ports import Owed, Receipt
from storage.codec import Codec, kind_of, person_in, room_in, write_to
from storage.ground import Ground
from storage.people import SqlPeople
from storage.rooms import SqlRooms
from storage.tables.mail import OUTBOX, OUTBOX_ABOUT

PATIENCE = timedelta(minutes=15)
"""How long a delivery lets an earlier one of its lane go first. A retry comes sooner than this and
keeps its place; what is held for longer (quiet hours) lets the others pass."""

_ENDED = {Why.EXPIRED: "missed", Why.UNCERTAIN: "uncertain"}


class SqlOutbox:
    """The deliveries of one community, within one unit."""

    def __init__(self, ground: Ground, people: SqlPeople, rooms: SqlRooms, codec: Codec) -> None:
        self._ground = ground
        self._people = people
        self._rooms = rooms
        self._codec = codec

    def owe(self, deliveries: Sequence[Delivery]) -> None:
        """Put deliveries into the outbox; a key already there is left as it is.

        What is for somebody who is not known (any more) is owed to nobody.
        """
        for delivery in deliveries:
            person = person_in(delivery.to)
            if person is not None and self._people.get(person) is None:
                continue
            if isinstance(delivery.to, Delete):
                self.cancel([delivery.to.key])
            row = self._row(delivery, person)
            if not self._ground.add_once(OUTBOX, **row):
                continue
            if isinstance(delivery.to, Invite | Remove):
                self._outdate(delivery.to, delivery.key)
            if delivery.about:
                self._note_about(delivery)

    def cancel(self, keys: Sequence[Key]) -> None:
        """Cancel what has not been sent yet; what is being sent just now is not tried again."""
        if not keys:
            return
        these = OUTBOX.c.key.in_(keys)
        self._update(these & (OUTBOX.c.state == "claimed"), expires=self._ground.at)
        self.cancel_where(these, "cancelled")

    def cancel_where(self, condition: sa.ColumnElement[bool], reason: str) -> None:
        """Cancel every delivery that waits and meets the condition."""
        self._update(
            condition & (OUTBOX.c.state == "due"),
            state="cancelled",
            reason=reason,
            ended_at=self._ground.at,
            person_ref=None,
        )

    def settle(self, owed: Owed, made: Receipt, failed: Why | None, cancelled: str | None) -> bool:
        """Write down how a claimed delivery ended. False when the claim was lost meanwhile."""
        state = "sent"
        if cancelled is not None:
            state = "cancelled"
        elif failed is not None:
            state = _ENDED.get(failed, "failed")
        reason = cancelled or (failed.value if failed else None)
        receipt = self._ground.seals.seal(OUTBOX.c.receipt, made) if made else None
        held = (OUTBOX.c.id == owed.row) & (OUTBOX.c.epoch == owed.epoch)
        settled = self._update(
            held & (OUTBOX.c.state == "claimed"),
            state=state,
            reason=reason[:40] if reason else None,
            receipt=receipt,
            ended_at=self._ground.at,
            person_ref=None,
            claimant=None,
            claimed_until=None,
        )
        if settled and made and kind_of(owed.to) == "new_room":
            room = room_in(owed.to)
            if room is not None:
                self._rooms.opened(room, RoomRef(made))
        if settled and isinstance(owed.to, Delete) and state == "sent":
            self._update(OUTBOX.c.key == owed.to.key, receipt=None)
        return settled

    def said_about(self, person: PersonId) -> tuple[Key, ...]:
        """The keys of messages sent, or being sent, that hold this person's name or words."""
        rows = self._ground.connection.execute(
            self._ground.select(OUTBOX.c.key)
            .join(
                OUTBOX_ABOUT,
                (OUTBOX_ABOUT.c.community_id == OUTBOX.c.community_id)
                & (OUTBOX_ABOUT.c.delivery == OUTBOX.c.id),
            )
            .where(
                OUTBOX_ABOUT.c.person == person,
                OUTBOX.c.kind.in_(("room", "person")),
                OUTBOX.c.receipt.is_not(None) | (OUTBOX.c.state == "claimed"),
            )
            .order_by(OUTBOX.c.id)
        )
        return tuple(Key(row.key) for row in rows)

    def _outdate(self, to: Invite | Remove, key: Key) -> None:
        """The newest word on somebody and a room stands: who was let in again is not put out by
        an earlier word that still waits. One that is being carried out ends first, by its lane."""
        others = OUTBOX.c.kind.in_(("invite", "remove")) & (OUTBOX.c.key != key)
        same = (OUTBOX.c.room == to.room) & (OUTBOX.c.person == to.person)
        self.cancel_where(others & same, "outdated")

    def _row(self, delivery: Delivery, person: PersonId | None) -> dict[str, Any]:
        to, due = delivery.to, delivery.due or self._ground.at
        return {
            "key": delivery.key,
            "lane": self._lane(delivery),
            "kind": kind_of(to),
            "to": write_to(to),
            "what": self._codec.what(delivery.what),
            "person": person,
            "person_ref": self._snapshot(to, person),
            "room": room_in(to),
            "original": to.key if isinstance(to, Delete | Edit) else None,
            "due": due,
            "waits_until": patient_until(due),
            "expires": delivery.expires,
            "state": "due",
            "epoch": 0,
            "attempts": 0,
            "perhaps_done": False,
        }

    def _snapshot(self, to: To, person: PersonId | None) -> bytes | None:
        """The person's ref where their row may be gone by the time this is done."""
        known = self._people.get(person) if person else None
        if known is None or not isinstance(to, Remove | ErasePerson):
            return None
        return self._ground.seals.seal(OUTBOX.c.person_ref, known.ref)

    def _lane(self, delivery: Delivery) -> str:
        to = delivery.to
        if isinstance(to, Delete | Edit):
            original = self._ground.connection.scalar(
                self._ground.select(OUTBOX.c.lane).where(OUTBOX.c.key == to.key)
            )
            return original or f"key:{to.key}"
        if room := room_in(to):
            return f"room:{room}"
        if person := person_in(to):
            return f"person:{person}"
        return f"key:{delivery.key}"

    def _note_about(self, delivery: Delivery) -> None:
        row = self._ground.connection.scalar(
            self._ground.select(OUTBOX.c.id).where(OUTBOX.c.key == delivery.key)
        )
        for person in self._people.many(list(delivery.about)):
            self._ground.add_once(OUTBOX_ABOUT, delivery=row, person=person)

    def _update(self, condition: sa.ColumnElement[bool], **values: object) -> bool:
        return self._ground.update(OUTBOX, condition, **values) > 0


def patient_until(due: datetime) -> datetime:
    """Until when what is due then lets earlier deliveries of its lane go first."""
    return due + PATIENCE

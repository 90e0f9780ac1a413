"""Whose turn it is in the outbox, over all communities.

A delivery is made when it is due, nothing before it in its lane is still to be made (but for what
it need not wait for), and its room is open. It is claimed for 90 seconds under an epoch: whoever
lost the claim meanwhile can no longer settle it, and a claim that ran out comes back as perhaps
done.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa

from bot.core.boundary.ids import (
    CommunityId,
    Key,
    MessageRef,
    PersonId,
    PersonRef,
    Ref,
    RoomId,
    RoomRef,
)
from bot.shell.ports import Owed, Standing, Uncertain
from storage import everywhere
from storage.catalogue import Moment
from storage.chance import Chance
from storage.circles import SqlCircles
from storage.codec import IN_ROOM, Codec, read_to
from storage.community import ref_of, seals_of
from storage.crypto import Vault
from storage.ground import Ground
from storage.outbox import patient_until
from storage.people import SqlPeople
from storage.rooms import SqlRooms
from storage.tables.community import COMMUNITIES
from storage.tables.mail import OUTBOX, unfinished
from storage.tables.rooms import ROOMS

LEASE = timedelta(seconds=90)

_INVITE = "invite"
_ORIGINAL = OUTBOX.alias("original")
_EARLIER = OUTBOX.alias("earlier")


class Claims:
    """The turns of one process, known by a random name."""

    def __init__(self, vault: Vault, codec: Codec, chance: Chance) -> None:
        self._vault = vault
        self._codec = codec
        self._chance = chance
        self._name = chance.new_id()

    def claim(
        self, connection: sa.Connection, platforms: Sequence[str], at: datetime, limit: int
    ) -> tuple[Owed, ...]:
        """Claim up to ``limit`` deliveries to make now."""
        values = {"platforms": list(platforms), "at": at, "most": limit}
        rows = connection.execute(_turns(), values).all()
        self._take(connection, [row.id for row in rows], at)
        known: dict[str, Ground] = {}
        for row in rows:
            if row.community_id not in known:
                seals = seals_of(connection, self._vault, row.community_id, row.community_key)
                community = CommunityId(row.community_id)
                known[community] = Ground(connection, community, seals, at, self._chance)
        return tuple(self._owed(known[row.community_id], row) for row in rows)

    def put_back(
        self,
        connection: sa.Connection,
        owed: Owed,
        due: datetime,
        *,
        perhaps_done: bool,
        failed: bool,
    ) -> None:
        """Give a claim back, to be made at ``due``; a try that ``failed`` counts as one."""
        connection.execute(
            everywhere.update(OUTBOX)
            .where(
                OUTBOX.c.id == owed.row,
                OUTBOX.c.epoch == owed.epoch,
                OUTBOX.c.state == "claimed",
            )
            .values(
                state="due",
                due=due,
                waits_until=patient_until(due),
                perhaps_done=perhaps_done,
                attempts=OUTBOX.c.attempts - (0 if failed else 1),
                claimant=None,
                claimed_until=None,
            )
        )

    def release(self, connection: sa.Connection) -> None:
        """Give back every claim of this process."""
        _give_back(connection, OUTBOX.c.claimant == self._name)

    def uncertain(self, connection: sa.Connection) -> tuple[Uncertain, ...]:
        """Every delivery of which nobody knows whether it arrived, oldest first."""
        rows = connection.execute(
            everywhere.select(
                OUTBOX,
                COMMUNITIES.c.key.label("community_key"),
                COMMUNITIES.c.ref.label("community_ref"),
            )
            .join(COMMUNITIES, COMMUNITIES.c.id == OUTBOX.c.community_id)
            .where(OUTBOX.c.state == "uncertain")
            .order_by(OUTBOX.c.id)
        )
        return tuple(self._doubtful(connection, row) for row in rows.all())

    def _doubtful(self, connection: sa.Connection, row: sa.Row[Any]) -> Uncertain:
        community = CommunityId(row.community_id)
        seals = seals_of(connection, self._vault, community, row.community_key)
        ground = Ground(connection, community, seals, row.ended_at, self._chance)
        what = self._codec.read_what(row.what)
        named = row.person or str(getattr(what, "person", ""))
        person = SqlPeople(ground).get(PersonId(named))
        room = RoomId(row.room) if row.room else None
        circle = SqlCircles(ground).by_room(room) if room else None
        return Uncertain(
            row.id,
            ref_of(seals, row.community_ref),
            Key(row.key),
            row.ended_at,
            read_to(row.kind, row.to),
            what,
            person.name if person else "",
            circle.name if circle else "",
            SqlRooms(ground).ref(room) if room else None,
            row.expires,
        )

    def resolve(self, connection: sa.Connection, row: int, at: datetime, *, arrived: bool) -> bool:
        """Say of an uncertain delivery that it arrived, or that it is to be made again now."""
        anew = {"state": "due", "due": at, "waits_until": patient_until(at), "ended_at": None}
        values = {"state": "sent"} if arrived else {**anew, "perhaps_done": False}
        done = connection.execute(
            everywhere.update(OUTBOX)
            .where(OUTBOX.c.id == row, OUTBOX.c.state == "uncertain")
            .values(reason=None, **values)
        )
        return done.rowcount == 1

    def _take(self, connection: sa.Connection, rows: list[int], at: datetime) -> None:
        if rows:
            connection.execute(
                everywhere.update(OUTBOX)
                .where(OUTBOX.c.id.in_(rows))
                .values(
                    perhaps_done=OUTBOX.c.perhaps_done | (OUTBOX.c.state == "claimed"),
                    state="claimed",
                    claimant=self._name,
                    claimed_until=at + LEASE,
                    epoch=OUTBOX.c.epoch + 1,
                    attempts=OUTBOX.c.attempts + 1,
                )
            )

    def _owed(self, ground: Ground, row: sa.Row[Any]) -> Owed:
        seals = ground.seals
        person: PersonRef | None = None
        if row.person_ref is not None:
            person = PersonRef(seals.open(OUTBOX.c.person_ref, row.person_ref, Ref))
        elif row.person is not None:
            known = SqlPeople(ground).get(PersonId(row.person))
            person = known.ref if known else None
        room = row.room_ref and RoomRef(seals.open(ROOMS.c.ref, row.room_ref, Ref))
        receipt = row.original_receipt
        message = receipt and MessageRef(seals.open(OUTBOX.c.receipt, receipt, Ref))
        return Owed(
            row=row.id,
            epoch=row.epoch + 1,
            key=row.key,
            community=ref_of(seals, row.community_ref),
            community_id=ground.community,
            to=read_to(row.kind, row.to),
            what=self._codec.read_what(row.what),
            expires=row.expires,
            attempts=row.attempts + 1,
            perhaps_done=row.perhaps_done or row.state == "claimed",
            person=person,
            room=room or None,
            message=message or None,
        )


def orphaned(connection: sa.Connection) -> None:
    """Give back every claim: for a database that no other process can be using."""
    _give_back(connection, sa.true())


@cache
def _turns() -> sa.Select[Any]:
    """What can be made ``at`` a moment on some ``platforms``: built once, asked all the time."""
    at = sa.bindparam("at", type_=Moment)
    return (
        everywhere.select(
            OUTBOX,
            _ORIGINAL.c.receipt.label("original_receipt"),
            ROOMS.c.ref.label("room_ref"),
            COMMUNITIES.c.ref.label("community_ref"),
            COMMUNITIES.c.key.label("community_key"),
        )
        .join(COMMUNITIES, COMMUNITIES.c.id == OUTBOX.c.community_id)
        .outerjoin(
            ROOMS,
            (ROOMS.c.community_id == OUTBOX.c.community_id) & (ROOMS.c.id == OUTBOX.c.room),
        )
        .outerjoin(
            _ORIGINAL,
            (_ORIGINAL.c.community_id == OUTBOX.c.community_id)
            & (_ORIGINAL.c.key == OUTBOX.c.original),
        )
        .where(
            COMMUNITIES.c.platform.in_(sa.bindparam("platforms", expanding=True)),
            COMMUNITIES.c.gone_at.is_(None),
            unfinished(OUTBOX),
            ((OUTBOX.c.state == "due") & (OUTBOX.c.due <= at))
            | ((OUTBOX.c.state == "claimed") & (OUTBOX.c.claimed_until <= at)),
            _is_first(),
            OUTBOX.c.kind.not_in(IN_ROOM) | ROOMS.c.id.is_not(None) | (OUTBOX.c.expires <= at),
        )
        .order_by(OUTBOX.c.due, OUTBOX.c.id)
        .limit(sa.bindparam("most", type_=sa.Integer))
        .with_for_update(of=OUTBOX, skip_locked=True)
    )


def next_turn() -> sa.Select[Any]:
    """When the next delivery can be made, for all of which that can be said."""
    moment = sa.case((OUTBOX.c.state == "claimed", OUTBOX.c.claimed_until), else_=OUTBOX.c.due)
    opened = everywhere.exists().where(
        ROOMS.c.community_id == OUTBOX.c.community_id, ROOMS.c.id == OUTBOX.c.room
    )
    return (
        everywhere.select(moment)
        .join(COMMUNITIES, COMMUNITIES.c.id == OUTBOX.c.community_id)
        .where(
            COMMUNITIES.c.gone_at.is_(None),
            unfinished(OUTBOX),
            _is_first(),
            OUTBOX.c.kind.not_in(IN_ROOM) | opened,
        )
    )


def _is_first() -> sa.ColumnElement[bool]:
    """Nothing before it in its lane is under way, or comes so soon that it is waited for.

    Invitations to one room need not wait for each other, so that a platform can be asked for all.
    """
    waited_for = _EARLIER.c.due <= OUTBOX.c.waits_until
    both_invite = (_EARLIER.c.kind == _INVITE) & (OUTBOX.c.kind == _INVITE)
    return ~everywhere.exists().where(
        _EARLIER.c.community_id == OUTBOX.c.community_id,
        _EARLIER.c.lane == OUTBOX.c.lane,
        _EARLIER.c.id < OUTBOX.c.id,
        unfinished(_EARLIER),
        ~both_invite,
        (_EARLIER.c.state == "claimed") | waited_for,
    )


def _give_back(connection: sa.Connection, condition: sa.ColumnElement[bool]) -> None:
    connection.execute(
        everywhere.update(OUTBOX)
        .where(condition, OUTBOX.c.state == "claimed")
        .values(state="due", perhaps_done=True, claimant=None, claimed_until=None)
    )


def standing(connection: sa.Connection, at: datetime) -> Standing:
    """How the outbox stands."""
    owed, first = connection.execute(
        everywhere.select(sa.func.count(), sa.func.min(OUTBOX.c.due)).where(unfinished(OUTBOX))
    ).one()
    uncertain = connection.scalar(
        everywhere.select(sa.func.count()).select_from(OUTBOX).where(OUTBOX.c.state == "uncertain")
    )
    late = (at - first).total_seconds() if first is not None else 0.0
    return Standing(owed, max(late, 0.0), uncertain or 0)

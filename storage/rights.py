"""Export and erasure, generated from the catalogue over every table.

Nothing here names a feature's table: whatever says whose it is, is found.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Any

import msgspec
import sqlalchemy as sa

from bot.core.boundary.ids import CommunityId, Key, PersonId, PersonRef
from storage import everywhere
from storage.catalogue import METADATA, Erase, Sealed, entry, is_person
from storage.ground import Ground
from storage.outbox import SqlOutbox
from storage.own import Own
from storage.people import SqlPeople
from storage.tables.mail import OUTBOX
from storage.tables.people import ERASURES, PEOPLE


class SqlRights:
    """Everybody's rights over their own data, in one community."""

    def __init__(self, ground: Ground, people: SqlPeople, outbox: SqlOutbox) -> None:
        self._ground = ground
        self._people = people
        self._outbox = outbox
        self._forgotten: list[PersonId] = []

    def export(self, person: PersonId, *, without: Collection[str] = ()) -> bytes:
        """Everything held about the person in this community, as readable JSON (UTF-8).

        ``without`` names tables, and fields anywhere in what is sealed, that are left out.
        """
        held: dict[str, Any] = {}
        for table in METADATA.sorted_tables:
            rows = [] if table.name in without else list(self._rows(table, person))
            if rows:
                held[table.name] = _lacking(rows, without)
        everything = {"exported_at": self._ground.at, "held": self._named(held)}
        return msgspec.json.format(msgspec.json.encode(everything), indent=2)

    def forget(self, person: PersonId) -> tuple[Key, ...]:
        """Have every row and the key of the person deleted when the unit ends.

        Not before: what is owed to take them out of rooms is still to be written down.
        """
        self._forgotten.append(person)
        return self._outbox.said_about(person)

    def was_forgotten(self, ref: PersonRef, since: datetime) -> bool:
        """Whether somebody of this ref was forgotten here at that time or later."""
        at = self._ground.connection.scalar(
            everywhere.select(ERASURES.c.at).where(ERASURES.c.ref_hash == self._people.hash(ref))
        )
        return at is not None and at >= since

    def carry_out(self) -> list[bytes]:
        """Delete whoever is to be forgotten; the hashes by which the ledger knows them."""
        hashes = [self._erase(person) for person in self._forgotten]
        self._forgotten.clear()
        return [one for one in hashes if one is not None]

    def _erase(self, person: PersonId) -> bytes | None:
        ground = self._ground
        ref_hash = ground.connection.scalar(
            ground.select(PEOPLE.c.ref_hash).where(PEOPLE.c.id == person)
        )
        if ref_hash is None:
            return None
        self._outbox.cancel_where(
            (OUTBOX.c.person == person) & OUTBOX.c.person_ref.is_(None), "forgotten"
        )
        erase(ground, person)
        self._people.drop(person)
        everywhere.keep(ground.connection, ERASURES, {"ref_hash": ref_hash, "at": ground.at})
        return bytes(ref_hash)

    def _rows(self, table: sa.Table, person: PersonId) -> Iterator[dict[str, Any]]:
        owners = [one for one in table.c if is_person(one) and entry(one).export]
        if not owners:
            return
        rows = self._ground.connection.execute(
            self._ground.select(table).where(sa.or_(*(owner == person for owner in owners)))
        )
        for row in rows.mappings():
            yield {
                one.name: self._readable(one, row)
                for one in table.columns
                if entry(one).export or is_person(one)
                if row[one] is not None
            }

    def _readable(self, column: sa.Column[Any], row: sa.RowMapping) -> Any:
        value = row[column]
        if not isinstance(column.type, Sealed):
            return value
        owner = entry(column).sealed_for
        opened: Any = self._ground.seals.open(
            column, value, object, row[column.table.c[owner]] if owner else None
        )
        return opened

    def _named(self, held: Any) -> Any:
        """The same with names in the place of random ids, wherever somebody is meant."""
        ids = [PersonId(text) for text in set(_texts(held))]
        names = {person.id: person.name for person in self._people.many(ids).values()}
        return _replaced(held, names)


def erase(own: Own, person: PersonId) -> None:
    """Delete every row of the person and their key, and clear them from what stays."""
    for table in reversed(METADATA.sorted_tables):
        for column in filter(is_person, table.columns):
            if entry(column).erase is Erase.ROW:
                own.delete(table, column == person)
            else:
                own.update(table, column == person, **{column.name: None})


def erase_again(connection: sa.Connection, ledger: Iterable[tuple[bytes, datetime]]) -> int:
    """Erase everybody in the ledger who was known before they were forgotten; how many there were.

    Only a restored backup brings such people back. Whoever came again afterwards stays.
    """
    erased = 0
    for ref_hash, at in ledger:
        found = connection.execute(
            everywhere.select(PEOPLE.c.community_id, PEOPLE.c.id).where(
                PEOPLE.c.ref_hash == ref_hash, PEOPLE.c.known_at < at
            )
        ).one_or_none()
        if found is not None:
            erase(Own(connection, CommunityId(found.community_id)), PersonId(found.id))
            erased += 1
    return erased


def _texts(held: Any) -> Iterator[str]:
    match held:
        case str():
            yield held
        case dict():
            for value in held.values():
                yield from _texts(value)
        case list() | tuple():
            for value in held:
                yield from _texts(value)
        case _:
            pass


def _replaced(held: Any, names: dict[PersonId, str]) -> Any:
    match held:
        case str():
            return names.get(PersonId(held), held)
        case dict():
            return {key: _replaced(value, names) for key, value in held.items()}
        case list() | tuple():
            return [_replaced(value, names) for value in held]
        case _:
            return held


def _lacking(held: Any, without: Collection[str]) -> Any:
    """The same without the fields of these names."""
    match held:
        case dict():
            return {key: _lacking(one, without) for key, one in held.items() if key not in without}
        case list() | tuple():
            return [_lacking(one, without) for one in held]
        case _:
            return held

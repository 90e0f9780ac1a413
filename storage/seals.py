"""Sealing the values of one community: under the key of the person they are about, or its own."""

from collections.abc import Iterable
from typing import Any, TypeVar

import msgspec
import sqlalchemy as sa

from bot.core.boundary.ids import CommunityId, PersonId
from storage.catalogue import place
from storage.crypto import Vault, new_key, seal, unseal
from storage.errors import CannotOpen
from storage.own import Own
from storage.tables.community import COMMUNITIES
from storage.tables.people import PEOPLE

T = TypeVar("T")


class Seals:
    """Seals and opens the columns of one community within one unit.

    Values are kept as JSON: anything made of dataclasses, enums, tuples, strings and numbers. A
    sealed value opens only for the same community, person and column.
    """

    def __init__(
        self, connection: sa.Connection, vault: Vault, community: CommunityId, key: bytes
    ) -> None:
        self._connection = connection
        self._vault = vault
        self._community = community
        self._key = key
        self._keys: dict[PersonId, bytes] = {}

    def seal(self, column: sa.Column[Any], value: object, person: PersonId | None = None) -> bytes:
        """The value, sealed for its column. Raises :class:`CannotOpen` for a forgotten person."""
        plain = msgspec.json.encode(value)
        return seal(self._key_of(person), plain, self._community, person or "", place(column))

    def open(
        self,
        column: sa.Column[Any],
        sealed: bytes,
        kind: type[T],
        person: PersonId | None = None,
    ) -> T:
        """The value again. Raises :class:`CannotOpen`."""
        plain = unseal(self._key_of(person), sealed, self._community, person or "", place(column))
        return msgspec.json.decode(plain, type=kind)

    def hash(self, purpose: str, *parts: str) -> bytes:
        """A keyed hash that means something in this community alone."""
        return self._vault.hash(purpose, self._community, *parts)

    def fetch(self, people: Iterable[PersonId]) -> None:
        """Get the keys of many people at once, before opening what lies under each."""
        missing = [one for one in set(people) if one not in self._keys]
        own = Own(self._connection, self._community)
        for start in range(0, len(missing), 500):
            some = missing[start : start + 500]
            rows = self._connection.execute(
                own.select(PEOPLE.c.id, PEOPLE.c.key).where(PEOPLE.c.id.in_(some))
            )
            for row in rows:
                self.know(PersonId(row.id), row.key)

    def know(self, person: PersonId, wrapped: bytes) -> None:
        """Take a person's key from their row."""
        self._keys[person] = self._vault.unwrap(
            wrapped, self._community, person, place(PEOPLE.c.key)
        )

    def new_key(self, person: PersonId) -> bytes:
        """A key for a new person, wrapped for their row."""
        key = new_key()
        self._keys[person] = key
        return self._vault.wrap(key, self._community, person, place(PEOPLE.c.key))

    def drop(self, person: PersonId) -> None:
        """Forget a person's key."""
        self._keys.pop(person, None)

    def _key_of(self, person: PersonId | None) -> bytes:
        if person is None:
            return self._key
        if person not in self._keys:
            self.fetch([person])
        try:
            return self._keys[person]
        except KeyError:
            raise CannotOpen(person) from None


def new_community_key(vault: Vault, community: str) -> tuple[bytes, bytes]:
    """A key for a new community, plain and wrapped for its row."""
    key = new_key()
    return key, vault.wrap(key, community, "", place(COMMUNITIES.c.key))


def community_key(vault: Vault, community: str, wrapped: bytes) -> bytes:
    """The community's key from its row."""
    return vault.unwrap(wrapped, community, "", place(COMMUNITIES.c.key))

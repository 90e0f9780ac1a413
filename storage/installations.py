"""What an adapter keeps about where it is installed: sealed notes, found by keyed hashes.

They belong to no community: a token is needed before anything of a community is known. What a note
says is the adapter's affair.
"""

import sqlalchemy as sa

from storage import everywhere
from storage.catalogue import place
from storage.crypto import Vault, new_key, seal, unseal
from storage.faults import explained
from storage.tables.installations import INSTALLATIONS

_PLACE = place(INSTALLATIONS.c.note)
_KEY_PLACE = place(INSTALLATIONS.c.key)


class SqlInstallations:
    """The notes of every installation. Each method is a transaction, on whichever thread."""

    def __init__(self, engine: sa.Engine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault

    def keep(self, name: str, group: str, note: bytes) -> None:
        """Keep the note under this name, which belongs to ``group`` (may be empty)."""
        key = new_key()
        row = {
            "name_hash": self._hash(name),
            "group_hash": self._hash(group),
            "key": self._vault.wrap(key, _KEY_PLACE),
            "note": seal(key, note, _PLACE),
        }
        with explained(), self._engine.begin() as connection:
            everywhere.keep(connection, INSTALLATIONS, row)

    def find(self, name: str) -> bytes | None:
        """The note under this name."""
        wanted = INSTALLATIONS.c.name_hash == self._hash(name)
        found = self._select(wanted)
        return found[0] if found else None

    def members(self, group: str) -> tuple[bytes, ...]:
        """Every note that belongs to ``group``."""
        return self._select(INSTALLATIONS.c.group_hash == self._hash(group)) if group else ()

    def drop(self, name: str) -> None:
        """Delete the note under this name."""
        gone = everywhere.delete(INSTALLATIONS).where(INSTALLATIONS.c.name_hash == self._hash(name))
        with explained(), self._engine.begin() as connection:
            connection.execute(gone)

    def _select(self, wanted: sa.ColumnElement[bool]) -> tuple[bytes, ...]:
        with explained(), self._engine.begin() as connection:
            rows = connection.execute(everywhere.select(INSTALLATIONS).where(wanted)).all()
        return tuple(
            unseal(self._vault.unwrap(row.key, _KEY_PLACE), row.note, _PLACE) for row in rows
        )

    def _hash(self, name: str) -> bytes:
        return self._vault.hash("installation", name)

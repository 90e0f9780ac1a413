"""The erasure ledger: who was forgotten, as keyed hashes, kept outside the database as well.

It is read at every start, so that a backup restored from before an erasure brings nobody back.
"""

import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from storage import everywhere
from storage.errors import PermissionFault, StorageFault
from storage.rights import erase_again
from storage.tables.people import ERASURES


class Ledger:
    """A file of lines: a hash and a moment."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def add(self, hashes: Iterable[bytes], at: datetime) -> None:
        """Write down that these were forgotten."""
        lines = "".join(f"{one.hex()} {at.isoformat()}\n" for one in hashes)
        if not lines:
            return
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            file = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            try:
                os.write(file, lines.encode())
                os.fsync(file)
            finally:
                os.close(file)
        except OSError as error:
            raise PermissionFault(f"{self._path} cannot be written: {error}") from None

    def read(self) -> dict[bytes, datetime]:
        """Everybody forgotten, and when last. A line that was never finished does not count."""
        found: dict[bytes, datetime] = {}
        try:
            lines = self._path.read_text(encoding="ascii").splitlines(keepends=True)
        except FileNotFoundError:
            return found
        except OSError as error:
            raise PermissionFault(f"{self._path} cannot be read: {error}") from None
        except UnicodeDecodeError:
            raise StorageFault(self._damaged()) from None
        for line in lines:
            if line.endswith("\n"):
                try:
                    ref_hash, at = line.split()
                    found[bytes.fromhex(ref_hash)] = datetime.fromisoformat(at)
                except ValueError:
                    raise StorageFault(self._damaged()) from None
        return found

    def _damaged(self) -> str:
        return (
            f"{self._path}, which lists who is not to come back, is damaged. Put it back from a "
            "backup, or mend or remove the line that is not a hash and a time."
        )

    def apply(self, connection: sa.Connection) -> int:
        """Erase again whoever came back, and bring file and table together; how many came back."""
        rows = connection.execute(everywhere.select(ERASURES)).all()
        in_table = {bytes(row.ref_hash): row.at for row in rows}
        in_file = self.read()
        latest = {
            ref_hash: max(filter(None, (in_table.get(ref_hash), in_file.get(ref_hash))))
            for ref_hash in {*in_table, *in_file}
        }
        for ref_hash, at in latest.items():
            if in_file.get(ref_hash) != at:
                self.add([ref_hash], at)
            if in_table.get(ref_hash) != at:
                everywhere.keep(connection, ERASURES, {"ref_hash": ref_hash, "at": at})
        return erase_again(connection, latest.items())

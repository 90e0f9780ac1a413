"""Transactions that several units share: those that write in a round, and those that only read."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import sqlalchemy as sa

from bot.core.boundary.ids import CommunityRef
from bot.core.programme.community.model import Community
from bot.shell.ports import Apart, Writes
from storage.seals import Seals


class Writing:
    """A transaction in which each unit is a part, and whom they erase when it is committed."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self.erased: list[tuple[list[bytes], datetime]] = []

    @contextmanager
    def part(self) -> Iterator[sa.Connection]:
        """One unit's part: kept or undone alone, unless the database fails.

        SQLite ends the whole transaction by itself when the disk is full or fails, PostgreSQL when
        it meets another one: so after an error of the database's nothing of it is trusted, and
        :class:`Apart` is raised.
        """
        try:
            self._connection.exec_driver_sql("SAVEPOINT part")
            try:
                yield self._connection
            except sa.exc.DBAPIError:
                raise
            except BaseException:
                self._connection.exec_driver_sql("ROLLBACK TO SAVEPOINT part")
                raise
            self._connection.exec_driver_sql("RELEASE SAVEPOINT part")
        except sa.exc.DBAPIError as error:
            raise Apart from error


class Reading:
    """A transaction that changes nothing, in which several units see the same moment."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._transaction = connection.begin()
        self.entered: dict[CommunityRef, tuple[Community, Seals]] = {}
        """The communities that a unit of this moment has entered."""

    @contextmanager
    def unit(self) -> Iterator[sa.Connection]:
        """What one unit reads from. Raises :class:`Writes` in the place of the driver's errors:
        mostly they say that; what cannot be read now is tried again where writing has its turn."""
        try:
            yield self._connection
        except sa.exc.DBAPIError as error:
            # PostgreSQL reads nothing more in a transaction in which something was refused.
            self.close()
            self._transaction = self._connection.begin()
            self.entered.clear()
            raise Writes from error

    def close(self) -> None:
        """Let go of the moment."""
        self._transaction.rollback()

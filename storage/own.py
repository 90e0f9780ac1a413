"""The rows of one community. Every statement about them is made here, so that none forgets whose
they are; what is rightly asked about all communities is made in :mod:`storage.everywhere`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from bot.core.boundary.ids import CommunityId
from storage import rows
from storage.tables.community import COMMUNITIES

Selected = sa.FromClause | sa.ColumnElement[Any]


@dataclass(frozen=True, slots=True)
class Own:
    """A connection, narrowed to one community.

    Values that are written need not name the community: it is put in. Its own row in
    ``communities`` is found by its id.
    """

    connection: sa.Connection
    community: CommunityId

    def select(self, *what: Selected) -> sa.Select[Any]:
        """A question about the community's rows of the table that ``what`` begins with.

        Whatever is joined to them needs its community in the join's own condition.
        """
        return sa.select(*what).where(whose(_table(what[0])) == self.community)

    def run(self, prepared: sa.Select[Any], **values: object) -> sa.CursorResult[Any]:
        """Ask a question made once by :func:`prepare`, with these values."""
        return self.connection.execute(prepared, {"community": self.community, **values})

    def update(
        self, table: sa.Table, /, *conditions: sa.ColumnElement[bool], **values: object
    ) -> int:
        """Change the community's rows that meet the conditions; how many there were."""
        mine = sa.update(table).where(whose(table) == self.community, *conditions)
        return self.connection.execute(mine.values(**values)).rowcount

    def delete(self, table: sa.Table, /, *conditions: sa.ColumnElement[bool]) -> int:
        """Delete the community's rows that meet the conditions; how many there were."""
        mine = sa.delete(table).where(whose(table) == self.community, *conditions)
        return self.connection.execute(mine).rowcount

    def keep(self, table: sa.Table, /, **values: object) -> None:
        """Write the row: new, or in the place of the one with the same primary key.

        Columns not named in ``values`` stay as they are.
        """
        rows.keep(self.connection, table, {"community_id": self.community, **values})

    def add_once(self, table: sa.Table, /, **values: object) -> bool:
        """Write the row unless one with the same unique values is there; whether it was written."""
        return rows.add_once(self.connection, table, {"community_id": self.community, **values})

    def add(self, table: sa.Table, /, **values: object) -> None:
        """Write a new row. A value may be a question to the database."""
        new = sa.insert(table).values(community_id=self.community, **values)
        self.connection.execute(new)

    def add_all(self, table: sa.Table, new: Sequence[Mapping[str, object]]) -> None:
        """Write many new rows at once, or none."""
        if new:
            mine = [{"community_id": self.community, **row} for row in new]
            self.connection.execute(sa.insert(table), mine)


def prepare(*what: Selected) -> sa.Select[Any]:
    """The same question as :meth:`Own.select` for whichever community: made once, since making a
    statement costs more than running it. :meth:`Own.run` asks it."""
    return sa.select(*what).where(whose(_table(what[0])) == sa.bindparam("community"))


def whose(table: sa.FromClause) -> sa.ColumnElement[Any]:
    """The column that names a row's community. Raises ``KeyError`` if there is none."""
    return table.c["id" if table is COMMUNITIES else "community_id"]


def belongs(table: sa.Table) -> bool:
    """Whether the rows of this table are each of one community."""
    return table is COMMUNITIES or "community_id" in table.c


def _table(of: Selected) -> sa.FromClause:
    if isinstance(of, sa.FromClause):
        return of
    table = getattr(of, "table", None)
    if not isinstance(table, sa.FromClause):
        raise TypeError(f"{of} belongs to no table")
    return table

"""Writing rows in the two ways that SQLite and PostgreSQL share but plain SQL lacks."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite


def _insert(connection: sa.Connection, table: sa.Table) -> postgresql.Insert | sqlite.Insert:
    if connection.dialect.name == "sqlite":
        return sqlite.insert(table)
    return postgresql.insert(table)


def keep(connection: sa.Connection, table: sa.Table, values: Mapping[str, Any]) -> None:
    """Write the row: new, or in the place of the one with the same primary key.

    Columns not named in ``values`` stay as they are.
    """
    key = [one.name for one in table.primary_key]
    rest = {name: value for name, value in values.items() if name not in key}
    statement = _insert(connection, table).values(dict(values))
    if rest:
        connection.execute(statement.on_conflict_do_update(index_elements=key, set_=rest))
    else:
        connection.execute(statement.on_conflict_do_nothing())


def add_once(connection: sa.Connection, table: sa.Table, values: Mapping[str, Any]) -> bool:
    """Write the row unless one with the same unique values is there; whether it was written."""
    first = next(iter(table.primary_key))
    statement = _insert(connection, table).values(dict(values)).on_conflict_do_nothing()
    return connection.execute(statement.returning(first)).first() is not None

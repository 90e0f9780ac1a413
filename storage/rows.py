"""Writing rows in the two ways that SQLite and PostgreSQL share but plain SQL lacks.

Building a statement costs more than running it, so each is built once.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite


def keep(connection: sa.Connection, table: sa.Table, values: Mapping[str, Any]) -> None:
    """Write the row: new, or in the place of the one with the same primary key.

    Columns not named in ``values`` stay as they are.
    """
    statement = _keeping(connection.dialect.name, table, frozenset(values))
    connection.execute(statement, dict(values))


def add_once(connection: sa.Connection, table: sa.Table, values: Mapping[str, Any]) -> bool:
    """Write the row unless one with the same unique values is there; whether it was written."""
    statement = _adding(connection.dialect.name, table)
    return connection.execute(statement, dict(values)).first() is not None


@cache
def _keeping(dialect: str, table: sa.Table, names: frozenset[str]) -> sa.Insert:
    key = [one.name for one in table.primary_key]
    statement = _insert(dialect, table)
    rest = {name: statement.excluded[name] for name in sorted(names.difference(key))}
    if not rest:
        return statement.on_conflict_do_nothing()
    return statement.on_conflict_do_update(index_elements=key, set_=rest)


@cache
def _adding(dialect: str, table: sa.Table) -> sa.UpdateBase:
    first = next(iter(table.primary_key))
    return _insert(dialect, table).on_conflict_do_nothing().returning(first)


def _insert(dialect: str, table: sa.Table) -> postgresql.Insert | sqlite.Insert:
    if dialect == "sqlite":
        return sqlite.insert(table)
    return postgresql.insert(table)

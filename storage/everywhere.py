"""Statements about all communities at once, or about none: entering a community, whose turn it is
in the outbox, what is due, what goes with time, the ledger, and the installation itself.

Everything else is asked of one community: :mod:`storage.own`. Statements made here carry a mark, so
that one without a community can be told from one that forgot it.
"""

from typing import Any, Final

import sqlalchemy as sa

from storage.rows import add_once, keep

__all__ = ["MARK", "add_once", "delete", "exists", "keep", "select", "update"]

MARK: Final = "everywhere"
"""The execution option of a statement that is meant to be about all communities."""


def select(*what: sa.FromClause | sa.ColumnElement[Any]) -> sa.Select[Any]:
    """A question about the rows of all communities."""
    return sa.select(*what).execution_options(**{MARK: True})


def exists() -> sa.Exists:
    """A condition that looks at the rows of all communities."""
    return sa.exists()


def update(table: sa.Table) -> sa.Update:
    """A change to the rows of all communities."""
    return sa.update(table).execution_options(**{MARK: True})


def delete(table: sa.Table) -> sa.Delete:
    """A deletion among the rows of all communities."""
    return sa.delete(table).execution_options(**{MARK: True})

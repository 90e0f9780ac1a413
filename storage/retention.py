"""What may no longer be kept goes: generated from the catalogue, community by community."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bot.core.boundary.ids import PersonId
from bot.core.programme.community.model import Settings
from storage.catalogue import METADATA, Retention, columns, entry, is_person
from storage.community import seals_of
from storage.crypto import Vault
from storage.rights import erase
from storage.tables.community import COMMUNITIES

GONE_KEPT_DAYS = 30
"""How long the data of a community that removed the bot waits for its return."""


def sweep(connection: sa.Connection, vault: Vault, at: datetime) -> int:
    """Delete what was kept long enough; how many rows and people that were."""
    deleted = 0
    for community in connection.execute(sa.select(COMMUNITIES)).all():
        gone_at = community.gone_at
        if gone_at is not None and gone_at < at - timedelta(days=GONE_KEPT_DAYS):
            deleted += _delete_community(connection, community.id)
            continue
        seals = seals_of(connection, vault, community.id, community.key)
        settings = seals.open(COMMUNITIES.c.settings, community.settings, Settings)
        for column, kept in _retained():
            days = getattr(settings, kept.setting) if kept.setting else kept.days
            old = (column.table.c.community_id == community.id) & (
                column < at - timedelta(days=days)
            )
            deleted += (
                _forget(connection, column, old)
                if kept.forgets
                else _delete(connection, column.table, old)
            )
    return deleted


def _retained() -> Iterator[tuple[sa.Column[Any], Retention]]:
    for column in reversed(list(columns(METADATA))):
        kept = entry(column).retention
        if kept is not None:
            yield column, kept


def _forget(connection: sa.Connection, column: sa.Column[Any], old: sa.ColumnElement[bool]) -> int:
    table = column.table
    owner = next(one for one in table.columns if is_person(one))
    people = connection.execute(sa.select(table.c.community_id, owner).where(old)).all()
    for community, person in people:
        erase(connection, community, PersonId(person))
    return len(people)


def _delete(connection: sa.Connection, table: Any, old: sa.ColumnElement[bool]) -> int:
    return connection.execute(sa.delete(table).where(old)).rowcount


def _delete_community(connection: sa.Connection, community: str) -> int:
    deleted = 0
    for table in reversed(METADATA.sorted_tables):
        whose = COMMUNITIES.c.id if table is COMMUNITIES else table.c.get("community_id")
        if whose is not None:
            deleted += _delete(connection, table, whose == community)
    return deleted

"""What may no longer be kept goes: generated from the catalogue, community by community."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bot.core.boundary.ids import CommunityId, PersonId
from bot.core.programme.community.model import Settings
from storage import everywhere
from storage.catalogue import METADATA, Retention, columns, entry, is_person
from storage.community import seals_of
from storage.crypto import Vault
from storage.own import Own, belongs
from storage.rights import erase
from storage.tables.community import COMMUNITIES

GONE_KEPT_DAYS = 30
"""How long the data of a community that removed the bot waits for its return."""


def sweep(connection: sa.Connection, vault: Vault, at: datetime) -> int:
    """Delete what was kept long enough; how many rows and people that were."""
    deleted = 0
    for community in connection.execute(everywhere.select(COMMUNITIES)).all():
        own = Own(connection, CommunityId(community.id))
        gone_at = community.gone_at
        if gone_at is not None and gone_at < at - timedelta(days=GONE_KEPT_DAYS):
            deleted += _delete_community(own)
            continue
        seals = seals_of(connection, vault, community.id, community.key)
        settings = seals.open(COMMUNITIES.c.settings, community.settings, Settings)
        for column, kept in _retained():
            days = getattr(settings, kept.setting) if kept.setting else kept.days
            old = column < at - timedelta(days=days)
            gone = _forget if kept.forgets else Own.delete
            deleted += gone(own, column.table, old)
    return deleted


def _retained() -> Iterator[tuple[sa.Column[Any], Retention]]:
    for column in reversed(list(columns(METADATA))):
        kept = entry(column).retention
        if kept is not None:
            yield column, kept


def _forget(own: Own, table: sa.Table, old: sa.ColumnElement[bool]) -> int:
    owner = next(one for one in table.columns if is_person(one))
    people = own.connection.scalars(own.select(owner).where(old)).all()
    for person in people:
        erase(own, PersonId(person))
    return len(people)


def _delete_community(own: Own) -> int:
    theirs = (one for one in reversed(METADATA.sorted_tables) if belongs(one))
    return sum(own.delete(table) for table in theirs)

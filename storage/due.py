"""What is due, asked of every column that the catalogue marks so. Each question is built once."""

from functools import cache
from typing import Any

import sqlalchemy as sa

from storage import everywhere
from storage.catalogue import METADATA, Moment, columns, entry
from storage.claims import next_turn
from storage.tables.community import COMMUNITIES


@cache
def due_communities() -> sa.Select[Any]:
    """The communities in which some column marked as due is at or before ``at``."""
    at = sa.bindparam("at", type_=Moment)
    due = [everywhere.select(one.table.c.community_id).where(one <= at) for one in _due_columns()]
    return (
        everywhere.select(COMMUNITIES.c.id, COMMUNITIES.c.key, COMMUNITIES.c.ref)
        .where(COMMUNITIES.c.id.in_(sa.union(*due)), COMMUNITIES.c.gone_at.is_(None))
        .order_by(COMMUNITIES.c.id)
    )


@cache
def first_moments() -> list[sa.Select[Any]]:
    """The first moment in every column marked as due, and in the outbox."""
    live = everywhere.select(COMMUNITIES.c.id).where(COMMUNITIES.c.gone_at.is_(None))
    moments = [
        everywhere.select(sa.func.min(one)).where(one.table.c.community_id.in_(live))
        for one in _due_columns()
    ]
    return [*moments, everywhere.select(sa.func.min(next_turn().subquery().c[0]))]


def _due_columns() -> list[sa.Column[Any]]:
    return [one for one in columns(METADATA) if entry(one).due]

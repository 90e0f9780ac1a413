"""Seasons."""

import sqlalchemy as sa

from storage.catalogue import ID, Moment, Privacy, column, community_id, table

PUBLIC, INTERNAL = Privacy.PUBLIC, Privacy.INTERNAL

SEASONS = table(
    "seasons",
    community_id(),
    column("id", sa.String(ID), privacy=INTERNAL, primary_key=True),
    column("number", sa.Integer, privacy=PUBLIC),
    column("stage", sa.String(10), privacy=PUBLIC),
    column("starts_on", sa.Date, privacy=PUBLIC),
    column("weeks", sa.Integer, privacy=PUBLIC),
    column("ends_at", Moment, privacy=PUBLIC, nullable=True),
    column("tick_at", Moment, privacy=INTERNAL, due=True, nullable=True),
    sa.UniqueConstraint("community_id", "number"),
)

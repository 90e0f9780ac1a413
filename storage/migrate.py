"""Bringing a database to the newest schema, at every start."""

import sqlalchemy as sa

from storage.tables import METADATA

_LOCK = 0x62616E79616E
"""The number of the advisory lock under which PostgreSQL is migrated ("banyan")."""


def upgrade(engine: sa.Engine) -> None:
    """Bring the database up to date, one process at a time."""
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
        METADATA.create_all(connection)

"""Bringing a database to the newest schema, at every start."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from storage.errors import ConfigurationFault
from storage.migrations import HEAD

if TYPE_CHECKING:
    from alembic.config import Config

_LOCK = 0x62616E79616E
"""The number of the advisory lock under which PostgreSQL is migrated ("banyan")."""
_VERSION = sa.table("alembic_version", sa.column("version_num", sa.String))


def upgrade(engine: sa.Engine, before_the_first: Callable[[], None] = lambda: None) -> None:
    """Bring the database up to date, one process at a time and all of it or nothing.

    ``before_the_first`` is called before anything is made in an empty database, and may refuse.
    Raises :class:`ConfigurationFault` for a database that a newer release has moved on.
    """
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
        version = _version(connection)
        if version is None:
            before_the_first()
        if version != HEAD:
            migrate(connection)


def configured(connection: sa.Connection) -> "Config":
    """Alembic, set to our steps and to this connection."""
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    return config


def migrate(connection: sa.Connection) -> None:
    """Take every step that this database has not taken yet."""
    from alembic import command
    from alembic.util import CommandError

    try:
        command.upgrade(configured(connection), "head")
    except CommandError as error:
        raise ConfigurationFault(
            "This database was used by a newer Banyan. Start that one, or restore a backup."
        ) from error


def _version(connection: sa.Connection) -> str | None:
    if not sa.inspect(connection).has_table(_VERSION.name):
        return None
    found: str | None = connection.scalar(sa.select(_VERSION.c.version_num))
    return found

"""Facts about the installation itself, by name: nothing personal, and nothing secret."""

import sqlalchemy as sa

from storage import everywhere
from storage.chance import SecretChance
from storage.tables.installations import INSTALLATION

CLEAN_UP = "clean_up_due"
"""Something was deleted that is not yet physically gone. The value differs each time."""


def fact(connection: sa.Connection, name: str) -> str | None:
    """A fact, if it is known."""
    found: str | None = connection.scalar(
        everywhere.select(INSTALLATION.c.value).where(INSTALLATION.c.name == name)
    )
    return found


def set_fact(connection: sa.Connection, name: str, value: str) -> None:
    """Keep a fact (at most 200 characters)."""
    everywhere.keep(connection, INSTALLATION, {"name": name, "value": value})


def ask_for_clean_up(connection: sa.Connection) -> None:
    """Have what this transaction deletes made physically gone soon."""
    set_fact(connection, CLEAN_UP, SecretChance().new_id())


def cleaned_up(connection: sa.Connection, asked: str) -> None:
    """It is gone, unless somebody has asked anew meanwhile, with another value."""
    same = (INSTALLATION.c.name == CLEAN_UP) & (INSTALLATION.c.value == asked)
    connection.execute(everywhere.delete(INSTALLATION).where(same))

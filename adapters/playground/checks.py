"""Whether what is there can be used: the store opens only with the key that sealed it.

There is nothing that anybody could forbid us on this machine, so nothing else is looked at.
"""

import sqlite3

from adapters.playground.sealing import Seal

_PLACE = "note key"


def check(database: sqlite3.Connection, seal: Seal) -> None:
    """See that this key opens the store; a new store is sealed with it from now on.

    Raises :class:`~adapters.playground.sealing.WrongKey`.
    """
    row = database.execute("SELECT sealed FROM notes WHERE name = 'key'").fetchone()
    if row is not None:
        seal.open(row["sealed"], _PLACE)
    else:
        sealed = seal.close(b"{}", _PLACE)
        database.execute("INSERT INTO notes VALUES ('key', ?)", (sealed,))

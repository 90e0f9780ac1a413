"""What must hold before a database is used: an address that makes sense, and the right key."""

import logging
from pathlib import Path

import sqlalchemy as sa

from storage import everywhere
from storage.crypto import Vault
from storage.errors import ConfigurationFault, CredentialsFault, StorageFault
from storage.facts import fact
from storage.keyfile import KeySource
from storage.tables.installations import INSTALLATION

log = logging.getLogger("banyan.storage")

KEY_CHECK = "key_check"
"""The fact by which a key is known to be the right one."""


def address_of(url: str) -> sa.URL:
    """The URL with the driver that we use. Raises :class:`ConfigurationFault`."""
    try:
        address = sa.make_url(url)
    except sa.exc.ArgumentError:
        raise ConfigurationFault("The database's URL cannot be read.") from None
    backend = address.get_backend_name()
    if backend == "postgresql":
        return address.set(drivername="postgresql+psycopg")
    if backend == "sqlite" and address.database and address.database != ":memory:":
        return address.set(drivername="sqlite")
    raise ConfigurationFault(
        "The database's URL must begin with sqlite:/// and a file, or with postgresql://."
    )


def file_of(address: sa.URL) -> Path | None:
    """SQLite's file; ``None`` for PostgreSQL."""
    return Path(address.database or "") if address.get_backend_name() == "sqlite" else None


def postgres(address: sa.URL) -> sa.Engine:
    """Connections to PostgreSQL, whose error messages never hold a value."""
    return sa.create_engine(
        address,
        hide_parameters=True,
        pool_size=2,
        pool_pre_ping=True,
        isolation_level="READ COMMITTED",
        connect_args={"connect_timeout": 10},
    )


def nothing_there(keys: KeySource) -> None:
    """Raise a fault where an empty database is not what is to be expected: its key is there."""
    if keys.made_here and keys.read() is not None:
        raise StorageFault(
            f"The key {keys.file} is here, but what it opens is gone: the database is missing or "
            "empty. Put it back from a backup; to begin anew instead, move the key away (or, for a "
            "key of your own, name its file under [keys] in config.toml)."
        )


def wrong_key() -> CredentialsFault:
    """The fault of another key than the database's own."""
    return CredentialsFault(
        "The key is not the one that this database was sealed with. Put that one back."
    )


def unlocked(engine: sa.Engine, keys: KeySource) -> Vault:
    """The vault for this database's key; a key is made when there was never one."""
    with engine.begin() as connection:
        check = fact(connection, KEY_CHECK)
        key = keys.read()
        if key is None and check is not None:
            raise CredentialsFault(keys.missing())
        if key is None:
            key = keys.make()
            log.warning("A key was made in %s. Keep a copy somewhere safe.", keys.file)
        vault = Vault(key)
        expected = vault.hash(KEY_CHECK).hex()
        everywhere.add_once(connection, INSTALLATION, {"name": KEY_CHECK, "value": expected})
        if fact(connection, KEY_CHECK) != expected:
            raise wrong_key()
        return vault

"""Every database arrives at the same schema, from nothing and from every step before."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.script import ScriptDirectory

from storage import sqlite
from storage.errors import ConfigurationFault
from storage.migrations import HEAD
from storage.migrations.apply import configured, upgrade
from storage.tables import METADATA


@contextmanager
def _engine(url: str) -> Iterator[sa.Engine]:
    address = sa.make_url(url)
    engine = sqlite.engine(address) if url.startswith("sqlite") else sa.create_engine(address)
    yield engine
    engine.dispose()


def _schema(engine: sa.Engine) -> dict[str, Any]:
    """What the database itself says of its tables, in an order of our own."""
    look = sa.inspect(engine)
    return {
        name: {
            "columns": [
                (c["name"], repr(c["type"]), c["nullable"]) for c in look.get_columns(name)
            ],
            "key": look.get_pk_constraint(name),
            "references": sorted(look.get_foreign_keys(name), key=repr),
            "unique": sorted(look.get_unique_constraints(name), key=repr),
            "indexes": sorted(_index(index) for index in look.get_indexes(name)),
        }
        for name in look.get_table_names()
        if name != "alembic_version"
    }


def _index(index: Any) -> str:
    where = {name: str(value) for name, value in index.get("dialect_options", {}).items()}
    return f"{index['name']} {index['column_names']} {index['unique']} {where}"


def test_the_steps_lead_to_the_tables(database_url: str, tmp_path: Path) -> None:
    with _engine(database_url) as engine:
        METADATA.create_all(engine)
        wanted = _schema(engine)
        METADATA.drop_all(engine)
        upgrade(engine)
        assert _schema(engine) == wanted


def test_head_names_the_newest_step(sqlite_url: str) -> None:
    with _engine(sqlite_url) as engine, engine.connect() as connection:
        steps = ScriptDirectory.from_config(configured(connection))
        assert steps.get_heads() == [HEAD]


def test_a_second_start_changes_nothing(database_url: str) -> None:
    with _engine(database_url) as engine:
        upgrade(engine)
        before = _schema(engine)
        upgrade(engine)
        assert _schema(engine) == before


def test_a_step_that_fails_leaves_nothing_behind(sqlite_url: str) -> None:
    with _engine(sqlite_url) as engine:
        with engine.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE people (in_the_way INTEGER)")
        with pytest.raises(sa.exc.OperationalError):
            upgrade(engine)
        assert sa.inspect(engine).get_table_names() == ["people"]


def test_seats_of_before_keep_their_keys_and_who_was_never_let_in_again_is_found(
    database_url: str,
) -> None:
    with _engine(database_url) as engine:
        with engine.begin() as connection:
            command.upgrade(configured(connection), "0001")
            for statement in _A_CIRCLE_OF_BEFORE.split(";"):
                connection.exec_driver_sql(statement)
        upgrade(engine)
        with engine.connect() as connection:
            rows = connection.exec_driver_sql(
                "SELECT person, membership, outside FROM seats ORDER BY place"
            ).all()
    assert [(who, membership, bool(outside)) for who, membership, outside in rows] == [
        ("mei", "", False),
        ("ravi", "again", True),
    ]


_A_CIRCLE_OF_BEFORE = """
INSERT INTO communities (id, platform, ref_hash, ref, settings, configured, key, known_at)
VALUES ('home', 'paper', '1', '1', '1', TRUE, '1', '2026-01-05 09:00:00');

INSERT INTO people (community_id, id, ref_hash, identity, key, known_at)
VALUES ('home', 'mei', '1', '1', '1', '2026-01-05 09:00:00'),
       ('home', 'ravi', '2', '1', '1', '2026-01-05 09:00:00');

INSERT INTO circles
    (community_id, id, season, name, theme, zone, weekday, minute, room, state)
VALUES ('home', 'oak', 's', 'Oak', 'goals', 'UTC', 1, 0, 'oaks', 'meeting');

INSERT INTO seats (community_id, circle, person, seat, place)
VALUES ('home', 'oak', 'mei', 'mentor', 0), ('home', 'oak', 'ravi', 'mentee', 1);

INSERT INTO outbox (community_id, key, lane, kind, "to", person, room, due, waits_until, state,
    epoch, attempts, perhaps_done)
SELECT 'home', kind || ':oak:' || person, 'room:oaks', kind, '[]', person, 'oaks',
    '2026-01-05 09:00:00', '2026-01-05 09:00:00', 'sent', 1, 1, FALSE
FROM (SELECT 'invite' AS kind, 'mei' AS person UNION SELECT 'invite', 'ravi'
    UNION SELECT 'remove', 'ravi') AS before
"""
"""Ravi left, and was seated again: under the keys of before he was never let in."""


def test_a_database_of_a_newer_release_is_refused(database_url: str) -> None:
    with _engine(database_url) as engine:
        upgrade(engine)
        with engine.begin() as connection:
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        with pytest.raises(ConfigurationFault, match="newer Banyan"):
            upgrade(engine)

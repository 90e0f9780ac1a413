"""What is due is asked of every column that says so, in every community."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.core.boundary.ids import CommunityRef, Key
from bot.core.boundary.outcome import Delivery, ToPerson
from storage.catalogue import METADATA, columns, entry
from storage.engine import Database
from tests.storage.canaries import Canaries
from tests.storage.opened import AT, ELSEWHERE, HERE, Hello, known

HOUR = timedelta(hours=1)
DUE = [column for column in columns(METADATA) if entry(column).due]


def _fill(database: Database, community: CommunityRef, who: str) -> str:
    """Canaries everywhere, with nothing due."""
    with database.unit(community, None, AT) as unit:
        Canaries(unit._ground, who, known(unit, who)).fill()
        for column in DUE:
            unit._ground.connection.execute(sa.update(column.table).values({column: None}))
        return unit.community.id


def test_some_columns_are_due() -> None:
    assert DUE


def test_nothing_is_due_in_an_empty_database(database: Database) -> None:
    assert database.due_communities(AT) == ()
    assert database.next_due() is None


@pytest.mark.parametrize("column", DUE, ids=str)
def test_every_due_column_brings_a_tick_to_its_community(
    database: Database, column: sa.Column[object]
) -> None:
    here = _fill(database, HERE, "mei")
    _fill(database, ELSEWHERE, "rav")
    with database.engine.begin() as connection:
        whose = column.table.c.community_id == here
        connection.execute(sa.update(column.table).where(whose).values({column: AT + HOUR}))
    assert database.due_communities(AT + HOUR / 2) == ()
    assert database.due_communities(AT + HOUR) == (HERE,)
    assert database.next_due() == AT + HOUR
    with database.unit(HERE, None, AT) as unit:
        unit.leave_community()
    assert database.due_communities(AT + HOUR) == ()
    assert database.next_due() is None


def test_a_delivery_is_due_but_needs_no_tick(database: Database) -> None:
    with database.unit(HERE, None, AT) as unit:
        unit.owe([Delivery(Key("k:1"), ToPerson(known(unit, "Mei")), Hello(), due=AT + HOUR)])
    assert database.due_communities(AT + HOUR) == ()
    assert database.next_due() == AT + HOUR

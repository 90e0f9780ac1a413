"""What may no longer be kept goes by itself, as the community wishes."""

from datetime import timedelta

import sqlalchemy as sa

from bot.core.programme.community.model import Settings
from storage.catalogue import METADATA
from storage.engine import Database
from storage.retention import GONE_KEPT_DAYS
from storage.tables.community import AUDIT, COMMUNITIES
from storage.tables.mail import INBOX, OUTBOX
from storage.tables.people import PEOPLE
from tests.storage.canaries import Canaries
from tests.storage.opened import AT, ELSEWHERE, HERE, PAPER, hello, known

DAY = timedelta(days=1)


def _count(database: Database, table: sa.Table) -> int:
    with database.engine.begin() as connection:
        return connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def test_the_inbox_remembers_thirty_days(database: Database) -> None:
    with database.unit(HERE, None, AT) as unit:
        unit.seen("e1")
    database.sweep(AT + 30 * DAY)
    assert _count(database, INBOX) == 1
    database.sweep(AT + 31 * DAY)
    assert _count(database, INBOX) == 0


def test_the_audit_log_is_kept_as_long_as_the_community_says(database: Database) -> None:
    with database.unit(HERE, None, AT) as unit:
        unit.programme.configure(Settings(audit_kept_days=10))
        unit.programme.audit(None, "one")
    with database.unit(ELSEWHERE, None, AT) as unit:
        unit.programme.audit(None, "other")
    database.sweep(AT + 11 * DAY)
    with database.unit(HERE, None, AT) as unit:
        assert unit.programme.audit_log(9, ()) == ()
    with database.unit(ELSEWHERE, None, AT) as unit:
        assert len(unit.programme.audit_log(9, ())) == 1
    database.sweep(AT + 366 * DAY)
    assert _count(database, AUDIT) == 0


def test_what_is_still_owed_is_kept_however_old(database: Database) -> None:
    with database.unit(HERE, None, AT) as unit:
        unit.owe([hello(known(unit, "Mei"), 1), hello(known(unit, "Ravi"), 2)])
    owed, _ = database.claim(PAPER, AT, 9)
    with database.unit(HERE, None, AT) as unit:
        unit.settle(owed)
    database.sweep(AT + 366 * DAY)
    with database.engine.begin() as connection:
        assert connection.scalars(sa.select(OUTBOX.c.key)).all() == ["hello:2"]


def test_the_people_of_a_community_stay_while_they_take_part(database: Database) -> None:
    with database.unit(HERE, None, AT) as unit:
        known(unit, "Mei")
    database.sweep(AT + 1000 * DAY)
    assert _count(database, PEOPLE) == 1


def test_a_community_that_does_not_come_back_goes_with_everything(database: Database) -> None:
    for community, who in ((HERE, "mei"), (ELSEWHERE, "rav")):
        with database.unit(community, None, AT) as unit:
            Canaries(unit._ground, who, known(unit, who)).fill()
    with database.unit(HERE, None, AT) as unit:
        here = unit.community.id
        unit.leave_community()
    database.sweep(AT + GONE_KEPT_DAYS * DAY)
    assert _count(database, COMMUNITIES) == 2
    database.sweep(AT + (GONE_KEPT_DAYS + 1) * DAY)
    with database.engine.begin() as connection:
        for table in METADATA.sorted_tables:
            if "community_id" in table.c:
                kept = set(connection.scalars(sa.select(table.c.community_id)))
                assert here not in kept, table.name
    assert _count(database, COMMUNITIES) == 1


def test_everything_that_has_its_time_goes_after_a_decade(database: Database) -> None:
    with database.unit(HERE, None, AT) as unit:
        Canaries(unit._ground, "mei", known(unit, "Mei")).fill()
    assert database.sweep(AT + 3650 * DAY)
    assert database.sweep(AT + 3650 * DAY) == 0


def test_house_is_kept_once_an_hour_whatever_the_clock_does(database: Database) -> None:
    database.keep_house(AT)
    with database.unit(HERE, None, AT) as unit:
        unit.seen("e1")
    database.keep_house(AT + timedelta(minutes=59))
    assert _count(database, INBOX) == 1
    database.keep_house(AT + 40 * DAY)
    assert _count(database, INBOX) == 0
    database.keep_house(AT)

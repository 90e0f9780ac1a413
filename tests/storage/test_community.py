"""A community's settings, its moderators, its audit log, its inbox and its reports."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.boundary.ids import CommunityRef, PersonId, Ref, ReportId, RoomId, RoomRef
from bot.core.boundary.views import Picked
from bot.core.programme.community.model import Settings, Theme
from bot.core.programme.reports.store import Report
from storage.engine import Database
from storage.errors import CannotOpen
from storage.tables.reports import REPORTS
from tests.storage.opened import AT, ELSEWHERE, HERE, actor, hello, known

OAK = RoomId("oakoakoakoak")


def test_a_community_is_known_from_its_first_event_on(database: Database) -> None:
    with database.unit(HERE, None, AT) as unit:
        first = unit.community
        assert not first.configured
    with database.unit(HERE, None, AT) as unit:
        assert unit.community == first
    with database.unit(ELSEWHERE, None, AT) as unit:
        assert unit.community.id != first.id


def test_settings_are_there_at_once_and_later(database: Database) -> None:
    settings = Settings(themes=(Theme("identity"), Theme("tea", "Tea")), help_line="Call us")
    with database.unit(HERE, None, AT) as unit:
        unit.programme.configure(settings)
        assert unit.community.settings == settings
    with database.unit(HERE, None, AT) as unit:
        assert unit.community.settings == settings
        assert unit.community.configured


def test_moderators_are_those_who_last_acted_with_the_right(database: Database) -> None:
    with database.unit(HERE, actor("Priya", moderator=True), AT) as unit:
        assert unit.actor is not None
        assert unit.programme.moderators() == (unit.actor.id,)
    with database.unit(HERE, actor("Mei"), AT) as unit:
        assert unit.actor is None
        assert len(unit.programme.moderators()) == 1
    with database.unit(ELSEWHERE, None, AT) as unit:
        assert unit.programme.moderators() == ()
    with database.unit(HERE, actor("Priya"), AT) as unit:
        assert unit.programme.moderators() == ()


def test_the_audit_log_reads_newest_first(database: Database) -> None:
    with database.unit(HERE, None, AT) as unit:
        priya = known(unit, "Priya")
        unit.programme.audit(priya, "season.opened", "s1")
    with database.unit(HERE, None, AT + timedelta(hours=1)) as unit:
        unit.programme.audit(None, "season.closed", "s1")
        log = unit.programme.audit_log(10, ())
        assert [(line.actor, line.action) for line in log] == [
            (None, "season.closed"),
            (priya, "season.opened"),
        ]
        assert len(unit.programme.audit_log(1, ())) == 1
    with database.unit(ELSEWHERE, None, AT) as unit:
        assert unit.programme.audit_log(10, ()) == ()


def test_an_event_is_new_once_in_each_community(database: Database) -> None:
    with database.unit(HERE, None, AT) as unit:
        assert not unit.seen("e1")
        assert unit.seen("e1")
    with database.unit(HERE, None, AT) as unit:
        assert unit.seen("e1")
    with database.unit(ELSEWHERE, None, AT) as unit:
        assert not unit.seen("e1")


def _see_and_fail(database: Database) -> None:
    with database.unit(HERE, None, AT) as unit:
        assert unit.seen("e1") / 0


def test_an_event_that_failed_was_never_seen(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        _see_and_fail(database)
    with database.unit(HERE, None, AT) as unit:
        assert not unit.seen("e1")


def test_a_room_is_found_by_either_name(database: Database) -> None:
    ref = RoomRef(Ref("paper", "C024"))
    with database.unit(HERE, None, AT) as unit:
        assert unit.rooms.ref(OAK) is None
        unit.rooms.opened(OAK, ref)
        unit.rooms.opened(OAK, ref)
    with database.unit(HERE, None, AT) as unit:
        assert unit.rooms.find(ref) == OAK
        assert unit.rooms.ref(OAK) == ref
    with database.unit(ELSEWHERE, None, AT) as unit:
        assert unit.rooms.find(ref) is None
        assert unit.rooms.ref(OAK) is None


def _report(reporter: PersonId, about: PersonId | None) -> Report:
    return Report(
        ReportId("r1"), reporter, about, "He would not stop.", AT, about_somebody=bool(about)
    )


def test_a_report_stays_open_until_it_is_handled(database: Database) -> None:
    with database.unit(HERE, None, AT) as unit:
        mei, ravi, priya = (known(unit, name) for name in ("Mei", "Ravi", "Priya"))
        report = _report(mei, ravi)
        unit.reports.save(report, Picked(actor("Ravi").person, "Ravi"))
    with database.unit(HERE, None, AT) as unit:
        assert unit.reports.get(report.id) == report
        assert unit.reports.open(priya) == unit.reports.all(priya) == (report,)
        assert unit.reports.open(ravi) == unit.reports.all(ravi) == ()
        unit.reports.save(replace(report, handled_by=priya))
    with database.unit(HERE, None, AT) as unit:
        assert unit.reports.open(priya) == ()
        assert unit.reports.all(ravi) == ()
        assert unit.reports.get(report.id) == replace(report, handled_by=priya)
    with database.unit(ELSEWHERE, None, AT) as unit:
        assert unit.reports.get(report.id) is None


def test_a_report_moved_to_another_reporter_does_not_open(database: Database) -> None:
    with database.unit(HERE, None, AT) as unit:
        mei, ravi = known(unit, "Mei"), known(unit, "Ravi")
        unit.reports.save(_report(mei, None))
    with database.engine.begin() as connection:
        connection.execute(REPORTS.update().values(reporter=ravi))
    with database.unit(HERE, None, AT) as unit, pytest.raises(CannotOpen):
        unit.reports.open(None)


def test_a_community_that_removed_the_bot_is_owed_nothing(database: Database) -> None:
    with database.unit(HERE, None, AT) as unit:
        unit.owe([hello(known(unit, "Mei"), 1)])
        unit.leave_community()
    assert database.claim(("paper",), AT, 10) == ()
    assert database.next_due() is None
    with database.unit(HERE, None, AT) as unit:
        unit.owe([hello(known(unit, "Mei"), 2)])
    assert [owed.key for owed in database.claim(("paper",), AT, 10)] == ["hello:2"]


def test_communities_are_known_by_platform_until_the_bot_is_gone(database: Database) -> None:
    stone = CommunityRef(Ref("stone", "quarry"))
    for community in (HERE, ELSEWHERE, stone):
        with database.unit(community, None, AT):
            pass
    assert set(database.communities("paper")) == {HERE, ELSEWHERE}
    assert database.communities("stone") == (stone,)
    with database.unit(HERE, None, AT) as unit:
        unit.leave_community()
    assert database.communities("paper") == (ELSEWHERE,)


def test_two_communities_with_one_name_on_two_platforms_are_two(database: Database) -> None:
    with database.unit(CommunityRef(Ref("stone", "here")), None, AT) as unit:
        there = unit.community.id
    with database.unit(HERE, None, AT) as unit:
        assert unit.community.id != there

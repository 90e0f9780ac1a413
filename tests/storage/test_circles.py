"""Seasons, circles, drafts and waiting files, on both databases."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.core.boundary.events import Actor
from bot.core.boundary.ids import CircleId, Key, PersonId, PersonRef, Ref, RoomId, SeasonId
from bot.core.programme.circles.model import Circle, CircleState, Seat, Seated
from bot.core.programme.drafts.model import Draft, DraftCircle, Run
from bot.core.programme.seasons.model import Season, Stage
from storage.engine import Database
from storage.unit import SqlUnit
from tests.storage.opened import AT, ELSEWHERE, HERE

SEASON = Season(SeasonId("season"), 1, Stage.OPEN, date(2026, 3, 9), 12)


def known(unit: SqlUnit, *keys: str) -> tuple[PersonId, ...]:
    """People of this community."""
    refs = [PersonRef(Ref("paper", key)) for key in keys]
    return tuple(unit.people.ensure(Actor(one, one.key)).id for one in refs)


def circle(number: int, *people: PersonId) -> Circle:
    """A circle whose first person mentors."""
    seats = [Seated(who, Seat.MENTEE if place else Seat.MENTOR) for place, who in enumerate(people)]
    return Circle(
        id=CircleId(f"circle{number}"),
        season=SEASON.id,
        name=f"Name {number}",
        theme="career",
        zone="Europe/London",
        weekday=0,
        minute=1080,
        room=RoomId(f"room{number}"),
        state=CircleState.OPENING,
        seats=tuple(seats),
        host=people[0],
    )


def test_a_season_is_current_until_it_ends_and_due_only_while_it_runs(database: Database) -> None:
    with database.unit(HERE, None, AT) as unit:
        unit.seasons.save(SEASON)
        assert unit.seasons.current() == SEASON
        assert unit.seasons.due(AT + timedelta(days=999)) == ()
        running = SEASON.running(AT)
        unit.seasons.save(running)
        assert running.ends_at
        assert unit.seasons.due(running.ends_at) == (running,)
        assert unit.seasons.due(running.ends_at - timedelta(seconds=1)) == ()
        ended = running.ended(running.ends_at)
        unit.seasons.save(ended)
        assert unit.seasons.current() is None
        assert unit.seasons.due(running.ends_at) == ()
        assert unit.seasons.latest() == unit.seasons.get(SEASON.id) == ended


def test_a_running_seasons_end_calls_for_a_tick(database: Database) -> None:
    running = SEASON.running(AT)
    assert running.ends_at
    with database.unit(HERE, None, AT) as unit:
        unit.seasons.save(running)
    assert HERE in database.due_communities(running.ends_at)
    assert HERE not in database.due_communities(running.ends_at - timedelta(hours=1))
    with database.unit(HERE, None, AT) as unit:
        unit.seasons.save(running.ended(running.ends_at))
    assert HERE not in database.due_communities(running.ends_at)


def test_a_circle_is_kept_with_its_seats_in_order(database: Database) -> None:
    with database.unit(HERE, None, AT) as unit:
        ann, bob, cat = known(unit, "ann", "bob", "cat")
        made = circle(1, ann, bob, cat)
        unit.circles.save(made)
        assert unit.circles.get(made.id) == made
        assert unit.circles.by_room(made.room) == made
        assert unit.circles.of_person(bob) == unit.circles.of_season(SEASON.id) == (made,)
        signed = made.signed_by(bob, AT).left_by(ann)
        unit.circles.save(signed)
        assert unit.circles.get(made.id) == signed
        assert signed.host is None
        assert unit.circles.of_person(ann) == ()
        unit.circles.save(replace(signed, state=CircleState.ENDED))
        assert unit.circles.of_person(bob) == ()
        assert unit.circles.names_taken() == {"Name 1"}


def test_nothing_of_one_community_is_seen_in_another(database: Database) -> None:
    with database.unit(HERE, None, AT) as unit:
        ann, bob = known(unit, "ann", "bob")
        unit.seasons.save(SEASON)
        unit.circles.save(circle(1, ann, bob))
        unit.circles.note_met((ann, bob), 1)
        unit.desk.save(Draft(SEASON.id, 1, ()))
    with database.unit(ELSEWHERE, None, AT) as unit:
        known(unit, "ann", "bob")
        assert unit.seasons.current() is None
        assert unit.seasons.latest() is None
        assert unit.circles.get(CircleId("circle1")) is None
        assert unit.circles.of_person(ann) == ()
        assert unit.circles.names_taken() == frozenset()
        assert unit.circles.met() == ()
        assert unit.desk.draft(SEASON.id) is None


def test_who_met_keeps_the_newest_season_and_survives_forgetting(database: Database) -> None:
    with database.unit(HERE, None, AT) as unit:
        ann, bob, cat = known(unit, "ann", "bob", "cat")
        unit.circles.note_met((ann, cat), 1)
        unit.circles.note_met((ann, bob, cat), 2)
        unit.circles.note_met((ann, bob), 1)
        met = {(frozenset({a, b}), season) for a, b, season in unit.circles.met()}
        assert met == {(frozenset(pair), 2) for pair in ((ann, bob), (ann, cat), (bob, cat))}
        unit.rights.forget(ann)
        unit.carry_out_erasures()
        assert {(frozenset({a, b}), s) for a, b, s in unit.circles.met()} == {
            (frozenset({bob, cat}), 2)
        }
        (back,) = known(unit, "ann")
        assert back != ann
        again = {frozenset({a, b}) for a, b, _ in unit.circles.met()}
        assert again == {frozenset({back, bob}), frozenset({back, cat}), frozenset({bob, cat})}


def test_every_version_of_a_draft_is_kept(database: Database) -> None:
    with database.unit(HERE, None, AT) as unit:
        ann, bob = known(unit, "ann", "bob")
        first = Draft(SEASON.id, 1, (DraftCircle("Rowan", (ann,), (bob,)),), upper_bound=1.5)
        second = first.after((DraftCircle("Rowan", (bob,), (ann,), locked=True),))
        unit.desk.save(first)
        unit.desk.save(second)
        assert unit.desk.draft(SEASON.id) == second
        assert unit.desk.version(SEASON.id, 1) == first
        assert unit.desk.version(SEASON.id, second.back) == first
        assert unit.desk.version(SEASON.id, 9) is None


def test_a_search_is_kept_until_it_ends(database: Database) -> None:
    with database.unit(HERE, None, AT) as unit:
        (ann,) = known(unit, "ann")
        asked = Run(SEASON.id, Key("match:season:0:7"), ann, "normal", 7, 0, AT)
        unit.desk.save_run(asked)
        further = replace(asked, share=0.5, best=12.5)
        unit.desk.save_run(further)
        assert unit.desk.run(SEASON.id) == further
        unit.desk.end_run(SEASON.id)
        assert unit.desk.run(SEASON.id) is None


def test_a_file_waits_sealed_until_it_is_dropped(database: Database) -> None:
    content = b"id,name\nann,Ann\xff"
    with database.unit(HERE, None, AT) as unit:
        ann, bob = known(unit, "ann", "bob")
        unit.desk.keep_import(ann, content)
        assert unit.desk.kept_import(ann) == content
        assert unit.desk.kept_import(bob) is None
        unit.desk.drop_import(ann)
        assert unit.desk.kept_import(ann) is None


@pytest.mark.parametrize("at", [AT, datetime(2026, 12, 31, 23, 59, tzinfo=UTC)])
def test_moments_come_back_as_they_were(database: Database, at: datetime) -> None:
    with database.unit(HERE, None, AT) as unit:
        ended = SEASON.ended(at)
        unit.seasons.save(ended)
        assert unit.seasons.get(SEASON.id) == ended

"""People: found by their ref, named by a random id, of one community alone."""

import sqlalchemy as sa

from bot.core.boundary.ids import PersonId, PersonRef, Ref
from bot.core.boundary.views import Picked
from storage.engine import Database
from storage.tables.people import PEOPLE
from tests.storage.opened import AT, ELSEWHERE, HERE, actor, known


def test_nobody_is_known_by_being_looked_up(database: Database) -> None:
    mei = actor("Mei Lin")
    with database.unit(HERE, mei, AT) as unit:
        assert unit.people.find(mei.person) is None
        assert unit.actor is None
    with database.unit(HERE, mei, AT) as unit:
        assert unit.actor is None


def test_whoever_was_made_known_is_found_again(database: Database) -> None:
    mei = actor("Mei Lin", zone="Asia/Kathmandu")
    with database.unit(HERE, mei, AT) as unit:
        made = unit.people.ensure(mei)
        assert unit.actor == made
    with database.unit(HERE, mei, AT) as unit:
        assert unit.actor == made
        assert unit.people.get(made.id) == made
        assert (made.name, made.zone, made.ref) == ("Mei Lin", "Asia/Kathmandu", mei.person)


def test_a_new_name_takes_the_place_of_the_old(database: Database) -> None:
    mei = actor("Mei Lin")
    with database.unit(HERE, None, AT) as unit:
        first = unit.people.ensure(mei)
    with database.unit(HERE, None, AT) as unit:
        assert unit.people.ensure(Picked(mei.person, "Mei Tan")).id == first.id
    with database.unit(HERE, None, AT) as unit:
        again = unit.people.get(first.id)
        assert again is not None
        assert again.name == "Mei Tan"


def test_a_clock_and_a_language_once_chosen_are_kept(database: Database) -> None:
    mei = actor("Mei Lin", zone="UTC")
    with database.unit(HERE, mei, AT) as unit:
        person = unit.people.ensure(mei)
        unit.people.set_clock(person.id, "Asia/Tokyo")
        unit.people.set_language(person.id, "ja")
    with database.unit(HERE, mei, AT) as unit:
        unit.people.ensure(mei)
        kept = unit.people.get(person.id)
        assert kept is not None
        assert (kept.zone, kept.language) == ("Asia/Tokyo", "ja")
        assert unit.words.zone.key == "Asia/Tokyo"


def test_a_zone_that_is_unknown_here_does_no_harm(database: Database) -> None:
    mei = actor("Mei Lin", zone="Mars/Olympus_Mons")
    with database.unit(HERE, mei, AT) as unit:
        person = unit.people.ensure(mei)
        assert unit.words.zone.key == "UTC"
        assert unit.words_for(person.id).zone.key == "UTC"
        assert unit.words_in("../../etc/passwd").zone.key == "UTC"


def test_many_are_found_at_once_and_strangers_left_out(database: Database) -> None:
    with database.unit(HERE, None, AT) as unit:
        ids = [known(unit, f"Member {number}") for number in range(600)]
    with database.unit(HERE, None, AT) as unit:
        found = unit.people.many([*ids, PersonId("nobodyatall2")])
        assert list(found) == ids
        assert found[ids[7]].name == "Member 7"


def test_nobody_of_another_community_is_there(database: Database) -> None:
    with database.unit(HERE, None, AT) as unit:
        mei = known(unit, "Mei")
    with database.unit(ELSEWHERE, actor("Mei"), AT) as unit:
        assert unit.actor is None
        assert unit.people.get(mei) is None
        assert known(unit, "Mei") != mei
    with database.engine.begin() as connection:
        hashes = connection.scalars(sa.select(PEOPLE.c.ref_hash)).all()
    assert len(set(hashes)) == 2


def test_the_same_key_on_two_platforms_is_two_people(database: Database) -> None:
    with database.unit(HERE, None, AT) as unit:
        one = unit.people.ensure(Picked(PersonRef(Ref("paper", "u1")), "Mei"))
        other = unit.people.ensure(Picked(PersonRef(Ref("stone", "u1")), "Mei"))
    assert one.id != other.id


def test_ids_are_twelve_letters_that_nobody_mistakes(database: Database) -> None:
    with database.unit(HERE, None, AT) as unit:
        ids = {unit.new_id() for _ in range(200)}
        seeds = {unit.new_seed() for _ in range(200)}
    assert len(ids) == 200
    assert all(
        len(one) == 12 and set(one) <= set("abcdefghijklmnopqrstuvwxyz234567") for one in ids
    )
    assert all(0 <= seed < 2**31 for seed in seeds)

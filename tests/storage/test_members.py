"""Members, what they told, and the consents under which they told it."""

from dataclasses import replace
from datetime import timedelta

import sqlalchemy as sa

from bot.core.boundary.forms import Filled, Unsent
from bot.core.boundary.ids import PersonId
from bot.core.programme.members.model import (
    IntroDraft,
    Member,
    Profile,
    Purpose,
    Role,
    Sensitive,
    Show,
    Standing,
)
from storage.engine import Database
from storage.tables.members import CONSENTS, PROFILES, SENSITIVE_ANSWERS
from tests.storage.opened import AT, ELSEWHERE, HERE, known

MATCHING, MY_CIRCLE = Purpose.MATCHING, Purpose.MY_CIRCLE
TOLD = Profile(
    seeks=("identity",),
    languages=("en", "ne"),
    preferred_language="ne",
    availability=("Mon 18:00-20:30",),
    stage="35-44",
    wishes=(PersonId("ravi"),),
    bio="I draw maps.",
    answers={"tea": ("yes", "often")},
    show=(Show.BIO,),
    declined=("heritage",),
)


def member(person: PersonId, standing: Standing = Standing.ACTIVE) -> Member:
    return Member(person, standing, Role.BOTH, "Asia/Kathmandu", capacity=2, joined_at=AT)


def test_a_member_is_kept_as_they_are(database: Database) -> None:
    with database.unit(HERE, None, AT) as unit:
        mei = known(unit, "Mei")
        assert unit.members.get(mei) is None
        unit.members.save(member(mei))
    with database.unit(HERE, None, AT) as unit:
        assert unit.members.get(mei) == member(mei)
    with database.unit(ELSEWHERE, None, AT) as unit:
        assert unit.members.get(mei) is None


def test_members_are_listed_by_standing(database: Database) -> None:
    with database.unit(HERE, None, AT) as unit:
        people = [known(unit, name) for name in ("Mei", "Ravi", "Asha")]
        for person, standing in zip(
            people, (Standing.ACTIVE, Standing.WAITING, Standing.LEFT), strict=True
        ):
            unit.members.save(member(person, standing))
        assert {one.person for one in unit.members.all()} == set(people[:2])
        assert [one.person for one in unit.members.all(Standing.WAITING)] == [people[1]]
        assert [one.person for one in unit.members.all(Standing.LEFT)] == [people[2]]


def test_what_somebody_told_comes_back_and_lies_sealed(database: Database) -> None:
    with database.unit(HERE, None, AT) as unit:
        mei, ravi = known(unit, "Mei"), known(unit, "Ravi")
        unit.members.save_profile(mei, TOLD)
        assert unit.members.profile(mei) == TOLD
        assert unit.members.profiles((mei, ravi)) == {mei: TOLD, ravi: Profile()}
    with database.engine.connect() as connection:
        sealed = connection.scalar(sa.select(PROFILES.c.told))
        assert sealed is not None
        assert b"maps" not in sealed


def test_a_draft_is_due_when_it_is_to_be_reminded_of(database: Database) -> None:
    draft = IntroDraft(2, "mentee", zone="UTC", profile=TOLD, started_at=AT)
    later = AT + timedelta(days=2)
    with database.unit(HERE, None, AT) as unit:
        mei = known(unit, "Mei")
        unit.members.save_draft(mei, draft, later)
        assert unit.members.draft(mei) == draft
        assert unit.members.due(AT) == ((), ())
    assert database.due_communities(AT) == ()
    assert database.due_communities(later) == (HERE,)
    with database.unit(HERE, None, later) as unit:
        assert unit.members.due(later) == ((), (mei,))
        unit.members.save_draft(mei, replace(draft, reminded=True))
        assert unit.members.due(later) == ((), ())
        unit.members.save_draft(mei, None)
        assert unit.members.draft(mei) is None


def test_a_pause_is_due_when_it_ends(database: Database) -> None:
    later = AT + timedelta(days=7)
    with database.unit(HERE, None, AT) as unit:
        mei = known(unit, "Mei")
        away = replace(member(mei, Standing.PAUSED), paused_until=later)
        unit.members.save(away)
        assert unit.members.due(AT) == ((), ())
        assert unit.members.due(later) == ((away,), ())
        unit.members.save(member(mei))
        assert unit.members.due(later) == ((), ())


def test_a_sensitive_answer_is_seen_only_for_what_it_was_given(database: Database) -> None:
    with database.unit(HERE, None, AT) as unit:
        mei, ravi = known(unit, "Mei"), known(unit, "Ravi")
        both = frozenset({MATCHING, MY_CIRCLE})
        unit.members.answer_sensitive(mei, "heritage", ("Hakka",), both, "1")
        unit.members.answer_sensitive(ravi, "heritage", ("Nepali",), frozenset({MATCHING}), "1")
        assert unit.members.sensitive(mei) == (Sensitive("heritage", ("Hakka",), both),)
        assert set(unit.members.sensitive_for((mei, ravi), MATCHING)) == {mei, ravi}
        assert unit.members.sensitive_for((mei, ravi), MY_CIRCLE) == {
            mei: (Sensitive("heritage", ("Hakka",), frozenset({MY_CIRCLE})),)
        }


def test_an_answer_goes_with_its_consent_and_the_consent_stays_as_a_record(
    database: Database,
) -> None:
    with database.unit(HERE, None, AT) as unit:
        mei = known(unit, "Mei")
        unit.members.answer_sensitive(mei, "heritage", ("Hakka",), frozenset({MATCHING}), "1")
        unit.members.answer_sensitive(mei, "heritage", ("Taiwanese",), frozenset({MATCHING}), "2")
        (kept,) = unit.members.sensitive(mei)
        assert kept.values == ("Taiwanese",)
        unit.members.withdraw(mei, "heritage")
        assert unit.members.sensitive(mei) == ()
    with database.engine.connect() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(SENSITIVE_ANSWERS)) == 0
        consents = connection.execute(sa.select(CONSENTS).order_by(CONSENTS.c.text_version)).all()
    assert [(one.text_version, one.given_in) for one in consents] == [
        ("1", "paper"),
        ("2", "paper"),
    ]
    assert all(one.withdrawn_at == AT for one in consents)


def test_a_question_no_longer_asked_takes_every_answer_along(database: Database) -> None:
    with database.unit(HERE, None, AT) as unit:
        mei, ravi = known(unit, "Mei"), known(unit, "Ravi")
        for person in (mei, ravi):
            for key in ("q:vote", "heritage"):
                unit.members.answer_sensitive(person, key, ("x",), frozenset({MATCHING}), "1")
        unit.members.withdraw_everywhere("q:vote")
        found = unit.members.sensitive_for((mei, ravi), MATCHING)
        assert {one.key for told in found.values() for one in told} == {"heritage"}


def test_whoever_left_is_forgotten_when_their_time_is_up(database: Database) -> None:
    with database.unit(HERE, None, AT) as unit:
        mei = known(unit, "Mei")
        unit.members.save(member(mei, Standing.LEFT))
        unit.members.save_profile(mei, TOLD)
    database.keep_house(AT + timedelta(days=31))
    with database.unit(HERE, None, AT) as unit:
        assert unit.people.get(mei) is None
        assert unit.members.get(mei) is None


def test_an_unsent_form_is_kept_for_its_owner(database: Database) -> None:
    filled = Unsent(Filled({"bio": "I draw maps."}, {"show": ("bio",)}), "once", AT)
    with database.unit(HERE, None, AT) as unit:
        mei, ravi = known(unit, "Mei"), known(unit, "Ravi")
        unit.members.keep_unsent(mei, "intros.fill;times", filled)
        assert unit.members.unsent(mei, "intros.fill;times") == filled
        assert unit.members.unsent(ravi, "intros.fill;times") is None
        unit.members.drop_unsent(mei, "intros.fill;times")
        assert unit.members.unsent(mei, "intros.fill;times") is None

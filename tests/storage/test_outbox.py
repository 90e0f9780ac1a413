"""What is owed is made once, in its turn, by one claimant, and ends in a state that says how."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from bot.core.boundary.events import Why
from bot.core.boundary.ids import Key, MessageRef, PersonId, Ref, RoomId, RoomRef
from bot.core.boundary.outcome import (
    Archive,
    Compute,
    Delete,
    Delivery,
    Edit,
    ErasePerson,
    Invite,
    NewRoom,
    Remove,
    To,
    ToPerson,
    ToRoom,
)
from bot.shell.ports import Owed, RunAgain
from storage.claims import LEASE
from storage.codec import UnknownNotice
from storage.engine import Database
from storage.outbox import PATIENCE
from storage.tables.mail import OUTBOX
from tests.storage.opened import AT, ELSEWHERE, HERE, PAPER, Hello, actor, hello, known, opened

OAK = RoomId("oakoakoakoak")
MINUTE = timedelta(minutes=1)


def _owe(database: Database, *deliveries: Delivery, at: datetime = AT) -> None:
    with database.unit(HERE, None, at) as unit:
        unit.owe(deliveries)


def _people(database: Database, *names: str) -> list[PersonId]:
    with database.unit(HERE, None, AT) as unit:
        return [known(unit, name) for name in names]


def _claim(database: Database, at: datetime = AT) -> list[Owed]:
    return list(database.claim(PAPER, at, 100))


def _settle(database: Database, owed: Owed, **how: object) -> bool:
    with database.unit(HERE, None, AT) as unit:
        return unit.settle(owed, **how)  # type: ignore[arg-type]


def _sent(database: Database, *claimed: Owed) -> None:
    for owed in claimed:
        assert _settle(database, owed, made=MessageRef(Ref("paper", f"m-{owed.key}")))


def _keys(claimed: list[Owed]) -> list[str]:
    return [owed.key for owed in claimed]


def _states(database: Database) -> dict[str, tuple[str, str | None]]:
    with database.engine.begin() as connection:
        rows = connection.execute(sa.select(OUTBOX.c.key, OUTBOX.c.state, OUTBOX.c.reason))
        return {key: (state, reason) for key, state, reason in rows}


def test_owing_the_same_key_twice_is_owing_it_once(database: Database) -> None:
    (mei,) = _people(database, "Mei")
    _owe(database, hello(mei, 1), hello(mei, 1))
    _owe(database, hello(mei, 1))
    assert _keys(_claim(database)) == ["hello:1"]


def test_a_claim_tells_everything_that_is_needed(database: Database) -> None:
    (mei,) = _people(database, "Mei")
    _owe(database, Delivery(Key("k:1"), ToPerson(mei), Hello(7), expires=AT + MINUTE))
    (owed,) = _claim(database)
    assert owed.to == ToPerson(mei)
    assert owed.what == Hello(7)
    assert owed.person == actor("Mei").person
    assert owed.community == HERE
    assert (owed.expires, owed.attempts, owed.perhaps_done) == (AT + MINUTE, 1, False)


def test_a_notice_that_nobody_knows_any_more_says_so(database: Database) -> None:
    (mei,) = _people(database, "Mei")
    _owe(database, hello(mei, 1))
    with database.engine.begin() as connection:
        connection.execute(sa.update(OUTBOX).values(what='["newer.kind",{"x":1}]'))
    assert _claim(database)[0].what == UnknownNotice()


def test_every_kind_of_address_comes_back_as_it_was(database: Database) -> None:
    mei, ravi = _people(database, "Mei", "Ravi")
    addresses: list[To] = [
        NewRoom(OAK, "Oak"),
        ToRoom(OAK, silent=True),
        ToPerson(mei),
        Invite(OAK, mei),
        Remove(OAK, ravi),
        Archive(OAK),
        Delete(Key("x:1")),
        Edit(Key("x:1")),
        ErasePerson(mei),
        Compute("match"),
    ]
    with database.unit(HERE, None, AT) as unit:
        unit.rooms.opened(OAK, RoomRef(Ref("paper", "C1")))
    _owe(database, *(Delivery(Key(f"k:{n}"), to) for n, to in enumerate(addresses)))
    found: dict[str, To] = {}
    while claimed := _claim(database):
        found.update((owed.key, owed.to) for owed in claimed)
        for owed in claimed:
            assert _settle(database, owed)
    assert [found[f"k:{n}"] for n in range(len(addresses))] == addresses


def test_the_newest_word_on_somebody_and_a_room_stands(database: Database) -> None:
    mei, ravi = _people(database, "Mei", "Ravi")
    with database.unit(HERE, None, AT) as unit:
        unit.rooms.opened(OAK, RoomRef(Ref("paper", "C1")))
    _owe(
        database,
        Delivery(Key("out:1"), Remove(OAK, mei)),
        Delivery(Key("out:2"), Remove(OAK, ravi)),
    )
    _owe(database, Delivery(Key("in:1"), Invite(OAK, mei)))
    _owe(database, Delivery(Key("out:1"), Remove(OAK, mei)))  # owed before: it changes nothing
    states = _states(database)
    assert states["out:1"] == ("cancelled", "outdated")
    assert states["out:2"] == states["in:1"] == ("due", None)


def test_what_is_said_to_one_person_is_said_in_order(database: Database) -> None:
    mei, ravi = _people(database, "Mei", "Ravi")
    _owe(database, hello(mei, 1), hello(mei, 2), hello(ravi, 3))
    first = _claim(database)
    assert _keys(first) == ["hello:1", "hello:3"]
    assert _claim(database) == []
    _sent(database, *first)
    assert _keys(_claim(database)) == ["hello:2"]


def test_a_short_retry_keeps_its_place(database: Database) -> None:
    (mei,) = _people(database, "Mei")
    _owe(database, hello(mei, 1), hello(mei, 2))
    (owed,) = _claim(database)
    database.put_back(owed, AT + MINUTE, perhaps_done=False)
    assert _claim(database) == []
    assert _keys(_claim(database, AT + MINUTE)) == ["hello:1"]


def test_what_is_held_for_long_lets_others_pass(database: Database) -> None:
    (mei,) = _people(database, "Mei")
    _owe(database, hello(mei, 1), hello(mei, 2))
    (owed,) = _claim(database)
    database.put_back(owed, AT + PATIENCE + MINUTE, perhaps_done=False)
    assert _keys(_claim(database)) == ["hello:2"]


def test_nothing_is_made_before_it_is_due(database: Database) -> None:
    (mei,) = _people(database, "Mei")
    _owe(database, Delivery(Key("k:1"), ToPerson(mei), Hello(), due=AT + MINUTE))
    assert _claim(database) == []
    assert database.next_due() == AT + MINUTE
    assert _keys(_claim(database, AT + MINUTE)) == ["k:1"]


def test_only_served_platforms_are_claimed(database: Database) -> None:
    (mei,) = _people(database, "Mei")
    _owe(database, hello(mei, 1))
    assert database.claim(("stone",), AT, 10) == ()
    assert database.claim((), AT, 10) == ()
    assert _keys(_claim(database)) == ["hello:1"]


def test_no_more_is_claimed_than_asked_for(database: Database) -> None:
    people = _people(database, "Mei", "Ravi", "Aiko")
    _owe(database, *(hello(person, n) for n, person in enumerate(people)))
    assert len(database.claim(PAPER, AT, 2)) == 2
    assert len(database.claim(PAPER, AT, 2)) == 1


def test_a_room_is_entered_once_it_is_open(database: Database) -> None:
    (mei,) = _people(database, "Mei")
    _owe(
        database,
        Delivery(Key("invite:1"), Invite(OAK, mei)),
        Delivery(Key("intro:1"), ToRoom(OAK), Hello()),
    )
    assert _claim(database) == []
    assert database.next_due() is None
    _owe(database, Delivery(Key("room:1"), NewRoom(OAK, "Oak")))
    assert _claim(database) == [], "what came first in the lane goes first"


def test_opening_a_room_lets_people_in_and_then_speaks(database: Database) -> None:
    (mei,) = _people(database, "Mei")
    _owe(
        database,
        Delivery(Key("room:1"), NewRoom(OAK, "Oak")),
        Delivery(Key("invite:1"), Invite(OAK, mei)),
        Delivery(Key("intro:1"), ToRoom(OAK), Hello()),
    )
    (room,) = _claim(database)
    ref = RoomRef(Ref("paper", "C1"))
    assert _settle(database, room, made=ref)
    (invite,) = _claim(database)
    assert (invite.key, invite.room, invite.person) == ("invite:1", ref, actor("Mei").person)
    assert _settle(database, invite)
    assert _keys(_claim(database)) == ["intro:1"]


def test_what_waits_for_a_room_that_never_opens_still_expires(database: Database) -> None:
    _owe(database, Delivery(Key("k:1"), ToRoom(OAK), Hello(), expires=AT + MINUTE))
    assert _claim(database) == []
    assert _keys(_claim(database, AT + MINUTE)) == ["k:1"]


def test_a_claim_that_ran_out_comes_back_as_perhaps_done(database: Database) -> None:
    (mei,) = _people(database, "Mei")
    _owe(database, hello(mei, 1))
    (first,) = _claim(database)
    assert _claim(database, AT + LEASE - MINUTE) == []
    (second,) = _claim(database, AT + LEASE)
    assert (second.perhaps_done, second.attempts, second.epoch) == (True, 2, first.epoch + 1)


def test_whoever_lost_the_claim_settles_nothing(database: Database) -> None:
    (mei,) = _people(database, "Mei")
    _owe(database, hello(mei, 1))
    (first,) = _claim(database)
    (second,) = _claim(database, AT + LEASE)
    assert not _settle(database, first, failed=Why.CLOSED)
    database.put_back(first, AT, perhaps_done=False)
    assert _states(database)["hello:1"] == ("claimed", None)
    assert _settle(database, second)
    assert not _settle(database, second), "once is enough"


def test_doubt_once_raised_stays(database: Database) -> None:
    (mei,) = _people(database, "Mei")
    _owe(database, hello(mei, 1))
    (owed,) = _claim(database)
    database.put_back(owed, AT, perhaps_done=True)
    assert _claim(database)[0].perhaps_done


def test_a_graceful_stop_gives_every_claim_back(database: Database) -> None:
    (mei,) = _people(database, "Mei")
    _owe(database, hello(mei, 1))
    _claim(database)
    database.release()
    (owed,) = _claim(database)
    assert owed.perhaps_done


def test_after_a_crash_on_sqlite_nothing_waits_for_a_lease(sqlite_url: str, tmp_path: Path) -> None:
    with opened(sqlite_url, tmp_path) as database:
        (mei,) = _people(database, "Mei")
        _owe(database, hello(mei, 1))
        _claim(database)
    with opened(sqlite_url, tmp_path) as database:
        (owed,) = _claim(database)
        assert owed.perhaps_done


def test_every_ending_has_its_state(database: Database) -> None:
    people = _people(database, "Mei", "Ravi", "Aiko", "Priya", "Linh")
    _owe(database, *(hello(person, n) for n, person in enumerate(people)))
    ways: list[dict[str, object]] = [
        {"made": MessageRef(Ref("paper", "m"))},
        {"failed": Why.CLOSED},
        {"failed": Why.EXPIRED},
        {"failed": Why.UNCERTAIN},
        {"cancelled": "gone by now"},
    ]
    for owed, how in zip(_claim(database), ways, strict=True):
        assert _settle(database, owed, **how)
    assert _states(database) == {
        "hello:0": ("sent", None),
        "hello:1": ("failed", "closed"),
        "hello:2": ("missed", "expired"),
        "hello:3": ("uncertain", "uncertain"),
        "hello:4": ("cancelled", "gone by now"),
    }
    assert database.next_due() is None


def test_what_is_uncertain_is_listed_and_can_be_resolved(database: Database) -> None:
    mei, ravi = _people(database, "Mei", "Ravi")
    _owe(database, hello(mei, 1), hello(ravi, 2))
    for owed in _claim(database):
        _settle(database, owed, failed=Why.UNCERTAIN)
    assert _claim(database, AT + timedelta(days=9)) == [], "never sent again by itself"
    one, other = database.uncertain()
    assert (one.key, one.community, other.key) == ("hello:1", HERE, "hello:2")
    assert database.resolve(one.row, AT, arrived=True)
    assert database.resolve(other.row, AT, arrived=False)
    assert not database.resolve(other.row, AT, arrived=False)
    assert database.uncertain() == ()
    assert _keys(_claim(database)) == ["hello:2"]


def test_what_is_cancelled_is_not_made(database: Database) -> None:
    mei, ravi = _people(database, "Mei", "Ravi")
    _owe(database, hello(mei, 1), hello(ravi, 2))
    with database.unit(HERE, None, AT) as unit:
        unit.cancel([Key("hello:1"), Key("never:owed")])
    with database.unit(ELSEWHERE, None, AT) as unit:
        unit.cancel([Key("hello:2")])
    assert _keys(_claim(database)) == ["hello:2"]


def test_what_is_cancelled_while_it_is_sent_is_not_tried_again(database: Database) -> None:
    (mei,) = _people(database, "Mei")
    _owe(database, hello(mei, 1))
    (owed,) = _claim(database)
    with database.unit(HERE, None, AT) as unit:
        unit.cancel([Key("hello:1")])
    database.put_back(owed, AT, perhaps_done=True)
    (again,) = _claim(database)
    assert again.expires == AT


def test_taking_back_finds_the_message(database: Database) -> None:
    (mei,) = _people(database, "Mei")
    _owe(database, hello(mei, 1))
    _sent(database, *_claim(database))
    _owe(database, Delivery(Key("edit:1"), Edit(Key("hello:1")), Hello(2)))
    (edit,) = _claim(database)
    assert edit.message == Ref("paper", "m-hello:1")
    _settle(database, edit)
    _owe(database, Delivery(Key("delete:1"), Delete(Key("hello:1"))))
    (delete,) = _claim(database)
    assert delete.message == Ref("paper", "m-hello:1")


def test_taking_back_waits_for_what_is_being_sent(database: Database) -> None:
    (mei,) = _people(database, "Mei")
    _owe(database, hello(mei, 1))
    (owed,) = _claim(database)
    _owe(database, Delivery(Key("delete:1"), Delete(Key("hello:1"))))
    assert _claim(database) == []
    _sent(database, owed)
    assert _claim(database)[0].message == Ref("paper", "m-hello:1")


def test_taking_back_what_was_never_sent_cancels_it(database: Database) -> None:
    (mei,) = _people(database, "Mei")
    _owe(database, Delivery(Key("k:1"), ToPerson(mei), Hello(), due=AT + timedelta(days=1)))
    _owe(database, Delivery(Key("delete:1"), Delete(Key("k:1"))))
    assert _states(database)["k:1"] == ("cancelled", "cancelled")
    assert _claim(database)[0].message is None


def test_somebody_forgotten_can_still_be_let_out_and_erased_outside(database: Database) -> None:
    (mei,) = _people(database, "Mei")
    with database.unit(HERE, None, AT) as unit:
        unit.rooms.opened(OAK, RoomRef(Ref("paper", "C1")))
        unit.rights.forget(mei)
        unit.owe(
            [Delivery(Key("out:1"), Remove(OAK, mei)), Delivery(Key("erase:1"), ErasePerson(mei))]
        )
        unit.owe([hello(mei, 1)])
        unit.carry_out_erasures()
    claimed = _claim(database)
    assert [(owed.key, owed.person) for owed in claimed] == [
        ("out:1", actor("Mei").person),
        ("erase:1", actor("Mei").person),
    ]
    assert _states(database)["hello:1"] == ("cancelled", "forgotten")
    for owed in claimed:
        assert _settle(database, owed)
    with database.engine.begin() as connection:
        left = connection.scalars(sa.select(OUTBOX.c.person_ref)).all()
    assert set(left) == {None}


def test_nothing_is_owed_to_somebody_who_is_not_there(database: Database) -> None:
    _owe(database, hello(PersonId("nobodyatall2"), 1))
    assert _claim(database) == []


def _patiently(database: Database, owed: Owed) -> bool:
    """Settle, as often as the database asks for it."""
    while True:
        try:
            return _settle(database, owed)
        except RunAgain:
            continue


def test_two_claimants_share_the_work_and_nothing_is_claimed_twice(
    postgres_url: str, tmp_path: Path
) -> None:
    with opened(postgres_url, tmp_path) as one, opened(postgres_url, tmp_path) as other:
        people = _people(one, *(f"Member {number}" for number in range(60)))
        deliveries = [
            hello(person, 100 * turn + n) for turn in (1, 2) for n, person in enumerate(people)
        ]
        _owe(one, *deliveries)

        made: list[Owed] = []

        def work(database: Database) -> None:
            idle = 0
            while idle < 20:
                claimed = database.claim(PAPER, AT, 7)
                idle = 0 if claimed else idle + 1
                for owed in claimed:
                    made.append(owed)
                    assert _patiently(database, owed)

        with ThreadPoolExecutor(2) as pool:
            list(pool.map(work, (one, other)))
    assert sorted(owed.key for owed in made) == sorted(delivery.key for delivery in deliveries)
    numbers: dict[object, list[int]] = {}
    for owed in made:
        assert isinstance(owed.what, Hello)
        numbers.setdefault(owed.person, []).append(owed.what.number)
    assert all(said == sorted(said) for said in numbers.values()), "each in the order owed"

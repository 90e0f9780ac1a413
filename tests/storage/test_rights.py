"""Everything of somebody, and nothing of anybody else, is given out; and goes."""

import json
import sqlite3
from datetime import timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bot.core.boundary.ids import Key, MessageRef, PersonId, Ref, RoomId, RoomRef
from bot.core.boundary.outcome import Delivery, ToRoom
from storage.catalogue import METADATA, entry, is_person
from storage.engine import Database
from storage.tables.mail import OUTBOX
from storage.tables.people import PEOPLE
from storage.tables.reports import REPORTS
from tests.storage.canaries import Canaries
from tests.storage.opened import AT, ELSEWHERE, HERE, PAPER, Hello, actor, hello, known, opened


def _filled(database: Database, who: str, name: str, others: str = "") -> Canaries:
    with database.unit(HERE, None, AT) as unit:
        canaries = Canaries(unit._ground, who, known(unit, name))
        canaries.fill(others=known(unit, others) if others else None)
    return canaries


def _forget(database: Database, person: PersonId) -> tuple[str, ...]:
    with database.unit(HERE, None, AT + timedelta(minutes=1)) as unit:
        keys = unit.rights.forget(person)
        unit.carry_out_erasures()
    return keys


def _export(database: Database, person: PersonId) -> tuple[str, dict[str, list[dict[str, Any]]]]:
    with database.unit(HERE, None, AT) as unit:
        text = unit.rights.export(person).decode()
    held: dict[str, list[dict[str, Any]]] = json.loads(text)["held"]
    return text, held


def test_an_export_holds_every_exported_column(database: Database) -> None:
    mei = _filled(database, "mei", "Mei Lin")
    _, held = _export(database, mei.person)
    missing = []
    for table, row in mei.rows.items():
        owners = [c for c in table.columns if is_person(c) and entry(c).export]
        for column in table.columns if owners else ():
            if entry(column).export and not is_person(column):
                value = mei.plain[f"{table.name}.{column.name}"]
                shown = held[table.name][0].get(column.name)
                if isinstance(value, str) and not column.foreign_keys and shown != value:
                    missing.append(f"{table.name}.{column.name}: {shown} is not {value}")
                if shown is None:
                    missing.append(f"{table.name}.{column.name}")
        assert row
    assert not missing
    assert held["people"][0]["identity"]["name"] == "Mei Lin"


def test_an_export_holds_nothing_of_others(database: Database) -> None:
    mei = _filled(database, "mei", "Mei Lin")
    ravi = _filled(database, "rav", "Ravi Rao", others="Mei Lin")
    text, _ = _export(database, mei.person)
    assert not [canary for canary in (*ravi.readable, *ravi.sealed) if canary in text]


def test_an_export_holds_no_secret(database: Database) -> None:
    mei = _filled(database, "mei", "Mei Lin")
    _, held = _export(database, mei.person)
    secret = {"key", "ref_hash", "event_hash", "person_ref", "receipt"}
    assert not [name for rows in held.values() for row in rows for name in row if name in secret]


def test_an_export_reads_names_and_no_ids(database: Database) -> None:
    mei = _filled(database, "mei", "Mei Lin")
    text, held = _export(database, mei.person)
    assert mei.person not in text
    assert held["reports"][0]["about"] == "Mei Lin"


def test_what_was_reported_about_somebody_is_not_given_to_them(database: Database) -> None:
    ravi = _filled(database, "rav", "Ravi Rao", others="Mei Lin")
    with database.unit(HERE, None, AT) as unit:
        mei = known(unit, "Mei Lin")
    text, held = _export(database, mei)
    assert "reports" not in held
    assert ravi.plain["reports.words"] not in text


def test_nothing_of_another_community_is_given_out_or_goes(database: Database) -> None:
    _filled(database, "mei", "Mei Lin")
    with database.unit(ELSEWHERE, None, AT) as unit:
        there = known(unit, "Mei Lin")
        assert json.loads(unit.rights.export(there))["held"].keys() == {"people"}
        unit.rights.forget(there)
    with database.unit(HERE, actor("Mei Lin"), AT) as unit:
        assert unit.actor is not None


def test_forgetting_leaves_no_row_and_no_key(database: Database) -> None:
    mei = _filled(database, "mei", "Mei Lin")
    ravi = _filled(database, "rav", "Ravi Rao", others="Mei Lin")
    _forget(database, mei.person)
    with database.engine.begin() as connection:
        for table in METADATA.sorted_tables:
            for column in filter(is_person, table.columns):
                assert not connection.scalar(
                    sa.select(sa.func.count()).select_from(table).where(column == mei.person)
                ), f"{table.name}.{column.name}"
        assert connection.scalars(sa.select(PEOPLE.c.id)).all() == [ravi.person]
        assert connection.scalar(sa.select(REPORTS.c.about)) is None
    _, held = _export(database, ravi.person)
    assert held["reports"][0]["words"] == ravi.plain["reports.words"]
    with database.unit(HERE, actor("Mei Lin"), AT) as unit:
        assert unit.actor is None


def test_until_the_unit_ends_the_forgotten_can_still_be_looked_up(database: Database) -> None:
    with database.unit(HERE, None, AT) as unit:
        mei = known(unit, "Mei")
        unit.rights.forget(mei)
        assert unit.people.get(mei)
    with database.unit(HERE, None, AT) as unit:
        assert unit.people.get(mei) is None


def test_messages_with_their_name_are_taken_back(database: Database) -> None:
    with database.unit(HERE, None, AT) as unit:
        mei, ravi = known(unit, "Mei"), known(unit, "Ravi")
        unit.owe([hello(ravi, 1, about=(mei, ravi)), hello(ravi, 2, about=(ravi,))])
        unit.owe([hello(ravi, 3, about=(mei,))])
    for _ in range(2):
        for owed in database.claim(PAPER, AT, 9):
            with database.unit(HERE, None, AT) as unit:
                unit.settle(owed, made=MessageRef(Ref("paper", owed.key)))
    assert _forget(database, mei) == ("hello:1",), "the third was never sent"


def test_a_message_that_is_being_sent_is_taken_back_too(database: Database) -> None:
    with database.unit(HERE, None, AT) as unit:
        mei, ravi = known(unit, "Mei"), known(unit, "Ravi")
        unit.owe([hello(ravi, 1, about=(mei,))])
    database.claim(PAPER, AT, 9)
    assert _forget(database, mei) == ("hello:1",)


def _bytes_of(folder: Path) -> dict[str, bytes]:
    return {f.name: f.read_bytes() for f in folder.rglob("*") if f.is_file() and f.name != "key"}


def _found(canaries: list[str], content: dict[str, bytes]) -> list[str]:
    return [
        f"{canary} in {name}"
        for canary in canaries
        for name, held in content.items()
        if canary.encode() in held
    ]


def test_no_sensitive_word_lies_in_the_files_in_plain(sqlite_url: str, tmp_path: Path) -> None:
    with opened(sqlite_url, tmp_path) as database:
        mei = _filled(database, "mei", "Mei Lin")
        assert mei.sealed
        secrets = [*mei.sealed, "Mei Lin", actor("Mei Lin").person.key]
        assert not _found(secrets, _bytes_of(tmp_path))
    assert not _found(secrets, _bytes_of(tmp_path))


def test_after_the_clean_up_no_byte_is_left_in_the_files(sqlite_url: str, tmp_path: Path) -> None:
    with opened(sqlite_url, tmp_path) as database:
        mei = _filled(database, "mei", "Mei Lin")
        assert _found(mei.readable, _bytes_of(tmp_path)), "the search can find what is there"
        with database.unit(HERE, None, AT) as unit:
            wrapped = unit._ground.connection.scalar(sa.select(PEOPLE.c.key))
        assert wrapped is not None
        _forget(database, mei.person)
        database.keep_house(AT)
        content = _bytes_of(tmp_path)
        assert not _found([*mei.readable, *mei.sealed, mei.person], content)
        assert not [name for name, held in content.items() if wrapped in held]


def test_after_forgetting_no_postgres_table_holds_a_word(postgres_url: str, tmp_path: Path) -> None:
    with opened(postgres_url, tmp_path) as database:
        mei = _filled(database, "mei", "Mei Lin")
        assert _found(mei.readable, _dump(database))
        assert not _found([*mei.sealed, "Mei Lin"], _dump(database))
        _forget(database, mei.person)
        database.keep_house(AT)
        assert not _found([*mei.readable, *mei.sealed, mei.person, "Mei Lin"], _dump(database))


def _dump(database: Database) -> dict[str, bytes]:
    with database.engine.begin() as connection:
        return {
            name: repr(connection.execute(table.select()).all()).encode()
            for name, table in METADATA.tables.items()
        }


def test_a_restored_backup_brings_nobody_back(sqlite_url: str, tmp_path: Path) -> None:
    with opened(sqlite_url, tmp_path) as database:
        mei = _filled(database, "mei", "Mei Lin")
        with database.unit(HERE, None, AT) as unit:
            ravi = known(unit, "Ravi")
        database.backup(tmp_path / "copy.db")
        _forget(database, mei.person)
    for left in tmp_path.glob("banyan.db*"):
        left.unlink()
    (tmp_path / "copy.db").rename(tmp_path / "banyan.db")
    with opened(sqlite_url, tmp_path) as database:
        with database.unit(HERE, actor("Mei Lin"), AT) as unit:
            assert unit.actor is None
            assert unit.people.get(ravi)
        database.keep_house(AT)
        assert not _found([*mei.readable, *mei.sealed], _bytes_of(tmp_path))


def test_whoever_comes_again_after_being_forgotten_stays(database_url: str, tmp_path: Path) -> None:
    with opened(database_url, tmp_path) as database:
        with database.unit(HERE, None, AT) as unit:
            mei = known(unit, "Mei")
        _forget(database, mei)
        with database.unit(HERE, None, AT + timedelta(days=1)) as unit:
            again = known(unit, "Mei")
        assert again != mei
    with opened(database_url, tmp_path) as database, database.unit(HERE, None, AT) as unit:
        assert unit.people.get(again)


def test_whoever_comes_again_at_the_very_same_moment_stays(
    database_url: str, tmp_path: Path
) -> None:
    with opened(database_url, tmp_path) as database:
        with database.unit(HERE, None, AT) as unit:
            unit.rights.forget(known(unit, "Mei"))
        with database.unit(HERE, None, AT) as unit:
            again = known(unit, "Mei")
    with opened(database_url, tmp_path) as database, database.unit(HERE, None, AT) as unit:
        assert unit.people.get(again)


def test_a_clean_up_that_a_reader_held_up_is_done_later(sqlite_url: str, tmp_path: Path) -> None:
    with opened(sqlite_url, tmp_path) as database:
        mei = _filled(database, "mei", "Mei Lin")
        reader = sqlite3.connect(tmp_path / "banyan.db", isolation_level=None)
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM people").fetchone()
        _forget(database, mei.person)
        database.keep_house(AT)
        assert _found(mei.readable, _bytes_of(tmp_path))
        reader.close()
        database.keep_house(AT)
        assert not _found(mei.readable, _bytes_of(tmp_path))


def test_whoever_is_forgotten_a_second_time_does_not_come_back_either(
    sqlite_url: str, tmp_path: Path
) -> None:
    later = AT + timedelta(days=2)
    with opened(sqlite_url, tmp_path) as database:
        with database.unit(HERE, None, AT) as unit:
            unit.rights.forget(known(unit, "Mei"))
        with database.unit(HERE, None, AT + timedelta(days=1)) as unit:
            again = known(unit, "Mei")
        database.backup(tmp_path / "copy.db")
        with database.unit(HERE, None, later) as unit:
            unit.rights.forget(again)
    for left in tmp_path.glob("banyan.db*"):
        left.unlink()
    (tmp_path / "copy.db").rename(tmp_path / "banyan.db")
    with opened(sqlite_url, tmp_path) as database, database.unit(HERE, None, later) as unit:
        assert unit.people.get(again) is None


def test_the_ledger_is_mended_from_the_database(database_url: str, tmp_path: Path) -> None:
    with opened(database_url, tmp_path) as database, database.unit(HERE, None, AT) as unit:
        unit.rights.forget(known(unit, "Mei"))
    written = (tmp_path / "erased").read_text()
    assert "Mei" not in written
    (tmp_path / "erased").write_text(written[: len(written) // 2])
    with opened(database_url, tmp_path):
        pass
    assert written.strip() in (tmp_path / "erased").read_text()


def test_what_is_owed_about_somebody_forgotten_is_still_owed(database: Database) -> None:
    oak = RoomId("oakoakoakoak")
    with database.unit(HERE, None, AT) as unit:
        mei = known(unit, "Mei")
        unit.rooms.opened(oak, RoomRef(Ref("paper", "C1")))
        unit.owe([Delivery(Key("intro:1"), ToRoom(oak), Hello(), about=(mei,))])
    _forget(database, mei)
    (owed,) = database.claim(PAPER, AT, 9)
    assert owed.key == "intro:1", "what is drawn then names only who is still there"
    with database.engine.begin() as connection:
        assert connection.scalar(sa.select(OUTBOX.c.state)) == "claimed"

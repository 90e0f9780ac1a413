"""Starting on a database: with the right key, alone, and never silently on nothing."""

import base64
import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from storage.crypto import new_key
from storage.engine import Database
from storage.errors import (
    ConfigurationFault,
    CredentialsFault,
    Fault,
    PermissionFault,
    StorageFault,
)
from storage.faults import explained
from storage.house import backup
from storage.keyfile import KeySource
from tests.storage.opened import AT, HERE, actor, known, opened, wording


def _open(url: str, home: Path, key: str | None = None) -> Database:
    source = KeySource(home / "key", key)
    return Database.open(url, keys=source, ledger=home / "erased", wording=wording(), kinds=())


def test_the_first_start_makes_a_key_that_only_its_owner_can_read(
    database: Database, tmp_path: Path
) -> None:
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600
    assert len(base64.b64decode((tmp_path / "key").read_bytes())) == 32


def test_it_says_that_a_key_was_made(
    database_url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with opened(database_url, tmp_path):
        assert "Keep a copy somewhere safe" in caplog.text
    caplog.clear()
    with opened(database_url, tmp_path):
        assert not caplog.text


def test_a_configured_key_is_used_and_none_is_made(database_url: str, tmp_path: Path) -> None:
    key = base64.b64encode(new_key()).decode()
    _open(database_url, tmp_path, key).close()
    _open(database_url, tmp_path, key).close()
    assert not (tmp_path / "key").exists()


def test_another_key_is_refused(database_url: str, tmp_path: Path) -> None:
    with opened(database_url, tmp_path):
        pass
    with pytest.raises(CredentialsFault, match="not the one") as refused:
        _open(database_url, tmp_path, base64.b64encode(new_key()).decode())
    assert refused.value.exit_code == 78


def test_a_key_that_went_missing_is_not_made_anew(database_url: str, tmp_path: Path) -> None:
    with opened(database_url, tmp_path):
        pass
    (tmp_path / "key").unlink()
    with pytest.raises(CredentialsFault, match="its key is missing"):
        _open(database_url, tmp_path)
    assert not (tmp_path / "key").exists()


@pytest.mark.parametrize("key", ["", "short", "not base64 at all!", "QUJD"])
def test_what_is_no_key_is_refused(sqlite_url: str, tmp_path: Path, key: str) -> None:
    with pytest.raises(CredentialsFault, match="32 bytes"):
        _open(sqlite_url, tmp_path, key)


def test_a_second_process_is_refused_on_the_same_file(sqlite_url: str, tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from storage.errors import Fault\n"
        "from tests.storage.opened import opened\n"
        "try:\n"
        "    with opened(sys.argv[1], Path(sys.argv[2])): pass\n"
        "except Fault as fault:\n"
        "    print(fault)\n"
        "    sys.exit(fault.exit_code)\n"
    )
    start = [sys.executable, "-c", program, sqlite_url, str(tmp_path)]
    with opened(sqlite_url, tmp_path):
        refused = subprocess.run(start, capture_output=True, text=True, check=False)
    assert refused.returncode == 74
    assert "in use by another Banyan" in refused.stdout
    assert subprocess.run(start, capture_output=True, check=False).returncode == 0


def test_two_may_share_a_postgres_database(postgres_url: str, tmp_path: Path) -> None:
    with opened(postgres_url, tmp_path) as one, opened(postgres_url, tmp_path) as other:
        with one.unit(HERE, None, AT) as unit:
            mei = known(unit, "Mei")
        with other.unit(HERE, None, AT) as unit:
            assert unit.people.get(mei)


def test_a_file_that_vanished_is_not_taken_for_a_first_start(
    sqlite_url: str, tmp_path: Path
) -> None:
    with opened(sqlite_url, tmp_path):
        pass
    for left in tmp_path.glob("banyan.db*"):
        if left.suffix != ".lock":
            left.unlink()
    with pytest.raises(StorageFault, match="missing or empty"):
        _open(sqlite_url, tmp_path)
    (tmp_path / "banyan.db.lock").unlink()
    _open(sqlite_url, tmp_path).close()


def test_a_start_that_failed_may_be_tried_again(sqlite_url: str, tmp_path: Path) -> None:
    with pytest.raises(CredentialsFault):
        _open(sqlite_url, tmp_path, "no key")
    _open(sqlite_url, tmp_path).close()


def test_a_file_that_is_no_database_is_refused(sqlite_url: str, tmp_path: Path) -> None:
    (tmp_path / "banyan.db").write_bytes(b"This is a letter to my grandmother. " * 200)
    with pytest.raises(StorageFault, match="not a database") as refused:
        _open(sqlite_url, tmp_path)
    assert refused.value.exit_code == 74


def test_a_damaged_database_is_refused(sqlite_url: str, tmp_path: Path) -> None:
    with opened(sqlite_url, tmp_path) as database, database.unit(HERE, None, AT) as unit:
        for number in range(200):
            unit.programme.audit(None, "planted", str(number))
    file = tmp_path / "banyan.db"
    content = bytearray(file.read_bytes())
    content[8192:-4096] = b"\xff" * (len(content) - 12288)
    file.write_bytes(content)
    with pytest.raises(StorageFault, match="damaged"):
        _open(sqlite_url, tmp_path)


def test_a_folder_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(PermissionFault, match="cannot be used") as refused:
        _open(f"sqlite:///{tmp_path}/file/banyan.db", tmp_path)
    assert refused.value.exit_code == 77


def test_a_key_file_that_cannot_be_read_is_named(sqlite_url: str, tmp_path: Path) -> None:
    (tmp_path / "key").mkdir()
    with pytest.raises(PermissionFault, match="cannot be read"):
        _open(sqlite_url, tmp_path)


@pytest.mark.parametrize("url", ["", "letters", "mysql://x/y", "sqlite://", "sqlite:///:memory:"])
def test_another_kind_of_database_is_a_fault_of_the_configuration(url: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationFault, match="URL") as refused:
        _open(url, tmp_path)
    assert refused.value.exit_code == 65


def test_a_postgres_that_is_not_there_is_a_fault_of_storage(tmp_path: Path) -> None:
    with pytest.raises(StorageFault, match="cannot be reached"):
        _open(f"postgresql://nobody@/nothing?host={tmp_path}", tmp_path)


def test_a_postgres_database_that_is_not_there_is_named(postgres_url: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationFault, match="does not exist"):
        _open(postgres_url.replace("/test_", "/other_"), tmp_path)


def _welcome_many(database: Database) -> None:
    with database.unit(HERE, None, AT) as unit:
        for number in range(500):
            known(unit, f"Somebody with the long name {number}")


def test_a_full_disk_is_explained_and_keeps_what_was_there(sqlite_url: str, tmp_path: Path) -> None:
    with opened(sqlite_url, tmp_path) as database:
        with database.unit(HERE, None, AT) as unit:
            mei = known(unit, "Mei")
        with database.engine.begin() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
        with pytest.raises(StorageFault, match="disk is full"):
            _welcome_many(database)
        with database.unit(HERE, None, AT) as unit:
            assert unit.people.get(mei)
            assert unit.people.find(actor("Somebody with the long name 0").person) is None


def test_a_file_that_may_only_be_read_is_explained(sqlite_url: str, tmp_path: Path) -> None:
    with opened(sqlite_url, tmp_path):
        pass
    engine = sa.create_engine(f"sqlite:///file:{tmp_path}/banyan.db?mode=ro&uri=true")
    written = sa.text("DELETE FROM people")
    with engine.connect() as connection, pytest.raises(PermissionFault), explained():
        connection.execute(written)
    engine.dispose()


def test_a_file_in_another_programs_hands_is_explained(sqlite_url: str, tmp_path: Path) -> None:
    with opened(sqlite_url, tmp_path) as database:
        other = sqlite3.connect(tmp_path / "banyan.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with database.engine.connect() as connection:
            raw = connection.connection.dbapi_connection
            assert raw is not None
            raw.execute("PRAGMA busy_timeout=10")
        with pytest.raises(StorageFault, match="Another program"), database.unit(HERE, None, AT):
            pass
        other.close()
        with database.unit(HERE, None, AT) as unit:
            assert known(unit, "Mei")


def test_a_mistake_of_ours_is_not_explained_away(database: Database) -> None:
    with pytest.raises(sa.exc.DBAPIError), database.unit(HERE, None, AT) as unit:
        unit._ground.connection.exec_driver_sql("SELECT nothing FROM nowhere")


def test_no_value_is_in_what_a_failing_statement_says(database: Database) -> None:
    statement = sa.text("SELECT nothing FROM nowhere WHERE name = :name")
    with database.engine.connect() as connection, pytest.raises(sa.exc.DBAPIError) as failed:
        connection.execute(statement, {"name": "Mei Lin"})
    assert "Mei Lin" not in str(failed.value)


def test_a_backup_is_made_while_the_bot_runs(sqlite_url: str, tmp_path: Path) -> None:
    with opened(sqlite_url, tmp_path) as database:
        with database.unit(HERE, None, AT) as unit:
            mei = known(unit, "Mei")
        with database.unit(HERE, None, AT) as unit:
            known(unit, "Ravi")
            backup(sqlite_url, tmp_path / "copy.db")
    copy = tmp_path / "copy.db"
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    with opened(f"sqlite:///{copy}", tmp_path) as database, database.unit(HERE, None, AT) as unit:
        assert unit.people.get(mei)
        assert unit.people.find(actor("Ravi").person) is None


def test_a_backup_overwrites_nothing(sqlite_url: str, tmp_path: Path) -> None:
    (tmp_path / "copy.db").write_text("precious")
    with opened(sqlite_url, tmp_path) as database, pytest.raises(StorageFault, match="already"):
        database.backup(tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_text() == "precious"


def test_postgres_has_its_own_way_to_back_up(postgres_url: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationFault, match="pg_dump"):
        backup(postgres_url, tmp_path / "copy")


def test_every_fault_has_an_exit_code_of_its_own() -> None:
    kinds = (ConfigurationFault, StorageFault, PermissionFault, CredentialsFault)
    assert [kind.exit_code for kind in kinds] == [65, 74, 77, 78]
    assert all(issubclass(kind, Fault) for kind in kinds)


def test_the_database_file_is_its_owners_alone(sqlite_url: str, tmp_path: Path) -> None:
    os.umask(0o022)
    with opened(sqlite_url, tmp_path) as database, database.unit(HERE, None, AT) as unit:
        known(unit, "Mei")
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()}
    assert set(modes.values()) == {0o600}, modes

"""What the operator is told before anything runs: by ``doctor``, and when a start is refused."""

import base64
import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from bot import config
from bot.__main__ import main
from bot.shell.clock import ClockDamaged, MovableClock
from storage.crypto import new_key
from storage.engine import Database
from storage.errors import PermissionFault, StorageFault
from storage.keyfile import KeySource
from storage.ledger import Ledger
from tests.storage.opened import wording

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to be the data folder, and nothing configured from outside."""
    for name in [one for one in os.environ if one.startswith(("BANYAN", "DISCORD", "SLACK"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("BANYAN__STORAGE__DATA", str(tmp_path / "data"))
    monkeypatch.setenv("BANYAN__HTTP__PORT", "0")
    return tmp_path / "data"


@pytest.fixture
def doctor(home: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """What ``doctor`` says, and its exit code."""

    def run(*words: str) -> tuple[int, str]:
        code = main(["doctor", *words])
        heard = capsys.readouterr()
        return code, heard.out + heard.err

    return run


def made(home: Path, *, made_here: bool = True) -> None:
    """A database with its key, as a start leaves it."""
    home.mkdir(exist_ok=True)
    source = KeySource(home / "key", made_here=made_here)
    url = f"sqlite:///{home}/banyan.sqlite3"
    database = Database.open(url, keys=source, ledger=home / "erased", wording=wording(), kinds=())
    database.close()


def everything(folder: Path) -> dict[str, bytes]:
    """Every file, and what is in it."""
    return {
        str(one.relative_to(folder)): one.read_bytes() for one in folder.rglob("*") if one.is_file()
    }


def test_the_doctor_makes_nothing_where_nothing_is(home: Path, doctor: Run) -> None:
    code, said = doctor()
    assert code == 0
    assert "There is no database yet; the first start makes it." in said
    assert "There is no key yet" in said
    assert not home.exists()


def test_the_doctor_changes_nothing_where_something_is(home: Path, doctor: Run) -> None:
    made(home)
    before = everything(home)
    code, said = doctor()
    assert code == 0
    assert "The key is the right one." in said
    assert everything(home) == before


def test_the_doctor_looks_while_the_bot_runs(home: Path, doctor: Run) -> None:
    made(home)
    source = KeySource(home / "key")
    running = Database.open(
        f"sqlite:///{home}/banyan.sqlite3",
        keys=source,
        ledger=home / "erased",
        wording=wording(),
        kinds=(),
    )
    running.set_fact("kind", "live")
    code, said = doctor()
    running.close()
    assert code == 0
    assert "sound" in said


def _gone(home: Path) -> None:
    made(home)
    for one in home.glob("banyan.sqlite3*"):
        if one.suffix != ".lock":
            one.unlink()


def _gone_with_its_lock(home: Path) -> None:
    made(home)
    for one in home.glob("banyan.sqlite3*"):
        one.unlink()


def _emptied(home: Path) -> None:
    made(home)
    (home / "banyan.sqlite3").write_bytes(b"")


def _another_key(home: Path) -> None:
    made(home)
    (home / "key").write_bytes(base64.b64encode(new_key()))


def _no_key(home: Path) -> None:
    made(home)
    (home / "key").unlink()


def _broken_key(home: Path) -> None:
    made(home)
    (home / "key").write_bytes(b"\xff\xfe")


def _open_key(home: Path) -> None:
    made(home)
    (home / "key").chmod(0o644)


def _no_database(home: Path) -> None:
    made(home)
    (home / "banyan.sqlite3").write_bytes(b"Dear grandmother, " * 500)


def _damaged(home: Path) -> None:
    made(home)
    content = bytearray((home / "banyan.sqlite3").read_bytes())
    content[4096:-4096] = b"\xff" * (len(content) - 8192)
    (home / "banyan.sqlite3").write_bytes(content)


def _a_folder_for_a_file(home: Path) -> None:
    (home / "banyan.sqlite3").mkdir(parents=True)


def _a_file_for_a_folder(home: Path) -> None:
    home.write_text("in the way")


WRONG = [
    (_gone, 74, "was here before and is now missing"),
    (_gone_with_its_lock, 74, "what it opens is gone"),
    (_emptied, 74, "missing or empty"),
    (_another_key, 78, "not the one"),
    (_no_key, 78, "its key is missing"),
    (_broken_key, 78, "is not a key"),
    (_open_key, 77, "chmod 600"),
    (_no_database, 74, "not a database"),
    (_damaged, 74, "damaged"),
    (_a_folder_for_a_file, 74, "is not a file"),
    (_a_file_for_a_folder, 77, "is a file"),
]


@pytest.mark.parametrize(("spoil", "code", "words"), WRONG)
def test_the_doctor_finds_what_is_wrong_and_changes_nothing(
    home: Path, doctor: Run, spoil: Callable[[Path], None], code: int, words: str
) -> None:
    spoil(home)
    before = everything(home)
    found, said = doctor()
    assert (found, words in said) == (code, True), said
    assert everything(home) == before


@pytest.mark.parametrize(("spoil", "code", "words"), WRONG[:7])
def test_a_start_is_refused_for_the_same_reasons(
    home: Path,
    spoil: Callable[[Path], None],
    code: int,
    words: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    spoil(home)
    assert main(["uncertain"]) == code
    assert words in capsys.readouterr().err


def test_a_file_where_the_data_folder_should_be_refuses_every_start(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home.write_text("in the way")
    monkeypatch.setenv("BANYAN__DISCORD__ENABLED", "true")
    monkeypatch.setenv("DISCORD_TOKEN", "x")
    for words in (["run"], ["playground"], ["uncertain"]):
        assert main(words) == 77
        assert "Name a folder" in capsys.readouterr().err


def test_a_key_of_ones_own_may_be_there_before_the_database(home: Path) -> None:
    home.mkdir()
    (home / "key").write_bytes(base64.b64encode(new_key()))
    (home / "key").chmod(0o600)
    made(home, made_here=False)
    for one in home.glob("banyan.sqlite3*"):
        one.unlink()
    with pytest.raises(StorageFault, match="begin anew"):
        made(home)


def test_a_key_from_the_environment_or_of_a_file_of_its_own_begins_anew(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = base64.b64encode(new_key()).decode()
    (tmp_path / "own").write_text(key)
    (tmp_path / "own").chmod(0o600)
    for name, value in (("BANYAN_KEY", key), ("BANYAN__KEYS__FILE", str(tmp_path / "own"))):
        with monkeypatch.context() as here:
            here.setenv(name, value)
            here.setenv("BANYAN__STORAGE__DATA", str(tmp_path / name))
            for _ in range(2):
                assert main(["doctor"]) == 0
                assert main(["uncertain"]) == 0
            assert not (tmp_path / name / "key").exists()


def test_the_key_of_a_lost_postgres_database_refuses_an_empty_one(
    postgres_url: str, tmp_path: Path
) -> None:
    (tmp_path / "key").write_bytes(base64.b64encode(new_key()))
    (tmp_path / "key").chmod(0o600)
    keys = KeySource(tmp_path / "key", made_here=True)
    with pytest.raises(StorageFault, match="what it opens is gone"):
        Database.open(
            postgres_url, keys=keys, ledger=tmp_path / "erased", wording=wording(), kinds=()
        )


@pytest.mark.parametrize(
    "content",
    [
        "x = " + "[" * 1900,
        "x = " + "{a=" * 600,
        "\n".join("[" + "a." * 990 + f"a{n}]" for n in range(32)),
        "[playground]\nport = 'many'",
        "[playground]\nport = 99999",
        "[playground]\nport = -1",
        "[playground]\nport = []",
        "[slack]\nmoderators = 3",
        "http = 3",
        "[discord]\nenabled = 'perhaps'",
        "[log]\nlevel = 'loud'",
        "[storage]\ndatta = 'x'",
        "d = 9999-99-99",
        "\x00",
        "\ufeff[[[",
        "[storage]\nurl = 'mysql://x/y'",
    ],
)
def test_a_configuration_that_makes_no_sense_is_refused_in_words(
    home: Path, doctor: Run, content: str, tmp_path: Path
) -> None:
    file = tmp_path / "config.toml"
    file.write_text(content)
    code, said = doctor("--config", str(file))
    assert code == 65, said
    assert "Traceback" not in said


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"x" * 70_000])
def test_a_file_that_is_no_configuration_is_refused_in_words(
    home: Path, doctor: Run, content: bytes, tmp_path: Path
) -> None:
    file = tmp_path / "config.toml"
    file.write_bytes(content)
    assert doctor("--config", str(file))[0] == 65
    assert doctor("--config", str(tmp_path))[0] == 65
    assert doctor("--config", "a\x00b")[0] == 65


def test_a_secret_that_is_no_text_or_no_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "token").write_bytes(b"\xff\xfe")
    for file in (tmp_path / "token", tmp_path, tmp_path / "missing"):
        with pytest.raises(config.Wrong, match="DISCORD_TOKEN"):
            config.secret(str(file), "DISCORD_TOKEN", {})


def test_a_platform_without_its_secrets_is_found(
    doctor: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BANYAN__DISCORD__ENABLED", "true")
    code, said = doctor()
    assert (code, "set DISCORD_TOKEN" in said) == (78, True)
    monkeypatch.setenv("BANYAN__DISCORD__ENABLED", "false")
    monkeypatch.setenv("BANYAN__SLACK__ENABLED", "true")
    code, said = doctor()
    assert (code, "SLACK_" in said) == (78, True)


def test_a_port_that_is_taken_is_named(
    home: Path, doctor: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setenv("BANYAN__HTTP__PORT", str(taken.getsockname()[1]))
        code, said = doctor()
    assert (code, "in use" in said) == (0, True)


def test_a_start_on_a_port_that_is_taken_is_refused(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BANYAN__DISCORD__ENABLED", "true")
    monkeypatch.setenv("DISCORD_TOKEN", "x")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setenv("BANYAN__HTTP__PORT", str(taken.getsockname()[1]))
        assert main(["run"]) == 65
    assert "port is in use" in capsys.readouterr().err


@pytest.mark.parametrize("content", ["", "{}", "[]", "not json", '{"set_to": 3, "set_when": 4}'])
def test_a_damaged_clock_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "clock.json").write_text(content)
    with pytest.raises(ClockDamaged, match="damaged") as refused:
        MovableClock(tmp_path / "clock.json")
    assert refused.value.exit_code == 74


@pytest.mark.parametrize("content", [b"xyz\n", b"zz 2026-01-01\n", b"\xff\n", b"00 tomorrow\n"])
def test_a_damaged_ledger_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "erased").write_bytes(content)
    with pytest.raises(StorageFault, match="damaged"):
        Ledger(tmp_path / "erased").read()


def test_a_key_that_everybody_can_read_is_refused_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "key").write_bytes(base64.b64encode(new_key()))
    for mode, refused in ((0o644, True), (0o604, True), (0o640, False), (0o600, False)):
        (tmp_path / "key").chmod(mode)
        if refused:
            with pytest.raises(PermissionFault, match="chmod 600"):
                KeySource(tmp_path / "key").read()
        else:
            assert KeySource(tmp_path / "key").read()

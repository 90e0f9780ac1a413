"""What the operator reads of what may have come, and how it is settled from the command line."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters.discord import ids
from bot import config
from bot.__main__ import main
from bot.core.boundary.events import Actor, Why
from bot.core.boundary.ids import RoomId, SeasonId
from bot.core.boundary.keys import key_of
from bot.core.boundary.outcome import Delivery, Notice, To, ToPerson, ToRoom
from bot.core.programme.circles.model import Circle, CircleState
from bot.core.programme.circles.notices import Charter, Introduction, Placed
from bot.serve import database, database_url, key_source

AT = datetime(2026, 11, 27, 10, tzinfo=UTC)
SERVER = ids.community("111")
MEI = Actor(ids.person("7"), "Mei")


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A configuration with three uncertain deliveries in its database."""
    file = tmp_path / "config.toml"
    file.write_text(f'[storage]\ndata = "{tmp_path / "data"}"\n[http]\nport = 1\n')
    given = config.load(file)
    keys = key_source(given, given.data)
    with database(database_url(given, given.data), given.data, keys, "live") as opened:
        with opened.unit(SERVER, None, AT) as unit:
            mei = unit.people.ensure(MEI)
            room = RoomId(unit.new_id())
            circle = Circle(
                *(unit.new_id(), SeasonId(unit.new_id()), "Rowan", "goals", "UTC", 0, 0, room),  # type: ignore[arg-type]
                CircleState.MEETING,
                (),
            )
            unit.circles.save(circle)
            unit.rooms.opened(room, ids.room("222", thread=True))
            owed: list[tuple[To, Notice]] = [
                (ToRoom(room), Introduction(circle.id, mei.id)),
                (ToRoom(room), Charter(circle.id)),
                (ToPerson(mei.id), Placed(circle.id, mei.id)),
            ]
            unit.owe([Delivery(key_of("k", n), *one) for n, one in enumerate(owed)])
        while claimed := opened.claim((ids.PLATFORM,), AT, 10):
            for one in claimed:
                with opened.unit(SERVER, None, AT) as unit:
                    unit.settle(one, failed=Why.UNCERTAIN)
    return file


def listed(capsys: pytest.CaptureFixture[str], settings: Path, *words: str) -> str:
    """What the command prints."""
    assert main(["uncertain", "--config", str(settings), *words]) == 0
    return capsys.readouterr().out


def test_it_names_kind_person_circle_and_the_address_of_the_room(
    settings: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = listed(capsys, settings)
    assert "the introduction of Mei\n" in said
    assert "in the room of Rowan  https://discord.com/channels/111/222" in said
    assert (
        "that they have a circle\n    to Mei, privately  https://discord.com/channels/111" in said
    )


def test_several_are_settled_at_once(settings: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = re.findall(r"^(\d+)  ", listed(capsys, settings), re.MULTILINE)
    said = listed(capsys, settings, "--arrived", rows[0], rows[1], "--send-again", rows[2])
    assert "Settled: 3.\nNothing is uncertain." in said


def test_all_are_settled_at_once(settings: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "Settled: 3.\nNothing is uncertain." in listed(capsys, settings, "--all", "--arrived")


@pytest.mark.parametrize("words", [["--all"], ["--arrived"], ["--all", "--arrived", "1"]])
def test_what_is_not_meant_clearly_settles_nothing(
    settings: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    assert main(["uncertain", "--config", str(settings), *words]) == 65
    capsys.readouterr()
    assert "Nothing is uncertain" not in listed(capsys, settings)

"""What the playground keeps, and what is left of somebody who was forgotten."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.playground.history import History
from adapters.playground.model import BOT, Kind, Persona, Room
from adapters.playground.sealing import Seal, WrongKey
from adapters.playground.store import Store
from tests.adapters.playground.place import KEY, MORNING

MEI = Persona("mei-tanaka", "Mei Tanaka", "Asia/Tokyo", "ja")
RAVI = Persona("ravi-menon", "Ravi Menon", "Asia/Kolkata", "en")
ROSA = Persona("rosa", "Rosa Almeida", "Europe/Lisbon", "en", moderator=True)


def at(folder: Path) -> History:
    return History(Store(folder / "playground.sqlite3", Seal(KEY)))


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    history = at(tmp_path)
    for persona in (MEI, RAVI, ROSA):
        history.keep_persona(persona)
    for room in (
        Room("general", Kind.CHANNEL, "general"),
        Room("moderators", Kind.STAFF, "moderators"),
        Room("oak", Kind.PRIVATE, "Oak"),
    ):
        history.open_room(room)
    history.seat("oak", MEI.id)
    yield history
    history.close()


def everything(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(folder.iterdir()))


def test_each_persona_sees_their_own_rooms(history: History) -> None:
    assert [room.id for room in history.rooms_for(MEI)] == ["general", "oak"]
    assert [room.id for room in history.rooms_for(RAVI)] == ["general"]
    assert [room.id for room in history.rooms_for(ROSA)] == ["general", "moderators"]


def test_what_is_for_one_is_seen_by_one(history: History) -> None:
    history.say("m1", "general", BOT, at=MORNING, body={"view": {}}, only=MEI.id)
    assert [said.id for said in history.messages("general", MEI.id)] == ["m1"]
    assert history.messages("general", RAVI.id) == []
    assert history.unread(RAVI.id) == {}


def test_unread_counts_what_others_said_since_the_last_look(history: History) -> None:
    history.say("m1", "general", RAVI.id, at=MORNING, body={"text": "Hello"})
    history.say("m2", "general", MEI.id, at=MORNING, body={"text": "Hi"})
    assert history.unread(MEI.id) == {"general": 1}
    history.look(MEI.id, "general")
    assert history.unread(MEI.id) == {}


def test_saying_something_twice_under_one_key_says_it_once(history: History) -> None:
    assert history.say("m1", "general", MEI.id, at=MORNING, body={"text": "Hello"})
    assert not history.say("m1", "general", MEI.id, at=MORNING, body={"text": "Hello again"})
    assert [said.body for said in history.messages("general", MEI.id)] == [{"text": "Hello"}]


def test_a_message_with_replies_leaves_its_place(history: History) -> None:
    history.say("m1", "general", MEI.id, at=MORNING, body={"text": "Question"})
    history.say("m2", "general", RAVI.id, at=MORNING, body={"text": "Reply"}, thread="m1")
    history.unsay("m1")
    assert [said.body for said in history.messages("general", RAVI.id)] == [
        {"gone": True},
        {"text": "Reply"},
    ]


def test_nothing_lies_in_the_file_in_plain_words(history: History, tmp_path: Path) -> None:
    history.say("m1", "general", MEI.id, at=MORNING, body={"text": "A canary sang"})
    history.keep_answer("e1", MEI.id, MORNING, {"form": "Another canary"})
    kept = everything(tmp_path)
    for word in (b"canary", b"Tanaka", b"tanaka", b"Rosa", b"rosa", b"Tokyo", b"Oak"):
        assert word not in kept


def test_another_key_does_not_open_the_file(history: History, tmp_path: Path) -> None:
    history.close()
    with pytest.raises(WrongKey):
        Store(tmp_path / "playground.sqlite3", Seal(bytes(32)))


def test_a_sealed_value_opens_only_where_it_lay() -> None:
    seal = Seal(KEY)
    sealed = seal.close(b"words", "said m1")
    assert seal.open(sealed, "said m1") == b"words"
    with pytest.raises(WrongKey):
        seal.open(sealed, "said m2")


def test_forgetting_takes_everything_of_a_person(history: History, tmp_path: Path) -> None:
    direct = history.room_among([MEI.id, RAVI.id])
    history.open_room(Room(direct, Kind.DIRECT, ""))
    for person in (MEI.id, RAVI.id):
        history.seat(direct, person)
    history.say("m1", direct, RAVI.id, at=MORNING, body={"text": "To you alone"})
    history.say("m2", "general", MEI.id, at=MORNING, body={"text": "Mine"})
    history.say("m3", "general", BOT, at=MORNING, body={"view": "For Mei"}, only=MEI.id)
    history.say("m4", "general", RAVI.id, at=MORNING, body={"text": "Thanks, Mei Tanaka!"})
    history.say("m5", "moderators", BOT, at=MORNING, body={"view": "mei-tanaka"}, only=ROSA.id)
    history.say("m6", "moderators", BOT, at=MORNING, body={"p": "mei-tanaka"}, only=ROSA.id)
    history.keep_answer("e1", MEI.id, MORNING, {"is": "quiet"})
    history.keep_answer("e2", ROSA.id, MORNING, {"form": "Approve Mei Tanaka?"})
    tag = history._store.tag(MEI.id).encode()

    history.forget(MEI.id)

    assert history.persona(MEI.id) is None
    assert [said.body for said in history.messages("general", RAVI.id)] == [{"text": "Thanks, …!"}]
    assert history.room(direct) is None
    assert [said.id for said in history.messages("moderators", ROSA.id)] == []
    assert (history.answer("e1"), history.answer("e2")) == (None, None)
    assert history.seated("oak") == []
    assert tag not in everything(tmp_path)


def test_forgetting_twice_and_forgetting_nobody_are_harmless(history: History) -> None:
    history.forget(MEI.id)
    history.forget(MEI.id)
    history.forget("nobody")
    assert list(history.personas()) == [RAVI.id, ROSA.id]


_WRITER = """
import sys
from pathlib import Path
from tests.adapters.playground.test_history import at
from tests.adapters.playground.place import MORNING
history = at(Path(sys.argv[1]))
number = 0
while True:
    with history.writing():
        history.say(f"m{number}", "general", "bot", at=MORNING, body={"text": str(number)})
        history.keep_receipt(f"k{number}", f"m{number}")
    print(number, flush=True)
    number += 1
"""


def test_what_was_acknowledged_outlives_a_kill(history: History, tmp_path: Path) -> None:
    history.close()
    with subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(tmp_path)], stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "0\n"
        time.sleep(0.3)
        os.kill(writer.pid, signal.SIGKILL)
        told = [0, *(int(line) for line in writer.stdout.read().splitlines())]
    kept = at(tmp_path)
    for number in told:
        assert kept.message(f"m{number}") is not None
        assert kept.receipt(f"k{number}") == (True, f"m{number}")
    last = told[-1] + 1
    assert (kept.message(f"m{last}") is None) == (kept.receipt(f"k{last}") == (False, None))
    kept.close()

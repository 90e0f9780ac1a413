"""Frames from the page, and the events they become."""

import json
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.playground import decode
from adapters.playground.ids import COMMUNITY, message, person, room
from adapters.playground.model import Persona
from bot.core.boundary.actions import Codec, Unreadable
from bot.core.boundary.events import ActionTaken, CommandUsed, Event, FileSent, FormSubmitted, Right
from bot.core.boundary.views import Picked
from bot.core.decide import Bot
from tests.adapters.playground.place import FEATURES, MORNING, Greet, Introduce, Settle

BOT = Bot(FEATURES)
CODEC = Codec([Greet, Introduce, Settle])
MEI = Persona("mei-tanaka", "Mei Tanaka", "Asia/Tokyo", "ja")
ROSA = Persona("rosa", "Rosa Almeida", "Europe/Lisbon", "en", moderator=True)
ID = str(uuid4())


def event(actor: Persona = MEI, **values: Any) -> Event:
    frame = decode.frame(json.dumps({"id": ID, "as": actor.id, "room": "general"} | values))
    assert isinstance(frame, decode.Event)
    return decode.event(
        frame,
        actor,
        at=MORNING,
        commands=BOT.commands,
        people={MEI.id: MEI, ROSA.id: ROSA},
        codec=CODEC,
    )


def test_a_command_carries_who_where_and_which_options() -> None:
    told = event(
        kind="command",
        command="circle  hello",
        options={"to": "rosa", "when": "2026-03-05", "theme": ""},
    )
    assert told == CommandUsed(
        ID,
        MORNING,
        COMMUNITY,
        MEI.actor(),
        "circle hello",
        {"to": Picked(person("rosa"), "Rosa Almeida"), "when": "2026-03-05"},
        room("general"),
    )


def test_only_a_moderators_persona_carries_the_right() -> None:
    asked = event(ROSA, kind="command", command="circle help")
    assert isinstance(asked, CommandUsed)
    assert asked.actor.rights == {Right.MODERATOR}
    assert MEI.actor().rights == frozenset()


def test_an_option_naming_nobody_stays_what_was_typed() -> None:
    told = event(kind="command", command="circle hello", options={"to": "nobody"})
    assert isinstance(told, CommandUsed)
    assert told.options == {"to": "nobody"}


def test_a_button_is_read_back_into_its_action() -> None:
    told = event(kind="press", message="m1", code="test.greet;3", values=["a"])
    assert isinstance(told, ActionTaken)
    assert (told.action, told.values, told.message) == (Greet(3), ("a",), message("m1"))


def test_a_forged_button_is_unreadable_and_no_fault() -> None:
    told = event(kind="press", message="m1", code="test.greet;many;more")
    assert isinstance(told, ActionTaken)
    assert told.action == Unreadable()


def test_a_form_leaves_out_what_was_left_empty_and_whoever_is_gone() -> None:
    told = event(
        kind="submit",
        code="test.introduce",
        texts={"about": "Hello", "more": ""},
        choices={"trees": ["oak", "elm"], "none": []},
        people={"wishes": ["rosa", "somebody-gone"]},
    )
    assert isinstance(told, FormSubmitted)
    assert told.texts == {"about": "Hello"}
    assert told.choices == {"trees": ("oak", "elm")}
    assert told.people == {"wishes": (Picked(person("rosa"), "Rosa Almeida"),)}


def test_a_file_travels_as_base64() -> None:
    told = event(kind="file", command="circle-admin import", name="a.csv", content="aWQsbmFtZQ==")
    assert isinstance(told, FileSent)
    assert (told.name, told.content) == ("a.csv", b"id,name")


@pytest.mark.parametrize(
    "data",
    [
        "",
        "null",
        "{",
        "[]",
        '{"kind":"nothing"}',
        '{"kind":"command"}',
        '{"kind":"say","id":"1","as":"you","room":"general","text":"x"}',
        '{"kind":"press","id":"\\ud800"}',
        b"\xff\xfe",
        "[" * 100_000,
    ],
)
def test_what_cannot_be_read_is_refused_and_nothing_more(data: str | bytes) -> None:
    with pytest.raises(decode.BadFrame):
        decode.frame(data)


def test_a_frame_that_cannot_be_read_still_says_whose_answer_is_awaited() -> None:
    with pytest.raises(decode.BadFrame) as bad:
        decode.frame(json.dumps({"kind": "say", "id": ID, "text": "x" * 5000}))
    assert bad.value.id == ID


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=5))
def test_no_value_in_any_field_is_more_than_a_bad_frame(value: object) -> None:
    for kind in ("command", "press", "submit", "file", "say", "hello", "open", "persona", "clock"):
        for name in ("id", "as", "room", "command", "code", "texts", "text", "zone", "move"):
            try:
                decode.frame(json.dumps({"kind": kind, "id": ID, "as": "you", name: value}))
            except decode.BadFrame:
                continue

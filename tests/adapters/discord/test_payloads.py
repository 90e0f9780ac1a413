"""Whole interactions, with every field that Discord documents, become events."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from adapters.discord import decode, ids
from adapters.discord.payloads import Interaction
from bot.core.boundary.actions import Codec
from bot.core.boundary.events import Actor
from bot.core.boundary.ids import MessageRef, RoomRef
from bot.core.boundary.views import Picked
from tests.contracts.table import Greet, Introduce, Pick

FOLDER = Path(__file__).parent / "payloads"
AT = datetime(2026, 3, 5, 18, 2, tzinfo=UTC)
CODEC = Codec((Greet, Introduce, Pick))

GUILD = "1290000000000000001"
GENERAL = ids.room("1290000000000000100", thread=False)
ROWAN = ids.room("1290000000000000200", thread=True)
DIRECT = "1290000000000000300"
RAVI = ids.person("1290000000000000008")
IN_SERVER = Actor(ids.person("1290000000000000007"), "Mei-Mei", "en-GB")
"""Without rights: what the payload's permissions allow is not to manage the server."""
IN_DIRECT = Actor(ids.person("1290000000000000007"), "Mei", "en-GB")


def sent(name: str) -> Interaction:
    """What Discord sends."""
    return msgspec.convert(json.loads((FOLDER / f"{name}.json").read_text()), Interaction)


def by(given: Interaction) -> Actor:
    """Who did it."""
    assert given.who is not None
    return decode.actor(given.member, given.who, given.locale, "")


def test_every_recorded_payload_is_read_here() -> None:
    assert {file.stem for file in FOLDER.glob("*.json")} == set(READ)


def test_every_recorded_payload_comes_from_its_community_and_person() -> None:
    for name, reads in READ.items():
        given = sent(name)
        assert decode.guild_of(given) == GUILD
        in_server = given.guild_id is not None
        assert by(given) == (IN_SERVER if in_server else IN_DIRECT)
        assert decode.room_of(given) in ((GENERAL, ROWAN) if in_server else (None,))
        reads(given)


def _person(given: Interaction) -> None:
    event = decode.command_used(given, by(given), AT)
    assert event.command == "circle-admin approve"
    assert event.options == {"person": Picked(RAVI, "Ravi!")}
    assert (event.id, event.at, event.room) == ("1290000000000001000", AT, ROWAN)


def _file(given: Interaction) -> None:
    command = decode.typed(given)
    file = decode.attachment(given, command)
    assert file is not None
    assert (command.name, file.filename, file.size) == ("circle-admin import", "people.csv", 4711)
    assert file.url.startswith("https://cdn.discordapp.com/ephemeral-attachments/")
    event = decode.file_sent(given, by(given), AT, file.filename, b"id,name")
    assert (event.command, event.name, event.content) == (command.name, "people.csv", b"id,name")


def _nothing(given: Interaction) -> None:
    event = decode.command_used(given, by(given), AT)
    assert (event.command, event.options, event.room) == ("circle help", {}, GENERAL)


def _typing(given: Interaction) -> None:
    command = decode.typed(given)
    assert command.name == "circle-admin lock"
    assert decode.focused(command) == ("circle", "Row")


def _pressed(room: RoomRef | None, message: MessageRef) -> Callable[[Interaction], None]:
    def reads(given: Interaction) -> None:
        event = decode.action_taken(given, by(given), AT, CODEC)
        assert (event.action, event.values) == (Greet(2), ())
        assert (event.room, event.message) == (room, message)

    return reads


def _chosen(given: Interaction) -> None:
    event = decode.action_taken(given, by(given), AT, CODEC)
    assert (event.action, event.values) == (Pick(), ("oak", "elm"))


def _form(given: Interaction) -> None:
    event = decode.form_submitted(given, by(given), AT, CODEC)
    assert event.action == Introduce()
    assert event.texts == {"about": "I like *trees*"}
    assert event.choices == {"trees": ("oak",)}
    assert event.people == {"wishes": (Picked(RAVI, "ravi_k"),)}


def _form_in_direct_messages(given: Interaction) -> None:
    event = decode.form_submitted(given, by(given), AT, CODEC)
    assert (event.action, event.community.key) == (Introduce(), GUILD)
    assert (event.texts, event.choices, event.people) == ({"about": "I like *trees*"}, {}, {})


READ: dict[str, Callable[[Interaction], None]] = {
    "command_with_a_person": _person,
    "command_with_a_file": _file,
    "command_with_nothing": _nothing,
    "typing": _typing,
    "button_in_a_thread": _pressed(
        ROWAN, ids.message("1290000000000000200", "1290000000000000500")
    ),
    "button_in_direct_messages": _pressed(None, ids.message(DIRECT, "1290000000000000600")),
    "select_on_a_private_answer": _chosen,
    "form_after_a_command": _form,
    "form_after_a_button_in_direct_messages": _form_in_direct_messages,
}

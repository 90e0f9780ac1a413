"""Recorded interactions become events."""

from datetime import UTC, datetime

import msgspec
import pytest

from adapters.discord import decode, ids
from adapters.discord.payloads import Interaction, User
from bot.core.boundary.actions import Codec, Unreadable
from bot.core.boundary.events import Right
from bot.core.boundary.views import Picked
from tests.contracts.table import Greet, Introduce

AT = datetime(2026, 3, 3, 18, 30, tzinfo=UTC)
CODEC = Codec((Greet, Introduce))
MEI = {"id": "7", "username": "mei", "global_name": "Mei", "discriminator": "0", "avatar": None}
RAVI = {"id": "8", "username": "ravi", "global_name": None, "discriminator": "0", "avatar": None}
MEMBER = {"user": MEI, "nick": "Mei-Mei", "roles": ["42"], "permissions": "2147483647"}


def recorded(kind: int, data: dict[str, object], **more: object) -> Interaction:
    payload = {
        "id": "100",
        "application_id": "1",
        "type": kind,
        "token": "token",
        "version": 1,
        "guild_id": "5",
        "channel_id": "9",
        "channel": {"id": "9", "type": 12, "name": "Rowan", "parent_id": "6"},
        "member": MEMBER,
        "locale": "en-GB",
        "data": data,
        "entitlements": [],
        "some_new_field": {"of": "Discord's"},
    }
    return msgspec.convert(payload | more, Interaction)


def test_a_command_with_options() -> None:
    given = recorded(
        2,
        {
            "id": "1",
            "name": "circle-admin",
            "type": 1,
            "options": [
                {
                    "name": "approve",
                    "type": 1,
                    "options": [
                        {"name": "person", "type": 6, "value": "8"},
                        {"name": "note", "type": 3, "value": "yes"},
                    ],
                }
            ],
            "resolved": {"users": {"8": RAVI}, "members": {"8": {"nick": "Ravi!", "roles": []}}},
        },
    )
    event = decode.command_used(
        given, decode.actor(given.member, given.who or _no(), "en-GB", ""), AT
    )
    assert event.command == "circle-admin approve"
    assert event.options == {"person": Picked(ids.person("8"), "Ravi!"), "note": "yes"}
    assert (event.id, event.at, event.community.key) == ("100", AT, "5")
    assert event.room == ids.room("9", thread=True)
    assert (event.actor.name, event.actor.language) == ("Mei-Mei", "en-GB")


@pytest.mark.parametrize(
    ("permissions", "roles", "moderates"),
    [("0", [], False), ("8", [], True), ("32", [], True), ("16", [], False), ("0", ["42"], True)],
)
def test_who_moderates(permissions: str, roles: list[str], moderates: bool) -> None:
    member = MEMBER | {"permissions": permissions, "roles": roles}
    given = recorded(2, {"name": "circle"}, member=member)
    by = decode.actor(given.member, given.who or _no(), None, "42")
    assert by.rights == (frozenset({Right.MODERATOR}) if moderates else frozenset())


def test_a_button_in_a_direct_message_says_its_server() -> None:
    data = {"custom_id": ids.custom_id(Greet(2), "5"), "component_type": 2}
    channel = {"id": "11", "type": 1}
    message = {"id": "12", "channel_id": "11", "components": []}
    given = recorded(
        3, data, guild_id=None, member=None, user=MEI, channel=channel, message=message
    )
    event = decode.action_taken(given, decode.actor(None, given.who or _no(), None, ""), AT, CODEC)
    assert event.action == Greet(2)
    assert event.community.key == "5"
    assert event.room is None
    assert event.message == ids.message("11", "12")


def test_a_form_with_every_kind_of_field() -> None:
    components: list[object] = [
        {"type": 10, "id": 1},
        {
            "type": 18,
            "id": 2,
            "component": {"type": 4, "custom_id": "about", "value": "Hi", "id": 3},
        },
        {"type": 18, "id": 4, "component": {"type": 3, "custom_id": "trees", "values": ["oak"]}},
        {"type": 18, "id": 5, "component": {"type": 5, "custom_id": "wishes", "values": ["8"]}},
        {"type": 1, "components": [{"type": 4, "custom_id": "old", "value": "style"}]},
    ]
    data: dict[str, object] = {
        "custom_id": "test.introduce",
        "components": components,
        "resolved": {"users": {"8": RAVI}},
    }
    given = recorded(5, data)
    by = decode.actor(given.member, given.who or _no(), None, "")
    event = decode.form_submitted(given, by, AT, CODEC)
    assert event.action == Introduce()
    assert event.texts == {"about": "Hi", "old": "style"}
    assert event.choices == {"trees": ("oak",)}
    assert event.people == {"wishes": (Picked(ids.person("8"), "ravi"),)}


def test_what_cannot_be_read_is_an_ordinary_action() -> None:
    for custom_id in ("", "@", "gone;1", "test.greet;x", "test.greet;1@!", "é" * 100):
        given = recorded(3, {"custom_id": custom_id, "component_type": 2})
        by = decode.actor(given.member, given.who or _no(), None, "")
        event = decode.action_taken(given, by, AT, CODEC)
        assert isinstance(event.action, Unreadable | Greet)
        assert event.community.key == "5"


def _no() -> User:
    raise AssertionError("nobody did it")

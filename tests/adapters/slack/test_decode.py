"""What Slack's payloads mean, whole and with pieces missing."""

import random
from collections.abc import Mapping
from datetime import UTC, datetime

from adapters.slack import decode, ids
from bot.core.actions import Unreadable
from bot.core.events import Actor
from tests.adapters.slack.actions import CODEC, Press

WHEN = decode.Moment(ids.community("T1"), datetime(2026, 1, 5, tzinfo=UTC))
ACTOR = Actor(ids.person("U1"), "Mei")
PRESSED = {
    "type": "block_actions",
    "trigger_id": "1.2.3",
    "user": {"id": "U1", "name": "mei", "team_id": "T1"},
    "container": {"type": "message", "message_ts": "17.5", "channel_id": "C1"},
    "channel": {"id": "C1"},
    "response_url": "https://hooks.slack.com/x",
    "actions": [{"action_id": "tests.press;4", "action_ts": "9", "type": "button"}],
}
SUBMITTED = {
    "type": "view_submission",
    "trigger_id": "1.2.4",
    "user": {"id": "U1"},
    "view": {
        "id": "V1",
        "hash": "h",
        "callback_id": "tests.press;7",
        "private_metadata": "C1",
        "root_view_id": "V1",
        "blocks": [{"type": "input", "block_id": "bio"}, {"type": "rich_text"}],
        "state": {
            "values": {
                "bio": {"x": {"type": "plain_text_input", "value": "I paint."}},
                "zone": {"x": {"type": "plain_text_input", "value": None}},
                "role": {"x": {"type": "static_select", "selected_option": {"value": "v1"}}},
                "none": {"x": {"type": "static_select", "selected_option": None}},
                "themes": {
                    "x": {
                        "type": "multi_static_select",
                        "selected_options": [{"value": "v0"}, {"value": "v2"}],
                    }
                },
                "who": {"x": {"type": "multi_users_select", "selected_users": ["U2", "U3"]}},
                "one": {"x": {"type": "users_select", "selected_user": "U4"}},
                "nobody": {"x": {"type": "users_select", "selected_user": None}},
            }
        },
    },
}


def test_a_button_of_a_message() -> None:
    event = decode.action_taken(decode.pressed(PRESSED), WHEN, ACTOR, CODEC)
    assert event.action == Press(4)
    assert event.room == ids.room("C1")
    assert event.message == ids.message("C1", "17.5")
    assert ids.place(ids.message("C1", "17.5")) == ("C1", "17.5")


def test_an_ephemeral_message_cannot_be_found_again() -> None:
    container = {**PRESSED["container"], "is_ephemeral": True}  # type: ignore[dict-item]
    assert decode.pressed({**PRESSED, "container": container}).message is None


def test_a_menu_gives_what_was_chosen() -> None:
    chosen = {"action_id": "tests.press;4", "selected_option": {"value": "v1"}}
    assert decode.pressed({**PRESSED, "actions": [chosen]}).values == ("v1",)


def test_the_same_press_has_the_same_id_and_another_has_another() -> None:
    again = {**PRESSED, "trigger_id": "1.2.9"}
    assert decode.pressed(PRESSED).id == decode.pressed(dict(PRESSED)).id
    assert decode.pressed(PRESSED).id != decode.pressed(again).id


def test_a_modal_sent_in() -> None:
    sent = decode.submitted(SUBMITTED)
    assert sent.texts == {"bio": "I paint."}
    assert sent.choices == {"role": ("v1",), "themes": ("v0", "v2")}
    assert sent.users == {"who": ("U2", "U3"), "one": ("U4",)}
    assert sent.fields == {"bio"}
    event = decode.form_submitted(sent, WHEN, ACTOR, CODEC, {})
    assert event.action == Press(7)
    assert event.room == ids.room("C1")


def test_a_forged_code_is_unreadable() -> None:
    actions = [{"action_id": "tests.press;1;2"}]
    event = decode.action_taken(decode.pressed({**PRESSED, "actions": actions}), WHEN, ACTOR, CODEC)
    assert event.action == Unreadable()


def test_views_know_how_deep_they_lie() -> None:
    first = {"id": "V1", "root_view_id": "V1", "previous_view_id": None}
    second = {"id": "V2", "root_view_id": "V1", "previous_view_id": "V1"}
    third = {"id": "V3", "root_view_id": "V1", "previous_view_id": "V2"}
    assert [decode.depth(one) for one in (first, second, third)] == [1, 2, 3]


def test_payloads_with_pieces_missing_are_read_without_a_fault() -> None:
    dice = random.Random(7)
    for _ in range(2000):
        decode.pressed(_without(PRESSED, dice))
        decode.submitted(_without(SUBMITTED, dice))
        decode.asker(_without(SUBMITTED, dice))


def _without(body: Mapping[str, object], dice: random.Random) -> dict[str, object]:
    """The body with some of its parts missing or empty."""
    return {
        key: _without(value, dice) if isinstance(value, dict) else value
        for key, value in body.items()
        if dice.random() > 0.2
    }

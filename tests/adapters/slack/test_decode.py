"""What Slack's payloads mean, whole and with pieces missing."""

import random
from collections.abc import Mapping
from datetime import UTC, datetime

from adapters.slack import decode, ids
from bot.core.boundary.actions import Unreadable
from bot.core.boundary.events import Actor
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
    assert sent.stands.texts == {"bio": "I paint."}
    assert sent.stands.choices == {"role": ("v1",), "themes": ("v0", "v2")}
    assert sent.stands.users == {"who": ("U2", "U3"), "one": ("U4",)}
    assert sent.fields == {"bio"}
    event = decode.form_submitted(sent, WHEN, ACTOR, CODEC, {})
    assert event.action == Press(7)
    assert event.room == ids.room("C1")


TYPED: dict[str, object] = {
    "type": "block_actions",
    "user": {"id": "U1"},
    "view": SUBMITTED["view"]
    | {  # type: ignore[operator]
        "type": "modal",
        "blocks": [
            {
                "type": "input",
                "block_id": key,
                "element": {"type": kind, "action_id": "x"} | begun,
            }
            for key, kind, begun in (
                ("bio", "plain_text_input", {"initial_value": "I draw."}),
                ("city", "plain_text_input", {"initial_value": "Taipei"}),
                ("role", "static_select", {"initial_option": {"value": "v0"}}),
                ("days", "multi_static_select", {"initial_options": [{"value": "v3"}]}),
                ("kin", "multi_users_select", {"initial_users": ["U7"]}),
            )
        ],
    },
    "actions": [{"action_id": "tests.press;7", "action_ts": "1643113987.5", "block_id": "bio"}],
}


def test_a_change_in_a_field_tells_what_stands_in_all_of_them() -> None:
    assert decode.is_typed(TYPED)
    assert not decode.is_typed(PRESSED)
    kept = {"type": "modal", "callback_id": "tests.press;4"}  # a page in the place of a form
    assert not decode.is_typed(PRESSED | {"view": kept})
    left = decode.typed(TYPED)
    assert (left.code, left.view, left.order) == ("tests.press;7", "V1", 1643113987.5)
    assert left.stands is not None
    assert left.stands.texts == {"bio": "I paint.", "city": "Taipei"}, "of Taipei nothing was said"
    assert left.stands.choices["role"] == ("v1",)
    assert left.stands.choices["days"] == ("v3",)
    assert left.stands.users["kin"] == ("U7",)
    event = decode.form_set_aside(left, WHEN, ACTOR, CODEC, {}, showing="V1.0")
    assert (event.action, event.texts["bio"], event.showing) == (Press(7), "I paint.", "V1.0")


def test_a_closed_modal_does_not_say_what_stood_in_it() -> None:
    view: dict[str, object] = dict(TYPED["view"])  # type: ignore[call-overload]
    closed = {"type": "view_closed", "user": {"id": "U1"}, "is_cleared": False, "view": view}
    assert decode.closed(closed).stands is not None
    assert decode.closed(closed | {"view": view | {"state": {"values": {}}}}).stands is None
    untouched = {
        "bio": {"x": {"type": "plain_text_input", "value": "I draw."}},
        "days": {"x": {"type": "multi_static_select", "selected_options": [{"value": "v3"}]}},
    }
    assert decode.closed(closed | {"view": view | {"state": {"values": untouched}}}).stands is None


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
        decode.typed(_without(TYPED, dice))
        decode.closed(_without(TYPED, dice))
        decode.asker(_without(SUBMITTED, dice))


def _without(body: Mapping[str, object], dice: random.Random) -> dict[str, object]:
    """The body with some of its parts missing or empty."""
    return {
        key: _without(value, dice) if isinstance(value, dict) else value
        for key, value in body.items()
        if dice.random() > 0.2
    }

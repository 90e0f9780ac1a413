"""Every kind of view as Slack draws it: approved as JSON, and checked as strictly as Slack does."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from adapters.slack import file_form, render
from adapters.slack.answers import sentence
from adapters.slack.checks import told
from adapters.slack.manifest import manifest, reasons, scopes
from bot.config import Slack
from bot.core.boundary.ids import PersonRef, Ref
from bot.core.boundary.text import Link, Mention, Moment, Strong, Style
from bot.core.boundary.views import (
    Button,
    Buttons,
    Choice,
    ChoiceField,
    Fact,
    Facts,
    File,
    Form,
    Message,
    Paragraph,
    PeopleField,
    Picked,
    Picture,
    Quote,
    Select,
    Small,
    TextField,
    Tone,
)
from bot.core.boundary.wording import load
from tests.adapters.slack.actions import Press
from tests.platforms.slack.blocks import check_message, check_view
from tests.platforms.slack.read import read

SETUP = Path(__file__).parents[3] / "docs/slack.md"
MEI = PersonRef(Ref("slack", "U1"))
AT = datetime(2026, 3, 3, 18, 30, tzinfo=UTC)
CHOICES = tuple(Choice(f"v{n}", f"Choice {n}", "with a hint" if n else "") for n in range(3))

MESSAGE = Message(
    "Welcome to Oak",
    (
        Paragraph(
            (
                "Hello ",
                Mention(MEI, "Mei", ping=True),
                ", we meet on ",
                Moment(AT, Style.DAY_TIME, "Tuesday 3 March, 18:30"),
                ". ",
                Strong("Bring tea"),
                " or read ",
                Link("this", "https://example.org/?a=1&b=2"),
                ".",
            )
        ),
        Quote(("I <b>like</b> *stars* & <!here>",)),
        Facts((Fact("Hopes for", ("Confidence",)), Fact("Speaks", (Strong("Nepali"),)))),
        Buttons(
            (
                Button("We met", Press(1), Tone.PRIMARY),
                Button("Not yet", Press(2)),
                Button("Leave", Press(3), Tone.DANGER),
            )
        ),
        Select("Choose one", CHOICES, Press(4), ("v1",)),
        Select("Choose some", CHOICES, Press(5), ("v0", "v2"), most=3),
        Small(("Only you can see this.",)),
        Picture("<svg xmlns='http://www.w3.org/2000/svg'/>", "A chart"),
        File("when.ics", "text/calendar", b"BEGIN:VCALENDAR"),
    ),
)
FORM = Form(
    "Join · step 1 of 3",
    (
        TextField("bio", "A few words", "What you like", "I paint.", "…", True, True, 300),
        TextField("zone", "Your city"),
        ChoiceField("role", "Role", CHOICES, selected=("v1",), least=1),
        ChoiceField("themes", "Themes", CHOICES, "Several", ("v0",), most=3),
        PeopleField("with", "With whom", selected=(Picked(MEI, "Mei"),), most=5),
    ),
    Press(6),
    Press(7),
    "Go on",
    ("Nearly there.",),
    {"zone": "We do not know this place."},
)


def test_a_message(snapshot: SnapshotAssertion) -> None:
    drawn = render.message(MESSAGE, reference="abcdefghijklmnopqrstuvwx")
    check_message(drawn["blocks"])
    assert snapshot == _shown(drawn)


def test_the_fallback_says_everything_and_pings_nobody() -> None:
    said = render.message(MESSAGE)["text"]
    for words in ("Welcome to Oak", "Tuesday 3 March", "Confidence", "A chart"):
        assert words in said
    assert "<" not in said


def test_a_form(snapshot: SnapshotAssertion) -> None:
    view = render.modal(FORM, close="Cancel", metadata="C1")
    check_view(view)
    assert snapshot == _shown(view)


def test_a_message_in_a_modal_and_on_the_app_home(snapshot: SnapshotAssertion) -> None:
    page = render.page(MESSAGE, title="Banyan", close="Close")
    check_view(page)
    home = render.home([Message("One", ()), Message("Two", ())])
    check_view(home)
    assert snapshot == _shown([page["title"], page["close"], page["clear_on_close"], home])


def test_the_form_for_files(snapshot: SnapshotAssertion) -> None:
    view = file_form.view("circle-admin import", load().words("UTC"), "C1")
    check_view(view)
    assert snapshot == _shown(view)


def test_what_the_adapter_says_by_itself(snapshot: SnapshotAssertion) -> None:
    words = load().words("UTC")
    keys = ("stranger", "waiting", "done", "file.unreadable", "file.late", "files.lost")
    said = [sentence(words, f"slack.{key}") for key in keys]
    late = Paragraph(words.text("slack.late", form="Join · step 1 of 3"))
    said.append(Message("", (late, Buttons((Button(words.line("slack.continue"), Press(1)),)))))
    said += filter(None, (told(scopes(Slack()), [], words), told([], ["U1"] * 20, words)))
    for message in said:
        check_message(render.message(message)["blocks"])
        check_view(render.page(message, title=words.line("slack.page"), close="Close"))
    lines = [words.line(f"slack.{key}") for key in ("file.missing", "picked.stranger", "files")]
    lines.append(words.line("slack.not_installed"))
    shown = [read(render.message(message)["blocks"]) for message in said]
    assert "\n\n----\n\n".join([*shown, *lines]) == snapshot


def test_the_largest_views_fit() -> None:
    labels = [f"{n}".rjust(75, "<") for n in range(25)]
    many = tuple(Choice(f"{n}".rjust(100, "v"), label, label) for n, label in enumerate(labels))
    button = Button("&" * 75, Press(1))
    for text in ("&" * 2900, "*_~`" * 700, "<@U1>" * 500):
        message = Message("&" * 150, (Small((text,)), Quote((text[:600],)), Buttons((button,))))
        check_message(render.message(message)["blocks"])
    select = Select("p" * 100, many, Press(2), most=25)
    check_message(render.message(Message("", (select,)))["blocks"])
    field = ChoiceField("k" * 40, "l" * 45, many, "h" * 100, tuple(c.value for c in many), most=25)
    text_field = TextField("t", "l" * 45, value="&" * 3000)
    form = Form("t" * 24, (field, text_field), Press(1), Press(2), "s" * 24, ("i" * 1000,))
    check_view(render.modal(form, close="Cancel"))


def test_the_manifest_for_a_socket(snapshot: SnapshotAssertion) -> None:
    assert snapshot == _shown(manifest(Slack()))


def test_the_manifest_for_http(snapshot: SnapshotAssertion) -> None:
    settings = Slack(
        mode="http",
        public_url="https://banyan.example.org/",
        moderators=("S1",),
        rooms="group_dms",
    )
    assert snapshot == _shown(manifest(settings))


def test_no_scope_reads_what_people_say() -> None:
    for settings in (Slack(), Slack(mode="http", moderators=("S1",), rooms="group_dms")):
        assert not [scope for scope in scopes(settings) if scope.endswith(":history")]
        assert [line.partition(": ")[0] for line in reasons(settings).splitlines()] == [
            *scopes(settings)
        ]


@pytest.mark.parametrize("mode", ["socket", "http"])
@pytest.mark.parametrize("rooms", ["channels", "group_dms"])
@pytest.mark.parametrize("moderators", [(), ("U1",), ("U1", "S1")])
def test_the_manifest_keeps_the_rules_that_slack_publishes(
    mode: Any, rooms: Any, moderators: tuple[str, ...]
) -> None:
    made = manifest(Slack(mode=mode, rooms=rooms, moderators=moderators))
    assert made.keys() == {"display_information", "features", "oauth_config", "settings"}
    information = made["display_information"]
    assert len(information["name"]) <= 35
    assert len(information["description"]) <= 140
    assert re.fullmatch("#[0-9a-f]{6}", information["background_color"])
    assert len(made["features"]["bot_user"]["display_name"]) <= 80
    for command in made["features"]["slash_commands"]:
        assert re.fullmatch("/[a-z-]{1,31}", command["command"])
        assert ("url" in command) is (mode == "http")
    granted, events = made["oauth_config"]["scopes"]["bot"], _events(made)
    assert len(set(granted)) == len(granted)
    assert len(set(events)) == len(events)
    # What an event needs: https://docs.slack.dev/reference/events
    needed = {
        "user_change": "users:read",
        "subteam_members_changed": "usergroups:read",
        "member_joined_channel": "groups:read",
        "member_left_channel": "groups:read",
    }
    assert {needed[one] for one in events if one in needed} <= set(granted)
    urls = re.findall(r"http[^\"]+", json.dumps(made))
    assert bool(urls) is (mode == "http")
    assert all(url.startswith("https://") for url in urls)
    assert made["settings"]["socket_mode_enabled"] is (mode == "socket")
    assert made["settings"]["token_rotation_enabled"] is False


def test_the_setup_page_names_every_scope_with_its_reason_and_every_event() -> None:
    page = SETUP.read_text(encoding="utf-8")
    everything = Slack(mode="http", moderators=("S1",))
    for settings in (everything, Slack(rooms="group_dms")):
        for line in reasons(settings).splitlines():
            scope, _, _ = line.partition(": ")
            assert f"| `{scope}` |" in page
    assert all(f"`{event}`" in page for event in _events(manifest(everything)))


def _events(made: dict[str, Any]) -> list[str]:
    events: list[str] = made["settings"]["event_subscriptions"]["bot_events"]
    return events


def _shown(drawn: object) -> str:
    return json.dumps(drawn, indent=1, ensure_ascii=False)

"""Whatever is in a view, no platform shows what hides, turns words around or stacks up."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from unicodedata import category

import pytest

from adapters.discord import forms as discord_forms
from adapters.discord import render as discord
from adapters.playground import render as playground
from adapters.playground.session import legible_frame
from adapters.slack import markup as slack_markup
from adapters.slack import render as slack
from bot.core.boundary.ids import PersonRef, Ref, RoomRef
from bot.core.boundary.text import Link, Mention, Moment, RoomLink, Strong, Style, Text
from bot.core.boundary.views import (
    Button,
    Buttons,
    Choice,
    ChoiceField,
    Fact,
    Facts,
    Form,
    Message,
    Paragraph,
    Quote,
    Select,
    Small,
    TextField,
)
from tests.adapters.playground.place import Greet

BAD = "M\u202ee\u2067i\u200f \x9b\x07กิ่" + "\u0e48\u0e34" * 2 + "o" + "\u20dd\u20e0" * 3 + "\u2028"
TEXT: Text = (
    BAD,
    Strong(BAD),
    Mention(PersonRef(Ref("slack", "U1")), BAD),
    RoomLink(RoomRef(Ref("slack", "group-1")), BAD),
    Moment(datetime(2026, 3, 3, tzinfo=UTC), Style.DAY_TIME, BAD),
    Link(BAD, "https://banyan.test/"),
)
CHOICES = (Choice("a", BAD, BAD),)
VIEW = Message(
    BAD,
    (
        Paragraph(TEXT),
        Quote(TEXT),
        Small(TEXT),
        Facts((Fact(BAD, TEXT),)),
        Buttons((Button(BAD, Greet(1)),)),
        Select(BAD, CHOICES, Greet(2)),
    ),
)
FORM = Form(
    BAD[:24],
    (
        TextField("text", BAD[:40], hint=BAD, value=BAD, placeholder=BAD, most=200),
        ChoiceField("choice", BAD[:40], hint=BAD, choices=CHOICES),
    ),
    submit=Greet(1),
    reopen=Greet(1),
    submit_label=BAD[:24],
    intro=TEXT,
    problems={"text": BAD},
)
DRAWN: dict[str, Callable[[], Any]] = {
    "a message on Discord": lambda: discord.message(VIEW).components,
    "a form on Discord": lambda: discord_forms.form(FORM),
    "completions on Discord": lambda: discord_forms.choices(CHOICES),
    "a message on Slack": lambda: slack.message(VIEW),
    "a quiet message on Slack": lambda: slack.message(VIEW, quiet=True),
    "a form on Slack": lambda: [slack.modal(FORM, close=BAD), slack.errors(FORM)],
    "a page on Slack": lambda: slack.page(VIEW, title=BAD, close=BAD),
    "the home on Slack": lambda: slack.home((VIEW,)),
    "markup on Slack": lambda: slack_markup.markup(TEXT, quiet=True),
    "a message in the playground": lambda: legible_frame(playground.message(VIEW)),
    "a form in the playground": lambda: legible_frame(playground.form(FORM)),
}


@pytest.mark.parametrize("place", DRAWN)
def test_everything_that_is_shown_is_legible(place: str) -> None:
    shown = json.dumps(DRAWN[place](), ensure_ascii=False).replace("\\n", "\n")
    assert "Mei" in shown
    for hidden in ("\u202e", "\u2067", "\u200f", "\x9b", "\\u0007", "\u2028"):
        assert hidden not in shown
    run = longest = 0
    for one in shown:
        run = run + 1 if category(one) in {"Mn", "Me"} else 0
        longest = max(longest, run)
    assert 0 < longest <= 3

"""Text on its way to Slack: what members write is never more than words."""

from datetime import UTC, datetime

import pytest

from adapters.slack import render
from adapters.slack.markup import escaped, label, markup, sections
from adapters.slack.rooms import channel_name
from bot.core.boundary.ids import PersonRef, Ref, RoomRef
from bot.core.boundary.text import Link, Mention, Moment, RoomLink, Strong, Style, Text
from bot.core.boundary.views import Fact, Facts, File, Message, Quote, Small
from tests.platforms.slack.blocks import check_message

MEI = PersonRef(Ref("slack", "U1"))
NASTY = "<!channel> <@U9> <https://x.example|click> & *bold* _it_ ~no~ `code` \u202eback\x00 :tada:"


def test_nothing_a_member_writes_pings_or_links_or_formats() -> None:
    said = escaped(NASTY)
    for forbidden in ("<", ">", "*bold*", "_it_", "`code`", "\u202e", "\x00"):
        assert forbidden not in said
    assert "&lt;!channel&gt;" in said
    (part,) = sections((NASTY,), "rich_text_section")
    assert {element["type"] for element in part["elements"]} == {"text"}
    assert "<!channel>" not in str(part)
    assert "<@U9>" not in str(part)
    assert "<!channel>" not in label(NASTY)["text"]


def test_people_are_mentioned_where_that_notifies_nobody_or_is_meant() -> None:
    quietly, loudly = (Mention(MEI, "Mei"),), (Mention(MEI, "Mei", ping=True),)
    assert markup(quietly) == "<@U1>"
    assert markup(quietly, quiet=True) == "Mei"
    assert markup(loudly, quiet=True) == "<@U1>"
    assert sections(quietly, "x", quiet=True)[0]["elements"] == [{"type": "text", "text": "Mei"}]
    assert sections(loudly, "x", quiet=True)[0]["elements"] == [{"type": "user", "user_id": "U1"}]


@pytest.mark.parametrize(
    ("span", "shown"),
    [
        (Strong("a*b"), "*a\u2060*\u2060b*"),
        (
            Moment(datetime(2026, 3, 3, 18, 30, tzinfo=UTC), Style.DAY_TIME, "Tuesday | 18:30"),
            "<!date^1772562600^{date_long_pretty}, {time}|Tuesday ¦ 18:30>",
        ),
        (
            Link("a|b>", "https://x.example/?a=1&b=<2>"),
            "<https://x.example/?a=1&amp;b=%3C2%3E|a¦b&gt;>",
        ),
        (RoomLink(RoomRef(Ref("slack", "C1")), "Oak"), "<#C1>"),
        (RoomLink(RoomRef(Ref("slack", "group-x")), "Oak"), "Oak"),
    ],
)
def test_every_kind_of_span_has_its_markup(span: Strong, shown: str) -> None:
    assert markup((span,)) == shown


def test_long_text_is_cut_into_pieces_and_nothing_is_lost() -> None:
    text: Text = ("a" * 2000, Strong("b" * 2000), "c" * 4000)
    parts = sections(text, "rich_text_section")
    said = [element["text"] for part in parts for element in part["elements"]]
    assert "".join(said) == "a" * 2000 + "b" * 2000 + "c" * 4000
    for part in parts:
        assert sum(len(element["text"]) for element in part["elements"]) <= 2900


def test_what_is_nothing_once_cleaned_is_still_a_text() -> None:
    check_message(render.message(Message("\x00", (Quote(("\x00",)), Small(("\u202e",)))))["blocks"])
    fact = Facts((Fact("\x00", ("\x00",)),))
    check_message(render.message(Message("", (fact,)))["blocks"])
    only_file = Message("", (File("when.ics", "text/calendar", b"x"),))
    assert render.message(only_file)["text"] == "when.ics"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Oak", "oak-abcd"),
        ("River  Ganges!", "river-ganges-abcd"),
        ("पीपल", "पीपल-abcd"),
        ("ÉRABLE", "érable-abcd"),
        ("!!!", "circle-abcd"),
        ("x" * 100, "x" * 75 + "-abcd"),
    ],
)
def test_channels_get_names_that_slack_takes(name: str, expected: str) -> None:
    assert channel_name(name, "abcdefgh") == expected

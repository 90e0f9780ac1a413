"""Views, as the page gets them."""

from datetime import UTC, datetime, timedelta, timezone

from adapters.playground import ids, markup, render
from bot.core.boundary.text import Link, Mention, Moment, RoomLink, Strong, Style
from bot.core.boundary.views import (
    Choice,
    Fact,
    Facts,
    File,
    Message,
    Paragraph,
    Picture,
    Quote,
    Select,
    Small,
)
from tests.adapters.playground.place import Greet, introduction


def test_words_stay_words_and_people_become_references() -> None:
    shown = markup.text(
        (
            "<b>Hi</b> ",
            Strong("you"),
            Mention(ids.person("p1"), "Mei Tanaka", ping=True),
            RoomLink(ids.room("r1"), "Oak"),
            Link("Help", "https://example.org"),
        )
    )
    assert shown == [
        "<b>Hi</b> ",
        {"is": "strong", "text": "you"},
        {"is": "person", "person": "p1", "ping": True},
        {"is": "room", "room": "r1", "name": "Oak"},
        {"is": "link", "label": "Help", "url": "https://example.org"},
    ]


def test_a_moment_travels_in_utc_and_is_shown_on_the_readers_clock() -> None:
    kathmandu = timezone(timedelta(hours=5, minutes=45))
    at = datetime(2026, 3, 2, 18, 30, tzinfo=kathmandu)
    (shown,) = markup.text((Moment(at, Style.DAY_TIME, "Monday, 18:30"),))
    assert shown == {
        "is": "moment",
        "at": datetime(2026, 3, 2, 12, 45, tzinfo=UTC).isoformat(),
        "style": "day_time",
        "words": "Monday, 18:30",
    }


def test_every_block_of_a_message_is_drawn() -> None:
    view = Message(
        "A title",
        (
            Paragraph(("One",)),
            Quote(("Two",)),
            Small(("Three",)),
            Facts((Fact("Four", ("4",)),)),
            Select("Five", (Choice("a", "A", "hint"), Choice("b", "B")), Greet(2), ("a",), 1, 2),
            Picture("<svg/>", "Six"),
            File("seven.csv", "text/csv", b"7,7"),
        ),
    )
    shown = render.message(view)
    assert shown["title"] == "A title"
    blocks = shown["blocks"]
    assert isinstance(blocks, list)
    assert [block["is"] for block in blocks] == [
        "paragraph",
        "quote",
        "small",
        "facts",
        "select",
        "picture",
        "file",
    ]
    assert blocks[4]["code"] == "test.greet;2"
    assert (blocks[4]["selected"], blocks[4]["most"]) == (["a"], 2)
    assert (blocks[6]["content"], blocks[6]["size"]) == ("Nyw3", 3)


def test_a_form_carries_what_was_typed_and_what_is_to_be_mended() -> None:
    shown = render.form(introduction("Hi", "Please say a little more."))
    assert (shown["submit"], shown["label"]) == ("test.introduce", "Send")
    assert shown["problems"] == {"about": "Please say a little more."}
    fields = shown["fields"]
    assert isinstance(fields, list)
    assert [field["is"] for field in fields] == ["text", "choice", "people"]
    assert fields[0]["value"] == "Hi"

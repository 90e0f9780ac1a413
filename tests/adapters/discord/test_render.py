"""Views as Discord takes them, approved one by one."""

import json
from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion

from adapters.discord import forms, ids, render
from bot.core.boundary.text import Mention, Moment, Span, Strong, Style
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
    TooLarge,
)
from bot.core.boundary.wording import load as load_wording
from tests.contracts.table import SVG, Greet, Introduce, Pick, introduction
from tests.platforms.discord import checks, requests

WORDS = load_wording().words("Europe/London", "en")
AT = datetime(2026, 3, 3, 18, 30, tzinfo=UTC)
MEI = ids.person("7")
GUILD = "1234567890123456789"

EVERYTHING = Message(
    "Your circle: Rowan",
    (
        Paragraph(
            (Mention(MEI, "Mei", ping=True), " meets ", Strong("you"), " on ", WORDS.moment(AT))
        ),
        Quote(("I like *trees*\nand <@1> rivers",)),
        Facts((Fact("Mentors", ("Ravi and Aiko",)), Fact("When", (WORDS.moment(AT, Style.TIME),)))),
        Buttons(
            (
                Button("I can come", Greet(1), Tone.PRIMARY),
                Button("Another time", Greet(2)),
                Button("Leave", Greet(3), Tone.DANGER),
            )
        ),
        Select(
            "Pick trees", (Choice("oak", "Oak", "strong"), Choice("elm", "Elm")), Pick(), ("elm",)
        ),
        Picture(SVG, "A square"),
        File("next times.ics", "text/calendar", b"BEGIN:VCALENDAR"),
        Small(("Only you see this.",)),
    ),
)
FULL = Form(
    "Introduce yourself",
    (
        TextField("about", "About you", "In a few words.", "I like", "Trees …", True, True, 500),
        ChoiceField("trees", "Trees", (Choice("oak", "Oak"), Choice("elm", "Elm")), "", ("elm",)),
        PeopleField("wishes", "Wishes", "People", (Picked(MEI, "Mei"),), most=3),
    ),
    Introduce(),
    Introduce(),
    "Send",
    ("A few ", Strong("words"), "."),
    {"about": "Too short."},
)


def _approved(drawn: render.Drawn, **more: object) -> dict[str, object]:
    body = drawn.body()
    checked(body, {one.name: one.content for one in drawn.uploads})
    return {**body, "files": [one.name for one in drawn.uploads], **more}


def checked(body: dict[str, object], files: dict[str, bytes]) -> None:
    """As strict as the stand-in, which is as strict as Discord."""
    checks.said(msgspec.convert(body, requests.Said), files, flags=0)


def test_every_kind_of_block_in_a_message(snapshot: SnapshotAssertion) -> None:
    assert _approved(render.message(EVERYTHING)) == snapshot


def test_a_direct_message_marks_its_buttons_and_itself(snapshot: SnapshotAssertion) -> None:
    view = Message("", (Paragraph(("How was it?",)), Buttons((Button("Good", Greet(5)),))))
    assert _approved(render.message(view, guild=GUILD, key="key")) == snapshot


def test_every_kind_of_field_in_a_form(snapshot: SnapshotAssertion) -> None:
    drawn = forms.form(FULL)
    checks.modal(msgspec.convert(drawn, requests.Modal))
    assert drawn == snapshot


def test_what_is_to_be_mended(snapshot: SnapshotAssertion) -> None:
    assert _approved(forms.mend(FULL, WORDS)) == snapshot


def test_a_further_step(snapshot: SnapshotAssertion) -> None:
    lead = WORDS.text("discord.continue", title=FULL.title)
    assert _approved(forms.further(FULL, lead, words=WORDS)) == snapshot


def test_an_introduction_above_five_fields_is_short_or_read_first(
    snapshot: SnapshotAssertion,
) -> None:
    fields = tuple(TextField(f"f{at}", f"Field {at}") for at in range(5))
    short = Form("Five", fields, Introduce(), Introduce(), "Send", ("Be brief.",))
    drawn = forms.form(short)
    checks.modal(msgspec.convert(drawn, requests.Modal))
    assert drawn["components"][0]["description"] == "Be brief."
    long = Form("Five", fields, Introduce(), Introduce(), "Send", ("Be brief. " * 20,))
    with pytest.raises(TooLarge):
        forms.form(long)
    first = forms.further(long, words=WORDS, guild=GUILD)
    assert _approved(first) == snapshot
    drawn = forms.form(long, read=True)
    checks.modal(msgspec.convert(drawn, requests.Modal))
    assert "description" not in drawn["components"][0]


def test_what_a_button_carries_comes_back() -> None:
    for read in (False, True):
        code = ids.custom_id(Greet(3), GUILD, read=read)
        assert ids.read_custom_id(code) == ids.Carried("test.greet;3", GUILD, read)
    assert ids.read_custom_id("test.greet;3") == ids.Carried("test.greet;3")
    assert ids.read_custom_id("test.greet;3@é") == ids.Carried("test.greet;3")


def test_the_same_file_name_twice_stays_two_files() -> None:
    file = File("../tree?.csv", "text/csv", b"a")
    drawn = render.message(Message("", (file, file)))
    assert [one.name for one in drawn.uploads] == ["tree_.csv", "tree_-2.csv"]
    checked(drawn.body(), {one.name: one.content for one in drawn.uploads})


@pytest.mark.parametrize("character", ["*", "\n", "_", "<", "`", "|", "\u202e", "鳥", "# "])
def test_the_longest_messages_fit_whatever_is_in_them(character: str) -> None:
    text = (character * 3800)[:2800]
    rest = (character * 3800)[:900]
    view = Message("", (Paragraph((text,)), Quote((rest,)), Small(("fine",))))
    checked(render.message(view).body(), {})


spans: st.SearchStrategy[Span] = st.one_of(
    st.text(max_size=300),
    st.builds(Strong, st.text(max_size=80)),
    st.builds(Mention, st.just(MEI), st.text(max_size=40), st.booleans()),
    st.builds(Moment, st.just(AT), st.sampled_from(Style), st.just("Tuesday 3 March 2026, 18:30")),
)


@given(st.lists(spans, min_size=1, max_size=8), st.text(max_size=150))
def test_no_text_whatever_breaks_a_limit(text: list[Span], title: str) -> None:
    try:
        view = Message(title, (Paragraph(tuple(text)), Quote(tuple(text))))
    except TooLarge:
        return
    body = render.message(view).body()
    checked(body, {})
    assert json.loads(json.dumps(body)) == body


def test_forms_of_the_small_table_fit() -> None:
    checks.modal(msgspec.convert(forms.form(introduction("x" * 3000)), requests.Modal))

"""Words become Discord's markdown, and never anything else than words."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.discord import ids
from adapters.discord.markup import label, literal, markup
from bot.core.boundary.text import Link, Mention, Moment, RoomLink, Strong, Style

STRAY = re.compile(
    r"<@[!&]?\d+>|<#\d+>|</[-\w ]+:\d+>|<a?:\w+:\d+>|<t:-?\d+(:\w)?>|<id:\w+>|@everyone|@here"
    r"|https?://|(?<!\\)[`*_~|]|(?<!\\)\[[^\]]*\]\("
)
"""Everything that would mean something to Discord."""


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("plain words, 18:30 – fine!", "plain words, 18:30 – fine!"),
        ("*bold* _under_ ~~gone~~ ||hidden||", r"\*bold\* \_under\_ \~\~gone\~\~ \|\|hidden\|\|"),
        ("`code` and \\", r"\`code\` and \\"),
        ("# title", r"\# title"),
        ("#circles", "#circles"),
        ("- list", r"\- list"),
        ("1. list", r"1\. list"),
        ("2026 was good", "2026 was good"),
        ("> quote", r"\> quote"),
        ("-# small", r"\-# small"),
        ("one\n# two", "one\n\\# two"),
        ("[label](https://evil.test)", r"\[label\](https\://evil.test)"),
        ("<@1> <@!1> <@&1>", "<\u200b@1> <\u200b@!1> <\u200b@&1>"),
        ("<#1> </cmd:1>", "<\u200b#1> <\u200b/cmd:1>"),
        ("<:smile:1> <a:wave:1> <t:1:F> <id:home>", None),
        ("@everyone @here", "@\u200beveryone @\u200bhere"),
        ("a < b", r"a \< b"),
        ("\u202egnipip\u202c \x00\x07", "gnipip "),
    ],
)
def test_what_a_member_writes_is_only_words(typed: str, shown: str | None) -> None:
    if shown is not None:
        assert literal(typed) == shown
    assert not STRAY.search(literal(typed))


@given(st.text(alphabet=st.sampled_from("<>@#:/\\*_~|`[]()!-+.1t a\neverhidcm"), max_size=60))
def test_no_words_whatever_mean_anything_to_discord(typed: str) -> None:
    assert not STRAY.search(literal(typed))
    assert not STRAY.search(markup((typed[:20], typed[20:])))
    compact = literal(typed, compact=True)
    assert not STRAY.search(compact)
    assert len(compact) <= len(typed)


def test_a_place_that_must_not_be_empty_never_is() -> None:
    assert label("\u202e \n") == "…"


def test_spans_have_their_own_markup() -> None:
    at = datetime(2026, 3, 3, 18, 30, tzinfo=UTC)
    mei = Mention(ids.person("7"), "Mei")
    room = RoomLink(ids.room("9", thread=True), "Rowan")
    assert markup(("Hi ", mei, " in ", room)) == "Hi <@7> in <#9>"
    assert markup((Moment(at, Style.DAY_TIME, "Tue"),)) == "<t:1772562600:F>"
    assert markup((Moment(at, Style.DATE, "Tue"),)) == "<t:1772562600:D>"
    assert markup((Moment(at, Style.TIME, "Tue"),)) == "<t:1772562600:t>"
    assert markup((Strong(" *so* "),)) == " **\\*so\\*** "
    assert markup((Link("a [b]", "https://banyan.test/(x)"),)) == (
        r"[a \[b\]](https://banyan.test/%28x%29)"
    )


def test_a_mention_cannot_be_put_together_from_pieces() -> None:
    assert markup(("<", "@1", ">")) == "<\u200b@1>"

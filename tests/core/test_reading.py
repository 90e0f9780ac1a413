"""Zones, languages and forms, read as people fill them in."""

from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.forms import Filled, Problem, Sheet, cleaned, read_languages, read_zone
from bot.core.languages import NoLanguage, find_language, language_name, language_names
from bot.core.wording import load
from bot.core.zones import NoZone, find_zone


@pytest.mark.parametrize(
    ("said", "zone"),
    [
        ("Mumbai", "Asia/Kolkata"),
        ("asia/calcutta", "Asia/Kolkata"),
        ("Nepal", "Asia/Kathmandu"),
        ("san francisco", "America/Los_Angeles"),
        ("São Paulo", "America/Sao_Paulo"),
        ("US/Eastern", "America/New_York"),
        ("utc", "UTC"),
    ],
)
def test_a_zone_is_found_by_city_country_or_name(said: str, zone: str) -> None:
    assert find_zone(said) == zone


def test_a_country_with_several_zones_suggests_them() -> None:
    found = find_zone("USA")
    assert isinstance(found, NoZone)
    assert "America/Chicago" in found.nearest


def test_a_misspelt_city_suggests_the_right_one() -> None:
    problem = read_zone("Kathmandoo")
    assert isinstance(problem, Problem)
    assert problem.values["nearest"] == "Asia/Kathmandu"


def test_every_zone_found_exists_here() -> None:
    for name in available_timezones():
        found = find_zone(name)
        if isinstance(found, str):
            assert ZoneInfo(found).key == found


@pytest.mark.parametrize(
    ("said", "tag"),
    [
        ("English", "en"),
        ("नेपाली", "ne"),
        ("zh-tw", "zh-TW"),
        ("Mandarin", "zh"),
        ("Tagalog", "fil"),
        ("Bengali", "bn"),
        ("Portuguese", "pt"),
    ],
)
def test_a_language_is_found_by_name_or_tag(said: str, tag: str) -> None:
    assert find_language(said, "en") == tag


def test_a_misspelt_language_suggests_the_right_one() -> None:
    assert find_language("Nepalii", "en") == NoLanguage("Nepalii", "Nepali")


def test_languages_are_named_in_the_readers_own() -> None:
    assert language_names(["en", "ne"], "de") == "Englisch, Nepalesisch"
    assert language_name("zh-TW", "en") == "Chinese (TW)"
    assert find_language("Nepalesisch", "de") == "ne"


@given(
    st.lists(
        st.sampled_from(["en", "ne", "zh", "hi", "fil", "ko", "vi", "ja", "de"]),
        min_size=1,
        max_size=8,
    )
)
def test_languages_read_back_as_they_are_written(tags: list[str]) -> None:
    for reader in ("en", "de", "ne"):
        assert read_languages(language_names(tags, reader), reader) == tuple(dict.fromkeys(tags))


@given(st.text(max_size=60))
def test_nothing_typed_breaks_a_reader(typed: str) -> None:
    assert isinstance(read_zone(cleaned(typed)), str | Problem)
    assert isinstance(read_languages(cleaned(typed), "en"), tuple | Problem)


def test_a_form_holds_what_was_typed_even_when_it_is_too_much() -> None:
    words = load().words("UTC", "en")
    sheet = Sheet(words, "intros.times", Filled({"bio": "x" * 900}))
    assert len(sheet.text("bio", most=600).value) == 900

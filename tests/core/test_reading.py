"""Zones, languages and forms, read as people fill them in."""

import subprocess
import sys
from zoneinfo import ZoneInfo, available_timezones

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from bot.core.boundary.forms import Filled, Problem, Sheet, cleaned, read_languages, read_zone
from bot.core.boundary.languages import (
    OWN_NAMES,
    NoLanguage,
    find_language,
    language_name,
    language_names,
)
from bot.core.boundary.wording import load
from bot.core.boundary.zone_names import all_zones, shifts
from bot.core.boundary.zones import NoZone, find_zone


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
        ("America/New York", "America/New_York"),
        ("Korea", "Asia/Seoul"),
        ("Malaysia", "Asia/Kuala_Lumpur"),
        ("Türkiye", "Europe/Istanbul"),
        ("JST", "Asia/Tokyo"),
        ("sgt", "Asia/Singapore"),
        ("Nepal Time", "Asia/Kathmandu"),
        ("Pacific Time (US & Canada)", "America/Los_Angeles"),
        ("(UTC-06:00) Central Time (US & Canada)", "America/Chicago"),
        ("(UTC+05:45) Kathmandu", "Asia/Kathmandu"),
        ("GMT+5:45", "Asia/Kathmandu"),
        ("GMT+0900 (Japan Standard Time)", "Asia/Tokyo"),
        ("Kuala Lumpur (GMT+8)", "Asia/Kuala_Lumpur"),
        ("PST (Philippines)", "Asia/Manila"),
        ("Portland, OR", "America/Los_Angeles"),
        ("Portland, Maine", "America/New_York"),
        ("Dharan, Nepal", "Asia/Kathmandu"),
        ("PST8PDT", "America/Los_Angeles"),
        ("posix/Asia/Tokyo", "Asia/Tokyo"),
        ("America/Coyhaique", "America/Coyhaique"),
    ],
)
def test_a_zone_is_found_by_city_country_clock_or_name(said: str, zone: str) -> None:
    assert find_zone(said) == zone


@pytest.mark.parametrize(
    ("said", "among"),
    [
        ("IST", {"Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"}),
        ("EST", {"America/New_York", "America/Panama"}),
        ("PST", {"America/Los_Angeles", "Asia/Manila"}),
        ("CST", {"America/Chicago", "Asia/Shanghai"}),
        ("GMT", {"Europe/London", "Africa/Accra"}),
        ("Georgia", {"Asia/Tbilisi", "America/New_York"}),
        ("London, Ontario", {"Europe/London", "America/Toronto"}),
        ("London (GMT+8)", {"Europe/London", "Asia/Singapore"}),
    ],
)
def test_what_may_be_several_places_is_asked_with_places(said: str, among: set[str]) -> None:
    found = find_zone(said)
    assert isinstance(found, NoZone)
    assert among <= {*found.nearest}
    assert not found.misspelt


@pytest.mark.parametrize("dash", ["-", "\N{MINUS SIGN}", "\N{EN DASH}"])
@pytest.mark.parametrize("word", ["GMT", "gmt ", "UTC", ""])
@pytest.mark.parametrize("hours", range(1, 12))
def test_an_offset_is_asked_with_places_on_its_own_side_of_greenwich(
    word: str, dash: str, hours: int
) -> None:
    for sign, side in (("+", 1), (dash, -1)):
        for written in (f"{word}{sign}{hours}", f"{word}{sign}{hours:02d}:00"):
            found = find_zone(written)
            zones = (found,) if isinstance(found, str) else found.nearest
            for zone in zones:
                assert side * hours * 60 in shifts(zone)
            assert zones


def test_zones_whose_sign_is_the_other_way_round_are_neither_offered_nor_taken() -> None:
    for name in available_timezones():
        found = find_zone(name)
        zones = (found,) if isinstance(found, str) else found.nearest
        assert not [zone for zone in zones if zone.startswith("Etc/")]
    found = find_zone("Etc/GMT+5")
    assert isinstance(found, NoZone)
    assert "America/Lima" in found.nearest


def test_whatever_zone_is_found_is_found_again_by_its_name() -> None:
    for zone in all_zones():
        assert find_zone(zone) == zone
        assert find_zone(zone.replace("_", " ")) == zone


def test_a_country_with_several_zones_suggests_them() -> None:
    found = find_zone("USA")
    assert isinstance(found, NoZone)
    assert "America/Chicago" in found.nearest


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Kathmandoo", "Asia/Kathmandu"),
        ("Europe/Lundon", "Europe/London"),
        ("Amerika/New_York", "America/New_York"),
        ("Asia/Singapoor", "Asia/Singapore"),
    ],
)
def test_a_misspelling_is_told_as_one_with_what_was_meant(typed: str, meant: str) -> None:
    problem = read_zone(typed)
    assert isinstance(problem, Problem)
    said = problem.line(load().words("UTC"))
    assert said == f"We do not know “{typed}”. Did you mean {meant}?"


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
    assert find_language("Nepalii", "en") == NoLanguage("Nepalii", "Nepali", "ne")


def test_languages_are_named_in_the_readers_own() -> None:
    assert language_names(["en", "ne"], "de") == "Englisch, Nepalesisch"
    assert language_name("zh-TW", "en") == "Chinese (TW)"
    assert find_language("Nepalesisch", "de") == "ne"


def test_the_names_of_languages_in_themselves_are_those_of_cldr() -> None:
    assert {
        code: str(Locale.parse(code).languages[code]).casefold() for code in OWN_NAMES.values()
    } == {code: name for name, code in OWN_NAMES.items()}


def test_to_find_a_language_no_more_of_cldr_is_kept_in_memory_than_the_reader_s() -> None:
    asked = (
        "from babel import localedata\n"
        "from bot.core.boundary.languages import find_language\n"
        "assert find_language('Deutsch', 'en') == 'de'\n"
        "print(*localedata._cache)"
    )
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert set(told.stdout.split()) <= {"root", "en", "en_001"}


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

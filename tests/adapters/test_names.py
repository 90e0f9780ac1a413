"""The same job has the same name on every platform: who knows one adapter knows them all."""

from pathlib import Path

import pytest

ADAPTERS = Path(__file__).parents[2] / "adapters"
SHARED = {
    "adapter",
    "answers",
    "checks",
    "decode",
    "delivery",
    "errands",
    "ids",
    "markup",
    "people",
    "render",
    "rooms",
}
"""What every adapter has: CONTRIBUTING says what each is for."""
ALONE = {
    "discord": {
        "commands",
        "connection",
        "door",
        "forms",
        "invite",
        "online",
        "payloads",
        "rest",
        "whereabouts",
    },
    "playground": {
        "clock",
        "clockbar",
        "commands",
        "guide",
        "history",
        "model",
        "page_words",
        "sealing",
        "server",
        "session",
        "sight",
        "store",
    },
    "slack": {
        "api",
        "authorize",
        "credentials",
        "drafts",
        "file_form",
        "groups",
        "home",
        "install",
        "installations",
        "listing",
        "manifest",
        "model",
        "moderators",
        "naming",
        "news",
        "pace",
        "pages",
        "parse",
        "rush",
        "socket",
        "standing",
        "uploads",
        "web",
    },
}
"""What a platform has beside it, because there is such a thing only there."""


def test_every_platform_is_named_here() -> None:
    assert {one.parent.name for one in ADAPTERS.glob("*/__init__.py")} == set(ALONE)


@pytest.mark.parametrize("platform", ALONE)
def test_an_adapter_has_the_rooms_of_every_other_and_its_own(platform: str) -> None:
    there = {one.stem for one in (ADAPTERS / platform).glob("*.py")} - {"__init__"}
    assert there == SHARED | ALONE[platform]


def test_what_all_have_is_nobody_s_own() -> None:
    assert SHARED.isdisjoint(name for own in ALONE.values() for name in own)

"""The keys of what is owed are made in one place, and nobody takes them apart."""

import ast
from collections.abc import Iterator
from pathlib import Path

from bot.core.boundary.keys import key_of

ROOT = Path(__file__).parents[3]
TAKES_APART = {"split", "rsplit", "partition", "rpartition", "startswith", "removeprefix"}
OWED = {"event", "owed", "delivery", "run", "row", "to"}
"""What a thing with the key of something owed is called, wherever there is one."""


def _calls(folder: str) -> Iterator[tuple[Path, ast.Call]]:
    for module in sorted((ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(module.read_text())):
            if isinstance(node, ast.Call):
                yield module, node


def test_a_key_says_what_is_owed_and_which_one() -> None:
    assert key_of("checkin", "oak", 3) == "checkin:oak:3"
    assert key_of(key_of("room-refused", "oak", 1), "mo") == "room-refused:oak:1:mo"


def test_keys_are_made_in_one_place() -> None:
    made = {
        module.relative_to(ROOT).as_posix()
        for module, call in _calls("bot")
        if isinstance(call.func, ast.Name) and call.func.id == "Key"
    }
    assert made == {"bot/core/boundary/keys.py"}


def test_nobody_takes_a_key_apart() -> None:
    found = [
        f"{module.relative_to(ROOT)}:{call.lineno}"
        for folder in ("bot", "storage")
        for module, call in _calls(folder)
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in TAKES_APART
        and isinstance(call.func.value, ast.Attribute)
        and call.func.value.attr == "key"
        and isinstance(call.func.value.value, ast.Name)
        and call.func.value.value.id in OWED
    ]
    assert not found

"""Sentences of the catalogue that nobody asks for: ``python -m tests.unused_words`` lists them.

A key is asked for where it stands in the code in full, or where words that are put together in the
code may come out as it: ``f"theme.{name}"`` asks for all themes. Where such words begin with
a value, it stands for any beginning of a key that the code holds.
"""

import ast
import re
import sys
from pathlib import Path
from typing import TypeGuard

from bot.core.boundary.wording import load

ROOT = Path(__file__).parents[1]
SOURCES = ("bot", "adapters", "storage")
_ANYTHING = ".+"
_ELSEWHERE = re.compile(r"command\.|playground\.")
"""The names and hints of commands follow from the features' tables, and the playground's page asks
for its own: tests beside those compare both ways."""


def unused() -> list[str]:
    """The keys, in the catalogue's order."""
    files = (file for folder in SOURCES for file in (ROOT / folder).rglob("*.py"))
    nodes = [node for file in files for node in ast.walk(ast.parse(file.read_text()))]
    whole = {one.value for one in nodes if isinstance(one, ast.Constant)}
    beginnings = "|".join(sorted(map(re.escape, filter(_begins_a_key, whole))))
    made = {_pattern(one) for one in nodes if isinstance(one, ast.JoinedStr | ast.BinOp)}
    asked = re.compile(
        "|".join(
            f"(?:{beginnings}){one.removeprefix(_ANYTHING)}" if one.startswith(_ANYTHING) else one
            for one in sorted(made)
            if re.match(r"(\.\+|\w+)\\\.", one)
        )
    )
    return [
        key
        for key in load().keys(prefix="")
        if not (key in whole or asked.fullmatch(key) or _ELSEWHERE.match(key))
    ]


def _begins_a_key(text: object) -> TypeGuard[str]:
    return isinstance(text, str) and re.fullmatch(r"[a-z]\w+(\.\w+)+", text) is not None


def _pattern(node: ast.expr) -> str:
    """An expression of the texts that may come of this one."""
    match node:
        case ast.Constant(value=str(text)):
            return re.escape(text)
        case ast.JoinedStr(values=values):
            return "".join(map(_pattern, values))
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return _pattern(left) + _pattern(right)
        case _:
            return _ANYTHING


if __name__ == "__main__":
    found = unused()
    print("\n".join(f"nobody asks for the sentence {key}" for key in found), file=sys.stderr)
    sys.exit(bool(found))

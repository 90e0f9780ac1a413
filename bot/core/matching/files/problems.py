"""What is wrong with a file, as values: every problem at once, each with its place."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

_SHOWN = 60
STRANGE = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters, direction overrides and halves of characters."""

_EXAMPLES = (12, 3, 1)
"""So many variants of one cause are told each by itself, and the others in one line: as many as
leave all within a screen."""

SCREEN = 15
"""Lines."""


@dataclass(frozen=True, slots=True)
class FileProblem:
    """One thing that is wrong. ``kind`` is the last part of its wording key.

    ``row`` counts rows of a table as a spreadsheet does, from 1 (0: the file as a whole);
    ``column`` is the header's word or the setting's name. ``values`` are what the sentence needs,
    made harmless.
    """

    kind: str
    row: int = 0
    column: str = ""
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cause:
    """The same problem wherever it is: one of its problems, and all rows. ``others``: the values
    differ from row to row, and those of ``example`` are the first."""

    example: FileProblem
    rows: tuple[int, ...]
    columns: tuple[str, ...]
    others: bool = False


class BadFile(Exception):
    """The file cannot be used and nothing was done; ``problems`` says everything that is wrong."""

    def __init__(self, problems: Sequence[FileProblem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = tuple(problems)


def causes(problems: Iterable[FileProblem]) -> list[Cause]:
    """The problems by cause, the most telling first: what concerns the file or its header, then
    what concerns most rows."""
    kinds: dict[tuple[str, str], dict[tuple[str, ...], list[FileProblem]]] = {}
    for one in problems:
        column = "" if one.kind == "missing_column" else one.column
        variants = kinds.setdefault((one.kind, column), {})
        variants.setdefault(tuple(one.values.values()), []).append(one)
    found: list[Cause] = []
    for examples in _EXAMPLES:
        found = [cause for variants in kinds.values() for cause in _few(variants, examples)]
        if len(found) <= SCREEN:
            break
    return sorted(found, key=lambda cause: (_rank(cause), -len(cause.rows), cause.rows))


def _few(variants: dict[tuple[str, ...], list[FileProblem]], examples: int) -> Iterable[Cause]:
    several = sorted(variants.values(), key=len, reverse=True)
    shown = several if len(several) <= examples + 1 else several[:examples]
    yield from map(_cause, shown)
    rest = [one for same in several[len(shown) :] for one in same]
    if rest:
        yield _cause(rest, others=True)


def _cause(same: list[FileProblem], *, others: bool = False) -> Cause:
    rows = tuple(sorted({one.row for one in same}))
    return Cause(same[0], rows, tuple(dict.fromkeys(one.column for one in same)), others)


_TELLING = ("separated", "header", "missing_column", "unknown_column", "column", "nameless")


def _rank(cause: Cause) -> int:
    kind = cause.example.kind
    telling = [place for place, word in enumerate(_TELLING) if kind.startswith(word)]
    return telling[0] if telling else 0 if cause.rows == (0,) else len(_TELLING)


def ranges(rows: Iterable[int]) -> str:
    """``2–10, 12``; where that is long, only its beginning."""
    parts: list[list[int]] = []
    for row in rows:
        if parts and parts[-1][1] == row - 1:
            parts[-1][1] = row
        else:
            parts.append([row, row])
    told = [str(a) if a == b else f"{a}–{b}" for a, b in parts]
    return ", ".join(told[:12]) + (" …" if len(told) > 12 else "")


def harmless(words: str) -> str:
    """What somebody wrote, short and without characters that could disturb a line."""
    shown = STRANGE.sub("\N{REPLACEMENT CHARACTER}", words[: _SHOWN + 1])
    return shown if len(shown) <= _SHOWN else shown[:_SHOWN] + "…"


def nearest(word: str, known: list[str]) -> str:
    """The known word most like this one, or nothing."""
    found = get_close_matches(word[:_SHOWN].casefold(), known, 1, 0.6)
    return found[0] if found else ""

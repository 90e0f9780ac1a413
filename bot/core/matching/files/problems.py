"""What is wrong with a file, as values: every problem at once, each with its place."""

import re
from dataclasses import dataclass, field
from difflib import get_close_matches

_SHOWN = 60
STRANGE = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters, direction overrides and halves of characters."""


@dataclass(frozen=True, slots=True)
class FileProblem:
    """One thing that is wrong. ``kind`` is the last part of its wording key.

    ``row`` counts lines of a table with the header as row 1 (0: the file as a whole); ``column`` is
    the header's word or the setting's name. ``values`` are what the sentence needs, made harmless.
    """

    kind: str
    row: int = 0
    column: str = ""
    values: dict[str, str] = field(default_factory=dict)


class BadFile(Exception):
    """The file cannot be used and nothing was done; ``problems`` says everything that is wrong."""

    def __init__(self, problems: list[FileProblem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = tuple(problems)


def harmless(words: str) -> str:
    """What somebody wrote, short and without characters that could disturb a line."""
    shown = STRANGE.sub("\N{REPLACEMENT CHARACTER}", words[: _SHOWN + 1])
    return shown if len(shown) <= _SHOWN else shown[:_SHOWN] + "…"


def nearest(word: str, known: list[str]) -> str:
    """The known word most like this one, or nothing."""
    found = get_close_matches(word[:_SHOWN].casefold(), known, 1, 0.6)
    return found[0] if found else ""

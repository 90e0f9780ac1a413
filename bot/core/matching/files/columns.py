"""The columns of ``people.csv``: their names, how else people call them, and what they hold.

To add a column: its name here, its value in :class:`bot.core.matching.files.people_csv.Row`, and
how it is read in :mod:`bot.core.matching.files.reading`.
"""

from collections.abc import Sequence

from bot.core.matching.definition.model import QUESTION
from bot.core.matching.files.problems import FileProblem, harmless, nearest

REQUIRED = ("id", "role", "languages", "timezone", "availability")
COLUMNS = (
    "id", "name", "role", "capacity", "seeks", "offers", "languages", "preferred_language",
    "timezone", "availability", "stage", "heritage", "wants_shared_heritage", "matters_most",
    "team", "wishes", "avoid", "met_recently", "met_before", "bio",
)  # fmt: skip
LISTS = frozenset(
    ("seeks", "offers", "languages", "heritage", "team", "wishes", "avoid", "met_recently",
     "met_before")
)  # fmt: skip
"""Columns that hold several things, with ``;`` between them; so do all questions."""

_FOLDED = {name.replace("_", ""): name for name in COLUMNS}
_PERHAPS = (
    ("timezone", ("time zone", "timezone", "city", "where do you live", "location")),
    ("availability", ("free", "availab", "hours", "what time", "which times", "when ")),
    ("role", ("mentor or", "mentee or", "mentor/", "mentee/", "role", "take part as")),
    ("languages", ("language", "speak")),
    ("seeks", ("seek", "looking for", "want to learn", "would you like to learn", "goals")),
    ("offers", ("offer", "can you help", "could you help", "teach")),
    ("capacity", ("how many",)),
    ("stage", ("life stage", "your age", "age group")),
    ("heritage", ("heritage", "ethnic")),
    ("id", ("user name", "username", "handle", "member id", "user id")),
    ("bio", ("about you", "about your", "introduce")),
    ("name", ("name",)),
)  # fmt: skip
_LOOKED_UP = 20
"""Of so many unknown columns it is looked up what they could be."""

_QUESTION_LENGTH = 100


def column(cell: str) -> str:
    """The column that a header's cell names, in whatever letters; "" where it is none."""
    words = cell.strip().strip("\ufeff\u00a0")
    if words[: len(QUESTION)].casefold() == QUESTION:
        return QUESTION + " ".join(words[len(QUESTION) :].split())
    return _FOLDED.get("".join(c for c in words.casefold() if c not in " _-\u00a0"), "")


def read_header(header: Sequence[str], row: int) -> tuple[dict[str, int], list[FileProblem]]:
    """Where each column is, and what is wrong with the header. Cells without a name are none."""
    places: dict[str, int] = {}
    problems: list[FileProblem] = []
    strangers = 0
    for index, cell in enumerate(header):
        name = column(cell)
        if name in places:
            problems.append(FileProblem("column_twice", row, harmless(name)))
        elif name.startswith(QUESTION) and not 0 < len(name) - len(QUESTION) <= _QUESTION_LENGTH:
            problems.append(FileProblem("question_name", row, harmless(name)))
        elif name:
            places[name] = index
        elif cell:
            strangers += 1
            problems.append(_unknown(cell, row, look=strangers <= _LOOKED_UP))
    missing = [name for name in REQUIRED if name not in places]
    return places, [*(FileProblem("missing_column", row, name) for name in missing), *problems]


def _unknown(cell: str, row: int, *, look: bool) -> FileProblem:
    near = nearest(cell, list(COLUMNS)) if look else ""
    if near:
        return FileProblem("unknown_column_near", row, harmless(cell), {"near": near})
    words = cell[:200].casefold() + " " if look else ""
    if "email" in words.replace("-", ""):
        return FileProblem("unknown_column_mail", row, harmless(cell))
    for name, signs in _PERHAPS:
        if any(sign in words for sign in signs):
            return FileProblem("unknown_column_perhaps", row, harmless(cell), {"near": name})
    return FileProblem("unknown_column", row, harmless(cell))

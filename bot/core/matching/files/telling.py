"""Problems with a file in words: a line for each cause, with all its rows, at most a screen."""

from collections.abc import Iterable, Sequence

from bot.core.boundary.wording import Words
from bot.core.matching.files.problems import SCREEN, Cause, FileProblem, causes, ranges

AREA = "matching.file"


def told(problems: Sequence[FileProblem], words: Words, *areas: str) -> list[str]:
    """The causes, the most telling first. ``areas`` are where sentences are looked for first."""
    found = causes(problems)
    lines = [_line(cause, words, areas) for cause in found[:SCREEN]]
    if len(found) > SCREEN:
        lines.append(words.line(f"{AREA}.more", n=len(found) - SCREEN))
    return lines


def each(problems: Iterable[FileProblem], words: Words, *areas: str) -> list[str]:
    """Every problem by itself, by row."""
    alone = (Cause(one, (one.row,), (one.column,)) for one in problems)
    return [_line(cause, words, areas) for cause in alone]


def _line(cause: Cause, words: Words, areas: Sequence[str]) -> str:
    one = cause.example
    keys = [f"{area}.{one.kind}" for area in (*areas, AREA)]
    key = next((key for key in keys if words.has(key)), keys[-1])
    what = words.line(key, **one.values)
    if cause.others:
        what = f"{what} {words.line(f'{AREA}.likewise')}"
    where = _where(cause, words)
    return words.line(f"{AREA}.line", where=where, what=what) if where else what


def _where(cause: Cause, words: Words) -> str:
    columns = words.list([column for column in cause.columns if column][:20])
    if not any(cause.rows):
        return columns or words.line(f"{AREA}.at.file")
    rows = ranges(cause.rows)
    key = "cell" if columns else "row"
    return words.line(f"{AREA}.at.{key}", row=rows, column=columns, n=len(cause.rows))

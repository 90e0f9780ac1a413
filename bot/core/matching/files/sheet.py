"""A table somebody saved as CSV: its header and its rows, however the program wrote them.

Commas, semicolons, tabs and bars between the cells are told apart by the header. Rows are numbered
as a spreadsheet numbers them: blank rows count, and a row with line breaks inside a cell is one.
"""

import codecs
import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import StringIO

from bot.core.matching.files.problems import BadFile, FileProblem

SEPARATORS = ",;\t|"
_LOOK = 20
"""Rows at the beginning in which a header is looked for that is not in the first row."""

_LOOK_CHARACTERS = 20_000
MOST_COLUMNS = 200
_MOST_BROKEN = 1_000
"""After so many problems a row with broken quotation marks is the last that is read."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A header and the rows below it that hold anything. The header is row ``header_row``."""

    header: tuple[str, ...]
    header_row: int
    separator: str
    rows: Iterator[tuple[int, list[str]]]


def open_sheet(
    data: bytes, known: Callable[[str], bool], most_bytes: int, problems: list[FileProblem]
) -> Sheet:
    """The table in ``data``. ``known`` says whether a cell is the name of a column.

    What is wrong with rows is added to ``problems`` as they are read. Raises :class:`BadFile`.
    """
    text, skipped = _without_hint(_text(data, most_bytes))
    separator = _separator(text, known)
    rows = _rows(text, separator, problems, skipped)
    number, header = next(rows, (1, []))
    if not header:
        raise BadFile([FileProblem("no_people" if not text.strip() else "no_header")])
    if len(header) > MOST_COLUMNS:
        values = {"columns": str(len(header)), "most": str(MOST_COLUMNS)}
        raise BadFile([FileProblem("too_many_columns", number, "", values)])
    if not any(map(known, header)):
        below = _header_below(text, separator, known, skipped)
        if below:
            raise BadFile([FileProblem("header_below", below, "", {"row": str(below)})])
    return Sheet(tuple(cell.strip() for cell in header), number, separator, rows)


def _text(data: bytes, most_bytes: int) -> str:
    if len(data) > most_bytes:
        most = f"{most_bytes // 1024 // 1024} MB"
        raise BadFile([FileProblem("too_big", values={"most": most})])
    first = data[:400].partition(b"\n")[0]
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in first:
        kind = "utf16" if first[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "not_text"
        halves = first[0::2].count(0), first[1::2].count(0)
        kind = "utf16" if max(halves) * 3 > len(first) and min(halves) == 0 else kind
        raise BadFile([FileProblem(kind, 1)])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        raise BadFile([FileProblem("not_utf8", row)]) from None


def _without_hint(text: str) -> tuple[str, int]:
    """The text without the line "sep=;" that Excel understands, and how many lines that were."""
    line, _, rest = text.partition("\n")
    return (rest, 1) if line.strip().casefold()[:4] == "sep=" and len(line) < 8 else (text, 0)


def _separator(text: str, known: Callable[[str], bool]) -> str:
    """What stands between the cells: that with which most names of columns are found."""

    def found(separator: str) -> int:
        cells = (cell for _, row in _first(text, separator, 0) for cell in row)
        return len({cell for cell in cells if known(cell)})

    return max(SEPARATORS, key=found)  # of equals, the first: a comma


def _first(text: str, separator: str, skipped: int) -> list[tuple[int, list[str]]]:
    beginning = text[:_LOOK_CHARACTERS]
    if len(beginning) < len(text) and "\n" in beginning:
        beginning = beginning.rpartition("\n")[0]
    rows = _rows(beginning, separator, [], skipped)
    return [row for row, _ in zip(rows, range(_LOOK), strict=False)]


def _header_below(text: str, separator: str, known: Callable[[str], bool], skipped: int) -> int:
    """The row in which the names of columns stand, if it is not the first."""
    for number, cells in _first(text, separator, skipped):
        if sum(map(known, cells)) > 2:
            return number
    return 0


def _rows(
    text: str, separator: str, problems: list[FileProblem], skipped: int
) -> Iterator[tuple[int, list[str]]]:
    """The rows with anything in them."""
    csv.field_size_limit(max(len(text), 1))
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    number = skipped
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            problems.append(FileProblem("quotes", number))
            if len(problems) > _MOST_BROKEN:
                return
            continue
        if any(map(str.strip, cells)):
            yield number, cells

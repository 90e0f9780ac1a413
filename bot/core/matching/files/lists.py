"""Lists in cells: where they are split, and which items are the same.

Items have ``;`` between them. Forms write commas instead; a cell with commas alone is split at
them, unless what it holds is an item of its own elsewhere. Items are the same that differ only in
case, width and white space: the first spelling stands for all.
"""

from collections.abc import Iterable, Mapping
from typing import Protocol

from bot.core.matching.definition.model import QUESTION, tag
from bot.core.matching.files.columns import LISTS


class Remark(Protocol):
    """Hears of something that was read differently than it is written."""

    def __call__(self, kind: str, column: str, /, **values: str) -> None:
        """The remark, as a problem is told."""


_THEMES = "themes"
_PEOPLE = frozenset({"wishes", "avoid", "met_recently", "met_before"})


def is_list(column: str) -> bool:
    """Whether a column holds several things."""
    return column in LISTS or column.startswith(QUESTION)


def same(words: str) -> str:
    """The words as items are compared: NFKC, case folded, white space folded."""
    return " ".join(tag(words).split())


class Lists:
    """The lists of a file, seen as a whole before any is read."""

    def __init__(self, rows: Iterable[Mapping[str, str]]) -> None:
        self._alone: dict[str, set[str]] = {}
        """By what columns share: items without a comma."""
        self._whole: dict[str, set[str]] = {}
        """Items with a comma that a semicolon sets apart."""
        self._first: dict[str, dict[str, str]] = {}
        for cells in rows:
            for column, cell in cells.items():
                if cell and is_list(column):
                    self._see(_shared(column), cell)
            if cells.get("id"):
                self._alone.setdefault("people", set()).add(same(cells["id"]))

    def read(self, column: str, cell: str, remark: Remark) -> tuple[str, ...]:
        """The items of a cell, each once. ``remark`` hears what was read otherwise than written."""
        if not cell:
            return ()
        items: list[str] = []
        for item in filter(None, (" ".join(one.split()) for one in cell.split(";"))):
            parts = [part for part in map(str.strip, item.split(",")) if part]
            if "," not in item or (column in _PEOPLE and same(item) in self._alone["people"]):
                items.append(item)
            elif self._splits(_shared(column), cell, item, parts):
                items += parts
                remark("read_commas", column, cell=item, n=str(len(parts)))
            else:
                items.append(item)
                if not cell.endswith(";"):
                    remark("read_whole", column, cell=item)
        if _shared(column) in ("people", "languages"):
            return tuple(dict.fromkeys(items))
        return tuple(dict.fromkeys(self._spelt(column, item, remark) for item in items))

    def _see(self, shared: str, cell: str) -> None:
        apart = ";" in cell
        for item in cell.split(";"):
            if "," not in item:
                self._alone.setdefault(shared, set()).add(same(item))
            elif apart:
                self._whole.setdefault(shared, set()).add(same(item))

    def _splits(self, shared: str, cell: str, item: str, parts: list[str]) -> bool:
        """Whether an item with commas is several."""
        if shared in ("people", "languages"):
            return True
        known = self._alone.get(shared, set())
        if ";" in cell and not cell.endswith(";"):
            return all(same(part) in known for part in parts)
        return ";" not in cell and same(item) not in self._whole.get(shared, set())

    def _spelt(self, column: str, item: str, remark: Remark) -> str:
        first = self._first.setdefault(_shared(column), {}).setdefault(same(item), item)
        if first != item:
            remark("read_alike", column, cell=item, first=first)
        return first


def _shared(column: str) -> str:
    """Columns whose items mean the same things share a name."""
    if column in ("seeks", "offers"):
        return _THEMES
    return "people" if column in _PEOPLE else column

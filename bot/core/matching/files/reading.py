"""Reading ``people.csv``: cells into values, with everything that is wrong or was read differently.

The table is gone through once. What a list can be split at is known only when all lists have been
seen, so they are read last.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.core.boundary.languages import find_language, is_tag, spoken
from bot.core.boundary.zones import NoZone, find_zone
from bot.core.matching.definition.availability import Window
from bot.core.matching.definition.model import MATTERS, QUESTION, Role, tag
from bot.core.matching.files.between import between
from bot.core.matching.files.columns import column, read_header
from bot.core.matching.files.hours import read_hours
from bot.core.matching.files.lists import Lists, is_list, same
from bot.core.matching.files.people_csv import People, Row, as_meant
from bot.core.matching.files.problems import STRANGE, BadFile, FileProblem, harmless
from bot.core.matching.files.sheet import Sheet, open_sheet

MAX_BYTES = 64 * 1024 * 1024
MAX_PEOPLE = 200_000
MAX_CELL = 8_000
"""Characters in one cell."""

MAX_WISHES = 3
MAX_CAPACITY = 20
_LONG = {"id": 100, "name": 200, "bio": 4_000}
_TAG = 100
"""Characters in one item of a list."""

_MEANT = 20
"""Of so many words that mean nothing it is looked up what they could mean, which takes a while."""

_WHOLE_NUMBER = re.compile(r"([0-9]{1,4})(?:[.,]0{1,4})?", re.ASCII)
_BREAKS = re.compile("[\n\r\t]")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a file may hold, after how many problems it is not read further (none: all are
    told), and whether each row must say what its role needs."""

    most_bytes: int = MAX_BYTES
    most_people: int = MAX_PEOPLE
    most_problems: int | None = None
    whole: bool = True


def parse_people(data: bytes, stages: tuple[str, ...] | None, limits: Limits = Limits()) -> People:
    """The people of a file. Without ``stages`` they stand as they are written.

    Raises :class:`BadFile` with everything that is wrong.
    """
    problems: list[FileProblem] = []
    sheet = open_sheet(data, lambda cell: bool(column(cell)), limits.most_bytes, problems)
    places, header = read_header(sheet.header, sheet.header_row)
    problems += header
    if len(places) < 2:  # nothing below can be understood
        raise BadFile([*_separator_told(sheet), *problems])
    reader = _Reader(stages, problems, places, limits)
    rows = reader.rows(sheet)
    if not rows and not problems:
        problems.append(FileProblem("no_people"))
    if not reader.stopped:
        problems += between(rows)
    if problems:
        raise BadFile(sorted(problems, key=lambda one: one.row))
    return People(tuple(rows), tuple(sorted(reader.remarks, key=lambda one: one.row)))


def _separator_told(sheet: Sheet) -> list[FileProblem]:
    """Where a header is not understood, it helps to know how its cells were told apart."""
    names = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
    kind = f"separated_{names[sheet.separator]}"
    return [FileProblem(kind, sheet.header_row)] if sheet.separator != "," else []


_Told = tuple[int, dict[str, str]]
"""A row under way: its number, and its cells by column."""


class _Reader:
    """Turns cells into values and notes what is wrong with them."""

    def __init__(
        self,
        stages: tuple[str, ...] | None,
        problems: list[FileProblem],
        places: Mapping[str, int],
        limits: Limits,
    ) -> None:
        self._stages = None if stages is None else {same(stage): stage for stage in stages}
        self._problems = problems
        self._places = places
        self._limits = limits
        self._zones: dict[str, str | NoZone] = {}
        self._languages: dict[str, str] = {}
        self._number = 0
        self._cells: dict[str, str] = {}
        self.remarks: list[FileProblem] = []
        self.stopped = False
        """So much was wrong that not everything was read."""

    def rows(self, sheet: Sheet) -> list[Row]:
        """Every row that is somebody; where a cell is wrong, a default stands in."""
        told = list(self._told(sheet))
        lists = Lists(cells for _, cells in told)
        rows = []
        for number, cells in told:
            if self._enough(number):
                break
            rows.append(self._row(number, cells, lists))
        return rows

    def _enough(self, number: int) -> bool:
        most = self._limits.most_problems
        if most is None or len(self._problems) < most:
            return False
        if not self.stopped:
            values = {"most": f"{most:,}"}
            self._problems.append(FileProblem("stopped", number, "", values))
        self.stopped = True
        return True

    def _told(self, sheet: Sheet) -> Iterator[_Told]:
        width, people = len(sheet.header), 0
        nameless = [index for index, cell in enumerate(sheet.header) if not cell]
        for number, cells in sheet.rows:
            self._number = number
            if people >= self._limits.most_people:
                self._note("too_many_people", "", most=f"{self._limits.most_people:,}")
                self.stopped = True
                return
            if self._enough(number):
                return
            if self._is_nobody(cells):
                continue
            people += 1
            if len(cells) < width or any(map(str.strip, cells[width:])):
                self._note("cell_count", "", cells=str(len(cells)), columns=str(width))
            elif lost := [cells[index] for index in nameless if cells[index].strip()]:
                self._note("nameless_column", "", cell=lost[0])
            yield (
                number,
                {
                    name: self._cell(name, cells[place]) if place < len(cells) else ""
                    for name, place in self._places.items()
                },
            )

    def _is_nobody(self, cells: list[str]) -> bool:
        """Whether this is no person but a total or a note below the table; said once as such."""
        filled = [cell.strip() for cell in cells if cell.strip()]
        at = self._places.get("role"), self._places.get("timezone"), self._places.get("languages")
        if len(filled) > 2 or len(self._places) < 6:
            return False
        if any(place is not None and place < len(cells) and cells[place].strip() for place in at):
            return False
        self._note("nobody", "", cell=filled[0])
        return True

    def _row(self, number: int, cells: dict[str, str], lists: Lists) -> Row:
        self._number, self._cells = number, cells
        items = {name: self._items(name, lists) for name in cells if is_list(name)}
        role = self._role()
        languages = self._read_languages(items.get("languages", ()))
        row = Row(
            id=self._id(),
            name=self._cells.get("name", ""),
            role=role or Role.BOTH,
            capacity=self._capacity(),
            seeks=items.get("seeks", ()),
            offers=items.get("offers", ()),
            languages=languages,
            preferred_language=self._preferred(languages),
            zone=self._zone(),
            windows=self._windows(),
            stage=self._stage(),
            heritage=items.get("heritage", ()),
            wants_shared_heritage=self._yes("wants_shared_heritage"),
            matters_most=self._matters(),
            teams=items.get("team", ()),
            wishes=items.get("wishes", ()),
            avoid=items.get("avoid", ()),
            met_recently=items.get("met_recently", ()),
            met_before=items.get("met_before", ()),
            bio=self._cells.get("bio", ""),
            answers={
                name.removeprefix(QUESTION): tags
                for name, tags in items.items()
                if name.startswith(QUESTION) and tags
            },
            number=number,
        )
        self._whole(row, role)
        return row

    def _whole(self, row: Row, role: Role | None) -> None:
        """What a row must have for its role. A role that is wrong is one problem, not two."""
        if self._limits.whole and role in (Role.MENTEE, Role.BOTH) and not row.seeks:
            self._note("seeks_missing", "seeks")
        if self._limits.whole and role in (Role.MENTOR, Role.BOTH) and not row.offers:
            self._note("offers_missing", "offers")
        if not row.languages and "languages" in self._places:
            self._note("languages_missing", "languages")
        if len(row.wishes) > MAX_WISHES:
            self._note("too_many_wishes", "wishes", most=str(MAX_WISHES))

    def _note(self, kind: str, column: str, **values: str) -> None:
        made_harmless = {name: harmless(value) for name, value in values.items()}
        self._problems.append(FileProblem(kind, self._number, harmless(column), made_harmless))

    def _remark(self, kind: str, column: str, /, **values: str) -> None:
        made_harmless = {name: harmless(value) for name, value in values.items()}
        self.remarks.append(FileProblem(kind, self._number, column, made_harmless))

    def _cell(self, name: str, cell: str) -> str:
        """A cell as meant: trimmed, and without the apostrophe that made it harmless."""
        words = cell.strip()
        meant = as_meant(words)
        if words.startswith("="):
            self._note("formula", name, cell=words)
            return ""
        if len(meant) > _LONG.get(name, MAX_CELL):
            self._note("too_long", name, most=f"{_LONG.get(name, MAX_CELL):,}")
            return ""
        if STRANGE.search(_BREAKS.sub(" ", meant)):
            self._note("strange_characters", name)
            return ""
        return meant if name in ("bio", "availability") else _one_line(meant, name)

    def _items(self, name: str, lists: Lists) -> tuple[str, ...]:
        items = lists.read(name, self._cells[name], self._remark)
        for item in items:
            if len(item) > _TAG:
                self._note("item_too_long", name, item=item, most=str(_TAG))
        return items

    def _id(self) -> str:
        who = self._cells.get("id", "")
        if not who:
            if "id" in self._places:
                self._note("id_missing", "id")
        elif ";" in who or who[0] in "=+-@'":
            self._note("id_form", "id", id=who)
        return who

    def _role(self) -> Role | None:
        words = self._cells.get("role", "")
        try:
            return Role(words.casefold())
        except ValueError:
            if "role" in self._places:
                self._note("role" if words else "role_missing", "role", cell=words)
            return None

    def _capacity(self) -> int:
        words = self._cells.get("capacity", "")
        if not words:
            return 1
        found = _WHOLE_NUMBER.fullmatch(words)  # spreadsheets write 2.0
        if found is None or int(found[1]) > MAX_CAPACITY:
            self._note("capacity", "capacity", cell=words, most=str(MAX_CAPACITY))
            return 1
        return int(found[1])

    def _read_languages(self, languages: tuple[str, ...]) -> tuple[str, ...]:
        for words in languages:
            if not is_tag(words):
                near = self._nearest_language(words)
                self._note(f"language{'_near' if near else ''}", "languages", cell=words, near=near)
        return languages

    def _nearest_language(self, words: str) -> str:
        """The tag of the language that was probably meant."""
        near = self._languages.get(words)
        if near is None and len(words) <= _TAG:
            found = find_language(words, "en", near=len(self._languages) < _MEANT)
            near = self._languages[words] = found if isinstance(found, str) else found.tag
        return near or ""

    def _preferred(self, languages: tuple[str, ...]) -> str:
        """The preferred language; the only one where it is not said."""
        words = self._cells.get("preferred_language", "")
        if not words:
            if len({spoken(language) for language in languages}) > 1:
                self._note("preferred_missing", "preferred_language")
            return languages[0] if languages else ""
        if spoken(words) not in map(spoken, languages) and languages:
            self._note("preferred_unknown", "preferred_language", cell=words)
        return words

    def _zone(self) -> str:
        if "timezone" not in self._places:
            return "UTC"
        words = self._cells["timezone"]
        if not words:
            self._note("zone_missing", "timezone")
            return "UTC"
        found = self._zones.get(words)
        if found is None:
            near = sum(isinstance(one, NoZone) for one in self._zones.values()) < _MEANT
            found = self._zones[words] = find_zone(words, near=near)
        if isinstance(found, str):
            if tag(found).replace("_", " ") != tag(words).replace("_", " "):
                self._remark("zone_read", "timezone", cell=words, zone=found)
            return found
        if found.misspelt:
            kind = "zone_misspelt" if len(found.nearest) == 1 else "zone_misspelt_some"
        else:
            kind = "zone_offset" if found.offset else "zone_near" if found.nearest else "zone"
        self._problems.append(
            FileProblem(
                kind,
                self._number,
                "timezone",
                {"cell": harmless(words), "near": ", ".join(found.nearest)},
            )
        )
        return "UTC"

    def _windows(self) -> tuple[Window, ...]:
        hours = read_hours(self._cells.get("availability", ""))
        for kind, words in hours.wrong:
            self._note(f"window_{kind}", "availability", cell=words)
        for words, windows in hours.taken:
            self._remark("window_read", "availability", cell=words, windows=windows)
        return hours.windows

    def _stage(self) -> str:
        words = self._cells.get("stage", "")
        if not words or self._stages is None:
            return words
        stage = self._stages.get(same(words))
        if stage is None:
            self._note("stage", "stage", cell=words, known=", ".join(self._stages.values()))
        return stage or ""

    def _matters(self) -> str:
        """What matters most: a term of the score, or a question that has a column."""
        words = " ".join(self._cells.get("matters_most", "").split())
        questions = [name for name in self._cells if name.startswith(QUESTION)]
        known = {same(name): name for name in (*MATTERS, *questions)}
        if words and same(words) not in known:
            self._note("matters_most", "matters_most", cell=words, known=", ".join(known.values()))
        return known.get(same(words), "") if words else ""

    def _yes(self, name: str) -> bool:
        words = self._cells.get(name, "").casefold()
        if words not in ("", "yes", "no"):
            self._note("yes_no", name, cell=words)
        return words == "yes"


def _one_line(words: str, name: str) -> str:
    """The words on one line; in a list a line break stands for the end of an item."""
    return ";".join(words.splitlines()) if is_list(name) else " ".join(words.split())

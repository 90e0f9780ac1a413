"""``people.csv``: the people of a matching, in and out.

Reading reports every problem with row and column at once. Writing makes cells harmless that a
spreadsheet would take for a formula, and never writes whom somebody avoids.
"""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from io import StringIO
from itertools import zip_longest
from zoneinfo import ZoneInfo, available_timezones

from bot.core.boundary.languages import find_language
from bot.core.matching.definition.availability import BadWindow, Window, parse_window, resolve
from bot.core.matching.definition.model import QUESTION, Person, Role, Settings, tag
from bot.core.matching.files.problems import STRANGE, BadFile, FileProblem, harmless, nearest

MAX_BYTES = 64 * 1024 * 1024
MAX_PEOPLE = 200_000
MAX_CELL = 8_000
"""Characters in one cell."""

MAX_WISHES = 3
MAX_CAPACITY = 20

REQUIRED = ("id", "role", "languages", "timezone", "availability")
COLUMNS = (
    "id", "name", "role", "capacity", "seeks", "offers", "languages", "preferred_language",
    "timezone", "availability", "stage", "heritage", "wants_shared_heritage", "wishes", "avoid",
    "met_recently", "met_before", "bio",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_LONG = {"id": 100, "name": 200, "bio": 4_000}
_LANGUAGE = re.compile("(?:[a-z]{2,3}|[ix](?=-))(?:-[a-z0-9]{1,8})*", re.ASCII | re.IGNORECASE)
"""A language tag as BCP 47 builds them, if not necessarily one that is registered."""

_MEANT = 100
"""Of so many different words at most it is looked up which language they could mean."""

_TAG = 100
"""Characters in one item of a list."""


@dataclass(frozen=True, slots=True)
class Row:
    """One person as the file tells them; ``stage`` is the label, ``zone`` the IANA name."""

    id: str
    role: Role
    zone: str
    name: str = ""
    capacity: int = 1
    seeks: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    preferred_language: str = ""
    windows: tuple[Window, ...] = ()
    stage: str = ""
    heritage: tuple[str, ...] = ()
    wants_shared_heritage: bool = False
    wishes: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    met_recently: tuple[str, ...] = ()
    met_before: tuple[str, ...] = ()
    bio: str = ""
    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def person(self, settings: Settings) -> Person:
        """This row as somebody to be matched; sensitive answers only with consent."""
        consent = settings.consent_obtained
        answers = {
            question: frozenset(tags)
            for question, tags in self.answers.items()
            if tags and (consent or not settings.is_sensitive(question))
        }
        return Person(
            id=self.id,
            role=self.role,
            name=self.name,
            capacity=self.capacity,
            seeks=frozenset(self.seeks),
            offers=frozenset(self.offers),
            languages=self.languages,
            preferred_language=self.preferred_language,
            availability=resolve(self.windows, ZoneInfo(self.zone), settings.season_start),
            stage=settings.stages.index(self.stage) if self.stage else None,
            heritage=frozenset(map(tag, self.heritage)) if consent else frozenset(),
            wants_shared_heritage=self.wants_shared_heritage,
            wishes=frozenset(self.wishes),
            avoid=frozenset(self.avoid),
            met_recently=frozenset(self.met_recently),
            met_before=frozenset(self.met_before),
            answers=answers,
        )


@lru_cache(maxsize=1)
def known_zones() -> frozenset[str]:
    """Every IANA time zone."""
    return frozenset(available_timezones())


def parse_people(data: bytes, stages: tuple[str, ...]) -> tuple[Row, ...]:
    """The rows of a file. Raises :class:`BadFile` with everything that is wrong."""
    problems: list[FileProblem] = []
    lines = _lines(_text(data), problems)
    header = next(lines, (0, []))[1]
    names = _header(header, problems)
    if problems and any(one.row == 0 for one in problems):
        raise BadFile(problems)
    rows: list[tuple[int, Row]] = []
    reader = _Reader(stages, problems)
    for number, cells in lines:
        if len(rows) >= MAX_PEOPLE:
            problems.append(FileProblem("too_many_people", number, "", {"most": str(MAX_PEOPLE)}))
            break
        if len(cells) != len(names):
            values = {"cells": str(len(cells)), "columns": str(len(names))}
            problems.append(FileProblem("cell_count", number, "", values))
        rows.append(
            (
                number,
                reader.row(number, dict(zip_longest(names, cells[: len(names)], fillvalue=""))),
            )
        )
    if not rows and not problems:
        problems.append(FileProblem("no_people"))
    problems += _between(rows)
    if problems:
        raise BadFile(sorted(problems, key=lambda one: one.row))
    return tuple(row for _, row in rows)


def _text(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        raise BadFile([FileProblem("too_big", values={"most": f"{MAX_BYTES // 1024 // 1024} MB"})])
    if b"\0" in data.partition(b"\n")[0]:  # UTF-16, or no text at all
        raise BadFile([FileProblem("not_utf8", 1)])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        raise BadFile([FileProblem("not_utf8", row)]) from None


def _lines(text: str, problems: list[FileProblem]) -> Iterator[tuple[int, list[str]]]:
    """The rows with anything in them, numbered as a spreadsheet numbers them."""
    csv.field_size_limit(MAX_BYTES)
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            problems.append(FileProblem("quotes", number))
            continue
        if any(cell.strip() for cell in cells):
            yield number, cells


def _header(cells: list[str], problems: list[FileProblem]) -> list[str]:
    names = [cell.strip() for cell in cells]
    if not any(names):
        problems.append(FileProblem("no_header"))
        return names
    for index, name in enumerate(names):
        shown = harmless(name)
        if name in names[:index]:
            problems.append(FileProblem("column_twice", 1, shown))
        elif name.startswith(QUESTION):
            if not name.removeprefix(QUESTION).strip() or len(name) > _TAG:
                problems.append(FileProblem("question_name", 1, shown))
        elif name not in COLUMNS:
            near = nearest(name, list(COLUMNS))
            kind = "unknown_column_near" if near else "unknown_column"
            problems.append(FileProblem(kind, 1, shown, {"near": near}))
    problems += [FileProblem("missing_column", 1, name) for name in REQUIRED if name not in names]
    return names


class _Reader:
    """Turns cells into values and notes what is wrong with them."""

    def __init__(self, stages: tuple[str, ...], problems: list[FileProblem]) -> None:
        self._stages = {stage.casefold(): stage for stage in stages}
        self._problems = problems
        self._languages_meant: dict[str, str] = {}
        self._number = 0
        self._cells: dict[str, str] = {}

    def row(self, number: int, cells: dict[str, str]) -> Row:
        """One row's values; where a cell is wrong, its problem is noted and a default stands in."""
        self._number = number
        self._cells = {name: self._cell(name, cell) for name, cell in cells.items()}
        role = self._role()
        languages = self._languages()
        row = Row(
            id=self._id(),
            name=self._cells.get("name", ""),
            role=role,
            capacity=self._capacity(),
            seeks=self._list("seeks"),
            offers=self._list("offers"),
            languages=languages,
            preferred_language=self._preferred(languages),
            zone=self._zone(),
            windows=self._windows(),
            stage=self._stage(),
            heritage=self._list("heritage"),
            wants_shared_heritage=self._yes("wants_shared_heritage"),
            wishes=self._list("wishes"),
            avoid=self._list("avoid"),
            met_recently=self._list("met_recently"),
            met_before=self._list("met_before"),
            bio=self._cells.get("bio", ""),
            answers={
                name.removeprefix(QUESTION).strip(): tags
                for name in self._cells
                if name.startswith(QUESTION) and (tags := self._list(name))
            },
        )
        self._whole(row)
        return row

    def _whole(self, row: Row) -> None:
        """What a row must have for its role."""
        told = self._cells.get(
            "role", ""
        ).casefold()  # a role that is wrong is one problem, not two
        if told in (Role.MENTEE.value, Role.BOTH.value) and not row.seeks:
            self._note("seeks_missing", "seeks")
        if told in (Role.MENTOR.value, Role.BOTH.value) and not row.offers:
            self._note("offers_missing", "offers")
        if not row.languages:
            self._note("languages_missing", "languages")
        if len(row.wishes) > MAX_WISHES:
            self._note("too_many_wishes", "wishes", most=str(MAX_WISHES))

    def _note(self, kind: str, column: str, **values: str) -> None:
        made_harmless = {name: harmless(value) for name, value in values.items()}
        self._problems.append(FileProblem(kind, self._number, harmless(column), made_harmless))

    def _cell(self, name: str, cell: str) -> str:
        """A cell as meant: trimmed, and without the apostrophe that made it harmless."""
        words = cell.strip(" \u00a0\n")
        if words[:1] == "'" and words[1:2] in _FORMULA:
            words = words[1:]
        elif words.startswith(("=", "\t", "\r")):
            self._note("formula", name, cell=words)
            return ""
        if len(words) > _LONG.get(name, MAX_CELL):
            self._note("too_long", name, most=str(_LONG.get(name, MAX_CELL)))
            return ""
        if STRANGE.search(re.sub("[\n\r\t]", " ", words)):
            self._note("strange_characters", name)
            return ""
        return words

    def _list(self, name: str) -> tuple[str, ...]:
        items = dict.fromkeys(item.strip() for item in self._cells.get(name, "").split(";"))
        items.pop("", None)
        for item in items:
            if len(item) > _TAG:
                self._note("item_too_long", name, item=item, most=str(_TAG))
        return tuple(items)

    def _id(self) -> str:
        who = self._cells.get("id", "")
        if not who:
            self._note("id_missing", "id")
        elif ";" in who or who[0] in _FORMULA:
            self._note("id_form", "id", id=who)
        return who

    def _role(self) -> Role:
        words = self._cells.get("role", "")
        try:
            return Role(words.casefold())
        except ValueError:
            self._note("role", "role", cell=words)
            return Role.BOTH

    def _capacity(self) -> int:
        words = self._cells.get("capacity", "")
        if not words:
            return 1
        if not (words.isascii() and words.isdigit() and len(words) <= 4):
            self._note("capacity", "capacity", cell=words, most=str(MAX_CAPACITY))
            return 1
        if int(words) > MAX_CAPACITY:
            self._note("capacity", "capacity", cell=words, most=str(MAX_CAPACITY))
        return int(words)

    def _languages(self) -> tuple[str, ...]:
        languages = self._list("languages")
        for words in languages:
            if not _LANGUAGE.fullmatch(words):
                near = self._nearest_language(words)
                self._note(f"language{'_near' if near else ''}", "languages", cell=words, near=near)
        return languages

    def _nearest_language(self, words: str) -> str:
        """The tag of the language that was probably meant. Not looked for in a file of garbage."""
        near = self._languages_meant.get(words)
        if near is None and len(self._languages_meant) < _MEANT and len(words) <= _TAG:
            found = find_language(words, "en")
            near = found if isinstance(found, str) else ""
            self._languages_meant[words] = near
        return near or ""

    def _preferred(self, languages: tuple[str, ...]) -> str:
        """The preferred language; the only one where it is not said."""
        words = self._cells.get("preferred_language", "")
        if not words:
            if len(languages) > 1:
                self._note("preferred_missing", "preferred_language")
            return languages[0] if languages else ""
        if words.casefold() not in {language.casefold() for language in languages}:
            self._note("preferred_unknown", "preferred_language", cell=words)
        return words

    def _zone(self) -> str:
        words = self._cells.get("timezone", "")
        if words in known_zones():
            return words
        near = _nearest_zone(words)
        if near:
            self._note("zone_near", "timezone", cell=words, near=near)
        else:
            self._note("zone", "timezone", cell=words)
        return "UTC"

    def _windows(self) -> tuple[Window, ...]:
        windows = []
        for words in self._list("availability"):
            try:
                windows.append(parse_window(words))
            except BadWindow as bad:
                self._note(f"window_{bad.kind}", "availability", cell=words)
        return tuple(windows)

    def _stage(self) -> str:
        words = self._cells.get("stage", "")
        if not words:
            return ""
        stage = self._stages.get(words.casefold())
        if stage is None:
            self._note("stage", "stage", cell=words, known=", ".join(self._stages.values()))
        return stage or ""

    def _yes(self, name: str) -> bool:
        words = self._cells.get(name, "").casefold()
        if words not in ("", "yes", "no"):
            self._note("yes_no", name, cell=words)
        return words == "yes"


@lru_cache(maxsize=4096)
def _nearest_zone(words: str) -> str:
    """A zone that was probably meant: other letter case, spaces, or only the city."""
    wanted = words[:60].strip().casefold().replace(" ", "_")
    if not wanted:
        return ""
    for zone in sorted(known_zones()):
        if wanted in (zone.casefold(), zone.casefold().rpartition("/")[2]):
            return zone
    return ""


def _between(rows: list[tuple[int, Row]]) -> list[FileProblem]:
    """What is wrong between rows: ids there twice, people nobody knows, oneself."""
    problems = []
    first: dict[str, int] = {}
    for number, row in rows:
        if row.id and first.setdefault(row.id, number) != number:
            values = {"id": harmless(row.id), "first": str(first[row.id])}
            problems.append(FileProblem("id_twice", number, "id", values))
    named: dict[str, Callable[[Row], tuple[str, ...]]] = {
        "wishes": lambda row: row.wishes,
        "avoid": lambda row: row.avoid,
        "met_recently": lambda row: row.met_recently,
        "met_before": lambda row: row.met_before,
    }
    for number, row in rows:
        for column, people in named.items():
            for who in people(row):
                if who == row.id:
                    problems.append(FileProblem("oneself", number, column))
                elif who not in first:
                    values = {"id": harmless(who)}
                    problems.append(FileProblem("unknown_person", number, column, values))
    return problems


def format_people(rows: Iterable[Row]) -> str:
    """These rows as a file; without whom they avoid."""
    rows = list(rows)
    questions = sorted({question for row in rows for question in row.answers})
    columns = [column for column in COLUMNS if column != "avoid"]
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([safe_cell(name) for name in columns + [QUESTION + q for q in questions]])
    for row in rows:
        cells = [
            row.id, row.name, row.role.value, str(row.capacity), _joined(row.seeks),
            _joined(row.offers), _joined(row.languages), row.preferred_language, row.zone,
            _joined(map(str, row.windows)), row.stage, _joined(row.heritage),
            "yes" if row.wants_shared_heritage else "no", _joined(row.wishes),
            _joined(row.met_recently), _joined(row.met_before), row.bio,
            *(_joined(row.answers.get(question, ())) for question in questions),
        ]  # fmt: skip
        writer.writerow([safe_cell(cell) for cell in cells])
    return out.getvalue()


def safe_cell(words: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return "'" + words if words.startswith(_FORMULA) else words


def _joined(items: Iterable[str]) -> str:
    return ";".join(items)

"""``people.csv``: the people of a matching, in and out.

Reading reports every problem with row and column at once, and says what was read differently than
it is written. Writing makes cells harmless that a spreadsheet would take for a formula, and never
writes whom somebody avoids.
"""

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from io import StringIO
from zoneinfo import ZoneInfo

from bot.core.boundary.languages import spoken
from bot.core.matching.definition.availability import Window, local_week, offsets
from bot.core.matching.definition.model import QUESTION, Person, Role, Settings, tag
from bot.core.matching.files.columns import COLUMNS
from bot.core.matching.files.problems import STRANGE, FileProblem

_FORMULA = re.compile("'*[=+\\-@]")
"""How a cell begins that a spreadsheet takes for a formula, or that stands for one that was made
harmless."""


@dataclass(frozen=True, slots=True)
class Row:
    """One person as the file tells them; ``stage`` is the label, ``zone`` the IANA name.

    ``number`` is the row of the file, counted as a spreadsheet does.
    """

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
    matters_most: str = ""
    teams: tuple[str, ...] = ()
    wishes: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    met_recently: tuple[str, ...] = ()
    met_before: tuple[str, ...] = ()
    bio: str = ""
    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    number: int = field(default=0, compare=False)

    def person(self, settings: Settings) -> Person:
        """This row as somebody to be matched; sensitive answers only with consent."""
        consent = settings.consent_obtained
        answers = {
            question: frozenset(map(tag, tags))
            for question, tags in self.answers.items()
            if tags and (consent or not settings.is_sensitive(question))
        }
        zone, start, weeks = ZoneInfo(self.zone), settings.season_start, settings.season_weeks
        return Person(
            id=self.id,
            role=self.role,
            name=self.name,
            capacity=self.capacity,
            seeks=frozenset(map(tag, self.seeks)),
            offers=frozenset(map(tag, self.offers)),
            languages=tuple(dict.fromkeys(map(spoken, self.languages))),
            preferred_language=spoken(self.preferred_language),
            availability=local_week(self.windows),
            offsets=offsets(zone, start, weeks),
            stage=settings.stages.index(self.stage) if self.stage else None,
            heritage=frozenset(map(tag, self.heritage)) if consent else frozenset(),
            wants_shared_heritage=self.wants_shared_heritage,
            matters_most=self.matters_most,
            teams=frozenset(map(tag, self.teams)),
            wishes=frozenset(self.wishes),
            avoid=frozenset(self.avoid),
            met_recently=frozenset(self.met_recently),
            met_before=frozenset(self.met_before),
            answers=answers,
        )


@dataclass(frozen=True, slots=True)
class People:
    """What a file holds: its rows, and what was read differently than it is written."""

    rows: tuple[Row, ...]
    remarks: tuple[FileProblem, ...] = ()


def format_people(rows: Iterable[Row]) -> str:
    """These rows as a file; without whom they avoid."""
    rows = list(rows)
    questions = sorted({question for row in rows for question in row.answers})
    columns = [column for column in COLUMNS if column != "avoid"]
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([safe_cell(name) for name in columns + [QUESTION + q for q in questions]])
    for row in rows:
        cells = {
            "id": row.id,
            "name": " ".join(row.name.split()),
            "role": row.role.value,
            "capacity": str(row.capacity),
            "seeks": _joined(row.seeks),
            "offers": _joined(row.offers),
            "languages": _joined(row.languages),
            "preferred_language": row.preferred_language,
            "timezone": row.zone,
            "availability": ";".join(map(str, row.windows)),
            "stage": row.stage,
            "heritage": _joined(row.heritage),
            "wants_shared_heritage": "yes" if row.wants_shared_heritage else "no",
            "matters_most": row.matters_most,
            "team": _joined(row.teams),
            "wishes": _joined(row.wishes),
            "met_recently": _joined(row.met_recently),
            "met_before": _joined(row.met_before),
            "bio": row.bio,
        }
        told = [cells[name] for name in columns]
        told += [_joined(row.answers.get(question, ())) for question in questions]
        writer.writerow([safe_cell(cell) for cell in told])
    return out.getvalue()


def safe_cell(words: str) -> str:
    """A cell that no spreadsheet takes for a formula, and that breaks no row."""
    lines = words.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    tame = STRANGE.sub(lambda found: found[0] if found[0] == "\n" else " ", lines).strip()
    return "'" + tame if _FORMULA.match(tame) else tame


def as_meant(words: str) -> str:
    """What :func:`safe_cell` was given: without the apostrophe that made it harmless."""
    return words[1:] if words[:1] == "'" and _FORMULA.match(words) else words


def _joined(items: Iterable[str]) -> str:
    """Items with semicolons between them; behind a single one with commas too, lest it be split."""
    items = [item.replace(";", ",") for item in items]
    return ";".join(items) + (";" if len(items) == 1 and "," in items[0] else "")

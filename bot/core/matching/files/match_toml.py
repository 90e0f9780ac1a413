"""``match.toml``: the settings of a matching. An unknown key is an error that names the nearest."""

import math
import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime

from bot.core.matching.definition.model import (
    DEFAULT_STAGES,
    MENTEE_WEIGHTS,
    MENTOR_WEIGHTS,
    QUESTION,
    Settings,
    Weights,
)
from bot.core.matching.files.problems import BadFile, FileProblem, harmless, nearest

MAX_BYTES = 64 * 1024
MAX_LINE = 2_000
"""Characters. Python's reader takes seconds over one very long dotted key."""

MOST_MENTORS, MOST_MENTEES = 4, 20
_YEARS = range(1980, 2200)
_KEYS = (
    "season_start", "season_weeks", "separate_teams", "min_common_starts", "session_minutes",
    "stages", "consent_obtained", "sensitive_questions", "size", "weights",
)  # fmt: skip
_WEIGHTS = (
    "goals", "peers", "heritage", "stage", "affinity", "language", "time", "wish", "size",
)  # fmt: skip

Table = Mapping[str, object]


def parse_settings(data: bytes, season_start: date | None = None) -> Settings:
    """The settings of a file; ``season_start`` given here wins. Raises :class:`BadFile`."""
    reader = _Reader()
    settings = reader.settings(_table(data), season_start)
    if reader.problems:
        raise BadFile(reader.problems)
    return settings


def parse_date(words: str) -> date | None:
    """A date as 2026-09-07, in years that a season can be in; else None."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", words):
        return None
    try:
        day = date.fromisoformat(words)
    except ValueError:
        return None
    return day if day.year in _YEARS else None


def _table(data: bytes) -> Table:
    if len(data) > MAX_BYTES:
        raise BadFile([FileProblem("too_big", values={"most": f"{MAX_BYTES // 1024} kB"})])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadFile([FileProblem("not_utf8", data.count(b"\n", 0, error.start) + 1)]) from None
    for number, line in enumerate(text.splitlines(), 1):
        if len(line) > MAX_LINE:
            raise BadFile([FileProblem("line_too_long", number, values={"most": str(MAX_LINE)})])
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadFile([FileProblem("not_toml", values={"error": harmless(str(error))})]) from None
    except (RecursionError, ValueError):
        raise BadFile([FileProblem("not_toml", values={"error": "…"})]) from None


class _Reader:
    """Turns a table into settings and notes what is wrong."""

    def __init__(self) -> None:
        self.problems: list[FileProblem] = []

    def settings(self, table: Table, season_start: date | None) -> Settings:
        """The settings; where one is wrong, its problem is noted and the default stands in."""
        self._known(table, _KEYS, "")
        size = self._table(table, "size")
        self._known(size, ("mentors", "mentees"), "size.")
        mentee, mentor = self._weights(self._table(table, "weights"))
        sensitive = self._strings(table, "sensitive_questions", ())
        return Settings(
            season_start=self._start(table, season_start),
            season_weeks=self._whole(table, "season_weeks", 12, 1, 52),
            separate_teams=self._yes(table, "separate_teams", default=True),
            min_common_starts=self._whole(table, "min_common_starts", 4, 1, 672),
            session_minutes=self._whole(table, "session_minutes", 60, 15, 480),
            mentors=self._range(size, "mentors", (1, 2), MOST_MENTORS),
            mentees=self._range(size, "mentees", (3, 6), MOST_MENTEES),
            mentee_weights=mentee,
            mentor_weights=mentor,
            stages=self._strings(table, "stages", DEFAULT_STAGES),
            sensitive_questions=frozenset(q.strip().removeprefix(QUESTION) for q in sensitive),
            consent_obtained=self._yes(table, "consent_obtained"),
        )

    def _note(self, kind: str, key: str, **values: str) -> None:
        shown = {name: harmless(value) for name, value in values.items()}
        self.problems.append(FileProblem(kind, 0, harmless(key), shown))

    def _known(self, table: Table, known: tuple[str, ...], prefix: str) -> None:
        for key in table:
            if key not in known:
                near = nearest(key, list(known))
                kind = "unknown_setting_near" if near else "unknown_setting"
                self._note(kind, prefix + key, near=prefix + near)

    def _start(self, table: Table, given: date | None) -> date:
        value = table.get("season_start")
        if isinstance(value, datetime):
            value = value.date()
        if isinstance(value, str):
            value = parse_date(value) or value
        if value is not None and not (isinstance(value, date) and value.year in _YEARS):
            self._note("season_start", "season_start", value=str(value))
            value = None
        elif value is None and given is None:
            self._note("season_start_missing", "season_start")
        if given is not None:
            return given
        return value if isinstance(value, date) else date(2026, 1, 1)

    def _whole(self, table: Table, key: str, default: int, least: int, most: int) -> int:
        value = table.get(key, default)
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        self._note("whole_number", key, least=str(least), most=str(most))
        return default

    def _yes(self, table: Table, key: str, *, default: bool = False) -> bool:
        value = table.get(key, default)
        if not isinstance(value, bool):
            self._note("true_false", key)
            return default
        return value

    def _table(self, table: Table, key: str) -> Table:
        value = table.get(key, {})
        if isinstance(value, dict):
            return value
        self._note("not_a_table", key)
        return {}

    def _strings(self, table: Table, key: str, default: tuple[str, ...]) -> tuple[str, ...]:
        value = table.get(key)
        if value is None:
            return default
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            items = tuple(str(item).strip() for item in value)
            if all(items) and len({item.casefold() for item in items}) == len(items) <= 50:
                return items
        self._note("list_of_words", key)
        return default

    def _range(
        self, table: Table, key: str, default: tuple[int, int], most: int
    ) -> tuple[int, int]:
        value = table.get(key)
        if value is None:
            return default
        if isinstance(value, list) and len(value) == 2:
            least, last = value
            if type(least) is int and type(last) is int and 1 <= least <= last <= most:
                return least, last
        self._note("range", f"size.{key}", most=str(most))
        return default

    def _weights(self, table: Table) -> tuple[Weights, Weights]:
        flat = {key: value for key, value in table.items() if key not in ("mentee", "mentor")}
        both: list[Weights] = []
        for seat, defaults in (("mentee", MENTEE_WEIGHTS), ("mentor", MENTOR_WEIGHTS)):
            own = self._table(table, seat)
            weights = self._set(defaults, flat, "weights.", note=seat == "mentee")
            weights = self._set(weights, own, f"weights.{seat}.", note=True)
            always = weights.goals + weights.language + weights.time
            if seat == "mentee":
                always += weights.peers + weights.size
            if always <= 0:
                self._note("weights_all_zero", f"weights.{seat}")
            both.append(weights)
        return both[0], both[1]

    def _set(self, weights: Weights, table: Table, prefix: str, *, note: bool) -> Weights:
        terms = {name: float(getattr(weights, name)) for name in _WEIGHTS}
        questions = dict(weights.questions)
        for key, value in table.items():
            number = _number(value)
            if key not in _WEIGHTS and not key.startswith(QUESTION):
                near = nearest(key, list(_WEIGHTS))
                kind = "unknown_setting_near" if near else "unknown_setting"
                if note:
                    self._note(kind, prefix + key, near=prefix + near)
            elif number is None:
                if note:
                    self._note("weight", prefix + key)
            elif key.startswith(QUESTION):
                questions[key.removeprefix(QUESTION).strip()] = number
            else:
                terms[key] = number
        return Weights(**terms, questions=questions)


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) and 0 <= number <= 1_000_000 else None

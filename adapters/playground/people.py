"""The people to act as: who is there from the beginning, who comes, and who a file brings.

A file can only name people whom the platform has, so its rows become personas first.
"""

import csv
from collections.abc import Callable, Iterable
from dataclasses import replace
from importlib.resources import files
from io import StringIO
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from adapters.playground.history import History
from adapters.playground.model import Persona

SAMPLE_NAME = "people.csv"
_MOST = 2000
_FIRST_MODERATORS = (
    Persona("rosa", "Rosa Almeida", "Europe/Lisbon", "en", moderator=True),
    Persona("daniel", "Daniel Okafor", "America/New_York", "en", moderator=True),
)
_VISITOR = Persona("you", "Robin Tan", "UTC", "en", you=True)
_VISITED = "visited"


class People:
    """The personas that there are; ``changed`` is called after each change."""

    def __init__(self, history: History, changed: Callable[[], None]) -> None:
        self._history = history
        self._changed = changed

    def begin(self) -> None:
        """At the very first: the visitor and two moderators."""
        self._history.keep_persona(_VISITOR)
        for persona in _FIRST_MODERATORS:
            self._history.keep_persona(persona)

    def visit(self, zone: str, language: str) -> None:
        """On the first visit the visitor's persona takes the clock and language of the browser."""
        visitor = self._history.persona(_VISITOR.id)
        if self._history.note(_VISITED) is None and visitor is not None:
            with self._history.writing():
                self._history.keep_note(_VISITED, {})
                self._history.keep_persona(replace(visitor, zone=zone, language=language))

    def meet(self, persona: Persona) -> None:
        """Add a persona, or change how one appears."""
        self._history.keep_persona(persona)
        self._changed()

    def settle(self, newcomers: Iterable[Persona]) -> None:
        """Add those of these personas who are not there yet."""
        known = self._history.personas()
        with self._history.writing():
            for persona in newcomers:
                if persona.id not in known:
                    self._history.keep_persona(persona)
        self._changed()


def sample() -> bytes:
    """The sample community, in the format that any moderator can import."""
    return files("adapters.playground").joinpath("sample", SAMPLE_NAME).read_bytes()


def personas(content: bytes) -> list[Persona]:
    """One persona for each row with an id and a name; whatever is not such a file has none."""
    try:
        rows = list(csv.DictReader(StringIO(content.decode("utf-8-sig"))))[:_MOST]
    except (UnicodeDecodeError, csv.Error):
        return []
    return [persona for row in rows if (persona := _persona(row)) is not None]


def _persona(row: dict[str, str | None]) -> Persona | None:
    key, name = (row.get("id") or "").strip(), (row.get("name") or "").strip()
    if not (0 < len(key) <= 100 and 0 < len(name) <= 80):
        return None
    language = (row.get("preferred_language") or "").strip() or "en"
    zone = (row.get("timezone") or "").strip()
    return Persona(key, name, zone if is_zone(zone) else "UTC", language)


def is_zone(zone: str) -> bool:
    """Whether ``zone`` is an IANA zone."""
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True

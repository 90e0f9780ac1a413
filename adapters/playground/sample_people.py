"""The people of a CSV file, as personas: a file can only name people whom the platform has."""

import csv
from importlib.resources import files
from io import StringIO
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from adapters.playground.model import Persona

SAMPLE_NAME = "people.csv"
_MOST = 2000


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

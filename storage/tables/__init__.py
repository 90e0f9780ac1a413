"""All tables. A module of tables is in the database when, and only when, it is imported here."""

from storage.catalogue import METADATA
from storage.tables import checkins, circles, desk, ground, installations, intros, seasons

__all__ = [
    "METADATA",
    "checkins",
    "circles",
    "desk",
    "ground",
    "installations",
    "intros",
    "seasons",
]

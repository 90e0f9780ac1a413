"""All tables. A module of tables is in the database when, and only when, it is imported here."""

from storage.catalogue import METADATA
from storage.tables import circles, desk, ground, seasons

__all__ = ["METADATA", "circles", "desk", "ground", "seasons"]

"""All tables. A module of tables is in the database when, and only when, it is imported here."""

from storage.catalogue import METADATA
from storage.tables import (
    checkins,
    circles,
    community,
    drafts,
    installations,
    mail,
    members,
    people,
    reports,
    rooms,
    seasons,
)

__all__ = [
    "METADATA",
    "checkins",
    "circles",
    "community",
    "drafts",
    "installations",
    "mail",
    "members",
    "people",
    "reports",
    "rooms",
    "seasons",
]

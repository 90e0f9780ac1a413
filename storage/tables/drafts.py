"""Drafts of circles, searches under way, and files waiting for a decision."""

import sqlalchemy as sa

from storage.catalogue import (
    ID,
    Erase,
    Moment,
    Privacy,
    Retention,
    Sealed,
    column,
    community_id,
    person_id,
    table,
)

INTERNAL, PERSONAL, SENSITIVE = Privacy.INTERNAL, Privacy.PERSONAL, Privacy.SENSITIVE

DRAFTS = table(
    "drafts",
    community_id(),
    column("season", sa.String(ID), privacy=INTERNAL, primary_key=True),
    column("version", sa.Integer, privacy=INTERNAL, primary_key=True),
    # JSON of random ids and numbers.
    column("draft", sa.Text, privacy=INTERNAL),
    column("at", Moment, privacy=INTERNAL, retention=Retention(days=90)),
)

RUNS = table(
    "match_runs",
    community_id(),
    column("season", sa.String(ID), privacy=INTERNAL, primary_key=True),
    column("key", sa.String(200), privacy=INTERNAL),
    person_id("asked_by", erase=Erase.CLEAR),
    column("effort", sa.String(10), privacy=INTERNAL),
    column("seed", sa.Integer, privacy=INTERNAL),
    column("base", sa.Integer, privacy=INTERNAL),
    column("started_at", Moment, privacy=INTERNAL),
    column("share", sa.Float, privacy=INTERNAL),
    column("best", sa.Float, privacy=INTERNAL),
)

IMPORTS = table(
    "imports",
    community_id(),
    person_id("moderator", erase=Erase.ROW, primary_key=True),
    # Of several people, so it is not given out with the moderator's own data.
    column("content", Sealed, privacy=SENSITIVE, export=False, sealed_for="moderator"),
    column("at", Moment, privacy=PERSONAL, retention=Retention(days=1)),
)

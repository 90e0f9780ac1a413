"""Communities, their moderators, and what was done in their name."""

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

INTERNAL, PERSONAL, SECRET = Privacy.INTERNAL, Privacy.PERSONAL, Privacy.SECRET

COMMUNITIES = table(
    "communities",
    column("id", sa.String(ID), privacy=INTERNAL, primary_key=True),
    column("platform", sa.String(40), privacy=INTERNAL),
    column("ref_hash", sa.LargeBinary, privacy=SECRET, unique=True),
    column("ref", Sealed, privacy=INTERNAL),
    column("settings", Sealed, privacy=INTERNAL),
    column("configured", sa.Boolean, privacy=INTERNAL),
    column("key", sa.LargeBinary, privacy=SECRET),
    column("known_at", Moment, privacy=INTERNAL),
    column("gone_at", Moment, privacy=INTERNAL, nullable=True),
)

MODERATORS = table(
    "moderators",
    community_id(),
    person_id(erase=Erase.ROW, primary_key=True),
    column("since", Moment, privacy=PERSONAL),
)

AUDIT = table(
    "audit",
    column("id", sa.Integer, privacy=INTERNAL, primary_key=True),
    community_id(primary_key=False),
    column("at", Moment, privacy=PERSONAL, retention=Retention(setting="audit_kept_days")),
    person_id("actor", erase=Erase.CLEAR, export=True),
    column("action", sa.String(80), privacy=PERSONAL),
    column("subject", sa.String(80), privacy=INTERNAL),
)

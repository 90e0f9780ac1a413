"""People, and the hashes of those who were forgotten."""

import sqlalchemy as sa

from storage.catalogue import ID, Erase, Moment, Privacy, Sealed, column, community_id, table

INTERNAL, PERSONAL, SECRET = Privacy.INTERNAL, Privacy.PERSONAL, Privacy.SECRET

PEOPLE = table(
    "people",
    community_id(),
    column("id", sa.String(ID), privacy=PERSONAL, erase=Erase.ROW, primary_key=True),
    column("ref_hash", sa.LargeBinary, privacy=SECRET),
    column("identity", Sealed, privacy=PERSONAL, sealed_for="id"),
    column("key", sa.LargeBinary, privacy=SECRET),
    column("known_at", Moment, privacy=PERSONAL),
    sa.UniqueConstraint("community_id", "ref_hash"),
)

ERASURES = table(
    "erasures",
    column("ref_hash", sa.LargeBinary, privacy=SECRET, primary_key=True),
    column("at", Moment, privacy=INTERNAL),
)

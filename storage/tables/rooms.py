"""The private rooms that the bot opened."""

import sqlalchemy as sa

from storage.catalogue import ID, Moment, Privacy, Sealed, column, community_id, table

INTERNAL, SECRET = Privacy.INTERNAL, Privacy.SECRET

ROOMS = table(
    "rooms",
    community_id(),
    column("id", sa.String(ID), privacy=INTERNAL, primary_key=True),
    column("ref_hash", sa.LargeBinary, privacy=SECRET),
    column("ref", Sealed, privacy=INTERNAL),
    column("opened_at", Moment, privacy=INTERNAL),
    sa.UniqueConstraint("community_id", "ref_hash"),
)

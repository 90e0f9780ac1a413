"""Circles, who sits in them, and who has met whom."""

import sqlalchemy as sa

from storage.catalogue import (
    ID,
    Erase,
    Moment,
    Privacy,
    column,
    community_id,
    person_id,
    table,
)

PUBLIC, INTERNAL, PERSONAL = Privacy.PUBLIC, Privacy.INTERNAL, Privacy.PERSONAL
SECRET = Privacy.SECRET

CIRCLES = table(
    "circles",
    community_id(),
    column("id", sa.String(ID), privacy=INTERNAL, primary_key=True),
    column("season", sa.String(ID), privacy=INTERNAL),
    column("name", sa.String(80), privacy=PUBLIC),
    column("theme", sa.String(80), privacy=PUBLIC),
    column("zone", sa.String(80), privacy=PUBLIC),
    column("weekday", sa.Integer, privacy=PUBLIC),
    column("minute", sa.Integer, privacy=PUBLIC),
    column("room", sa.String(ID), privacy=INTERNAL),
    column("state", sa.String(10), privacy=INTERNAL),
    person_id("host", erase=Erase.CLEAR),
    column("room_number", sa.Integer, privacy=INTERNAL, server_default="1"),
    sa.UniqueConstraint("community_id", "name"),
    sa.UniqueConstraint("community_id", "room"),
    sa.Index("ix_circles_seasons", "community_id", "season"),
)

SEATS = table(
    "seats",
    community_id(),
    column("circle", sa.String(ID), privacy=PERSONAL, primary_key=True),
    person_id(erase=Erase.ROW, primary_key=True),
    column("seat", sa.String(10), privacy=PERSONAL),
    column("place", sa.Integer, privacy=INTERNAL),
    column("signed_at", Moment, privacy=PERSONAL, nullable=True),
    column("membership", sa.String(ID), privacy=INTERNAL),
    column("outside", sa.Boolean, privacy=PERSONAL),
    sa.ForeignKeyConstraint(["community_id", "circle"], ["circles.community_id", "circles.id"]),
    sa.Index("ix_seats_people", "community_id", "person"),
)

# Outlives forgetting: from a pair of keyed hashes nobody can be found again, but somebody who
# comes back is not put with the same people at once.
MET = table(
    "met",
    community_id(),
    column("one_hash", sa.LargeBinary, privacy=SECRET, primary_key=True),
    column("other_hash", sa.LargeBinary, privacy=SECRET, primary_key=True),
    column("season", sa.Integer, privacy=INTERNAL),
)

"""What came in, and what is to go out."""

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

INBOX = table(
    "inbox",
    community_id(),
    column("event_hash", sa.LargeBinary, privacy=SECRET, primary_key=True),
    column("at", Moment, privacy=INTERNAL, retention=Retention(days=30)),
)

_UNFINISHED = ("due", "claimed")
_unfinished = sa.text("state IN ('due', 'claimed')")
_UNREAD = ("failed", "uncertain")
_unread = sa.text("state IN ('failed', 'uncertain')")

OUTBOX = table(
    "outbox",
    column("id", sa.Integer, privacy=INTERNAL, primary_key=True),
    community_id(primary_key=False),
    column("key", sa.String(200), privacy=INTERNAL),
    column("lane", sa.String(220), privacy=INTERNAL),
    column("kind", sa.String(20), privacy=INTERNAL),
    column("to", sa.Text, privacy=INTERNAL),
    column("what", sa.Text, privacy=INTERNAL, nullable=True),
    person_id("person", erase=Erase.CLEAR, export=True),
    # Kept for what must still be done once the person's own row is gone; emptied when done.
    column("person_ref", Sealed, privacy=PERSONAL, export=False, nullable=True),
    column("room", sa.String(ID), privacy=INTERNAL, nullable=True),
    column("original", sa.String(200), privacy=INTERNAL, nullable=True),
    column("due", Moment, privacy=INTERNAL, export=True),
    # Until then it lets what came before it in its lane go first.
    column("waits_until", Moment, privacy=INTERNAL),
    column("expires", Moment, privacy=INTERNAL, nullable=True),
    column("state", sa.String(10), privacy=INTERNAL, export=True),
    column("claimant", sa.String(ID), privacy=INTERNAL, nullable=True),
    column("claimed_until", Moment, privacy=INTERNAL, nullable=True),
    column("epoch", sa.Integer, privacy=INTERNAL),
    column("attempts", sa.Integer, privacy=INTERNAL),
    column("perhaps_done", sa.Boolean, privacy=INTERNAL),
    column("receipt", Sealed, privacy=INTERNAL, nullable=True),
    column("reason", sa.String(40), privacy=INTERNAL, nullable=True),
    # Messages are found again by their receipts for as long as a season and its ending last.
    column(
        "ended_at",
        Moment,
        privacy=INTERNAL,
        export=True,
        nullable=True,
        retention=Retention(days=365),
    ),
    sa.UniqueConstraint("community_id", "key"),
    sa.Index(
        "ix_outbox_lanes",
        "community_id",
        "lane",
        "id",
        sqlite_where=_unfinished,
        postgresql_where=_unfinished,
    ),
    sa.Index(
        "ix_outbox_unread",
        "community_id",
        "person",
        sqlite_where=_unread,
        postgresql_where=_unread,
    ),
    sa.Index("ix_outbox_unfinished", "due", sqlite_where=_unfinished, postgresql_where=_unfinished),
)


def unfinished(outbox: sa.FromClause) -> sa.ColumnElement[bool]:
    """What is still to be made, in the very words of the indexes: so that they are used."""
    return _within(outbox, _UNFINISHED)


def unread(outbox: sa.FromClause) -> sa.ColumnElement[bool]:
    """What ended without anybody knowing that it was read, in the very words of its index."""
    return _within(outbox, _UNREAD)


def _within(outbox: sa.FromClause, states: tuple[str, ...]) -> sa.ColumnElement[bool]:
    words: list[sa.ColumnElement[str]] = [sa.literal_column(f"'{state}'") for state in states]
    return outbox.c.state.in_(words)


OUTBOX_ABOUT = table(
    "outbox_about",
    community_id(),
    column(
        "delivery",
        sa.Integer,
        sa.ForeignKey("outbox.id", ondelete="CASCADE"),
        privacy=INTERNAL,
        primary_key=True,
    ),
    person_id(erase=Erase.ROW, primary_key=True),
    sa.Index("ix_outbox_about_people", "community_id", "person"),
)

"""Events already decided, by a keyed hash of their ids."""

import sqlalchemy as sa

from storage.ground import Ground
from storage.rows import add_once
from storage.tables.mail import INBOX

# Asked before everything that is only shown, so built once.
_WAS_SEEN = sa.select(INBOX.c.event_hash).where(
    INBOX.c.community_id == sa.bindparam("community"),
    INBOX.c.event_hash == sa.bindparam("event_hash"),
)


def was_seen(ground: Ground, event_id: str) -> bool:
    """Whether this event was decided before."""
    event_hash = ground.seals.hash("event", event_id)
    whose = {"community": ground.community, "event_hash": event_hash}
    return ground.connection.execute(_WAS_SEEN, whose).first() is not None


def seen(ground: Ground, event_id: str) -> bool:
    """Whether this event was decided before; if not, it now is."""
    event_hash = ground.seals.hash("event", event_id)
    row = {"community_id": ground.community, "event_hash": event_hash, "at": ground.at}
    return not add_once(ground.connection, INBOX, row)

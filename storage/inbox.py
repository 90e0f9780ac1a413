"""Events already decided, by a keyed hash of their ids."""

import sqlalchemy as sa

from storage.ground import Ground
from storage.own import prepare
from storage.tables.mail import INBOX

# Asked before everything that is only shown, so built once.
_WAS_SEEN = prepare(INBOX.c.event_hash).where(INBOX.c.event_hash == sa.bindparam("event_hash"))


def was_seen(ground: Ground, event_id: str) -> bool:
    """Whether this event was decided before."""
    event_hash = ground.seals.hash("event", event_id)
    return ground.run(_WAS_SEEN, event_hash=event_hash).first() is not None


def seen(ground: Ground, event_id: str) -> bool:
    """Whether this event was decided before; if not, it now is."""
    event_hash = ground.seals.hash("event", event_id)
    return not ground.add_once(INBOX, event_hash=event_hash, at=ground.at)

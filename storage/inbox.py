"""Events already decided, by a keyed hash of their ids."""

from storage.ground import Ground
from storage.rows import add_once
from storage.tables.ground import INBOX


def seen(ground: Ground, event_id: str) -> bool:
    """Whether this event was decided before; if not, it now is."""
    event_hash = ground.seals.hash("event", event_id)
    row = {"community_id": ground.community, "event_hash": event_hash, "at": ground.at}
    return not add_once(ground.connection, INBOX, row)

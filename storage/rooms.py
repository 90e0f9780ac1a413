"""The private rooms the bot opened, found again by a keyed hash of the platform's name for them."""

from bot.core.boundary.ids import Ref, RoomId, RoomRef
from storage.ground import Ground
from storage.tables.mail import OUTBOX
from storage.tables.rooms import ROOMS


class SqlRooms:
    """The rooms of one community."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    def find(self, ref: RoomRef) -> RoomId | None:
        """Our id for a platform's room."""
        found = self._ground.connection.scalar(
            self._ground.select(ROOMS.c.id).where(ROOMS.c.ref_hash == self._hash(ref))
        )
        return RoomId(found) if found else None

    def ref(self, room: RoomId) -> RoomRef | None:
        """The platform's name for our room, once it has been opened."""
        sealed = self._ground.connection.scalar(
            self._ground.select(ROOMS.c.ref).where(ROOMS.c.id == room)
        )
        return RoomRef(self._ground.seals.open(ROOMS.c.ref, sealed, Ref)) if sealed else None

    def opened(self, room: RoomId, ref: RoomRef) -> None:
        """Keep what the platform calls the room."""
        self._ground.keep(
            ROOMS,
            id=room,
            ref_hash=self._hash(ref),
            ref=self._ground.seals.seal(ROOMS.c.ref, ref),
            opened_at=self._ground.at,
        )

    def lost(self, room: RoomId) -> None:
        """Nothing is owed to this room any more: what still waits for it is cancelled."""
        self._ground.update(
            OUTBOX,
            OUTBOX.c.room == room,
            OUTBOX.c.state == "due",
            state="cancelled",
            reason="room lost",
            ended_at=self._ground.at,
            person_ref=None,
        )

    def _hash(self, ref: RoomRef) -> bytes:
        return self._ground.seals.hash("room", ref.platform, ref.key)

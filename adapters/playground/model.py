"""What the playground is made of: personas, rooms and what was said in them.

None of this is known to the core. The playground is the platform, so these are to it what users,
channels and messages are to any other chat.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from adapters.playground import ids
from bot.core.boundary.events import Actor, Right

Json = dict[str, object]

WELCOME = "welcome"
"""The room everybody starts in."""
STAFF = "moderators"
"""The moderators' own room."""
BOT = "bot"
"""Who says what the bot says, where otherwise a persona's id stands."""


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody to act as. ``zone`` is IANA, ``language`` BCP 47; ``you`` marks the visitor."""

    id: str
    name: str
    zone: str
    language: str
    moderator: bool = False
    you: bool = False

    def actor(self) -> Actor:
        """This persona as the core meets them: who they are, and their rights right now."""
        rights = frozenset({Right.MODERATOR}) if self.moderator else frozenset[Right]()
        return Actor(ids.person(self.id), self.name, self.language, self.zone, rights)


class Kind(Enum):
    """Who may enter a room."""

    CHANNEL = "channel"
    """Everybody."""
    STAFF = "staff"
    """Moderators."""
    PRIVATE = "private"
    """Whoever has a seat in it."""
    DIRECT = "direct"
    """Whoever has a seat in it, and it is named for them."""


@dataclass(frozen=True, slots=True)
class Room:
    """A place to talk. ``name`` is empty for direct messages; a closed room can only be read."""

    id: str
    kind: Kind
    name: str
    open: bool = True


@dataclass(frozen=True, slots=True)
class Said:
    """One message. ``only`` is the one persona who may see it; ``thread`` what it replies to.

    ``body`` is ``{"text": …}`` from a persona, ``{"view": …}`` from the bot, and
    ``{"gone": true}`` where only the replies are left.
    """

    seq: int
    id: str
    room: str
    author: str
    at: datetime
    body: Json
    only: str | None = None
    thread: str | None = None
    edited: bool = False

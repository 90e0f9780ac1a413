"""Discord's names for things, and how they become the core's refs and come back.

A community is a server (guild), by its id. A person is a user id. A room says what it is, because
threads and channels are handled differently: ``thread:1`` or ``channel:1``. A message is
``<channel id>/<message id>``, whether in a room or in somebody's direct messages.

In direct messages Discord does not say which server a pressed button is about, so there every
``custom_id`` ends in the server's mark: ``@`` and its id in base 36 (12 or 13 characters).
"""

from dataclasses import dataclass
from typing import Final

from bot.core.boundary.actions import Action, encode
from bot.core.boundary.ids import CommunityRef, MessageRef, PersonRef, Ref, RoomRef

PLATFORM: Final = "discord"
THREADS: Final = frozenset({10, 11, 12})
"""The channel types that are threads."""
LONGEST: Final = 100
"""Characters of a ``custom_id``."""
_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"


def community(guild: str) -> CommunityRef:
    """A server."""
    return CommunityRef(Ref(PLATFORM, guild))


def person(user: str) -> PersonRef:
    """A user, whichever server they are met in."""
    return PersonRef(Ref(PLATFORM, user))


def room(channel: str, *, thread: bool) -> RoomRef:
    """A thread or a channel."""
    return RoomRef(Ref(PLATFORM, f"{'thread' if thread else 'channel'}:{channel}"))


def message(channel: str, number: str) -> MessageRef:
    """A message in a channel, a thread or a direct-message channel."""
    return MessageRef(Ref(PLATFORM, f"{channel}/{number}"))


def address(community: CommunityRef, room: RoomRef | None) -> str:
    """Where a room is found in a browser; without one, its server."""
    server = f"https://discord.com/channels/{community.key}"
    return f"{server}/{channel_of(room)}" if room else server


def channel_of(ref: RoomRef) -> str:
    """The channel id behind a room."""
    return ref.key.partition(":")[2]


def is_thread(ref: RoomRef) -> bool:
    """Whether the room is a thread."""
    return ref.key.startswith("thread:")


def place_of(ref: MessageRef) -> tuple[str, str]:
    """The channel id and the message id."""
    channel, _, number = ref.key.partition("/")
    return channel, number


@dataclass(frozen=True, slots=True)
class Carried:
    """What a ``custom_id`` carries: a wire code, the server it is about (or nothing), and whether
    the introduction of the form it opens has been read already."""

    code: str
    guild: str = ""
    read: bool = False


def custom_id(action: Action, guild: str = "", *, read: bool = False) -> str:
    """What a component carries for us; with the server's mark when ``guild`` is given.

    Raises ``ValueError`` when all of it does not fit Discord's 100 characters.
    """
    mark = f"@{_base36(int(guild))}" if guild else ""
    code = f"{encode(action)}{'!' if read else ''}{mark}"
    if len(code) > LONGEST:
        raise ValueError(f"{action.name} leaves no room for the server's mark: {len(code)}")
    return code


def read_custom_id(carried: str) -> Carried:
    """What a component brought back; wire codes themselves hold neither ``@`` nor ``!``."""
    code, _, mark = carried.partition("@")
    guild = str(int(mark, 36)) if mark.isalnum() and mark.isascii() else ""
    return Carried(code.removesuffix("!"), guild, code.endswith("!"))


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits or "0"

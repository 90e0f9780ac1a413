"""Discord's names for things, and how they become the core's refs and come back.

A community is a server (guild), by its id. A person is a user id. A room says what it is, because
threads and channels are handled differently: ``thread:1`` or ``channel:1``. A message is
``<channel id>/<message id>``, whether in a room or in somebody's direct messages.

In direct messages Discord does not say which server a pressed button is about, so there every
``custom_id`` ends in the server's mark: ``@`` and its id in base 36 (12 or 13 characters).
"""

from typing import Final

from bot.core import limits
from bot.core.actions import Action, encode
from bot.core.ids import CommunityRef, MessageRef, PersonRef, Ref, RoomRef

PLATFORM: Final = "discord"
THREADS: Final = frozenset({10, 11, 12})
"""The channel types that are threads."""
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


def custom_id(action: Action, guild: str = "") -> str:
    """What a component carries for us; with the server's mark when ``guild`` is given.

    Raises ``ValueError`` when the two do not fit Discord's 100 characters together.
    """
    code = encode(action) + (f"@{_base36(int(guild))}" if guild else "")
    if len(code) > limits.WIRE_CODE:
        raise ValueError(f"{action.name} leaves no room for the server's mark: {len(code)}")
    return code


def read_custom_id(carried: str) -> tuple[str, str]:
    """The wire code and the server it was marked with, which is empty when there is none."""
    code, _, mark = carried.partition("@")
    return code, str(int(mark, 36)) if mark.isalnum() and mark.isascii() else ""


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits or "0"

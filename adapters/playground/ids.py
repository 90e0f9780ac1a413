"""The playground's own names, and how they become the core's refs and come back."""

from bot.core.boundary.ids import CommunityRef, MessageRef, PersonRef, Ref, RoomRef

PLATFORM = "playground"
COMMUNITY = CommunityRef(Ref(PLATFORM, "community"))


def person(key: str) -> PersonRef:
    """The persona ``key`` as a ref."""
    return PersonRef(Ref(PLATFORM, key))


def room(key: str) -> RoomRef:
    """The room ``key`` as a ref."""
    return RoomRef(Ref(PLATFORM, key))


def message(key: str) -> MessageRef:
    """The message ``key`` as a ref."""
    return MessageRef(Ref(PLATFORM, key))

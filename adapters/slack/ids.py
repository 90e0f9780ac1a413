"""Slack's own names, and how they become the core's refs and come back.

A community is a workspace, whether the app was installed in it alone or in a whole Enterprise Grid
organisation. A room is a conversation; a message is its conversation and its ``ts``.
"""

from bot.core.boundary.ids import CommunityRef, MessageRef, PersonRef, Ref, RoomRef

PLATFORM = "slack"


def community(team: str) -> CommunityRef:
    """The workspace ``team`` (``T…``, or the organisation's ``E…`` where there is none)."""
    return CommunityRef(Ref(PLATFORM, team))


def person(user: str) -> PersonRef:
    """The user ``user`` (``U…`` or ``W…``)."""
    return PersonRef(Ref(PLATFORM, user))


def room(conversation: str) -> RoomRef:
    """The conversation ``conversation`` (``C…``, ``D…``, or a group's own name)."""
    return RoomRef(Ref(PLATFORM, conversation))


def message(conversation: str, ts: str) -> MessageRef:
    """The message at ``ts`` in a conversation."""
    return MessageRef(Ref(PLATFORM, f"{conversation}/{ts}"))


def address(community: CommunityRef, room: RoomRef | None) -> str:
    """Where a conversation is found in a browser; without one, its workspace."""
    workspace = f"https://app.slack.com/client/{community.key}"
    is_one = room is not None and room.key[:1] in {"C", "D", "G"}
    return f"{workspace}/{room.key}" if room and is_one else workspace


def place(ref: MessageRef) -> tuple[str, str]:
    """The conversation and the ``ts`` of a message."""
    conversation, _, ts = ref.key.partition("/")
    return conversation, ts

"""Which messages in rooms may hold something sensitive. Pure."""

from collections.abc import Iterable

from bot.core.programme.community.model import Community
from bot.core.programme.community.store import AuditEntry

TAKEN_BACK = "sensitive.taken_back"
"""The audit log's word for it."""
_CHANGED = ("settings.changed", "asking")
"""The audit log's words for a change of the further questions, sensitive ones among them."""


def may_stand_in_rooms(community: Community, newest_first: Iterable[AuditEntry]) -> bool:
    """Whether anything sensitive may have been said in rooms and was not taken back yet."""
    if community.carries_sensitive:
        return False
    if community.withheld:
        return True
    words = ((entry.action, entry.subject) for entry in newest_first)
    return next((one for one in words if one[0] == TAKEN_BACK or one == _CHANGED), None) == _CHANGED

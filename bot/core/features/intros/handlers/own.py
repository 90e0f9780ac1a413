"""The member who acts."""

from bot.core.programme.members.model import Member
from bot.core.programme.unit import Unit


def own(unit: Unit) -> Member:
    """The acting member. Raises ``LookupError`` where :class:`Needs.MEMBER` was not asked first."""
    member = unit.members.get(unit.actor.id) if unit.actor else None
    if member is None:
        raise LookupError("nobody who joined has acted")
    return member

"""Who may do what: one question, asked before anything is decided.

Rights are read from the current event, so a role taken away is gone at once. What concerns one
circle or one person is narrowed further by the lookups themselves: what is not yours is not found.
"""

from bot.core.boundary.events import Actor, Right
from bot.core.feature import Needs
from bot.core.programme.members.model import Standing
from bot.core.programme.unit import Unit


def authorize(actor: Actor, needs: Needs, unit: Unit) -> bool:
    """Whether ``actor`` may do what ``needs`` this."""
    match needs:
        case Needs.ANYONE:
            return True
        case Needs.MODERATOR:
            return Right.MODERATOR in actor.rights
        case Needs.MEMBER:
            if unit.actor is None:
                return False
            member = unit.members.get(unit.actor.id)
            return member is not None and member.standing is not Standing.LEFT

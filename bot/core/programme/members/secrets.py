"""Sensitive answers, as far as they may be used. Open to other features: the only way to them."""

from bot.core.boundary.ids import PersonId
from bot.core.programme.members.model import Purpose, Sensitive
from bot.core.programme.unit import Unit

LEFT_OUT = frozenset({"sensitive_answers", "consents", "wants_shared_heritage"})
"""What of everything held about somebody is not sent where nothing sensitive may be: tables, and
what else has that name."""


def usable(
    people: tuple[PersonId, ...], purpose: Purpose, unit: Unit
) -> dict[PersonId, tuple[Sensitive, ...]]:
    """The answers whose owners consent to ``purpose``; none where they may not be carried."""
    if not unit.community.carries_sensitive:
        return {}
    return unit.members.sensitive_for(people, purpose)

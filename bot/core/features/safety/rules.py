"""Who a report reaches, and who may see it."""

from collections.abc import Sequence

from bot.core.boundary.ids import PersonId

MOST_WORDS = 2000
"""Characters of a report: what fits one message with room for the facts about it."""


def readers(
    moderators: Sequence[PersonId], reporter: PersonId | None, about: PersonId | None
) -> tuple[PersonId, ...]:
    """The moderators whom a report reaches: never whoever it is about.

    A moderator who reports tells the others; one who is alone keeps it for themselves.
    """
    others = tuple(one for one in moderators if one != about)
    return tuple(one for one in others if one != reporter) or others

"""Puts what was taken back into words, when a moderator is told."""

from bot.core.boundary.outcome import (
    Drawn,
    Drop,
    To,
    ToPerson,
)
from bot.core.features.discretion import views
from bot.core.features.discretion.notices import TakenBack
from bot.core.programme.unit import Unit


def draw(notice: TakenBack, to: To, unit: Unit) -> Drawn:
    """To a moderator: what was done, and why."""
    if not isinstance(to, ToPerson):
        return Drop("not a person")
    return views.taken_back(notice, unit.words_for(to.person))

"""Why this circle, for one of its members: only what the others agreed to show.

Sensitive answers never take part, so the view is the same whether or not one raised the score; and
no score is shown, from which one could be worked out.
"""

from collections.abc import Callable
from dataclasses import replace

from bot.core.matching.facts import (
    AnswersShared,
    Fact,
    HeritageShared,
    Ids,
    MenteesHelped,
    PeersAlike,
    PrivateAnswer,
    StagesNear,
    StepsAhead,
    ThemesOffered,
)
from bot.core.matching.model import QUESTION, ScoredCircle

THEMES, STAGE = "themes", "stage"

Shows = Callable[[str, str], bool]
"""Whether this person shows their circle this: ``themes``, ``stage`` or ``q:<question>``."""


def own_view(scored: ScoredCircle, who: str, shows: Shows) -> tuple[Fact, ...]:
    """The facts this member may read, in the order of the terms. Raises KeyError for strangers."""
    facts = (_shown(term.fact, shows) for term in scored.member(who).terms)
    return tuple(fact for fact in facts if fact is not None)


def _shown(fact: Fact, shows: Shows) -> Fact | None:
    """The part of a fact that may be read; None if that says nothing."""

    def showing(people: Ids, what: str) -> Ids:
        return tuple(one for one in people if shows(one, what))

    match fact:
        case HeritageShared() | PrivateAnswer():
            return None
        case ThemesOffered():
            offered = tuple((theme, showing(some, THEMES)) for theme, some in fact.offered)
            offered = tuple((theme, some) for theme, some in offered if some)
            return ThemesOffered(offered, ()) if offered else None
        case MenteesHelped():
            helped = showing(fact.helped, THEMES)
            return replace(fact, helped=helped) if helped else None
        case PeersAlike():
            peers = showing(fact.peers, THEMES)
            # The themes are the reader's own; with a peer left out it is not said which are shared.
            return fact if peers and peers == fact.peers else None
        case StagesNear():
            near = tuple((one, between) for one, between in fact.peers if shows(one, STAGE))
            return StagesNear(near) if near else None
        case StepsAhead():
            # How many are *not* behind is told too, so all who gave a stage must show it.
            behind = showing(fact.behind, STAGE)
            return fact if behind and len(behind) == fact.stated else None
        case AnswersShared():
            shown = showing(fact.circlemates, QUESTION + fact.question)
            return fact if shown and shown == fact.circlemates else None
        case _:
            return fact

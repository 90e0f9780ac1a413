"""Puts causes and doubts into words, when somebody is told of them."""

from bot.core.boundary.ids import CircleId, PersonId
from bot.core.boundary.outcome import (
    Drawn,
    Drop,
    To,
    ToPerson,
)
from bot.core.features.trouble import views
from bot.core.features.trouble.notices import PerhapsSaid, Trouble
from bot.core.programme.mail.rooms import rooms_in_doubt
from bot.core.programme.unit import Unit


def draw_trouble(notice: Trouble, to: To, unit: Unit) -> Drawn:
    """The cause, whom or what it concerns, and what helps against it."""
    if not isinstance(to, ToPerson):
        return Drop("not a person")
    words = unit.words_for(to.person)
    person = unit.people.get(PersonId(notice.person)) if notice.person else None
    circle = unit.circles.get(CircleId(notice.circle)) if notice.circle else None
    if (notice.person and person is None) or (notice.circle and circle is None):
        return Drop("not here any more")
    return views.trouble(notice.why, person, circle, words)


def draw_doubtful(notice: PerhapsSaid, to: To, unit: Unit) -> Drawn:
    """To somebody who can look, as long as it is not settled."""
    circle = unit.circles.get(CircleId(notice.circle))
    letters = rooms_in_doubt(unit).get(circle, ()) if circle else ()
    if circle is None or not letters or not isinstance(to, ToPerson):
        return Drop("settled")
    return views.doubtful_in(circle, letters, unit, unit.words_for(to.person))

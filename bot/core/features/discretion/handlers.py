"""Taking back what stands in rooms, once, where a platform carries nothing sensitive.

Settings are shown to every feature without what may not be asked; here that is also written down,
and what was said before is said anew or deleted. What members told stays sealed, and theirs.
"""

from bot.core.actions.intros import TellMore
from bot.core.boundary.actions import encode
from bot.core.boundary.events import ServiceBegan
from bot.core.boundary.keys import key_of
from bot.core.boundary.outcome import (
    Delete,
    Delivery,
    Edit,
    Outcome,
    Say,
    ToPerson,
)
from bot.core.features.discretion import views
from bot.core.features.discretion.notices import TakenBack
from bot.core.features.discretion.rules import TAKEN_BACK, may_stand_in_rooms
from bot.core.programme.circles.forming import charter_anew, introduce
from bot.core.programme.circles.model import CircleState
from bot.core.programme.unit import Unit

KEY = "discretion"
LINES = 1000
"""Of the audit log, looked through for what was turned on once."""


def began(_event: ServiceBegan, unit: Unit) -> Outcome:
    """Turn sensitive questions off for good, take back what stands in rooms, and say so."""
    community = unit.community
    if not may_stand_in_rooms(community, unit.programme.audit_log(LINES, ())):
        return Outcome()
    for what in ("heritage", "comfort", *community.withheld):
        unit.members.drop_unsent(form=encode(TellMore(what)))
    unit.programme.configure(community.settings)
    unit.programme.audit(None, TAKEN_BACK)

    anew, deleted, charters = _said_before(unit)
    told = TakenBack(len(anew), len(deleted))
    notices = tuple(
        Delivery(key_of(KEY, moderator), ToPerson(moderator), told)
        for moderator in unit.programme.moderators()
    )
    return Outcome(Say(views.taken_back(told, unit.words)), (*anew, *deleted, *charters, *notices))


def _said_before(
    unit: Unit,
) -> tuple[tuple[Delivery, ...], tuple[Delivery, ...], tuple[Delivery, ...]]:
    """Introductions to say anew, those to delete, and what becomes of the charters.

    Whoever left took theirs with them; a circle that has ended has nobody to be shown to.
    """
    anew: list[Delivery] = []
    deleted: list[Delivery] = []
    charters: list[Delivery] = []
    for circle in unit.circles.all():
        said = tuple(introduce(circle, person) for person in circle.people)
        if circle.state is CircleState.MEETING:
            charters.append(charter_anew(circle, KEY))
            anew += (
                Delivery(key_of(KEY, one.key), Edit(one.key), one.what, one.about) for one in said
            )
        elif circle.state is CircleState.ENDED:
            charter = circle.in_room("charter")
            charters.append(Delivery(key_of(KEY, charter), Delete(charter)))
            deleted += (Delivery(key_of(KEY, one.key), Delete(one.key)) for one in said)
    return tuple(anew), tuple(deleted), tuple(charters)

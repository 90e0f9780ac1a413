"""Taking back what stands in rooms, once, where a platform carries nothing sensitive.

Settings are shown to every feature without what may not be asked; here that is also written down,
and what was said before is said anew or deleted. What members told stays sealed, and theirs.
"""

from bot.core.actions.intros import TellMore
from bot.core.boundary.actions import encode
from bot.core.boundary.events import ServiceBegan
from bot.core.boundary.ids import CircleId, PersonId
from bot.core.boundary.outcome import (
    Delete,
    Delivery,
    Drawn,
    Drop,
    Edit,
    Outcome,
    Say,
    To,
    ToPerson,
)
from bot.core.features.discretion import views
from bot.core.features.discretion.notices import TakenBack
from bot.core.features.discretion.rules import (
    INTRODUCTION,
    TAKEN_BACK,
    circle_of,
    may_stand_in_rooms,
)
from bot.core.programme.circles.forming import charter_anew
from bot.core.programme.circles.model import CircleState
from bot.core.programme.circles.notices import Introduction
from bot.core.programme.members.model import Standing
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
        Delivery(f"{KEY}:{moderator}", ToPerson(moderator), told)
        for moderator in unit.programme.moderators()
    )
    return Outcome(Say(views.taken_back(told, unit.words)), (*anew, *deleted, *charters, *notices))


def draw(notice: TakenBack, to: To, unit: Unit) -> Drawn:
    """To a moderator: what was done, and why."""
    if not isinstance(to, ToPerson):
        return Drop("not a person")
    return views.taken_back(notice, unit.words_for(to.person))


def _said_before(
    unit: Unit,
) -> tuple[tuple[Delivery, ...], tuple[Delivery, ...], tuple[Delivery, ...]]:
    """Introductions to say anew, those to delete, and what becomes of the charters.

    Whoever left took theirs with them; a circle that has ended has nobody to be shown to.
    """
    anew: list[Delivery] = []
    deleted: list[Delivery] = []
    charters: dict[str, Delivery] = {}
    for member in unit.members.all(*Standing):
        for key in unit.rights.said_about(member.person):
            if not key.startswith(INTRODUCTION):
                continue
            circle = unit.circles.get(CircleId(circle_of(key)))
            if circle is not None and circle.state is CircleState.ENDED:
                charter = f"charter:{circle.id}"
                charters[circle.id] = Delivery(f"{KEY}-gone:{charter}", Delete(charter))
                deleted.append(Delivery(f"{KEY}-gone:{key}", Delete(key)))
            elif circle is not None and circle.has(member.person):
                charters[circle.id] = charter_anew(circle, KEY)
                anew.append(_again(key, circle.id, member.person))
    return tuple(anew), tuple(deleted), tuple(charters.values())


def _again(key: str, circle: CircleId, person: PersonId) -> Delivery:
    return Delivery(
        f"intro-anew:{circle}:{KEY}-{person}", Edit(key), Introduction(circle, person), (person,)
    )

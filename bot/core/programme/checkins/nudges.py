"""Whether somebody may be nudged now. Open to every feature that nudges: the budget is one.

A nudge is drawn only when :func:`may_nudge` says so at that moment, and is counted with
``unit.checkins.note_nudge`` once it arrived.
"""

from datetime import datetime, timedelta

from bot.core.programme.checkins.catch_up import BUDGET_DAYS, Rhythm, Verdict, catch_up, is_quiet
from bot.core.programme.circles.model import Circle
from bot.core.programme.members.model import Member
from bot.core.programme.unit import Unit

_REMEMBERED = timedelta(days=BUDGET_DAYS + 1)
"""As far back as a nudge can count, on any clock."""


def rhythm(member: Member) -> Rhythm:
    """What the member's clock and wishes allow."""
    return Rhythm(member.zone, member.quiet_from, member.quiet_until, member.nudges_a_week)


def may_nudge(member: Member, due: datetime, unit: Unit) -> Verdict:
    """What becomes of a nudge to the member that was due at ``due`` (UTC)."""
    nudged = unit.checkins.nudged(member.person, unit.at - _REMEMBERED)
    return catch_up((due,), nudged, unit.at, rhythm(member))[0]


def night_for_somebody(circle: Circle, unit: Unit) -> bool:
    """Whether somebody in the circle has quiet hours now: then its room is posted to silently."""
    members = (unit.members.get(person) for person in circle.people)
    return any(is_quiet(unit.at, rhythm(member)) for member in members if member)

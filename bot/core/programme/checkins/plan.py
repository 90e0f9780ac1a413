"""Planning a season's check-ins, and planning them anew when something changes.

Open to other features: publishing a circle plans it, ending one cancels it, and whatever moves a
member's hours or wishes plans the member anew. Every function here may be called again with the
same effect. Each returns the keys of deliveries that are owed no more, for ``Outcome.cancelled``.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, time

from bot.core.boundary.ids import Key, PersonId
from bot.core.programme.checkins.catch_up import GRACE
from bot.core.programme.checkins.model import CircleWeek, Fate, Question
from bot.core.programme.checkins.slots import Occurrence, Slot, local_date, moment, weekly
from bot.core.programme.circles.model import Circle, CircleState
from bot.core.programme.members.model import Member, Standing
from bot.core.programme.seasons.model import Season, Stage
from bot.core.programme.unit import Unit

Cancelled = tuple[Key, ...]


def plan(circle: Circle, season: Season, unit: Unit) -> Cancelled:
    """Plan a circle's weekly messages, and the private questions of its people.

    A week that has passed is left out; a slot earlier the same day is made up for at once. Call
    it when a circle is published, when its slot changes and when somebody joins it late.
    """
    cancelled = _plan_weeks(circle, season, unit)
    for person in circle.people:
        circles = {one.id: one for one in unit.circles.of_person(person)} | {circle.id: circle}
        cancelled += _plan_person(person, season, circles.values(), unit)
    return cancelled


def extend(season: Season, unit: Unit) -> Cancelled:
    """Plan a season anew after its length or end changed. The season passed in is the new one."""
    unit.checkins.season_ends(season.id, season_end(season))
    cancelled: Cancelled = ()
    for circle in unit.circles.of_season(season.id):
        if circle.state is not CircleState.ENDED:
            cancelled += plan(circle, season, unit)
    return cancelled


def replan_member(person: PersonId, unit: Unit) -> Cancelled:
    """Plan a member's private questions anew: a new zone, a yes or no to them, a new circle."""
    season = unit.seasons.current()
    if season is None:
        return cancel_person(person, unit)
    return _plan_person(person, season, unit.circles.of_person(person), unit)


def cancel_person(person: PersonId, unit: Unit) -> Cancelled:
    """Ask the person nothing more."""
    return _cancel_questions(unit.checkins.questions_of(person), unit)


def cancel_circle(circle: Circle, unit: Unit) -> Cancelled:
    """Post nothing more in the circle's room; ask its people only if they have another circle."""
    cancelled = _cancel_weeks(unit.checkins.weeks_of(circle.id), unit)
    season = unit.seasons.get(circle.season)
    if season and season.stage is Stage.ENDED:
        unit.checkins.season_ends(season.id, season_end(season))
    for person in circle.people:
        others = [one for one in unit.circles.of_person(person) if one.id != circle.id]
        if season is None:
            cancelled += cancel_person(person, unit)
        else:
            cancelled += _plan_person(person, season, others, unit)
    return cancelled


def season_end(season: Season) -> datetime:
    """When the season is over: as set, or else on its last day (UTC)."""
    return season.ends_at or datetime.combine(season.last_day, time(), UTC)


def asks_privately(member: Member | None) -> bool:
    """Whether this member's question may come privately. A pause leaves the plan as it is."""
    return member is not None and member.standing is not Standing.LEFT and member.private_question


def _plan_weeks(circle: Circle, season: Season, unit: Unit) -> Cancelled:
    slot = Slot(circle.weekday, circle.minute, circle.zone)
    today = moment(local_date(unit.at, circle.zone), 0, circle.zone)
    known = {one.week: one for one in unit.checkins.weeks_of(circle.id)}
    for week, planned in enumerate(weekly(slot, season.first_monday, season.weeks), start=1):
        if _may_plan(known.get(week), planned, unit, since=today):
            unit.checkins.save_week(CircleWeek(circle.id, week, planned.local_date, planned.at))
    return _cancel_weeks((one for week, one in known.items() if week > season.weeks), unit)


def _plan_person(
    person: PersonId, season: Season, circles: Iterable[Circle], unit: Unit
) -> Cancelled:
    """Questions for every week to come, or none where they are not wanted."""
    known = [one for one in unit.checkins.questions_of(person) if one.season == season.id]
    member = unit.members.get(person)
    seated = any(c.season == season.id and c.state is not CircleState.ENDED for c in circles)
    if member is None or not asks_privately(member) or not seated or season.stage is Stage.ENDED:
        return _cancel_questions(known, unit)
    by_week = {one.week: one for one in known}
    settings = unit.community.settings
    slot = Slot(settings.question_weekday, settings.question_minute, member.zone)
    for week, planned in enumerate(weekly(slot, season.first_monday, season.weeks), start=1):
        if _may_plan(by_week.get(week), planned, unit, since=unit.at):
            unit.checkins.save_question(
                Question(season.id, person, week, planned.local_date, planned.at)
            )
    return _cancel_questions((one for one in known if one.week > season.weeks), unit)


def _may_plan(
    known: CircleWeek | Question | None, planned: Occurrence, unit: Unit, since: datetime
) -> bool:
    """Whether a week can still be planned for this moment; a new one from ``since`` on.

    What came due once has been decided for its week, also if it was cancelled then: its key may
    lie in the outbox, and a week is never asked about twice.
    """
    if known is None:
        return planned.at >= since
    match known.fate:
        case Fate.DUE:
            return known.due_at != planned.at >= unit.at - GRACE
        case Fate.CANCELLED:
            return known.due_at > unit.at and planned.at >= unit.at
        case Fate.OWED | Fate.SENT | Fate.MISSED | Fate.FAILED:
            return False


def _cancel_weeks(weeks: Iterable[CircleWeek], unit: Unit) -> Cancelled:
    gone = [one for one in weeks if one.fate.open]
    for one in gone:
        unit.checkins.save_week(replace(one, fate=Fate.CANCELLED))
    return tuple(one.key for one in gone if one.fate is Fate.OWED)


def _cancel_questions(questions: Iterable[Question], unit: Unit) -> Cancelled:
    gone = [one for one in questions if one.fate.open]
    for one in gone:
        unit.checkins.save_question(replace(one, fate=Fate.CANCELLED))
    return tuple(one.key for one in gone if one.fate is Fate.OWED)

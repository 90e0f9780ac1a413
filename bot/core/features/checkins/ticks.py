"""Check-ins in passing time: what came due is owed once, and its end is written down.

Every row due leaves ``DUE`` in the transaction that decides about it. What is owed becomes sent,
missed, cancelled or failed when the postman reports back.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from operator import attrgetter

from bot.core.boundary.events import Delivered, NotDelivered, Tick, Why
from bot.core.boundary.ids import CircleId, PersonId
from bot.core.boundary.keys import key_of
from bot.core.boundary.outcome import Delivery, Departure, Edit, Outcome, ToPerson, ToRoom
from bot.core.features.checkins import rules
from bot.core.features.checkins.agenda import step_of
from bot.core.features.checkins.asking import goes_on
from bot.core.features.checkins.notices import PrivateQuestion, WeekMessage
from bot.core.programme.checkins.catch_up import GRACE, HoldUntil, Missed, Rhythm, catch_up
from bot.core.programme.checkins.model import CircleWeek, Fate, Question
from bot.core.programme.checkins.nudges import night_for_somebody
from bot.core.programme.checkins.plan import cancel_person, plan
from bot.core.programme.circles.model import Circle, CircleState
from bot.core.programme.members.model import Standing
from bot.core.programme.seasons.model import Season
from bot.core.programme.unit import Unit


def on_tick(event: Tick, unit: Unit) -> Outcome:
    """Owe every weekly message and private question that has come due."""
    by_circle = attrgetter("circle")
    deliveries: list[Delivery] = []
    coming = sorted(unit.checkins.weeks_due(unit.at), key=by_circle)
    for circle, weeks in groupby(coming, by_circle):
        deliveries += _circle_due(circle, tuple(weeks), unit)
    for question in unit.checkins.questions_due(unit.at):
        deliveries += _question_due(question, unit)
    return Outcome(deliveries=tuple(deliveries))


def week_ended(notice: WeekMessage, event: Delivered | NotDelivered, unit: Unit) -> Outcome:
    """Write down how a weekly message ended."""
    circle = CircleId(notice.circle)
    for week in unit.checkins.weeks_of(circle):
        if week.key == event.key:
            unit.checkins.save_week(replace(week, fate=_end(event, week.fate)))
    return _look_ahead(circle, unit)


def question_ended(
    _notice: PrivateQuestion, event: Delivered | NotDelivered, unit: Unit
) -> Outcome:
    """Write down how a private question ended; what may have arrived counts as if it had."""
    asked = unit.checkins.questions_of(event.to.person) if isinstance(event.to, ToPerson) else ()
    for question in asked:
        if question.key == event.key:
            fate = _end(event, question.fate)
            perhaps = isinstance(event, NotDelivered) and event.why is Why.UNCERTAIN
            if fate is Fate.SENT or perhaps:
                unit.checkins.note_nudge(question.person, question.key, event.at)
            sent_at = event.at if fate is Fate.SENT else None
            unit.checkins.save_question(replace(question, fate=fate, sent_at=sent_at))
    return Outcome()


def on_departed(departure: Departure, unit: Unit) -> Outcome:
    """Ask somebody who goes nothing more; weekly messages name somebody forgotten no longer."""
    cancelled = cancel_person(departure.person, unit)
    named = unit.checkins.weeks_hosted_by(departure.person) if departure.forgotten else ()
    anew = (
        Delivery(key_of("edit", w.key), Edit(w.key), WeekMessage(w.circle, w.week)) for w in named
    )
    return Outcome(deliveries=tuple(anew), cancelled=cancelled)


def _look_ahead(circle_id: CircleId, unit: Unit) -> Outcome:
    """Plan the circle's other weeks anew: zones change their rules at a few days' notice."""
    circle = unit.circles.get(circle_id)
    season = unit.seasons.get(circle.season) if circle else None
    if circle is None or season is None or not goes_on(circle, season):
        return Outcome()
    return Outcome(cancelled=plan(circle, season, unit))


def _circle_due(circle_id: CircleId, weeks: Sequence[CircleWeek], unit: Unit) -> list[Delivery]:
    circle = unit.circles.get(circle_id)
    season = unit.seasons.get(circle.season) if circle else None
    if circle is None or season is None or not goes_on(circle, season):
        for week in weeks:
            unit.checkins.save_week(replace(week, fate=Fate.CANCELLED))
        return []
    every = unit.checkins.weeks_of(circle.id)
    said = [one.due_at for one in every if one.fate in (Fate.OWED, Fate.SENT)]
    # A room has no quiet hours and no budget: at night its message comes silently.
    awake = Rhythm(circle.zone, 0, 0, most_a_week=7)
    verdicts = catch_up([week.due_at for week in weeks], said, unit.at, awake)
    silent = night_for_somebody(circle, unit)
    owed: list[Delivery] = []
    for week, verdict in zip(weeks, verdicts, strict=True):
        if isinstance(verdict, Missed) or circle.state is CircleState.LOST:
            unit.checkins.save_week(replace(week, fate=Fate.MISSED))
        else:
            host = _host(circle, season, week.week, every, unit)
            unit.checkins.save_week(replace(week, fate=Fate.OWED, host=host))
            notice = WeekMessage(circle.id, week.week)
            due = verdict.until if isinstance(verdict, HoldUntil) else week.due_at
            owed.append(_owed(week, ToRoom(circle.room, silent), notice, due))
    return owed


def _question_due(question: Question, unit: Unit) -> list[Delivery]:
    """Owe it; whether it is still wanted, and may come now, is asked when it is drawn.

    So a tick stays short however many are due, and a person's lane sees to it that two are never
    drawn at once.
    """
    if unit.at > question.due_at + GRACE:
        unit.checkins.save_question(replace(question, fate=Fate.MISSED))
        return []
    unit.checkins.save_question(replace(question, fate=Fate.OWED))
    notice = PrivateQuestion(question.season, question.week)
    return [_owed(question, ToPerson(question.person), notice, question.due_at)]


def _end(event: Delivered | NotDelivered, before: Fate) -> Fate:
    """How it ended. What was cancelled while it was being sent stays so, unless it arrived."""
    if isinstance(event, Delivered):
        return Fate.SENT
    match event.why:
        case Why.DROPPED:
            return Fate.CANCELLED
        case Why.EXPIRED:
            return before if before is Fate.CANCELLED else Fate.MISSED
        case _:
            return Fate.FAILED


def _owed(
    row: CircleWeek | Question,
    to: ToRoom | ToPerson,
    notice: WeekMessage | PrivateQuestion,
    due: datetime,
) -> Delivery:
    return Delivery(row.key, to, notice, due=due, expires=row.due_at + GRACE)


def _host(
    circle: Circle, season: Season, week: int, every: Sequence[CircleWeek], unit: Unit
) -> PersonId | None:
    """Who hosts a live week: from the second on, hosting passes to the next who is here."""
    first = min(one.week for one in every)
    if not step_of(season.weeks, first, week, circle.theme).live:
        return None
    if week == first:
        return circle.host
    members = (unit.members.get(person) for person in circle.people)
    here = {one.person for one in members if one and one.standing is Standing.ACTIVE}
    host = rules.next_host(circle.people, circle.host, set(circle.people) - here)
    unit.circles.save(replace(circle, host=host))
    return host

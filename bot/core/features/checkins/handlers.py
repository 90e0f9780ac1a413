"""What members do about check-ins: answer in one tap, add a line, look, stop."""

from dataclasses import replace
from datetime import datetime

from bot.core.actions.checkins import (
    AnswerWeek,
    OpenCheckIn,
    SaveLine,
    StopAsking,
    WriteLine,
)
from bot.core.boundary.events import ActionTaken, CommandUsed, FormSubmitted
from bot.core.boundary.forms import sent
from bot.core.boundary.ids import PersonId, SeasonId
from bot.core.boundary.keys import key_of
from bot.core.boundary.outcome import Delete, Delivery, FixForm, Outcome, Say, ShowForm, ToRoom
from bot.core.boundary.views import Block
from bot.core.features.checkins import forms, rules, views
from bot.core.features.checkins.asking import circles_in
from bot.core.features.checkins.notices import SharedLine
from bot.core.programme.checkins.model import Fate
from bot.core.programme.checkins.nudges import night_for_somebody
from bot.core.programme.checkins.plan import replan_member, season_end
from bot.core.programme.checkins.slots import local_date, moment
from bot.core.programme.circles.model import Circle, CircleState
from bot.core.programme.members.model import Standing
from bot.core.programme.seasons.model import Season
from bot.core.programme.unit import Unit


def check_in(event: CommandUsed, unit: Unit) -> Outcome:
    """Show this week's question."""
    return _look(unit)


def open_check_in(action: OpenCheckIn, event: ActionTaken, unit: Unit) -> Outcome:
    """Show this week's question."""
    return _look(unit)


def answer_week(action: AnswerWeek, event: ActionTaken, unit: Unit) -> Outcome:
    """Keep a one-tap answer, in the place of an earlier one."""
    season, met = unit.seasons.get(SeasonId(action.season)), rules.read_met(action.met)
    asked = _asked(season, action.week, unit)
    if isinstance(asked, Outcome):
        return asked
    if met is None:
        return _look(unit)

    response = rules.answered(asked, met, unit.at)

    unit.checkins.respond(response, season_end(asked.season))
    return Outcome(Say(views.thanks(unit.words, response)))


def write_line(action: WriteLine, event: ActionTaken, unit: Unit) -> Outcome:
    """Show the form for a week's answer, as it was left."""
    asked = _asked(unit.seasons.get(SeasonId(action.season)), action.week, unit)
    if isinstance(asked, Outcome):
        return asked
    form = forms.line_form(unit.words, asked, rules.as_filled(asked.earlier))
    return Outcome(ShowForm(form))


def save_line(action: SaveLine, event: FormSubmitted, unit: Unit) -> Outcome:
    """Keep the answer and its line; post it, or take back an earlier post, as its author wishes."""
    asked = _asked(unit.seasons.get(SeasonId(action.season)), action.week, unit)
    if isinstance(asked, Outcome):
        return asked

    kept = rules.write(asked, sent(event), unit.at)
    if isinstance(kept, rules.ToMend):
        form = forms.line_form(unit.words, asked, sent(event), kept.problems)
        return Outcome(FixForm(form))

    unit.checkins.respond(kept.response, season_end(asked.season))
    return Outcome(
        Say(views.saved(unit.words, kept.response, asked.circles)),
        _posts(kept, asked.circles, unit),
        (kept.take_back,) if kept.take_back else (),
    )


def stop_asking(action: StopAsking, event: ActionTaken, unit: Unit) -> Outcome:
    """No private question any more; the weekly message in the room stays."""
    member = unit.members.get(unit.actor.id) if unit.actor else None
    if member is None:
        return _told("nothing", unit)
    unit.members.save(replace(member, private_question=False))
    cancelled = replan_member(member.person, unit)
    return replace(_told("stopped", unit), cancelled=cancelled)


def status(person: PersonId, unit: Unit) -> tuple[Block, ...]:
    """When the person's next check-ins come."""
    season, member = unit.seasons.current(), unit.members.get(person)
    if season is None or member is None or member.standing is Standing.PAUSED:
        return ()
    questions = [q for q in unit.checkins.questions_of(person) if q.season == season.id]
    items = [views.Coming(q.due_at) for q in questions if q.fate is Fate.DUE][:1]
    for circle in circles_in(season, person, unit)[:3]:
        if circle.state is CircleState.LOST:
            continue  # it waits for a room
        weeks = (week for week in unit.checkins.weeks_of(circle.id) if week.fate is Fate.DUE)
        items += [views.Coming(week.due_at, circle.name) for week in weeks][:1]
    ended = [q.fate for q in questions if q.fate in (Fate.SENT, Fate.FAILED)]
    closed = bool(ended) and ended[-1] is Fate.FAILED
    begun = season.week_on(local_date(unit.at, member.zone)) >= 1
    items.sort(key=lambda one: one.at)
    return views.coming(unit.words, items, closed=closed, begun=begun)


def _look(unit: Unit) -> Outcome:
    asked = _asked(unit.seasons.current() or unit.seasons.latest(), 0, unit)
    if isinstance(asked, Outcome):
        return asked
    message = views.this_week(unit.words, asked.season, asked.week, asked.circles, asked.earlier)
    return Outcome(Say(message))


def _asked(season: Season | None, week: int, unit: Unit) -> rules.Asked | Outcome:
    """The week the actor answers about (0: this one), or a friendly word on why they cannot."""
    member = unit.members.get(unit.actor.id) if unit.actor else None
    if member is None or season is None:
        return _told("nothing", unit)
    today = season.week_on(local_date(unit.at, member.zone))
    found = rules.week_to_answer(season, today, week)
    if found is rules.When.OVER:
        return _told("over", unit)
    circles = circles_in(season, member.person, unit)
    if not circles:
        return _told("nothing", unit)
    if found is rules.When.NOT_YET:
        begins = moment(season.first_monday, 0, member.zone)
        return _told("not_yet", unit) if today >= 1 else _told("before", unit, begins)
    responses = unit.checkins.responses(season.id, member.person)
    earlier = next((one for one in responses if one.week == found), None)
    return rules.Asked(season, member.person, found, circles, earlier)


def _posts(kept: rules.Kept, circles: tuple[Circle, ...], unit: Unit) -> tuple[Delivery, ...]:
    """Take back what is no longer shared, and post what now is."""
    response = kept.response
    owed: tuple[Delivery, ...] = ()
    if kept.take_back:
        owed += (Delivery(key_of("takeback", kept.take_back), Delete(kept.take_back)),)
    for circle in circles:
        if kept.post and circle.id == response.shared_with:
            notice = SharedLine(circle.id, response.person, response.week, response.posts)
            room = ToRoom(circle.room, silent=night_for_somebody(circle, unit))
            owed += (Delivery(response.post_key, room, notice, about=(response.person,)),)
    return owed


def _told(key: str, unit: Unit, at: datetime | None = None) -> Outcome:
    return Outcome(Say(views.told(unit.words, key, at)))

"""What is owed about check-ins, put into words at the moment it is sent: or not said after all."""

from bot.core.boundary.ids import CircleId, PersonId, SeasonId
from bot.core.boundary.outcome import Drawn, Drop, Edit, Hold, To, ToPerson, ToRoom
from bot.core.features.checkins import views
from bot.core.features.checkins.agenda import step_of
from bot.core.features.checkins.asking import circles_in, goes_on, is_asked_less, still_wanted
from bot.core.features.checkins.notices import PrivateQuestion, SharedLine, WeekMessage
from bot.core.programme.checkins.catch_up import HoldUntil, Missed, SendNow
from bot.core.programme.checkins.model import Fate
from bot.core.programme.checkins.nudges import may_nudge
from bot.core.programme.unit import Unit

_ANY_THEME = "goals"
"""Whose run sheet serves a theme that the community made up itself."""


def draw_week(notice: WeekMessage, to: To, unit: Unit) -> Drawn:
    """The weekly message; drawn again later, it no longer names a host who was forgotten."""
    circle = unit.circles.get(CircleId(notice.circle))
    season = unit.seasons.get(circle.season) if circle else None
    if circle is None or season is None:
        return Drop("circle gone")
    weeks = {one.week: one for one in unit.checkins.weeks_of(circle.id)}
    week = weeks.get(notice.week)
    # One that may not have come counts as failed, and may be sent again.
    open_ = week and week.fate in (Fate.OWED, Fate.FAILED)
    still_owed = open_ and goes_on(circle, season)
    if week is None or not (still_owed or isinstance(to, Edit)):
        return Drop("cancelled")

    words = unit.words_in(circle.zone)
    theme = circle.theme if words.has(f"session.{circle.theme}.1.title") else _ANY_THEME
    step = step_of(season.weeks, min(weeks), notice.week, theme)
    host = unit.people.get(week.host) if week.host else None
    loud = isinstance(to, ToRoom) and not to.silent
    mention = host.mention(ping=loud) if host else None
    return views.weekly(words, season, notice.week, step, mention)


def draw_question(notice: PrivateQuestion, to: To, unit: Unit) -> Drawn:
    """The private question, if its reader still wants it and has room for it now."""
    if not isinstance(to, ToPerson):
        return Drop("not to a person")
    season = unit.seasons.get(SeasonId(notice.season))
    member = unit.members.get(to.person)
    asked = [
        one
        for one in unit.checkins.questions_of(to.person)
        if (one.season, one.week, one.fate) == (notice.season, notice.week, Fate.OWED)
    ]
    if season is None or member is None or not asked or not still_wanted(asked[0], member, unit):
        return Drop("not wanted")

    match may_nudge(member, asked[0].due_at, unit):
        case Missed():
            return Drop("too late")
        case HoldUntil(until):
            return Hold(until)
        case SendNow():
            words = unit.words_for(to.person)
            circles = circles_in(season, to.person, unit)
            less = is_asked_less(asked[0], unit)
            return views.private_question(words, season, notice.week, circles, less=less)


def draw_line(notice: SharedLine, to: To, unit: Unit) -> Drawn:
    """A shared line as it now stands; nothing once its author keeps it private or changed it."""
    circle = unit.circles.get(CircleId(notice.circle))
    author = unit.people.get(PersonId(notice.person))
    if circle is None or author is None:
        return Drop("gone")
    for one in unit.checkins.responses(circle.season, author.id):
        if (one.week, one.shared_with, one.posts) == (notice.week, circle.id, notice.post):
            words = unit.words_in(circle.zone)
            return views.shared_line(words, author.mention(), notice.week, one)
    return Drop("not shared")

"""How the circles are doing, all of them and one by one."""

from bot.core.actions.health import ShowHealth
from bot.core.boundary.events import ActionTaken, CommandUsed
from bot.core.boundary.outcome import Outcome, Replace, Say
from bot.core.boundary.views import Message
from bot.core.features.health import rules, views
from bot.core.programme.circles.model import CircleState
from bot.core.programme.seasons.model import Season, Stage
from bot.core.programme.unit import Unit


def health_command(_event: CommandUsed, unit: Unit) -> Outcome:
    """``/circle-admin health``."""
    return Outcome(Say(_board(0, "", unit)))


def show_health(action: ShowHealth, event: ActionTaken, unit: Unit) -> Outcome:
    """Another page, or (one was chosen) a circle's card."""
    return Outcome(Replace(_board(action.page, next(iter(event.values), ""), unit)))


def _board(page: int, chosen: str, unit: Unit) -> Message:
    season = unit.seasons.current()
    if season is None or season.stage is not Stage.RUNNING:
        return views.nothing_running(season, unit)
    week = _week(season, unit)
    circles = unit.circles.of_season(season.id)
    circles = tuple(one for one in circles if one.state is not CircleState.ENDED)
    responses = unit.checkins.responses_since(season.id, week - rules.LOOKED_AT + 1)
    found = rules.health(circles, responses, week, unit.community.settings.sizes)
    for one in found:
        if one.circle.id == chosen:
            return views.card(one, page, unit)
    people = tuple({person for circle in circles for person in circle.people})
    answered = rules.answered(people, responses, week)
    told = None if answered is None else (answered, len(people))
    return views.board(season, week, found, told, page=page, unit=unit)


def _week(season: Season, unit: Unit) -> int:
    """The season's week on the moderator's clock, within the season."""
    today = unit.at.astimezone(unit.words.zone).date()
    return min(max(season.week_on(today), 1), season.weeks)

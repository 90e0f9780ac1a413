"""Opening, extending and closing seasons."""

from dataclasses import replace
from datetime import date

from bot.core.actions.seasons import AskToClose, CloseSeason, ExtendSeason, OpenSeason, ShowSeason
from bot.core.boundary.events import ActionTaken, CommandUsed, FormSubmitted
from bot.core.boundary.ids import PersonId, SeasonId
from bot.core.boundary.outcome import FixForm, Outcome, Replace, Say, ShowForm
from bot.core.boundary.views import Block, Message, Paragraph
from bot.core.features.seasons import forms, views
from bot.core.features.seasons.rules import Plan, Problems, longer, plan
from bot.core.programme.checkins.plan import extend
from bot.core.programme.circles.ending import end_circles
from bot.core.programme.seasons.model import Season, Stage
from bot.core.programme.unit import Unit


def season_command(event: CommandUsed, unit: Unit) -> Outcome:
    """``/circle-admin season``: show it, or do what the option asks."""
    start, weeks = str(event.options.get("start", "")), str(event.options.get("weeks", ""))
    match event.options.get("action"):
        case "open":
            return _open_from_command(start, weeks, unit)
        case "extend":
            return _extend_from_command(weeks, unit)
        case "close":
            season = unit.seasons.current()
            return _ask_to_close(season, unit) if season else _shown(unit)
        case _:
            return _shown(unit)


def show(_action: ShowSeason, _event: ActionTaken, unit: Unit) -> Outcome:
    """How the season stands, in the place of the question whether to close it."""
    return Outcome(Replace(_standing(unit)))


def ask_to_open(_action: OpenSeason, _event: ActionTaken, unit: Unit) -> Outcome:
    """The button under "no season": the form."""
    if unit.seasons.current():
        return _shown(unit, lead="seasons.already")
    return Outcome(ShowForm(forms.opening_form(unit, _today(unit), "", "", {})))


def open_season(_action: OpenSeason, event: FormSubmitted, unit: Unit) -> Outcome:
    """The form came back: open the season, or say what to mend."""
    start, weeks = event.texts.get("start", ""), event.texts.get("weeks", "")
    today = _today(unit)
    if unit.seasons.current():
        return _shown(unit, lead="seasons.already")
    match plan(start, weeks, today):
        case Problems(fields):
            return Outcome(FixForm(forms.opening_form(unit, today, start, weeks, fields)))
        case Plan() as wanted:
            return _open(wanted, unit)


def ask_to_extend(action: ExtendSeason, _event: ActionTaken, unit: Unit) -> Outcome:
    """The button: how many weeks?"""
    season = _current(action.season, unit)
    if season is None:
        return _shown(unit)
    return Outcome(ShowForm(forms.extending_form(unit, season, "", {})))


def extend_season(action: ExtendSeason, event: FormSubmitted, unit: Unit) -> Outcome:
    """Add the weeks, or say what to mend."""
    season = _current(action.season, unit)
    if season is None:
        return _shown(unit)
    typed = event.texts.get("weeks", "")
    match longer(season.weeks, typed):
        case Problems(fields):
            return Outcome(FixForm(forms.extending_form(unit, season, typed, fields)))
        case int() as weeks:
            return _extend(season, weeks, unit)


def ask_to_close(action: AskToClose, _event: ActionTaken, unit: Unit) -> Outcome:
    """The button: really?"""
    season = _current(action.season, unit)
    return _ask_to_close(season, unit) if season else _shown(unit)


def close_season(action: CloseSeason, _event: ActionTaken, unit: Unit) -> Outcome:
    """Yes, close it."""
    season = _current(action.season, unit)
    if season is None:
        return _shown(unit)
    ended = close(season, unit)
    unit.programme.audit(_actor(unit), "season.closed", season.id)
    return replace(ended, answer=Replace(views.closed(unit, season)))


def status(_person: PersonId, unit: Unit) -> tuple[Block, ...]:
    """The season in one line of ``/circle status``."""
    season = unit.seasons.current()
    return (views.line(unit, season, _today(unit)),) if season else ()


def _open_from_command(start: str, weeks: str, unit: Unit) -> Outcome:
    today = _today(unit)
    if unit.seasons.current():
        return _shown(unit, lead="seasons.already")
    if not start:
        return Outcome(ShowForm(forms.opening_form(unit, today, start, weeks, {})))
    match plan(start, weeks or str(unit.community.settings.season_weeks), today):
        case Problems(fields):
            return Outcome(
                ShowForm(forms.opening_form(unit, today, start, weeks, fields, told=True))
            )
        case Plan() as wanted:
            return _open(wanted, unit)


def _open(wanted: Plan, unit: Unit) -> Outcome:
    last = unit.seasons.latest()
    season = Season(
        SeasonId(unit.new_id()),
        last.number + 1 if last else 1,
        Stage.OPEN,
        wanted.starts_on,
        wanted.weeks,
    )
    unit.seasons.save(season)
    unit.programme.audit(_actor(unit), "season.opened", season.id)
    return Outcome(Say(views.standing(unit, season, _today(unit), lead="seasons.opened")))


def _extend_from_command(weeks: str, unit: Unit) -> Outcome:
    season = unit.seasons.current()
    if season is None:
        return _shown(unit)
    if not weeks:
        return Outcome(ShowForm(forms.extending_form(unit, season, "", {})))
    match longer(season.weeks, weeks):
        case Problems(fields):
            said = views.problem(unit, fields["weeks"], weeks)
            return Outcome(Say(Message("", (Paragraph((said,)),))))
        case int() as length:
            return _extend(season, length, unit)


def _extend(season: Season, weeks: int, unit: Unit) -> Outcome:
    longer_season = season.of_length(weeks)
    unit.seasons.save(longer_season)
    cancelled = extend(longer_season, unit)
    unit.programme.audit(_actor(unit), "season.extended", season.id)
    shown = views.standing(unit, longer_season, _today(unit), lead="seasons.extended")
    return Outcome(Say(shown), cancelled=cancelled)


def _ask_to_close(season: Season, unit: Unit) -> Outcome:
    return Outcome(Say(views.asked_to_close(unit, season)))


def close(season: Season, unit: Unit) -> Outcome:
    """End the season and its circles."""
    ended = end_circles(season, unit)
    unit.seasons.save(season.ended(unit.at))
    extend(season.ended(unit.at), unit)  # answers are kept for a time that counts from here
    return ended


def _shown(unit: Unit, *, lead: str = "") -> Outcome:
    return Outcome(Say(_standing(unit, lead=lead)))


def _standing(unit: Unit, *, lead: str = "") -> Message:
    season = unit.seasons.current()
    if season is None:
        return views.none_open(unit, unit.seasons.latest())
    return views.standing(unit, season, _today(unit), lead=lead)


def _current(season: str, unit: Unit) -> Season | None:
    current = unit.seasons.current()
    return current if current and current.id == season else None


def _today(unit: Unit) -> date:
    """The day it is where the community lives."""
    return unit.at.astimezone(unit.words_in(unit.community.settings.zone).zone).date()


def _actor(unit: Unit) -> PersonId | None:
    return unit.actor.id if unit.actor else None

"""Asking for circles, following the search, and laying its result on the desk."""

from dataclasses import replace
from datetime import datetime

from bot.core.actions.desk import CancelRun, RunMatch, ShowRun
from bot.core.actions.seasons import OpenSeason
from bot.core.boundary.events import (
    ActionTaken,
    CommandUsed,
    Computed,
    Delivered,
    NotDelivered,
    Progressed,
)
from bot.core.boundary.ids import Key, PersonId
from bot.core.boundary.keys import key_of
from bot.core.boundary.outcome import (
    Compute,
    Delete,
    Delivery,
    Edit,
    Outcome,
    Say,
    ToPerson,
)
from bot.core.boundary.views import Button
from bot.core.features.desk import preview, views
from bot.core.features.desk.bench import bench
from bot.core.features.desk.handlers.ground import actor, on_draft, open_season, said, summary
from bot.core.features.desk.notices import DraftReady, SearchFailed, SearchGoesOn
from bot.core.features.desk.search import JOB, drafted, fingerprint, found, given, locks_of
from bot.core.matching.definition.model import Effort
from bot.core.matching.engine import check_all
from bot.core.programme.circles.names import free_names
from bot.core.programme.drafts.model import Draft, Run
from bot.core.programme.drafts.problem import pool
from bot.core.programme.seasons.model import Season, Stage
from bot.core.programme.unit import Unit

PATIENCE = 5.0
"""Seconds after which a search says by itself how far it is."""


def match_command(event: CommandUsed, unit: Unit) -> Outcome:
    """``/circle-admin match``: search for circles; with a draft and no effort named, show it."""
    effort = event.options.get("effort")
    season = open_season(unit)
    if effort is None and season and unit.desk.draft(season.id) and not unit.desk.run(season.id):
        lead = unit.words.text("desk.draft_is_there")
        return on_draft(unit, lambda shown: summary(shown, unit, lead=lead))
    return _search(str(effort or Effort.NORMAL.value), unit)


def run_match(action: RunMatch, _event: ActionTaken, unit: Unit) -> Outcome:
    """The button: search (again, around what is locked)."""
    return _search(action.effort, unit)


def show_run(_action: ShowRun, _event: ActionTaken, unit: Unit) -> Outcome:
    """How far the search is; or, if it is over, the draft."""
    season = open_season(unit)
    run = unit.desk.run(season.id) if season else None
    if run:
        return Outcome(Say(views.searching(run, unit)))
    return on_draft(unit, lambda shown: summary(shown, unit))


def cancel_run(action: CancelRun, _event: ActionTaken, unit: Unit) -> Outcome:
    """Stop the search that the button belongs to."""
    season = open_season(unit)
    run = unit.desk.run(season.id) if season else None
    if season is None or run is None or run.seed != action.seed:
        return said(unit, "search.over")
    unit.desk.end_run(season.id)
    stopped = said(unit, "search.cancelled")
    return replace(stopped, cancelled=(run.key,), deliveries=_told_no_more(run, unit))


def prepare(key: Key, unit: Unit) -> bytes | None:
    """The child's input, from the members as they are when it starts."""
    run = unit.desk.run_of(key)
    season = unit.seasons.get(run.season) if run else None
    if run is None or season is None or season.stage is not Stage.OPEN:
        return None
    base = _base(run, season, unit)
    problem = pool(season, unit).problem
    locks = locks_of(base)
    kept = locks.circles | {index for index, _ in locks.seats}
    if check_all(problem, [locks.draft[index] for index in sorted(kept)]):
        locks = locks_of(None)  # somebody locked has changed their mind meanwhile
    return given(problem, locks, run.seed, run.effort)


def done(event: Computed, unit: Unit) -> Outcome:
    """The search ended: lay the draft on the desk and tell who asked."""
    run = unit.desk.run_of(event.key)
    season = unit.seasons.get(run.season) if run else None
    if run is None or season is None or season.stage is not Stage.OPEN:
        return Outcome()
    unit.desk.end_run(season.id)
    if event.result is None:
        return _tell(run, key_of("search-failed", event.key), SearchFailed(season.id), unit)
    result, before = found(event.result), unit.desk.draft(season.id)
    base = _base(run, season, unit)
    taken = [circle.name for circle in base.circles] if base else []
    circles = drafted(result.circles, base, lambda n: free_names(unit, n, taken))
    version = before.version if before else 0
    draft = Draft(
        season.id,
        version + 1,
        circles,
        base.locked_people if base else (),
        run.seed,
        run.effort,
        back=version,
        upper_bound=result.upper_bound,
        bound_for=fingerprint(pool(season, unit).problem),
    )
    unit.desk.save(draft)
    unit.programme.audit(run.asked_by, "draft.made", f"{season.id}:{draft.version}")
    about = preview.named_in_summary(bench(season, draft, unit))
    ready = DraftReady(season.id, draft.version)
    return _tell(run, key_of("draft-ready", season.id, draft.version), ready, unit, about=about)


def ended(_search: Compute, event: Delivered | NotDelivered, unit: Unit) -> Outcome:
    """The search could not even be started: it is over, and whoever asked is told."""
    run = unit.desk.run_of(event.key)
    if run is None or isinstance(event, Delivered):
        return Outcome()
    unit.desk.end_run(run.season)
    return _tell(run, key_of("search-failed", event.key), SearchFailed(run.season), unit)


def progressed(event: Progressed, unit: Unit) -> Outcome:
    """Keep how far the search is, and say so once it takes long."""
    run = unit.desk.run_of(event.key)
    if run is None:
        return Outcome()
    further = replace(run, share=event.share, best=event.best)
    unit.desk.save_run(further)
    if run.asked_by is None or _seconds(run, event.at) < PATIENCE:
        return Outcome()
    told, notice = key_of("search", run.key), SearchGoesOn(run.season)
    first = Delivery(told, ToPerson(run.asked_by), notice)
    if int(run.share * 10) == int(event.share * 10):
        return Outcome(deliveries=(first,))
    tenth = int(event.share * 10)
    anew = Delivery(key_of("search-anew", run.key, tenth), Edit(told), notice)
    return Outcome(deliveries=(first, anew))


def _search(effort: str, unit: Unit) -> Outcome:
    season = unit.seasons.current()
    if season is None:
        opening = Button(unit.words.line("seasons.button.open"), OpenSeason())
        return said(unit, "no_season", button=opening)
    if season.stage is not Stage.OPEN:
        return Outcome(Say(views.already_published(_without_circle(season, unit), unit)))
    under_way = unit.desk.run(season.id)
    if under_way:
        return Outcome(Say(views.searching(under_way, unit)))
    people, sizes = pool(season, unit), unit.community.settings.sizes
    if people.mentors < sizes.mentors[0] or people.mentees < sizes.mentees[0]:
        return Outcome(Say(views.too_few(people, unit)))
    draft = unit.desk.draft(season.id)
    version, seed = draft.version if draft else 0, unit.new_seed()
    chosen = effort if effort in {one.value for one in Effort} else Effort.NORMAL.value
    key = key_of(JOB, season.id, version, seed)
    run = Run(season.id, key, actor(unit), chosen, seed, version, unit.at)
    unit.desk.save_run(run)
    unit.programme.audit(actor(unit), "match.asked", season.id)
    return Outcome(Say(views.searching(run, unit)), (Delivery(key, Compute(JOB)),))


def _without_circle(season: Season, unit: Unit) -> tuple[PersonId, ...]:
    """Who could have a seat in a running season and has none."""
    seated = {who for circle in unit.circles.of_season(season.id) for who in circle.people}
    people = pool(season, unit).problem.people
    return tuple(PersonId(one.id) for one in people if one.id not in seated)


def _base(run: Run, season: Season, unit: Unit) -> Draft | None:
    """The draft whose locks the search keeps, over the people who still take part."""
    draft = unit.desk.version(season.id, run.base) if run.base else None
    if draft is None or not (draft.locked_people or any(c.locked for c in draft.circles)):
        return None
    return bench(season, draft, unit).draft


def _tell(
    run: Run,
    key: Key,
    notice: DraftReady | SearchFailed,
    unit: Unit,
    *,
    about: tuple[PersonId, ...] = (),
) -> Outcome:
    """Tell whoever asked; if they are gone, every moderator."""
    readers = (run.asked_by,) if run.asked_by else unit.programme.moderators()
    told = tuple(Delivery(key_of(key, one), ToPerson(one), notice, about) for one in readers)
    return Outcome(
        deliveries=(*told, *_told_no_more(run, unit)), cancelled=(key_of("search", run.key),)
    )


def _told_no_more(run: Run, unit: Unit) -> tuple[Delivery, ...]:
    """Take back the message that said how far the search is, if it took long enough for one."""
    if _seconds(run, unit.at) < PATIENCE:
        return ()
    return (Delivery(key_of("search-gone", run.key), Delete(key_of("search", run.key))),)


def _seconds(run: Run, at: datetime) -> float:
    return (at - run.started_at).total_seconds()

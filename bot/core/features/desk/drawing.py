"""Puts what came of a search into words, when it is told."""

from bot.core.boundary.ids import SeasonId
from bot.core.boundary.outcome import (
    Drawn,
    Drop,
    To,
    ToPerson,
)
from bot.core.boundary.views import Message, Paragraph
from bot.core.features.desk import preview, views
from bot.core.features.desk.bench import bench
from bot.core.features.desk.handlers.ground import open_season
from bot.core.features.desk.notices import DraftReady, SearchFailed, SearchGoesOn
from bot.core.programme.unit import Unit


def draft_ready(notice: DraftReady, to: To, unit: Unit) -> Drawn:
    """The preview, as the draft now is."""
    season = open_season(unit)
    draft = unit.desk.draft(season.id) if season else None
    if season is None or draft is None or season.id != notice.season:
        return Drop("nothing to preview any more")
    words = unit.words_for(to.person) if isinstance(to, ToPerson) else unit.words
    lead = words.text("desk.ready" if draft.circles else "desk.ready.none")
    return preview.summary(bench(season, draft, unit), unit, words, lead=lead)


def search_goes_on(notice: SearchGoesOn, to: To, unit: Unit) -> Drawn:
    """How far it is now."""
    run = unit.desk.run(SeasonId(notice.season))
    if run is None:
        return Drop("the search is over")
    asked_by = to.person if isinstance(to, ToPerson) else run.asked_by
    return views.search_goes_on(run, unit.words_for(asked_by) if asked_by else unit.words)


def search_failed(_notice: SearchFailed, to: To, unit: Unit) -> Drawn:
    """It ended with nothing; trying again is one tap."""
    words = unit.words_for(to.person) if isinstance(to, ToPerson) else unit.words
    return Message("", (Paragraph(words.text("desk.search.failed")),))

"""Puts reports into words, for one reader at a time, when they are sent."""

from bot.core.boundary.outcome import (
    Drawn,
    Drop,
    To,
)
from bot.core.features.safety import views
from bot.core.programme.reports.notices import ReportCame, ReportHandled
from bot.core.programme.unit import Unit


def draw_report(notice: ReportCame, to: To, unit: Unit) -> Drawn:
    """The report for one moderator, as it stands when it is sent."""
    report = unit.reports.get(notice.report)
    if report is None:
        return Drop("forgotten")
    if notice.moderator not in unit.programme.moderators():
        return Drop("no moderator any more")
    words = unit.words_for(notice.moderator)
    return views.report_view(report, words, unit, lead="safety.came.text")


def draw_handled(notice: ReportHandled, to: To, unit: Unit) -> Drawn:
    """A word back to whoever reported."""
    report = unit.reports.get(notice.report)
    if report is None:
        return Drop("forgotten")
    return views.note(unit.words_for(report.reporter), "safety.handled")

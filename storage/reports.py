"""Reports, their words sealed under the key of whoever wrote them."""

import sqlalchemy as sa

from bot.core.boundary.ids import PersonId, ReportId
from bot.core.programme.reports.store import Report
from storage.ground import Ground
from storage.rows import keep
from storage.tables.ground import REPORTS


class SqlReports:
    """The reports of one community."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    def get(self, report: ReportId) -> Report | None:
        """One report; ``None`` once its reporter was forgotten."""
        found = self._select(REPORTS.c.id == report)
        return found[0] if found else None

    def open(self) -> tuple[Report, ...]:
        """Reports nobody has handled yet, oldest first."""
        return self._select(REPORTS.c.handled_at.is_(None))

    def save(self, report: Report) -> None:
        """Keep the report as it now is."""
        handled_at = self._ground.at if report.handled_by else None
        words = self._ground.seals.seal(REPORTS.c.words, report.words, report.reporter)
        keep(
            self._ground.connection,
            REPORTS,
            {
                "community_id": self._ground.community,
                "id": report.id,
                "reporter": report.reporter,
                "about": report.about,
                "words": words,
                "at": report.at,
                "handled_by": report.handled_by,
                "handled_at": handled_at,
            },
        )

    def _select(self, condition: sa.ColumnElement[bool]) -> tuple[Report, ...]:
        rows = self._ground.connection.execute(
            sa.select(REPORTS)
            .where(REPORTS.c.community_id == self._ground.community, condition)
            .order_by(REPORTS.c.at, REPORTS.c.id)
        )
        return tuple(
            Report(
                ReportId(row.id),
                PersonId(row.reporter),
                row.about,
                self._ground.seals.open(REPORTS.c.words, row.words, str, row.reporter),
                row.at,
                row.handled_by,
            )
            for row in rows
        )

"""Reports, their words sealed under the key of whoever wrote them.

Whom a report is about is found by the keyed hash of what the platform calls them. It outlasts their
being forgotten, and makes nobody known who has not used the bot.
"""

from typing import Any

import sqlalchemy as sa

from bot.core.boundary.ids import PersonId, ReportId
from bot.core.boundary.views import Picked
from bot.core.programme.reports.store import Report
from storage.ground import Ground
from storage.own import prepare
from storage.people import SqlPeople
from storage.tables.people import PEOPLE
from storage.tables.reports import REPORTS

_KNOWN = PEOPLE.alias("about")
_REPORTS = prepare(REPORTS, _KNOWN.c.id.label("known")).join(
    _KNOWN,
    (_KNOWN.c.community_id == REPORTS.c.community_id) & (_KNOWN.c.ref_hash == REPORTS.c.about_hash),
    isouter=True,
)


class SqlReports:
    """The reports of one community."""

    def __init__(self, ground: Ground, people: SqlPeople) -> None:
        self._ground = ground
        self._people = people

    def get(self, report: ReportId) -> Report | None:
        """One report; ``None`` once its reporter was forgotten."""
        found = self._select(REPORTS.c.id == report)
        return found[0] if found else None

    def open(self, reader: PersonId | None) -> tuple[Report, ...]:
        """Those nobody has handled yet that this moderator may see, oldest first."""
        found = self._select(REPORTS.c.handled_at.is_(None))
        return tuple(one for one in found if one.may_be_seen_by(reader))

    def all(self, reader: PersonId | None) -> tuple[Report, ...]:
        """The same, with those that were handled."""
        return tuple(one for one in self._select(sa.true()) if one.may_be_seen_by(reader))

    def save(self, report: Report, about: Picked | None = None) -> None:
        """Keep the report as it now is; a new one with whom it is about."""
        row: dict[str, Any] = {
            "id": report.id,
            "reporter": report.reporter,
            "words": self._sealed(REPORTS.c.words, report.words, report),
            "at": report.at,
            "handled_by": report.handled_by,
            "handled_at": self._ground.at if report.handled_by else None,
        }
        if about is not None:
            name = None if report.about else self._sealed(REPORTS.c.about_name, about.name, report)
            whom = {"about": report.about, "about_hash": self._people.hash(about.person)}
            row |= {**whom, "about_name": name}
        self._ground.keep(REPORTS, **row)

    def forget_name(self, person: PersonId) -> None:
        """Keep no name of somebody who is being forgotten."""
        whose = self._ground.select(PEOPLE.c.ref_hash).where(PEOPLE.c.id == person)
        about = REPORTS.c.about_hash == whose.scalar_subquery()
        self._ground.update(REPORTS, about, about_name=None)

    def _sealed(self, column: sa.Column[Any], text: str, report: Report) -> bytes:
        return self._ground.seals.seal(column, text, report.reporter)

    def _select(self, condition: sa.ColumnElement[bool]) -> tuple[Report, ...]:
        rows = self._ground.run(_REPORTS.where(condition).order_by(REPORTS.c.at, REPORTS.c.id))
        return tuple(self._report(row) for row in rows)

    def _report(self, row: sa.Row[Any]) -> Report:
        opened, name = self._ground.seals.open, ""
        if row.about_name and not row.known:
            name = opened(REPORTS.c.about_name, row.about_name, str, row.reporter)
        return Report(
            ReportId(row.id),
            PersonId(row.reporter),
            PersonId(row.known) if row.known else None,
            opened(REPORTS.c.words, row.words, str, row.reporter),
            row.at,
            row.handled_by,
            about_somebody=row.about_hash is not None,
            about_name=name,
        )

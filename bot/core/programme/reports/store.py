"""What the core asks of storage about reports."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.core.boundary.ids import PersonId, ReportId


@dataclass(frozen=True, slots=True)
class Report:
    """Something a member wanted moderators to know. ``about`` may be empty."""

    id: ReportId
    reporter: PersonId
    about: PersonId | None
    words: str
    at: datetime
    handled_by: PersonId | None = None


class Reports(Protocol):
    """The reports of one community."""

    def get(self, report: ReportId) -> Report | None:
        """One report; ``None`` once its reporter was forgotten."""

    def open(self) -> tuple[Report, ...]:
        """Reports nobody has handled yet, oldest first."""

    def save(self, report: Report) -> None:
        """Keep the report as it now is."""

"""What moderators and whoever reported are told about a report."""

from dataclasses import dataclass
from typing import ClassVar

from bot.core.boundary.ids import PersonId, ReportId
from bot.core.boundary.outcome import Notice


@dataclass(frozen=True, slots=True)
class ReportCame(Notice):
    """A report, for one moderator. Said anew once it has been handled."""

    name: ClassVar[str] = "safety.came"
    confidential: ClassVar[bool] = True
    report: ReportId
    moderator: PersonId


@dataclass(frozen=True, slots=True)
class ReportHandled(Notice):
    """To whoever reported: it has been taken care of."""

    name: ClassVar[str] = "safety.handled"
    confidential: ClassVar[bool] = True
    report: ReportId

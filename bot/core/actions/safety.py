"""What people and moderators ask for about reports, and what is said of them later."""

from dataclasses import dataclass
from typing import ClassVar

from bot.core.boundary.actions import Action
from bot.core.boundary.ids import PersonId, ReportId
from bot.core.boundary.outcome import Notice


@dataclass(frozen=True, slots=True)
class OpenReport(Action):
    """Fill in a report (again)."""

    name: ClassVar[str] = "safety.open"


@dataclass(frozen=True, slots=True)
class SendReport(Action):
    """Send the report that was filled in."""

    name: ClassVar[str] = "safety.send"


@dataclass(frozen=True, slots=True)
class HandleReport(Action):
    """This report has been taken care of."""

    name: ClassVar[str] = "safety.handle"
    report: ReportId


@dataclass(frozen=True, slots=True)
class NextReport(Action):
    """Look at the open report that came after this one."""

    name: ClassVar[str] = "safety.next"
    report: ReportId


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

"""What people and moderators ask for about reports."""

from dataclasses import dataclass
from typing import ClassVar

from bot.core.boundary.actions import Action
from bot.core.boundary.ids import ReportId


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

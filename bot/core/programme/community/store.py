"""What the core asks of storage about the community itself."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.core.boundary.ids import PersonId, ReportId
from bot.core.programme.community.model import Settings


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who did what to what, and when; never any content."""

    at: datetime
    actor: PersonId | None
    action: str
    subject: str


class Programme(Protocol):
    """The settings of one community, its moderators and its audit log."""

    def configure(self, settings: Settings) -> None:
        """Keep these settings, and that setup was done."""

    def moderators(self) -> tuple[PersonId, ...]:
        """Everyone who acted as a moderator and has not been seen without the right since."""

    def note_moderator(self, person: PersonId, *, is_moderator: bool) -> None:
        """Keep whether this person was a moderator at their last event."""

    def audit(self, actor: PersonId | None, action: str, subject: str = "") -> None:
        """Write a line of the audit log: a word for the action, an id for the subject."""

    def audit_log(self, limit: int, reports: Collection[ReportId]) -> tuple[AuditEntry, ...]:
        """The newest lines, newest first; of what is written about reports, only about these."""

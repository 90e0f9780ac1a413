"""What the core asks of storage about reports."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.core.boundary.ids import PersonId, ReportId
from bot.core.boundary.views import Picked


@dataclass(frozen=True, slots=True)
class Report:
    """Something a member wanted moderators to know. It need not be about somebody."""

    id: ReportId
    reporter: PersonId
    about: PersonId | None
    words: str
    at: datetime
    handled_by: PersonId | None = None
    about_somebody: bool = False
    """Also where whoever it is about is not known to the bot, or is forgotten: then ``about`` is
    empty."""
    about_name: str = ""
    """What they are called, as far as nobody but the reporter told us who they are."""

    def may_be_seen_by(self, reader: PersonId | None) -> bool:
        """Whether this moderator may read it, count it, or find a trace of it: everybody but whom
        it is about."""
        return self.about is None or self.about != reader


class Reports(Protocol):
    """The reports of one community.

    What lists or counts them asks for whom: for whoever a report is about it is not there.
    """

    def get(self, report: ReportId) -> Report | None:
        """One report; ``None`` once its reporter was forgotten."""

    def open(self, reader: PersonId | None) -> tuple[Report, ...]:
        """Those nobody has handled yet that this moderator may see, oldest first."""

    def all(self, reader: PersonId | None) -> tuple[Report, ...]:
        """The same, with those that were handled."""

    def save(self, report: Report, about: Picked | None = None) -> None:
        """Keep the report as it now is.

        A new one comes with whom it is ``about``. Nobody becomes known by being reported: somebody
        whom the bot does not know yet is named in the report alone, and found again in it when
        they come to be known, also after they were forgotten.
        """

    def forget_name(self, person: PersonId) -> None:
        """Keep no name of somebody who is being forgotten."""

"""What the core asks of storage about messages that did not arrive, or may not have."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.core.boundary.ids import PersonId
from bot.core.boundary.outcome import Notice, To


@dataclass(frozen=True, slots=True)
class Letter:
    """One message that did not arrive, or of which nobody knows whether it did (``perhaps``).

    ``number`` grows: what is owed later has a greater one.
    """

    number: int
    to: To
    what: Notice
    ended_at: datetime
    perhaps: bool
    late: bool = False
    """Whether it makes no sense any more to send it again."""


class Mail(Protocol):
    """The messages of one community that ended without anybody knowing that they were read."""

    def unread(self, person: PersonId) -> tuple[Letter, ...]:
        """Private messages to this person that found the inbox closed or may not have come.

        Of the last 30 days, and not those that make no sense any more; oldest first, at most 10.
        """

    def have_read(self, person: PersonId, number: int) -> None:
        """This person has read these, up to the one with this number, by another way."""

    def doubtful(self) -> tuple[Letter, ...]:
        """Messages in rooms of which nobody knows whether they came, oldest first."""

    def settle(self, number: int, *, arrived: bool) -> None:
        """Say of one of these that it came, or that it is to be sent again now."""

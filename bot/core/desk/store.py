"""What the core asks of storage about the draft on a moderator's desk."""

from typing import Protocol

from bot.core.desk.model import Draft
from bot.core.ids import SeasonId


class Desk(Protocol):
    """The draft of a season's circles, with every earlier version for undo."""

    def draft(self, season: SeasonId) -> Draft | None:
        """The newest version of the draft, if one was made."""

    def version(self, season: SeasonId, version: int) -> Draft | None:
        """An earlier version."""

    def save(self, draft: Draft) -> None:
        """Keep a new version; raises nothing when the version number is the next one."""

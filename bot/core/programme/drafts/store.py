"""What the core asks of storage about the draft on the moderators' desk."""

from typing import Protocol

from bot.core.boundary.ids import Key, PersonId, SeasonId
from bot.core.programme.drafts.model import Draft, Run


class Desk(Protocol):
    """The draft of a season's circles, with every earlier version for undo."""

    def draft(self, season: SeasonId) -> Draft | None:
        """The newest version of the draft, if one was made."""

    def version(self, season: SeasonId, version: int) -> Draft | None:
        """An earlier version."""

    def save(self, draft: Draft) -> None:
        """Keep a new version."""

    def run(self, season: SeasonId) -> Run | None:
        """The search under way for a season, if there is one."""

    def run_of(self, key: Key) -> Run | None:
        """The search that is owed under this key, if it is still wanted."""

    def save_run(self, run: Run) -> None:
        """Keep a search as it now is; a season has at most one."""

    def end_run(self, season: SeasonId) -> None:
        """There is no search for this season any more."""

    def keep_import(self, moderator: PersonId, content: bytes) -> None:
        """Keep a file until its sender has decided, a day at most, in the place of an earlier."""

    def kept_import(self, moderator: PersonId) -> bytes | None:
        """The file this moderator has still to decide about."""

    def drop_import(self, moderator: PersonId) -> None:
        """Delete it."""

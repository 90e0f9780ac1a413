"""What moderators are told about a search, as references."""

from dataclasses import dataclass
from typing import ClassVar

from bot.core.boundary.outcome import Notice


@dataclass(frozen=True, slots=True)
class DraftReady(Notice):
    """A search ended with a draft."""

    name: ClassVar[str] = "desk.draft-ready"
    season: str
    version: int


@dataclass(frozen=True, slots=True)
class SearchGoesOn(Notice):
    """A search takes its time: how far it is."""

    name: ClassVar[str] = "desk.search-goes-on"
    season: str


@dataclass(frozen=True, slots=True)
class SearchFailed(Notice):
    """A search ended with nothing, through no fault of the moderator's."""

    name: ClassVar[str] = "desk.search-failed"
    season: str

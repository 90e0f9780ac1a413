"""What can be asked for about seasons."""

from dataclasses import dataclass
from typing import ClassVar

from bot.core.boundary.actions import Action


@dataclass(frozen=True, slots=True)
class OpenSeason(Action):
    """Open a season; also the button that shows the form for it."""

    name: ClassVar[str] = "seasons.open"


@dataclass(frozen=True, slots=True)
class ExtendSeason(Action):
    """Add weeks to this season; also the button that shows the form for it."""

    name: ClassVar[str] = "seasons.extend"
    season: str


@dataclass(frozen=True, slots=True)
class AskToClose(Action):
    """Ask whether this season is really to be closed."""

    name: ClassVar[str] = "seasons.ask-to-close"
    season: str


@dataclass(frozen=True, slots=True)
class CloseSeason(Action):
    """Close this season now."""

    name: ClassVar[str] = "seasons.close"
    season: str


@dataclass(frozen=True, slots=True)
class ShowSeason(Action):
    """Show how the season stands."""

    name: ClassVar[str] = "seasons.show"

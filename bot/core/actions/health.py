"""What moderators ask for about how the circles are doing."""

from dataclasses import dataclass
from typing import ClassVar

from bot.core.boundary.actions import Action


@dataclass(frozen=True, slots=True)
class ShowHealth(Action):
    """One page (from 0) of the circles; a chosen value opens that circle's card."""

    name: ClassVar[str] = "health.show"
    page: int

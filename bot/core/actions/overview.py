"""What people ask for about the whole."""

from dataclasses import dataclass
from typing import ClassVar

from bot.core.boundary.actions import Action


@dataclass(frozen=True, slots=True)
class ShowStatus(Action):
    """See how things stand for oneself; ``page`` counts from 0."""

    name: ClassVar[str] = "overview.status"
    page: int = 0


@dataclass(frozen=True, slots=True)
class ShowHelp(Action):
    """See what one can do; ``group`` is the command group."""

    name: ClassVar[str] = "overview.help"
    group: str

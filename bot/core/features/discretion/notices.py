"""What moderators are told when sensitive questions had to be turned off."""

from dataclasses import dataclass
from typing import ClassVar

from bot.core.boundary.outcome import Notice


@dataclass(frozen=True, slots=True)
class TakenBack(Notice):
    """How many introductions are said anew, and how many deleted because their circle ended."""

    name: ClassVar[str] = "discretion"
    anew: int
    deleted: int

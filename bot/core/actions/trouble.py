"""What is said to moderators about deliveries that failed."""

from dataclasses import dataclass
from typing import ClassVar

from bot.core.boundary.outcome import Notice


@dataclass(frozen=True, slots=True)
class Trouble(Notice):
    """Something could not be delivered today. ``why`` is a value of ``events.Why``."""

    name: ClassVar[str] = "trouble"
    why: str

"""What is said unasked about deliveries that failed or may have, as references."""

from dataclasses import dataclass
from typing import ClassVar

from bot.core.boundary.outcome import Notice


@dataclass(frozen=True, slots=True)
class Trouble(Notice):
    """Something could not be delivered. ``why`` is a value of ``events.Why``.

    ``person`` is whom it could not reach, ``circle`` where it could not be said or done.
    """

    name: ClassVar[str] = "trouble"
    why: str
    person: str = ""
    circle: str = ""


@dataclass(frozen=True, slots=True)
class PerhapsSaid(Notice):
    """To somebody who can see a circle's room: this may or may not stand there."""

    name: ClassVar[str] = "trouble.perhaps"
    circle: str

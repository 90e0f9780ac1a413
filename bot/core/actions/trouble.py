"""What can be asked for about messages that did not arrive, or may not have."""

from dataclasses import dataclass
from typing import ClassVar

from bot.core.boundary.actions import Action


@dataclass(frozen=True, slots=True)
class HaveRead(Action):
    """I have read what could not reach me, up to the one with this number."""

    name: ClassVar[str] = "trouble.read"
    number: int


@dataclass(frozen=True, slots=True)
class ReadUnread(Action):
    """Show me what could not reach me."""

    name: ClassVar[str] = "trouble.unread"


@dataclass(frozen=True, slots=True)
class ShowDoubtful(Action):
    """Show what may not have come in a circle's room, or (no circle) in any; a chosen value opens
    one of them."""

    name: ClassVar[str] = "trouble.doubtful"
    circle: str


@dataclass(frozen=True, slots=True)
class SettleDoubtful(Action):
    """It stands in the room (``arrived`` is 1), or it never came: send it (0).

    ``number`` 0 stands for all of the circle's.
    """

    name: ClassVar[str] = "trouble.settle"
    circle: str
    number: int
    arrived: int

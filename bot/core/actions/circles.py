"""What can be asked for about circles."""

from dataclasses import dataclass
from typing import ClassVar

from bot.core.boundary.actions import Action


@dataclass(frozen=True, slots=True)
class SignCharter(Action):
    """Sign this circle's charter."""

    name: ClassVar[str] = "circles.sign"
    circle: str


@dataclass(frozen=True, slots=True)
class ShowWhy(Action):
    """Why am I in this circle?"""

    name: ClassVar[str] = "circles.why"
    circle: str


@dataclass(frozen=True, slots=True)
class LetMeIn(Action):
    """Let me into this circle's room again."""

    name: ClassVar[str] = "circles.let-me-in"
    circle: str


@dataclass(frozen=True, slots=True)
class RetryRoom(Action):
    """Try again to open a circle's room; ``attempt`` counts from 1."""

    name: ClassVar[str] = "circles.retry-room"
    circle: str
    attempt: int


@dataclass(frozen=True, slots=True)
class OpenNewRoom(Action):
    """Open a new room for a circle that has lost its own; for all of them if none is named."""

    name: ClassVar[str] = "circles.new-room"
    circle: str

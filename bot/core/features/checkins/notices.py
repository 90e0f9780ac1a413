"""What is owed about check-ins."""

from dataclasses import dataclass
from typing import ClassVar

from bot.core.boundary.outcome import Notice


@dataclass(frozen=True, slots=True)
class WeekMessage(Notice):
    """A circle's weekly message."""

    name: ClassVar[str] = "checkins.week"
    circle: str
    week: int


@dataclass(frozen=True, slots=True)
class PrivateQuestion(Notice):
    """A member's private question of one week."""

    name: ClassVar[str] = "checkins.question"
    season: str
    week: int


@dataclass(frozen=True, slots=True)
class SharedLine(Notice):
    """A line that its author shared with one circle; ``post`` counts its author's posts of it."""

    name: ClassVar[str] = "checkins.shared"
    circle: str
    person: str
    week: int
    post: int

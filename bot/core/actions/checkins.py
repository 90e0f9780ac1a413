"""What members can press and send in about check-ins."""

from dataclasses import dataclass
from typing import ClassVar

from bot.core.boundary.actions import Action


@dataclass(frozen=True, slots=True)
class AnswerWeek(Action):
    """Answer one week's question in one tap. ``met`` is a value of :class:`Met`."""

    name: ClassVar[str] = "checkins.answer"
    season: str
    week: int
    met: str


@dataclass(frozen=True, slots=True)
class WriteLine(Action):
    """Open the form for a week's answer and its line."""

    name: ClassVar[str] = "checkins.line"
    season: str
    week: int


@dataclass(frozen=True, slots=True)
class SaveLine(Action):
    """Keep what the form for a week's answer says."""

    name: ClassVar[str] = "checkins.save"
    season: str
    week: int


@dataclass(frozen=True, slots=True)
class OpenCheckIn(Action):
    """Show this week's question, as ``/circle checkin`` does."""

    name: ClassVar[str] = "checkins.open"


@dataclass(frozen=True, slots=True)
class StopAsking(Action):
    """Ask me nothing privately any more."""

    name: ClassVar[str] = "checkins.stop"

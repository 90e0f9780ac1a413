"""What members and moderators are told later, as references."""

from dataclasses import dataclass
from typing import ClassVar

from bot.core.boundary.outcome import Notice


@dataclass(frozen=True, slots=True)
class FinishIntro(Notice):
    """The one reminder of a half-filled intro, which was due at ``due`` (Unix seconds)."""

    name: ClassVar[str] = "intros.finish"
    due: int


@dataclass(frozen=True, slots=True)
class PauseOver(Notice):
    """A pause has ended by itself, at ``due`` (Unix seconds)."""

    name: ClassVar[str] = "intros.pause_over"
    due: int


@dataclass(frozen=True, slots=True)
class MentorWaits(Notice):
    """A mentor waits for a moderator."""

    name: ClassVar[str] = "intros.mentor_waits"
    mentor: str


@dataclass(frozen=True, slots=True)
class MentorDeclined(Notice):
    """A moderator said *not now* to the reader as a mentor."""

    name: ClassVar[str] = "intros.declined"


@dataclass(frozen=True, slots=True)
class MentorApproved(Notice):
    """A moderator approved the reader as a mentor."""

    name: ClassVar[str] = "intros.approved"

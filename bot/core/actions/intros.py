"""What members ask for about themselves. Each opens a form as a button and saves it as a form."""

from dataclasses import dataclass
from typing import ClassVar

from bot.core.boundary.actions import Action


@dataclass(frozen=True, slots=True)
class Join(Action):
    """Take part: start, or go on where one stopped."""

    name: ClassVar[str] = "intros.join"


@dataclass(frozen=True, slots=True)
class Fill(Action):
    """Fill in one of the three forms of the intro (``part`` is its name), now or again."""

    name: ClassVar[str] = "intros.fill"
    part: str


@dataclass(frozen=True, slots=True)
class ShowProfile(Action):
    """See everything one told."""

    name: ClassVar[str] = "intros.profile"


@dataclass(frozen=True, slots=True)
class FinerTimes(Action):
    """Choose a day whose hours to tap one by one."""

    name: ClassVar[str] = "intros.finer"


@dataclass(frozen=True, slots=True)
class ChooseHours(Action):
    """Tap the hours of one day (Monday = 0); the chosen values are the hours."""

    name: ClassVar[str] = "intros.hours"
    day: int


@dataclass(frozen=True, slots=True)
class ShowMore(Action):
    """See what else one may tell; a chosen value opens that."""

    name: ClassVar[str] = "intros.more"


@dataclass(frozen=True, slots=True)
class TellMore(Action):
    """Answer one of the further questions: ``stage``, ``heritage``, ``comfort`` or ``q:<key>``."""

    name: ClassVar[str] = "intros.tell"
    what: str


@dataclass(frozen=True, slots=True)
class PreferNot(Action):
    """Prefer not to answer it."""

    name: ClassVar[str] = "intros.prefer_not"
    what: str


@dataclass(frozen=True, slots=True)
class Withdraw(Action):
    """Take an answer back, and the consent it was given under."""

    name: ClassVar[str] = "intros.withdraw"
    what: str


@dataclass(frozen=True, slots=True)
class PauseFor(Action):
    """Pause for so many days; 0 until one comes back."""

    name: ClassVar[str] = "intros.pause"
    days: int


@dataclass(frozen=True, slots=True)
class ComeBack(Action):
    """End a pause."""

    name: ClassVar[str] = "intros.back"


@dataclass(frozen=True, slots=True)
class Leave(Action):
    """Leave the programme, having been asked whether one is sure."""

    name: ClassVar[str] = "intros.leave"


@dataclass(frozen=True, slots=True)
class Stay(Action):
    """Not leave after all."""

    name: ClassVar[str] = "intros.stay"


@dataclass(frozen=True, slots=True)
class ChangeQuiet(Action):
    """Choose how many nudges may come, and when none do."""

    name: ClassVar[str] = "intros.quiet"


@dataclass(frozen=True, slots=True)
class StopNudges(Action):
    """No more nudges."""

    name: ClassVar[str] = "intros.stop"


@dataclass(frozen=True, slots=True)
class StartNudges(Action):
    """Nudges again."""

    name: ClassVar[str] = "intros.start"


@dataclass(frozen=True, slots=True)
class Approve(Action):
    """Let a waiting mentor be placed (moderators)."""

    name: ClassVar[str] = "intros.approve"
    person: str


@dataclass(frozen=True, slots=True)
class NotNow(Action):
    """Not take a waiting mentor on for now (moderators)."""

    name: ClassVar[str] = "intros.not_now"
    person: str


@dataclass(frozen=True, slots=True)
class ShowMembers(Action):
    """One page (from 0) of the list of members (moderators)."""

    name: ClassVar[str] = "intros.members"
    page: int


@dataclass(frozen=True, slots=True)
class ShowWaiting(Action):
    """One page (from 0) of the mentors who wait for approval (moderators)."""

    name: ClassVar[str] = "intros.waiting"
    page: int

"""What moderators ask for about the community. The same action opens a form and saves it."""

from dataclasses import dataclass
from typing import ClassVar

from bot.core.boundary.actions import Action


@dataclass(frozen=True, slots=True)
class ShowSettings(Action):
    """See the settings; a chosen value is the part to change."""

    name: ClassVar[str] = "community.settings"


@dataclass(frozen=True, slots=True)
class ChangeSettings(Action):
    """Change one part of the settings (``setup`` is the part that comes first)."""

    name: ClassVar[str] = "community.change"
    part: str


@dataclass(frozen=True, slots=True)
class ShowThemes(Action):
    """See the themes; a chosen value is the theme to change."""

    name: ClassVar[str] = "community.themes"


@dataclass(frozen=True, slots=True)
class AddThemes(Action):
    """Add a theme, or take one of ours back in."""

    name: ClassVar[str] = "community.theme_add"


@dataclass(frozen=True, slots=True)
class RenameTheme(Action):
    """Call a theme something else."""

    name: ClassVar[str] = "community.theme_name"
    theme: str


@dataclass(frozen=True, slots=True)
class RemoveTheme(Action):
    """Offer a theme no longer."""

    name: ClassVar[str] = "community.theme_off"
    theme: str


@dataclass(frozen=True, slots=True)
class ShowQuestions(Action):
    """See the community's own questions; a chosen value is the question to change."""

    name: ClassVar[str] = "community.questions"


@dataclass(frozen=True, slots=True)
class WriteQuestion(Action):
    """Write a question: anew (an empty key), or again."""

    name: ClassVar[str] = "community.question"
    question: str


@dataclass(frozen=True, slots=True)
class RemoveQuestion(Action):
    """Ask a question no longer; what was answered under a consent goes at once."""

    name: ClassVar[str] = "community.question_off"
    question: str

"""An action and its codec, for views that no feature draws."""

from dataclasses import dataclass
from typing import ClassVar

from bot.core.boundary.actions import Action, Codec


@dataclass(frozen=True, slots=True)
class Press(Action):
    """Something to press."""

    name: ClassVar[str] = "tests.press"
    number: int = 0


CODEC = Codec([Press])

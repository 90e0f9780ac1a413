"""What people ask for about their own data."""

from dataclasses import dataclass
from typing import ClassVar

from bot.core.boundary.actions import Action


@dataclass(frozen=True, slots=True)
class ForgetMe(Action):
    """Yes, delete everything about me."""

    name: ClassVar[str] = "rights.forget"


@dataclass(frozen=True, slots=True)
class WithdrawKept(Action):
    """Delete what I told that may not be sent here."""

    name: ClassVar[str] = "rights.withdraw"


@dataclass(frozen=True, slots=True)
class KeepMe(Action):
    """No, keep everything as it is."""

    name: ClassVar[str] = "rights.keep"

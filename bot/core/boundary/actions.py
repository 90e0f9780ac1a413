"""Actions: what a button, a select or a form asks for, as typed values with a short wire code.

An action is a frozen dataclass whose fields are strings and integers. Its wire code
(``name;field;field``) is what a platform carries for us and hands back, weeks and restarts later,
so a name once released is kept, and a code that cannot be read is an ordinary answer, not a fault.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import ClassVar
from urllib.parse import quote, unquote

import msgspec

from bot.core.boundary import limits


@dataclass(frozen=True, slots=True)
class Action:
    """Something a person can ask for by pressing, choosing or submitting."""

    name: ClassVar[str]


@dataclass(frozen=True, slots=True)
class Unreadable(Action):
    """A wire code that is not, or no longer, one of ours. ``decide`` answers it kindly."""

    name: ClassVar[str] = "unreadable"


def encode(action: Action) -> str:
    """The action's wire code: at most 85 characters of plain ASCII.

    Raises ``ValueError`` when the fields do not fit: shorten them where the action is made.
    """
    values = [quote(str(getattr(action, field.name)), safe="-_.:,") for field in fields(action)]
    code = ";".join((action.name, *values))
    if len(code) > limits.WIRE_CODE:
        raise ValueError(f"{action.name} does not fit {limits.WIRE_CODE} characters: {len(code)}")
    return code


def fits(action: Action) -> bool:
    """Whether it has a wire code. One that has none was forged: nothing of ours ever carried it."""
    try:
        encode(action)
    except ValueError:
        return False
    return True


class Codec:
    """Reads wire codes back into the actions of the table of features."""

    def __init__(self, kinds: Iterable[type[Action]]) -> None:
        self._kinds: dict[str, type[Action]] = {}
        for kind in kinds:
            if self._kinds.setdefault(kind.name, kind) is not kind:
                raise ValueError(f"two actions are called {kind.name}")

    def decode(self, code: str) -> Action:
        """The action behind ``code``, or :class:`Unreadable`; never raises."""
        name, *values = code.split(";") if code.isascii() else ("",)
        kind = self._kinds.get(name)
        if kind is None or len(code) > limits.WIRE_CODE or len(values) != len(fields(kind)):
            return Unreadable()
        words = {
            field.name: unquote(value) for field, value in zip(fields(kind), values, strict=True)
        }
        if not all(word.isprintable() for word in words.values()):
            return Unreadable()
        try:
            return msgspec.convert(words, kind, strict=False)
        except (msgspec.ValidationError, ValueError):
            return Unreadable()

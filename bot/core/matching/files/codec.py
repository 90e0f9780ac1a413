"""Problems, locks and results as plain values and back, so that another process can do the work.

What is written is JSON: every value of this package carries its own name under ``$``.
"""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import TypeVar

from bot.core.matching.definition import facts, model, seatless

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None

_NAME = "$"
_LARGEST = 1 << 53
"""From here on a whole number may not survive JSON: it is written in hexadecimal."""

_KNOWN: dict[str, type] = {
    name: kind
    for module in (facts, model, seatless)
    for name, kind in vars(module).items()
    if isinstance(kind, type) and (is_dataclass(kind) or issubclass(kind, Enum))
}

Value = TypeVar("Value")


class Undecodable(ValueError):
    """This was not written by :func:`encode`."""


def encode(value: object) -> Json:
    """Any value of this package as JSON."""
    match value:
        case None | bool() | float() | str():
            return value
        case int():
            return value if abs(value) < _LARGEST else {_NAME: "bits", "is": f"{value:x}"}
        case tuple():
            return [encode(one) for one in value]
        case frozenset():
            return {_NAME: "set", "is": [encode(one) for one in sorted(value)]}
        case Mapping():
            return {_NAME: "map", "is": [[encode(k), encode(v)] for k, v in value.items()]}
        case date():
            return {_NAME: "date", "is": value.isoformat()}
        case Enum():
            return {_NAME: type(value).__name__, "is": encode(value.value)}
        case _ if is_dataclass(value):
            told = {one.name: encode(getattr(value, one.name)) for one in fields(value) if one.init}
            return {_NAME: type(value).__name__, **told}
        case _:
            raise TypeError(type(value).__name__)


def decode(data: Json, kind: type[Value]) -> Value:
    """What :func:`encode` was given, if it is of this kind. Raises :class:`Undecodable`."""
    try:
        value = _decode(data)
    except (KeyError, TypeError, ValueError) as error:
        raise Undecodable(str(error)) from None
    if not isinstance(value, kind):
        raise Undecodable(f"not a {kind.__name__}")
    return value


def _decode(data: Json) -> object:
    if isinstance(data, list):
        return tuple([_decode(one) for one in data])
    if not isinstance(data, dict):
        return data
    name, held = str(data[_NAME]), data.get("is")
    match name, held:
        case "bits", str():
            return int(held, 16)
        case "date", str():
            return date.fromisoformat(held)
        case "set", list():
            return frozenset(_decode(one) for one in held)
        case "map", list():
            pairs = (one for one in held if isinstance(one, list))
            return {_decode(key): _decode(value) for key, value in pairs}
        case _:
            pass
    kind = _KNOWN[name]
    if issubclass(kind, Enum):
        return kind(_decode(held))
    return kind(**{key: _decode(value) for key, value in data.items() if key != _NAME})

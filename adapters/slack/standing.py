"""What stands in the fields of a modal, as Slack tells it and as we drew it. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from adapters.slack.model import Body

T = TypeVar("T")

_PEOPLE = {"users_select", "multi_users_select"}


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands in a modal's fields, by their blocks; a field left empty is missing."""

    texts: dict[str, str] = field(default_factory=dict)
    choices: dict[str, tuple[str, ...]] = field(default_factory=dict)
    users: dict[str, tuple[str, ...]] = field(default_factory=dict)
    files: tuple[Body, ...] = ()


def told(view: Body) -> Standing:
    """What ``state`` says; nothing where it says nothing."""
    fields = [(key, one) for key, block in _values(view).items() for one in block.values()]
    return _read(fields, value="value", option="selected_option", user="selected_user")


def begun(view: Body) -> Standing:
    """What stood in the fields when the modal was opened."""
    blocks = [one for one in view.get("blocks") or () if one.get("type") == "input"]
    fields = [(str(one.get("block_id", "")), one.get("element") or {}) for one in blocks]
    return _read(fields, value="initial_value", option="initial_option", user="initial_user")


def now(view: Body, state: Body) -> Standing | None:
    """What stands in a modal, where ``state`` is said of it; ``None`` where it is not.

    A field of which nothing is said is as it was.
    """
    said, then, before = _values(state), told(state), begun(view)
    if not said:
        return None

    def kept(fields: dict[str, T]) -> dict[str, T]:
        return {key: one for key, one in fields.items() if key not in said}

    return Standing(
        kept(before.texts) | then.texts,
        kept(before.choices) | then.choices,
        kept(before.users) | then.users,
        then.files,
    )


def _values(view: Body) -> dict[str, dict[str, Any]]:
    return (view.get("state") or {}).get("values") or {}


def _read(
    fields: Iterable[tuple[str, dict[str, Any]]], *, value: str, option: str, user: str
) -> Standing:
    texts: dict[str, str] = {}
    choices: dict[str, tuple[str, ...]] = {}
    users: dict[str, tuple[str, ...]] = {}
    files: list[Body] = []
    for key, element in fields:
        kind = element.get("type")
        if kind == "plain_text_input":
            texts |= {key: element[value]} if element.get(value) else {}
        elif kind in _PEOPLE:
            named = tuple(filter(None, element.get(f"{user}s") or [element.get(user)]))
            users |= {key: named} if named else {}
        elif kind == "file_input":
            files.extend(element.get("files") or ())
        else:
            chosen = options(element, option)
            choices |= {key: chosen} if chosen else {}
    return Standing(texts, choices, users, tuple(files))


def options(element: Body, name: str = "selected_option") -> tuple[str, ...]:
    """The values chosen in a menu for one or for several."""
    several = element.get(f"{name}s")
    if several is None:
        one = element.get(name)
        several = [one] if one else []
    return tuple(str(option["value"]) for option in several)

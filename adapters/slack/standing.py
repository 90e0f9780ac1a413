"""What stands in the fields of a modal, as Slack tells it and as we drew it. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from adapters.slack.model import Body

_PEOPLE = {"users_select", "multi_users_select"}


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands in a modal's fields, by their blocks; a field left empty is missing."""

    texts: dict[str, str] = field(default_factory=dict)
    choices: dict[str, tuple[str, ...]] = field(default_factory=dict)
    users: dict[str, tuple[str, ...]] = field(default_factory=dict)
    files: tuple[Body, ...] = ()


def told(view: Body) -> Standing | None:
    """What ``state`` says; ``None`` where it says nothing."""
    values = (view.get("state") or {}).get("values") or {}
    if not values:
        return None
    fields = [(key, element) for key, block in values.items() for element in block.values()]
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
    stands, before = told(state), begun(view)
    if stands is None:
        return None
    of = (state.get("state") or {})["values"]
    kept = {
        name: {key: one for key, one in getattr(before, name).items() if key not in of}
        for name in ("texts", "choices", "users")
    }
    return Standing(
        kept["texts"] | stands.texts,
        kept["choices"] | stands.choices,
        kept["users"] | stands.users,
        stands.files,
    )


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

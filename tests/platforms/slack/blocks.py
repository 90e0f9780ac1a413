"""What Slack accepts as blocks and views, and nothing else.

Sources: the Block Kit reference. Every key that is not documented is refused, as are texts and
lists that are too long, ids used twice and elements in places where they do not belong.
"""

from collections.abc import Iterable, Sequence
from typing import Any

Json = dict[str, Any]


class Invalid(Exception):
    """Slack would refuse this; says where and why."""


def check_message(blocks: Sequence[Json]) -> None:
    """Raise :class:`Invalid` for blocks that a message cannot have."""
    _check_blocks(blocks, 50, "message")


def check_view(view: Json) -> None:
    """Raise :class:`Invalid` for a view that cannot be opened."""
    kind = view.get("type")
    _need(kind in {"modal", "home"}, "view.type")
    allowed = {"type", "blocks", "private_metadata", "callback_id", "external_id"}
    if kind == "modal":
        allowed |= {"title", "submit", "close", "clear_on_close", "notify_on_close"}
        _plain(view.get("title"), 24, "view.title")
        for key in ("submit", "close"):
            if key in view:
                _plain(view[key], 24, f"view.{key}")
    _only(view, allowed, "view")
    for key in ("clear_on_close", "notify_on_close"):
        _need(isinstance(view.get(key, False), bool), f"view.{key}")
    _need(len(view.get("private_metadata", "")) <= 3000, "view.private_metadata")
    _need(len(view.get("callback_id", "")) <= 255, "view.callback_id")
    _check_blocks(view["blocks"], 100, kind)
    has_input = any(block["type"] == "input" for block in view["blocks"])
    _need(not has_input or "submit" in view, "a view with inputs needs submit")


def inputs(view: Json) -> dict[str, Json]:
    """The input blocks of a view by their ids."""
    return {block["block_id"]: block for block in view["blocks"] if block["type"] == "input"}


def _check_blocks(blocks: Sequence[Json], most: int, where: str | None) -> None:
    _need(
        isinstance(blocks, list | tuple) and len(blocks) <= most, f"{where}: {len(blocks)} blocks"
    )
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    _need(len(ids) == len(set(ids)), f"{where}: a block_id is there twice")
    for index, block in enumerate(blocks):
        at = f"{where}.blocks[{index}]"
        check = _BLOCKS.get(block.get("type", ""))
        if check is None:
            raise Invalid(f"{at}: unknown block {block.get('type')}")
        _need(1 <= len(block.get("block_id", "x")) <= 255, f"{at}.block_id")
        check(block, at)


def _header(block: Json, at: str) -> None:
    _only(block, {"type", "block_id", "text"}, at)
    _plain(block.get("text"), 150, f"{at}.text")


def _section(block: Json, at: str) -> None:
    _only(block, {"type", "block_id", "text", "fields", "accessory", "expand"}, at)
    _need("text" in block or "fields" in block, f"{at} needs text or fields")
    if "text" in block:
        _text(block["text"], 3000, f"{at}.text")
    for field in _some(block.get("fields", [{}] * bool("fields" in block)), 0, 10, f"{at}.fields"):
        _text(field, 2000, f"{at}.fields")
    if "accessory" in block:
        _element(block["accessory"], _IN_SECTION, f"{at}.accessory")


def _context(block: Json, at: str) -> None:
    _only(block, {"type", "block_id", "elements"}, at)
    for element in _some(block["elements"], 1, 10, at):
        if element.get("type") != "image":
            _text(element, 3000, at)


def _actions(block: Json, at: str) -> None:
    _only(block, {"type", "block_id", "elements"}, at)
    elements = _some(block["elements"], 1, 25, at)
    ids = [element.get("action_id") for element in elements]
    _need(len(ids) == len(set(ids)), f"{at}: an action_id is there twice")
    for index, element in enumerate(elements):
        _element(element, _IN_ACTIONS, f"{at}.elements[{index}]")


def _input(block: Json, at: str) -> None:
    allowed = {"type", "block_id", "label", "element", "hint", "optional", "dispatch_action"}
    _only(block, allowed, at)
    _plain(block.get("label"), 2000, f"{at}.label")
    if "hint" in block:
        _plain(block["hint"], 2000, f"{at}.hint")
    element = block["element"]
    _element(element, _IN_INPUT, f"{at}.element")
    dispatches = block.get("dispatch_action", False)
    _need(isinstance(dispatches, bool), f"{at}.dispatch_action")
    _need(not dispatches or element["type"] != "file_input", f"{at}: a file dispatches nothing")
    when = element.get("dispatch_action_config", {}).get("trigger_actions_on", ["on_enter_pressed"])
    _need(when and set(when) <= _WHEN, f"{at}.trigger_actions_on")


def _divider(block: Json, at: str) -> None:
    _only(block, {"type", "block_id"}, at)


def _rich_text(block: Json, at: str) -> None:
    _only(block, {"type", "block_id", "elements"}, at)
    for part in _some(block["elements"], 1, 1000, at):
        _need(
            part.get("type") in {"rich_text_section", "rich_text_quote", "rich_text_preformatted"},
            f"{at}: {part.get('type')}",
        )
        for element in _some(part["elements"], 1, 1000, at):
            allowed = _RICH.get(element.get("type", ""))
            _need(allowed is not None, f"{at}: {element.get('type')}")
            _only(element, {"type", "style", *(allowed or ())}, at)
            if element["type"] == "text":
                _need(len(element["text"]) >= 1, f"{at}: empty text")
            _need(set(element.get("style", {})) <= {"bold", "italic", "strike", "code"}, at)


def _element(element: Json, allowed: Iterable[str], at: str) -> None:
    kind = element.get("type", "")
    _need(kind in allowed, f"{at}: {kind} does not belong here")
    _only(element, {"type", "action_id", *_ELEMENTS[kind]}, at)
    _need(1 <= len(element.get("action_id", "x")) <= 255, f"{at}.action_id")
    if "placeholder" in element:
        _plain(element["placeholder"], 150, f"{at}.placeholder")
    if kind == "button":
        _plain(element.get("text"), 75, f"{at}.text")
        _need(element.get("style", "primary") in {"primary", "danger"}, f"{at}.style")
        _need(len(element.get("value", "")) <= 2000, f"{at}.value")
    if kind == "plain_text_input":
        most = element.get("max_length", 3000)
        _need(1 <= most <= 3000, f"{at}.max_length")
        _need(1 <= len(element.get("initial_value", "x")) <= most, f"{at}.initial_value")
    if "static_select" in kind:
        _options(element, at)
    for users in (element.get("initial_users"),):
        _need(users is None or len(users) > 0, f"{at}.initial_users")
    _need(element.get("max_selected_items", 1) >= 1, f"{at}.max_selected_items")


def _options(element: Json, at: str) -> None:
    options = _some(element["options"], 1, 100, f"{at}.options")
    for option in options:
        _only(option, {"text", "value", "description"}, f"{at}.options")
        _plain(option.get("text"), 75, f"{at}.options.text")
        _need(1 <= len(option.get("value", "")) <= 150, f"{at}.options.value")
        if "description" in option:
            _plain(option["description"], 75, f"{at}.options.description")
    chosen = element.get("initial_options", [])
    chosen = [*chosen, *([element["initial_option"]] if "initial_option" in element else [])]
    _need("initial_options" not in element or chosen, f"{at}.initial_options is empty")
    _need(all(one in options for one in chosen), f"{at}: what is chosen is not an option")
    _need(len(chosen) <= element.get("max_selected_items", 100), f"{at}: too many are chosen")


def _plain(text: Any, most: int, at: str) -> None:
    _need(isinstance(text, dict) and text.get("type") == "plain_text", f"{at} is not plain_text")
    _text(text, most, at)


def _text(text: Any, most: int, at: str) -> None:
    _need(isinstance(text, dict), f"{at} is no text")
    kinds = {"plain_text": {"emoji"}, "mrkdwn": {"verbatim"}}
    extra = kinds.get(text.get("type"))
    if extra is None:
        raise Invalid(f"{at}: {text.get('type')}")
    _only(text, {"type", "text", *extra}, at)
    _need(1 <= len(text.get("text", "")) <= most, f"{at}: {len(text.get('text', ''))} of {most}")


def _some(items: Any, least: int, most: int, at: str) -> Sequence[Json]:
    _need(isinstance(items, list) and least <= len(items) <= most, f"{at}: how many")
    found: Sequence[Json] = items
    return found


def _only(value: Json, allowed: Iterable[str], at: str) -> None:
    unknown = set(value) - set(allowed)
    _need(not unknown, f"{at}: unknown {sorted(unknown)}")


def _need(holds: object, why: str) -> None:
    if not holds:
        raise Invalid(why)


_BLOCKS = {
    "header": _header,
    "section": _section,
    "context": _context,
    "actions": _actions,
    "input": _input,
    "divider": _divider,
    "rich_text": _rich_text,
}
_RICH = {
    "text": {"text"},
    "user": {"user_id"},
    "channel": {"channel_id"},
    "link": {"url", "text", "unsafe"},
    "date": {"timestamp", "format", "url", "fallback"},
    "emoji": {"name"},
}
_MENU = {"placeholder", "options", "option_groups", "confirm", "focus_on_load"}
_ELEMENTS = {
    "button": {"text", "value", "url", "style", "confirm", "accessibility_label"},
    "static_select": {*_MENU, "initial_option"},
    "multi_static_select": {*_MENU, "initial_options", "max_selected_items"},
    "users_select": {"placeholder", "initial_user", "confirm", "focus_on_load"},
    "multi_users_select": {"placeholder", "initial_users", "max_selected_items", "focus_on_load"},
    "plain_text_input": {
        "initial_value",
        "multiline",
        "min_length",
        "max_length",
        "placeholder",
        "focus_on_load",
        "dispatch_action_config",
    },
    "file_input": {"filetypes", "max_files"},
}
_WHEN = {"on_enter_pressed", "on_character_entered"}
_IN_SECTION = set(_ELEMENTS) - {"plain_text_input", "file_input"}
_IN_ACTIONS = {"button", "static_select", "users_select"}
_IN_INPUT = set(_ELEMENTS) - {"button"}

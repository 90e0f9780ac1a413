"""Block Kit as it reads, for people who approve it: nothing that is shown is left out."""

from collections.abc import Iterable

from tests.platforms.slack.model import Json

_TONES = {"primary": "[*{}*]", "danger": "[!{}!]"}


def read_view(view: Json) -> str:
    """A modal."""
    ways = [view[way]["text"] for way in ("submit", "close") if way in view]
    return "\n".join(
        [
            f"=== {view['title']['text']} ===",
            read(view["blocks"]),
            " ".join(f"[{way}]" for way in ways),
        ]
    )


def read(blocks: Iterable[Json]) -> str:
    """Blocks from top to bottom."""
    return "\n".join(line for block in blocks for line in _block(block))


def _block(block: Json) -> list[str]:
    match block["type"]:
        case "header":
            return [f"# {block['text']['text']}"]
        case "rich_text":
            return [_part(part) for part in block["elements"]]
        case "context":
            return [f"({one['text']})" for one in block["elements"]]
        case "actions":
            return [" ".join(map(_element, block["elements"]))]
        case "section":
            return [f"{block['text']['text']} {_element(block['accessory'])}"]
        case "input":
            return _input(block)
        case "divider":
            return ["---"]
        case other:
            raise AssertionError(f"no idea how a {other} reads")


def _part(part: Json) -> str:
    line = "".join(map(_span, part["elements"]))
    return "> " + line.replace("\n", "\n> ") if part["type"] == "rich_text_quote" else line


def _span(span: Json) -> str:
    match span["type"]:
        case "user":
            return f"<@{span['user_id']}>"
        case "channel":
            return f"<#{span['channel_id']}>"
        case "date":
            return f"<{span['fallback']}>"
        case "link":
            return f"<{span['text']}: {span['url']}>"
        case "text":
            bold = span.get("style", {}).get("bold")
            return f"*{span['text']}*" if bold else str(span["text"])
        case other:
            raise AssertionError(f"no idea how a {other} reads")


def _input(block: Json) -> list[str]:
    optional = " (optional)" if block.get("optional") else ""
    lines = [f"- {block['label']['text']}{optional}: {_element(block['element'])}"]
    return lines + ([f"  {block['hint']['text']}"] if "hint" in block else [])


def _element(element: Json) -> str:
    placeholder = element.get("placeholder", {}).get("text", "")
    match element["type"]:
        case "button":
            return _TONES.get(element.get("style", ""), "[{}]").format(element["text"]["text"])
        case "static_select" | "multi_static_select":
            chosen = [*element.get("initial_options", ())]
            chosen += [element["initial_option"]] if "initial_option" in element else []
            options = " | ".join(_option(one, one in chosen) for one in element["options"])
            most = element.get("max_selected_items", 1)
            return f"<{placeholder or 'choose'}, {most} at most: {options}>"
        case "plain_text_input":
            lines = "lines" if element.get("multiline") else "line"
            typed = element.get("initial_value", "")
            return f"<{placeholder or lines}, {element['max_length']} at most: “{typed}”>"
        case "users_select" | "multi_users_select":
            chosen = [
                *element.get("initial_users", ()),
                *filter(None, [element.get("initial_user")]),
            ]
            most = element.get("max_selected_items", 1)
            return f"<people, {most} at most: {', '.join(chosen)}>"
        case other:
            raise AssertionError(f"no idea how a {other} reads")


def _option(option: Json, chosen: bool) -> str:
    hint = f" ({option['description']['text']})" if "description" in option else ""
    return f"{'x ' if chosen else ''}{option['text']['text']}{hint}"

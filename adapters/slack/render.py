"""Views to Block Kit: messages, modals and the App Home. Pure.

The limits of Block Kit are kept by the constructors of :mod:`bot.core.boundary.views`, so nothing
is cut here. Wire codes are the ``action_id`` of buttons and selects and the ``callback_id`` of
modals, so a component still says what it asks for after any number of restarts.
"""

from collections.abc import Sequence

from adapters.slack.markup import fallback, label, paragraphs, sections
from adapters.slack.model import Json
from bot.core.boundary.actions import encode
from bot.core.boundary.legible import legible
from bot.core.boundary.views import (
    Block,
    Button,
    Buttons,
    Choice,
    ChoiceField,
    Facts,
    File,
    Form,
    FormField,
    Message,
    Paragraph,
    PeopleField,
    Picture,
    Quote,
    Select,
    Small,
    TextField,
    Tone,
    words,
)

_FALLBACK = 3000
"""Characters of fallback text: below the 4,000 that Slack calls sensible."""
_STYLES = {Tone.PRIMARY: "primary", Tone.DANGER: "danger"}


def message(view: Message, *, quiet: bool = False, reference: str = "") -> Json:
    """A message, with its fallback text.

    ``quiet``: the message lies where a mention would notify, so only people who are to be pinged
    are mentioned. ``reference`` marks the message as the one thing it is, opaquely.
    """
    drawn = blocks(view, quiet=quiet)
    if reference and drawn:
        drawn[0]["block_id"] = f"banyan-{reference}"
    return {"text": summary(view), "blocks": drawn}


def summary(view: Message) -> str:
    """Everything the message says, without its shape."""
    parts = [part for part in words(view) if part]
    parts = parts or [file.name for file in files(view) if isinstance(file, File)]
    said = fallback("\n".join(parts)) or "–"
    return said if len(said) <= _FALLBACK else said[: _FALLBACK - 1] + "…"


def blocks(view: Message, *, quiet: bool = False) -> list[Json]:
    """The message's title and blocks. Pictures and files travel by themselves: see ``files``."""
    drawn = [{"type": "header", "text": label(view.title)}] if view.title else []
    return drawn + [part for block in view.blocks for part in _block(block, quiet=quiet)]


def modal(form: Form, *, close: str, metadata: str = "") -> Json:
    """A form as a modal. Problems stand above the fields (``errors`` draws them inline).

    Slack tells of every change in its fields, and of its being closed: see ``drafts``.
    """
    above: list[Json] = []
    if form.intro:
        above.append(_rich(sections(form.intro, "rich_text_section")))
    fields = [part for field in form.fields for part in _field(field, form)]
    return {
        "type": "modal",
        "callback_id": encode(form.submit),
        "title": label(form.title),
        "submit": label(form.submit_label),
        "close": label(close),
        "notify_on_close": True,
        "private_metadata": metadata,
        "blocks": above + fields,
    }


def page(view: Message, *, title: str, close: str, metadata: str = "") -> Json:
    """A message shown where a form was. Closing it closes every form below it."""
    return {
        "type": "modal",
        "title": label(title),
        "close": label(close),
        "clear_on_close": True,
        "private_metadata": metadata,
        "blocks": blocks(view),
    }


def home(parts: Sequence[Message]) -> Json:
    """The App Home: messages below each other."""
    drawn: list[Json] = []
    for part in parts:
        if drawn:
            drawn.append({"type": "divider"})
        drawn.extend(blocks(part))
    return {"type": "home", "blocks": drawn}


def errors(form: Form) -> dict[str, str]:
    """What is to be mended, by the field's block: drawn inline by Slack."""
    return {key: legible(problem) for key, problem in form.problems.items()}


def _block(block: Block, *, quiet: bool) -> list[Json]:
    match block:
        case Paragraph(text):
            return [_rich(sections(text, "rich_text_section", quiet=quiet))]
        case Quote(text):
            return [_rich(sections(text, "rich_text_quote", quiet=quiet))]
        case Small(text):
            shown = paragraphs(text, quiet=quiet)
            lines = [{"type": "mrkdwn", "text": one, "verbatim": True} for one in shown]
            return [{"type": "context", "elements": lines}]
        case Facts():
            return [_rich(_facts(block, quiet=quiet))]
        case Buttons(buttons):
            return [{"type": "actions", "elements": [_button(button) for button in buttons]}]
        case Select():
            return [_select(block)]
        case Picture() | File():
            return []


def _rich(elements: list[Json]) -> Json:
    return {"type": "rich_text", "elements": elements}


def _facts(block: Facts, *, quiet: bool) -> list[Json]:
    lines: list[Json] = []
    for fact in block.facts:
        named = {"type": "text", "text": f"{legible(fact.label)}: ", "style": {"bold": True}}
        value = sections(fact.value, "rich_text_section", quiet=quiet)
        lines.append({"type": "rich_text_section", "elements": [named, *value[0]["elements"]]})
    return lines


def _button(button: Button) -> Json:
    drawn: Json = {
        "type": "button",
        "text": label(button.label),
        "action_id": encode(button.action),
    }
    style = _STYLES.get(button.tone)
    return drawn | {"style": style} if style else drawn


def _select(block: Select) -> Json:
    options = [_option(choice) for choice in block.choices]
    chosen = [option for option in options if option["value"] in block.selected]
    menu: Json = {
        "action_id": encode(block.action),
        "placeholder": label(block.placeholder),
        "options": options,
    }
    if block.most == 1:
        menu |= {"type": "static_select"} | ({"initial_option": chosen[0]} if chosen else {})
        return {"type": "actions", "elements": [menu]}
    # A menu for several stands beside a section, never among buttons.
    menu |= {"type": "multi_static_select", "max_selected_items": block.most}
    menu |= {"initial_options": chosen} if chosen else {}
    return {"type": "section", "text": label(block.placeholder), "accessory": menu}


def _option(choice: Choice) -> Json:
    option = {"text": label(choice.label), "value": choice.value}
    return option | ({"description": label(choice.hint)} if choice.hint else {})


def _field(field: FormField, form: Form) -> list[Json]:
    block: Json = {
        "type": "input",
        "block_id": field.key,
        "label": label(field.label),
        "element": _element(field) | {"action_id": encode(form.submit)},
        "dispatch_action": True,
        "optional": not (field.required if isinstance(field, TextField) else field.least),
    }
    if field.hint:
        block["hint"] = label(field.hint)
    problem = form.problems.get(field.key)
    if problem is None:
        return [block]
    return [{"type": "context", "elements": [label(problem)]}, block]


def _element(field: FormField) -> Json:
    match field:
        case TextField():
            return _text_input(field)
        case ChoiceField():
            return _menu(field)
        case PeopleField():
            users = [picked.person.key for picked in field.selected]
            if field.most == 1:
                return {"type": "users_select"} | ({"initial_user": users[0]} if users else {})
            people = {"type": "multi_users_select", "max_selected_items": field.most}
            return people | ({"initial_users": users} if users else {})


def _text_input(field: TextField) -> Json:
    element: Json = {
        "type": "plain_text_input",
        "multiline": field.long,
        "max_length": field.most,
        "dispatch_action_config": {"trigger_actions_on": ["on_character_entered"]},
    }
    if field.value:
        element["initial_value"] = legible(field.value)
    if field.placeholder:
        element["placeholder"] = label(field.placeholder)
    return element


def _menu(field: ChoiceField) -> Json:
    options = [_option(choice) for choice in field.choices]
    chosen = [option for option in options if option["value"] in field.selected]
    if field.most == 1:
        one: Json = {"type": "static_select", "options": options}
        return one | ({"initial_option": chosen[0]} if chosen else {})
    several: Json = {
        "type": "multi_static_select",
        "options": options,
        "max_selected_items": field.most,
    }
    return several | ({"initial_options": chosen} if chosen else {})


def files(view: Message) -> list[Picture | File]:
    """What cannot stand inside a message and is uploaded beside it."""
    return [block for block in view.blocks if isinstance(block, Picture | File)]

"""Views to JSON for the page. Pure; the page turns every string into text, never into markup.

People are kept as references: the page shows whatever name their persona has when it is read, so
nothing said keeps the name of somebody who was forgotten.
"""

from base64 import b64encode

from adapters.playground.markup import text
from adapters.playground.model import Json
from bot.core.boundary.actions import encode
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
)


def message(view: Message) -> Json:
    """A message: its title and blocks, from top to bottom."""
    return {"title": view.title, "blocks": [_block(block) for block in view.blocks]}


def form(view: Form) -> Json:
    """A form, with what stands in its fields and what is to be mended."""
    return {
        "title": view.title,
        "intro": text(view.intro),
        "fields": [_field(field) for field in view.fields],
        "submit": encode(view.submit),
        "reopen": encode(view.reopen),
        "label": view.submit_label,
        "problems": dict(view.problems),
    }


def choice(one: Choice) -> Json:
    """One thing to choose."""
    return {"value": one.value, "label": one.label, "hint": one.hint}


def _block(block: Block) -> Json:
    match block:
        case Paragraph(words):
            return {"is": "paragraph", "text": text(words)}
        case Quote(words):
            return {"is": "quote", "text": text(words)}
        case Small(words):
            return {"is": "small", "text": text(words)}
        case Facts(facts):
            rows = [{"label": fact.label, "value": text(fact.value)} for fact in facts]
            return {"is": "facts", "facts": rows}
        case Buttons(buttons):
            return {"is": "buttons", "buttons": [_button(button) for button in buttons]}
        case Select():
            return {
                "is": "select",
                "placeholder": block.placeholder,
                "choices": [choice(one) for one in block.choices],
                "code": encode(block.action),
                "selected": list(block.selected),
                "least": block.least,
                "most": block.most,
            }
        case Picture(svg, alternative):
            return {"is": "picture", "svg": svg, "alternative": alternative}
        case File(name, media_type, content):
            return {
                "is": "file",
                "name": name,
                "type": media_type,
                "size": len(content),
                "content": b64encode(content).decode("ascii"),
            }


def _button(button: Button) -> Json:
    return {"label": button.label, "code": encode(button.action), "tone": button.tone.value}


def _field(field: FormField) -> Json:
    shared: Json = {"key": field.key, "label": field.label, "hint": field.hint}
    match field:
        case TextField():
            return shared | {
                "is": "text",
                "value": field.value,
                "placeholder": field.placeholder,
                "required": field.required,
                "long": field.long,
                "most": field.most,
            }
        case ChoiceField():
            return shared | {
                "is": "choice",
                "choices": [choice(one) for one in field.choices],
                "selected": list(field.selected),
                "least": field.least,
                "most": field.most,
            }
        case PeopleField():
            return shared | {
                "is": "people",
                "selected": [picked.person.key for picked in field.selected],
                "least": field.least,
                "most": field.most,
            }

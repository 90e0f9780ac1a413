"""Forms as Discord's modals, and as the messages that lead to them. Pure; nothing is cut."""

from dataclasses import replace
from typing import Final

from adapters.discord import ids
from adapters.discord.markup import label, markup
from adapters.discord.render import (
    ROW,
    STRING_SELECT,
    TEXT,
    Drawn,
    Json,
    button_of,
    message,
    option_of,
)
from bot.core.boundary.legible import legible
from bot.core.boundary.text import Span, Strong, Text
from bot.core.boundary.views import (
    Block,
    Button,
    Buttons,
    Choice,
    ChoiceField,
    Form,
    FormField,
    Message,
    Paragraph,
    PeopleField,
    Small,
    TextField,
    Tone,
    TooLarge,
)
from bot.core.boundary.wording import Words

MOST_FIELDS: Final = 5  # in a modal, counting a text above the fields
MOST_DESCRIPTION: Final = 100  # below the label of a field
TEXT_INPUT, USER_SELECT, LABEL = 4, 5, 18


def form(view: Form, *, guild: str = "", read: bool = False) -> Json:
    """A form as a modal.

    Its introduction, and what is to be mended, stand above the fields, unless they were ``read``
    before. A modal has five places in all: above five fields they stand in the first field's
    description. Raises ``TooLarge`` where they do not :func:`fit`.
    """
    fields = [_field(one) for one in view.fields]
    above = "" if read else _above(view)
    if above and len(fields) < MOST_FIELDS:
        fields.insert(0, {"type": TEXT, "content": above})
    elif above:
        if not fit(view):
            raise TooLarge(f"form {view.title}: an introduction above five fields")
        fields[0]["description"] = _described(view)
    return {
        "custom_id": ids.custom_id(view.submit, guild),
        "title": label(view.title),
        "components": fields,
    }


def fit(view: Form) -> bool:
    """Whether a form's introduction fits into its modal; if not, it is to be read first."""
    return len(view.fields) < MOST_FIELDS or len(_described(view)) <= MOST_DESCRIPTION


def further(view: Form, lead: Text = (), *, words: Words, guild: str = "") -> Drawn:
    """A message with a button that opens the form, for where it cannot be opened by itself, or
    where its introduction is to be read first."""
    blocks = [Paragraph(lead)] if lead else []
    if not fit(view):
        blocks += [Paragraph(part) for part in (view.intro, _problems(view)) if part]
    drawn = message(Message("" if lead else view.title, tuple(blocks)), guild=guild)
    custom_id = ids.custom_id(view.reopen, guild, read=not fit(view))
    button = Button(words.line("discord.continue.button"), view.reopen, Tone.PRIMARY)
    row = {"type": ROW, "components": [button_of(button, custom_id)]}
    return replace(drawn, components=[*drawn.components, row])


def mend(view: Form, words: Words, *, guild: str = "") -> Drawn:
    """What is to be mended in a form, with a button that opens it again as it was filled in."""
    labels = {one.key: one.label for one in view.fields}
    blocks: list[Block] = [Paragraph(words.text("discord.mend", n=len(view.problems)))]
    for key, problem in view.problems.items():
        blocks.append(
            Paragraph(words.text("discord.mend.field", field=labels[key], problem=problem))
        )
    button = Button(words.line("discord.mend.button"), view.reopen, Tone.PRIMARY)
    blocks += [Small(words.text("discord.mend.kept")), Buttons((button,))]
    return message(Message("", tuple(blocks)), guild=guild)


def choices(found: tuple[Choice, ...]) -> list[Json]:
    """Completions of an option."""
    return [{"name": label(one.label), "value": one.value} for one in found]


def _field(field: FormField) -> Json:
    described: Json = {"type": LABEL, "label": label(field.label)}
    if field.hint:
        described["description"] = label(field.hint)
    match field:
        case TextField():
            described["component"] = _input(field)
        case ChoiceField():
            options = [option_of(one, one.value in field.selected) for one in field.choices]
            described["component"] = {
                "type": STRING_SELECT,
                "custom_id": field.key,
                "options": options,
                **_bounds(field.least, min(field.most, len(options))),
            }
        case PeopleField():
            chosen = [{"id": one.person.key, "type": "user"} for one in field.selected]
            described["component"] = {
                "type": USER_SELECT,
                "custom_id": field.key,
                **_bounds(field.least, field.most),
                **({"default_values": chosen} if chosen else {}),
            }
    return described


def _input(field: TextField) -> Json:
    inside: Json = {
        "type": TEXT_INPUT,
        "custom_id": field.key,
        "style": 2 if field.long else 1,
        "required": field.required,
        "max_length": field.most,
    }
    if field.value:
        inside["value"] = legible(field.value)
    if field.placeholder:
        inside["placeholder"] = label(field.placeholder)
    return inside


def _bounds(least: int, most: int) -> Json:
    return {"required": least > 0, "min_values": min(least, most), "max_values": most}


def _above(view: Form) -> str:
    return "\n".join(markup(part) for part in (view.intro, _problems(view)) if part)


def _described(view: Form) -> str:
    return " ".join(part for part in (_above(view), view.fields[0].hint) if part)


def _problems(view: Form) -> Text:
    """What is to be mended, a line for each field."""
    labels = {one.key: one.label for one in view.fields}
    lines: list[Span] = []
    for key, problem in view.problems.items():
        lines += ["\n" if lines else "", Strong(f"{labels[key]}:"), f" {problem}"]
    return tuple(lines)

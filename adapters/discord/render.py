"""Messages to Discord's JSON. Pure; nothing is cut.

They are made of Discord's own layout components (its "components v2"), which hold twice the text
of a plain message and as many rows of buttons as a view needs.
"""

import re
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import PurePath
from typing import Any, Final

from adapters.discord import ids
from adapters.discord.markup import label, literal, markup, pinged
from bot.core.boundary.actions import Action
from bot.core.boundary.text import Text
from bot.core.boundary.views import (
    Block,
    Button,
    Buttons,
    Choice,
    Facts,
    File,
    Message,
    Paragraph,
    Picture,
    Quote,
    Select,
    Small,
    Tone,
    TooLarge,
)
from bot.shell.pictures import png

Json = dict[str, Any]

PRIVATE: Final = 1 << 6
SILENT: Final = 1 << 12
LAYOUT: Final = 1 << 15

MOST_TEXT: Final = 4000  # over all texts of a message
MOST_COMPONENTS: Final = 40  # in a message, counting those inside rows
MOST_ALTERNATIVE: Final = 1024  # characters that describe a picture

ROW, BUTTON, STRING_SELECT, TEXT, GALLERY, FILE = 1, 2, 3, 10, 12, 13
_TONES = {Tone.PRIMARY: 1, Tone.PLAIN: 2, Tone.DANGER: 4}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that travels with a message; the message refers to it by its name."""

    name: str
    content: bytes
    alternative: str = ""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A message as Discord takes it, and the files that go with it."""

    components: list[Json]
    mentions: Json
    uploads: tuple[Upload, ...] = ()

    def body(self, flags: int = 0, *, edit: bool = False) -> Json:
        """The request's JSON. An edit says which files stay, so that none from before does."""
        body: Json = {
            "components": self.components,
            "flags": flags | LAYOUT,
            "allowed_mentions": self.mentions,
        }
        if self.uploads or edit:
            body["attachments"] = [_attachment(at, one) for at, one in enumerate(self.uploads)]
        return body


def message(view: Message, *, guild: str = "", key: str = "") -> Drawn:
    """A message. ``guild`` marks its buttons, for direct messages; ``key`` marks the message
    itself, so that it can be found again.

    Raises ``TooLarge`` for a view that no way of writing it fits into Discord's limits.
    """
    drawing = _Drawing(guild)
    for compact in (False, True):
        drawing = _Drawing(guild, compact)
        drawing.add(view)
        if drawing.size <= MOST_TEXT:
            break
    else:
        raise TooLarge(f"message: {drawing.size} characters of Discord's markup")
    if drawing.count > MOST_COMPONENTS:
        raise TooLarge(f"message: {drawing.count} components")
    if key:
        drawing.components[0] = {**drawing.components[0], "id": mark(key)}
    users = sorted(drawing.users)
    mentions: Json = {"parse": [], "users": users} if users else {"parse": []}
    return Drawn(drawing.components, mentions, tuple(drawing.uploads))


def mark(key: str) -> int:
    """A number for a delivery's key: Discord keeps it as the id of the message's first component
    (32 bits, signed) and hands it back when the message is read."""
    return int.from_bytes(blake2b(key.encode(), digest_size=4).digest()) % (2**31 - 1) + 1


class _Drawing:
    """A message being drawn: its components, and what has been used of Discord's limits."""

    def __init__(self, guild: str, compact: bool = False) -> None:
        self.components: list[Json] = []
        self.uploads: list[Upload] = []
        self.users: set[str] = set()
        self.size = 0
        self.count = 0
        self._guild = guild
        self._compact = compact

    def add(self, view: Message) -> None:
        if view.title:
            self._say("### " + literal(view.title, fresh=False, compact=self._compact))
        for block in view.blocks:
            self._block(block)

    def _block(self, block: Block) -> None:
        match block:
            case Paragraph(text):
                self._say(self._text(text))
            case Quote(text):
                self._say(">>> " + self._text(text))
            case Small(text):
                self._say("-# " + self._text(text).replace("\n", "\n-# "))
            case Facts(facts):
                lines = (self._fact(fact.label, fact.value) for fact in facts)
                self._say("\n".join(lines))
            case Buttons(buttons):
                self._row([button_of(one, self._custom_id(one.action)) for one in buttons])
            case Select():
                self._row([_select(block, self._custom_id(block.action))])
            case Picture(svg, alternative):
                self._picture(svg, alternative)
            case File(name, _, content):
                self._attach(Upload(self._name(name), content))

    def _say(self, content: str) -> None:
        content = content if content.strip() else "…"
        self.size += len(content)
        self._put({"type": TEXT, "content": content})

    def _text(self, text: Text) -> str:
        self.users |= pinged(text)
        return markup(text, compact=self._compact)

    def _fact(self, name: str, value: Text) -> str:
        named = literal(name, fresh=self._compact, compact=self._compact)
        told = self._text(value)
        return f"{named}: {told}" if self._compact else f"**{named}:** {told}"

    def _row(self, inside: list[Json]) -> None:
        self.count += len(inside)
        self._put({"type": ROW, "components": inside})

    def _picture(self, svg: str, alternative: str) -> None:
        fits = len(alternative) <= MOST_ALTERNATIVE
        upload = Upload(self._name("picture.png"), png(svg), alternative if fits else "")
        self.uploads.append(upload)
        item: Json = {"media": {"url": f"attachment://{upload.name}"}}
        if fits:
            item["description"] = label(alternative)
        self._put({"type": GALLERY, "items": [item]})
        if not fits:
            self._say(literal(alternative, compact=self._compact))

    def _attach(self, upload: Upload) -> None:
        self.uploads.append(upload)
        self._put({"type": FILE, "file": {"url": f"attachment://{upload.name}"}})

    def _put(self, component: Json) -> None:
        self.count += 1
        self.components.append(component)

    def _name(self, wanted: str) -> str:
        """A file name that Discord leaves as it is, unlike any other in the message."""
        path = PurePath(re.sub(r"[^A-Za-z0-9._-]+", "_", wanted).strip("._") or "file")
        taken = {one.name for one in self.uploads}
        name, number = path.name[-80:], 1
        while name in taken:
            number += 1
            name = f"{path.stem[-70:]}-{number}{path.suffix}"
        return name

    def _custom_id(self, action: Action) -> str:
        return ids.custom_id(action, self._guild)


def _attachment(at: int, upload: Upload) -> Json:
    told: Json = {"id": str(at), "filename": upload.name}
    if upload.alternative:
        told["description"] = label(upload.alternative)
    return told


def button_of(button: Button, custom_id: str) -> Json:
    """A button that carries ``custom_id``."""
    style = _TONES[button.tone]
    return {"type": BUTTON, "style": style, "label": label(button.label), "custom_id": custom_id}


def _select(select: Select, custom_id: str) -> Json:
    return {
        "type": STRING_SELECT,
        "custom_id": custom_id,
        "placeholder": label(select.placeholder),
        "options": [option_of(one, one.value in select.selected) for one in select.choices],
        "min_values": min(select.least, len(select.choices)),
        "max_values": min(select.most, len(select.choices)),
    }


def option_of(choice: Choice, chosen: bool) -> Json:
    """An option of a select."""
    option: Json = {"label": label(choice.label), "value": choice.value}
    if choice.hint:
        option["description"] = label(choice.hint)
    if chosen:
        option["default"] = True
    return option

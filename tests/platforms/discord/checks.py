"""What the shape of a request cannot say: sums, references, and what goes with what."""

import re
from collections.abc import Collection, Iterator, Sequence

import msgspec

from tests.platforms.discord.components import (
    Button,
    Choice,
    FileShown,
    Gallery,
    Label,
    ModalSelect,
    Part,
    Row,
    StringSelect,
    TextDisplay,
    UserSelect,
)
from tests.platforms.discord.requests import Command, Modal, Option, Said, SubCommand

LAYOUT = 1 << 15
PRIVATE, SILENT, NO_EMBEDS = 1 << 6, 1 << 12, 1 << 2
MENTION = re.compile(r"<@!?(\d+)>")


class Malformed(Exception):
    """What Discord calls an invalid form body (50035)."""


def said(body: Said, files: Collection[str], *, flags: int) -> None:
    """A message: all its texts, components and files together. ``flags`` may be set here."""
    _that(body.flags & ~(flags | LAYOUT) == 0, f"flags {body.flags}")
    parts = body.components or []
    if body.flags & LAYOUT:
        _that(body.content is None, "content in a message of components")
        _that(len(parts) > 0, "an empty message")
        _that(_count(parts) <= 40, "more than 40 components")
        texts = [part.content for part in parts if isinstance(part, TextDisplay)]
        _that(all(text.strip() for text in texts), "a text of nothing")
        _that(sum(map(len, texts)) <= 4000, "more than 4,000 characters")
    else:
        _that(bool(body.content and body.content.strip()) or bool(files), "an empty message")
        _that(all(isinstance(part, Row) for part in parts), "layout without its flag")
        _that(len(parts) <= 5, "more than 5 rows")
    _components(parts)
    _files(body, parts, files)
    _mentions(body)


def modal(body: Modal) -> None:
    """A form: its fields together."""
    _that(body.title.strip() != "", "a title of nothing")
    fields = [one.component for one in body.components if isinstance(one, Label)]
    _that(len(fields) > 0, "a form without fields")
    _unique([one.custom_id for one in fields], "custom_id")
    for field in fields:
        if isinstance(field, ModalSelect):
            _select(field.options, field.min_values, field.max_values)
        if isinstance(field, ModalSelect | UserSelect):
            _that(field.min_values == 0 or field.required, "min_values of an optional field")
            _that(field.max_values >= field.min_values, "max_values below min_values")
        if isinstance(field, UserSelect):
            _that(len(field.default_values) <= field.max_values, "too many default values")
        if not isinstance(field, ModalSelect | UserSelect):
            _that(len(field.value or "") <= field.max_length, "a value longer than its field")


def commands(wanted: list[Command]) -> None:
    """Slash commands: their sums, and required options before others."""
    _names(wanted)
    for command in wanted:
        _that(len(msgspec.json.encode(command)) < 60_000, "a command too large")
        _that(_characters(command) <= 8000, f"{command.name}: more than 8,000 characters")
        _names(command.options)
        for sub in command.options:
            _names(sub.options)
            required = [one.required for one in sub.options]
            _that(required == sorted(required, reverse=True), "required after optional")
            _that(not any(one.choices and one.autocomplete for one in sub.options), "both choices")


def _names(named: Sequence[Command | SubCommand | Option]) -> None:
    """Names that stand side by side: small letters, and each once in every language."""
    _unique([one.name for one in named], "name")
    local = [(locale, name) for one in named for locale, name in one.name_localizations.items()]
    _unique([f"{locale} {name}" for locale, name in local], "name in one language")
    names = [one.name for one in named] + [name for _, name in local]
    _that(all(name == name.lower() for name in names), "a name in capitals")


def _characters(command: Command) -> int:
    """What counts towards the limit: of a text in several languages, the longest."""
    size = _longest(command)
    for sub in command.options:
        size += _longest(sub)
        for option in sub.options:
            size += _longest(option)
            for one in option.choices:
                size += max(map(len, [one.name, *one.name_localizations.values()]))
                size += len(one.value)
    return size


def _longest(one: Command | SubCommand | Option) -> int:
    names = [one.name, *one.name_localizations.values()]
    descriptions = [one.description, *one.description_localizations.values()]
    return max(map(len, names)) + max(map(len, descriptions))


def _count(parts: list[Part]) -> int:
    return len(parts) + sum(len(part.components) for part in parts if isinstance(part, Row))


def _components(parts: list[Part]) -> None:
    inside = list(_interactive(parts))
    _unique([one.custom_id for one in inside], "custom_id")
    numbers = [part.id for part in parts if part.id] + [one.id for one in inside if one.id]
    _unique([str(one) for one in numbers], "id")
    for part in parts:
        if isinstance(part, Row):
            selects = [one for one in part.components if isinstance(one, StringSelect)]
            _that(not selects or len(part.components) == 1, "a select beside something else")
    for one in inside:
        if isinstance(one, StringSelect):
            _select(one.options, one.min_values, one.max_values)
        else:
            _that(one.label.strip() != "", "a label of nothing")


def _interactive(parts: list[Part]) -> Iterator[Button | StringSelect]:
    for part in parts:
        if isinstance(part, Row):
            yield from part.components


def _select(options: list[Choice], least: int, most: int) -> None:
    _unique([one.value for one in options], "value")
    _that(least <= most <= len(options), f"{least}–{most} of {len(options)} options")
    _that(sum(one.default for one in options) <= most, "too many default options")
    _that(all(one.label.strip() for one in options), "a label of nothing")


def _files(body: Said, parts: list[Part], files: Collection[str]) -> None:
    told = {one.filename for one in body.attachments or [] if one.filename}
    _that(told <= set(files), "an attachment that was not sent")
    shown = [part.file.url for part in parts if isinstance(part, FileShown)]
    shown += [i.media.url for part in parts if isinstance(part, Gallery) for i in part.items]
    for url in shown:
        name = url.removeprefix("attachment://")
        _that(name != url and name in files, f"{url} is not among the attachments")
    if body.flags & LAYOUT:
        _that(len(set(shown)) == len(set(files)), "a file that no component shows")


def _mentions(body: Said) -> None:
    allowed = body.allowed_mentions
    _that(allowed is not None, "nothing says whom this may mention")
    if allowed and allowed.users:
        _that("users" not in (allowed.parse or []), "users parsed and listed")


def _unique(values: list[str], what: str) -> None:
    _that(len(set(values)) == len(values), f"the same {what} twice")


def _that(holds: bool, otherwise: str) -> None:
    if not holds:
        raise Malformed(otherwise)

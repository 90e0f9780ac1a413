"""Forms that lose nothing: what was filled in, read, and set into the same form again.

A form's fields are worded under one area: ``<area>.<key>`` is a field's label, and
``<area>.<key>.hint`` its hint, where there is one.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.core.boundary import limits
from bot.core.boundary.actions import Action
from bot.core.boundary.events import FormSetAside, FormSubmitted
from bot.core.boundary.languages import NoLanguage, find_language
from bot.core.boundary.legible import legible
from bot.core.boundary.text import Text
from bot.core.boundary.views import (
    Choice,
    ChoiceField,
    Form,
    FormField,
    PeopleField,
    Picked,
    TextField,
)
from bot.core.boundary.wording import Value, Words
from bot.core.boundary.zones import NoZone, find_zone


@dataclass(frozen=True, slots=True)
class Problem:
    """What to mend in a field: a sentence of the catalogue and its values."""

    key: str
    values: Mapping[str, Value] = field(default_factory=dict)

    def line(self, words: Words) -> str:
        """The sentence, for the reader."""
        return words.line(self.key, **self.values)


_QUOTED = 60
"""Characters of what was typed that a problem repeats."""
MOST_LANGUAGES = 8

Problems = Mapping[str, Problem]
"""What to mend, by field key."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in a form's fields, whether kept from before or just sent in."""

    texts: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    people: Mapping[str, tuple[Picked, ...]] = field(default_factory=dict)

    def text(self, key: str) -> str:
        """What was typed, without control and direction-changing characters around or inside."""
        return cleaned(self.texts.get(key, ""))

    def chosen(self, key: str) -> tuple[str, ...]:
        """Every value chosen, each once."""
        return tuple(dict.fromkeys(self.choices.get(key, ())))

    def one(self, key: str) -> str:
        """The value chosen, or nothing."""
        return next(iter(self.chosen(key)), "")

    def picked(self, key: str) -> tuple[Picked, ...]:
        """Everybody picked, each once."""
        return tuple({one.person: one for one in self.people.get(key, ())}.values())


_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Unsent:
    """What somebody filled into a form without sending it in well (``None``: it was sent in).

    ``showing`` is empty where it was sent in and came back with something to mend.
    """

    filled: Filled | None = None
    showing: str = ""
    at: datetime = _LONG_AGO


def sent(event: FormSubmitted | FormSetAside) -> Filled:
    """What stood in the form, with a question mark for each half of a character."""
    return Filled(
        {key: whole(typed) for key, typed in event.texts.items()},
        {key: tuple(map(whole, chosen)) for key, chosen in event.choices.items()},
        event.people,
    )


def whole(text: str) -> str:
    """The text as something that can be written in UTF-8: JSON may bring lone surrogates."""
    return text.encode("utf-8", "replace").decode()


def cleaned(typed: str) -> str:
    """What was typed, as it may be shown, without blanks around it."""
    return legible(typed).strip()


@dataclass(frozen=True, slots=True)
class Sheet:
    """Draws the fields of one form, holding what is filled in."""

    words: Words
    area: str
    filled: Filled
    problems: Problems = field(default_factory=dict)

    def text(
        self,
        key: str,
        *,
        most: int,
        required: bool = False,
        long: bool = False,
        placeholder: str = "",
        label: str = "",
    ) -> TextField:
        """A field to type into, holding what was typed even where that was too much."""
        value = self.filled.texts.get(key, "")[: limits.FIELD_TEXT]
        return TextField(
            key,
            label or self.words.line(f"{self.area}.{key}"),
            self._hint(key),
            value,
            placeholder,
            required,
            long,
            max(most, len(value)),
        )

    def choice(
        self,
        key: str,
        choices: tuple[Choice, ...],
        *,
        least: int = 0,
        most: int = 1,
        label: str = "",
    ) -> ChoiceField:
        """A field to choose in. What was chosen and is no choice any more is left out."""
        known = {one.value for one in choices}
        selected = tuple(value for value in self.filled.chosen(key) if value in known)[:most]
        label = label or self.words.line(f"{self.area}.{key}")
        return ChoiceField(key, label, choices, self._hint(key), selected, least, most)

    def people(self, key: str, *, most: int) -> PeopleField:
        """A field to choose people in."""
        label = self.words.line(f"{self.area}.{key}")
        return PeopleField(key, label, self._hint(key), self.filled.picked(key)[:most], 0, most)

    def form(
        self,
        fields: tuple[FormField, ...],
        submit: Action,
        reopen: Action,
        intro: Text = (),
        *,
        called: str = "",
    ) -> Form:
        """The form: titled ``<area>.title``, sent in with ``<area>.submit`` (or as ``called``)."""
        called = called or self.area
        return Form(
            self.words.line(f"{called}.title"),
            fields,
            submit,
            reopen,
            self.words.line(f"{called}.submit"),
            intro,
            {key: problem.line(self.words) for key, problem in self.problems.items()},
        )

    def _hint(self, key: str) -> str:
        hint = f"{self.area}.{key}.hint"
        return self.words.line(hint) if self.words.has(hint) else ""


def too_long(typed: str, most: int) -> Problem | None:
    """The problem of a text longer than ``most`` characters."""
    if len(typed) <= most:
        return None
    return Problem("core.too_long", {"most": most, "n": len(typed)})


def read_zone(typed: str) -> str | Problem:
    """The zone meant, or what to say about it."""
    if not typed:
        return Problem("core.zone.missing")
    found = find_zone(typed)
    if not isinstance(found, NoZone):
        return found
    values: dict[str, Value] = {"typed": typed[:_QUOTED]}
    if found.nearest:
        values["nearest"] = ", ".join(found.nearest)
        if found.misspelt:
            return Problem("core.zone.misspelt", {**values, "n": len(found.nearest)})
        kind = "core.zone.offset" if found.offset else "core.zone.nearest"
        return Problem(kind, {**values, "offset": found.offset})
    return Problem("core.zone.unknown", values)


def zone_now(zone: str, at: datetime, words: Words, *, yours: bool = True) -> Text:
    """A zone with the time it is there now: the surest way to see whether it is the right one.

    ``yours``: it is the reader's own.
    """
    there = ZoneInfo(zone)
    time = f"{at.astimezone(there):%H:%M}"
    key = "core.zone.yours" if yours else "core.zone.now"
    return words.text(key, zone=zone.replace("_", " "), time=time)


def read_languages(typed: str, reader: str) -> tuple[str, ...] | Problem:
    """The tags of the spoken languages named, in order, each once; at least one.

    Without regions: who speaks ``en-GB`` and who speaks ``en-US`` do share a language.
    """
    named = [words for words in re.split(r"[,;/\n]|\band\b|&", typed) if words.strip()]
    found = [find_language(words, reader) for words in named]
    for one in found:
        if isinstance(one, NoLanguage):
            values: dict[str, Value] = {"typed": one.words[:_QUOTED]}
            if one.nearest:
                return Problem("core.language.nearest", {**values, "nearest": one.nearest})
            return Problem("core.language.unknown", values)
    spoken = (one.partition("-")[0] for one in found if isinstance(one, str))
    tags = tuple(dict.fromkeys(spoken))
    if not tags:
        return Problem("core.language.missing")
    if len(tags) > MOST_LANGUAGES:
        return Problem("core.language.most", {"most": MOST_LANGUAGES})
    return tags

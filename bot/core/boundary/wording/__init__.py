"""The wording catalogue: a key and values in, words in the reader's language out.

Catalogues are gettext files, one folder a language and one file an area. The key is the message's
context and the English text its id, so translators see what they translate; English needs no
translations and is always complete. In a text, ``{name}`` stands for a value and ``*stars*`` carry
weight. A plural message chooses its form by the value called ``n``.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from io import BytesIO
from typing import Final
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime, format_time
from babel.lists import format_list
from babel.messages.pofile import read_po

from bot.core.boundary.text import Mention, Moment, Span, Strong, Style, Text, plain

SOURCE = "en"
_PIECES = re.compile(r"\{(\w+)\}|\*([^*\n]+)\*")
_PLURAL_CLASSES: Final = ("zero", "one", "two", "few", "many", "other")
_PLACE = re.compile(r"\{(\w+)\}")

KEPT: Final = 200
"""Readers' words that are kept made: so many zones and wishes are read at the same time."""

Value = str | int | float | Span | Text


class MissingWords(KeyError):
    """No catalogue holds this key, or a value the sentence needs was not given: our fault."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The sentences of one language, by key; a plural message has one form a plural class."""

    language: str
    sentences: Mapping[str, tuple[str, ...]]
    read: dict[str, tuple[Text, str]] = field(default_factory=dict, compare=False, repr=False)
    """Sentences without values as text and as a line, once they were asked for: forms are made of
    hundreds of them, and they never change."""


class Wording:
    """All loaded languages, English first."""

    def __init__(self, catalogues: Iterable[Catalogue]) -> None:
        self._by_language = {one.language: one for one in catalogues}
        if SOURCE not in self._by_language:
            raise MissingWords(SOURCE)
        self._words: dict[tuple[str, tuple[str | None, ...]], Words] = {}

    @property
    def languages(self) -> tuple[str, ...]:
        """Every language that can be read in, in the order loaded."""
        return tuple(self._by_language)

    def language_for(self, *wishes: str | None) -> str:
        """The first wish that is spoken here (``zh-TW`` is content with ``zh``), else English."""
        for wish in wishes:
            tag = (wish or "").replace("_", "-")
            while tag:
                for language in self._by_language:
                    if language.lower() == tag.lower():
                        return language
                tag = tag.rpartition("-")[0]
        return SOURCE

    def words(self, zone: str, *wishes: str | None) -> "Words":
        """The words for a reader with these language wishes, on the clock of ``zone`` (IANA)."""
        asked = (zone, wishes)
        if asked not in self._words:
            if len(self._words) >= KEPT:
                self._words.clear()
            language = self.language_for(*wishes)
            self._words[asked] = Words(
                self._by_language[language], self._by_language[SOURCE], ZoneInfo(zone)
            )
        return self._words[asked]

    def keys(self, prefix: str = "") -> list[str]:
        """Every key of the English catalogue that begins with ``prefix``, in file order."""
        return [key for key in self._by_language[SOURCE].sentences if key.startswith(prefix)]


class Words:
    """One reader's language and clock."""

    def __init__(self, catalogue: Catalogue, source: Catalogue, zone: ZoneInfo) -> None:
        self._catalogue = catalogue
        self._source = source
        self._locale = _locale(catalogue.language)
        self.zone = zone

    @property
    def language(self) -> str:
        """The language read in (BCP 47)."""
        return self._catalogue.language

    def has(self, key: str) -> bool:
        """Whether there is a sentence for ``key``."""
        return key in self._source.sentences

    def text(self, key: str, **values: Value) -> Text:
        """The sentence with its values set in. Raises :class:`MissingWords`."""
        return self._read(key, values) if values else self._as_it_stands(key)[0]

    def line(self, key: str, **values: Value) -> str:
        """The sentence as plain words, for titles, labels and hints."""
        return plain(self._read(key, values)) if values else self._as_it_stands(key)[1]

    def _as_it_stands(self, key: str) -> tuple[Text, str]:
        """A sentence without values, as text and as a line."""
        known = self._catalogue.read.get(key)
        if known is None:
            text = self._read(key, {})
            known = self._catalogue.read[key] = text, plain(text)
        return known

    def _read(self, key: str, values: Mapping[str, Value]) -> Text:
        sentence = self._sentence(key, values)
        spans: list[Span] = []
        at = 0
        for found in _PIECES.finditer(sentence):
            spans.append(sentence[at : found.start()])
            at = found.end()
            if found[1]:
                spans.extend(self._spans(key, found[1], values))
            else:
                strong = _PLACE.sub(
                    lambda place: plain(self._spans(key, place[1], values)), found[2]
                )
                spans.append(Strong(strong))
        spans.append(sentence[at:])
        return tuple(span for span in spans if span != "")

    def date(self, day: date, style: str = "full") -> str:
        """A day in words; ``style`` is one of full, long, medium, short, or a CLDR pattern."""
        return format_date(day, style, self._locale)

    def weekday(self, day: int) -> str:
        """The name of a weekday, Monday being 0."""
        return _weekday(day, self._locale)

    def clock(self, moment: time) -> str:
        """A time of day in words."""
        return format_time(moment, "short", locale=self._locale)

    def moment(self, at: datetime, style: Style = Style.DAY_TIME) -> Moment:
        """A point in time, on the reader's own clock."""
        local = at.astimezone(self.zone)
        pattern = {Style.TIME: "HH:mm", Style.DATE: "EEEE d MMMM", Style.DAY_TIME: ""}[style]
        words = (
            format_datetime(local, pattern, locale=self._locale)
            if pattern
            else format_datetime(local, "EEEE d MMMM, HH:mm", locale=self._locale)
        )
        return Moment(local, style, words)

    def list(self, items: Iterable[str]) -> str:
        """ "one, two and three"."""
        return format_list(list(items), locale=self._locale)

    def people(self, items: Iterable[Text | Mention]) -> Text:
        """The same for texts: "Mei, Ravi and Aiko", each still a mention."""
        texts = [(item,) if isinstance(item, Mention) else item for item in items]
        slots = [chr(0xE000 + index) for index in range(len(texts))]
        spans: list[Span] = []
        for piece in re.split(r"([\ue000-\uf8ff])", self.list(slots)):
            if piece in slots:
                spans.extend(texts[slots.index(piece)])
            elif piece:
                spans.append(piece)
        return tuple(spans)

    def _sentence(self, key: str, values: Mapping[str, Value]) -> str:
        forms = self._catalogue.sentences.get(key)
        locale = self._locale
        if forms is None:
            forms, locale = self._source.sentences.get(key), _locale(SOURCE)
        if forms is None:
            raise MissingWords(key)
        if len(forms) == 1:
            return forms[0]
        n = values.get("n")
        if not isinstance(n, int):
            raise MissingWords(f"{key}: n")
        return forms[_plural(locale, n, len(forms))]

    def _spans(self, key: str, name: str, values: Mapping[str, Value]) -> Text:
        if name not in values:
            raise MissingWords(f"{key}: {name}")
        value = values[name]
        if isinstance(value, tuple):
            return value
        if isinstance(value, int | float):
            return (str(value),)
        return (value,)


def load(*extra: Traversable) -> Wording:
    """Every language that comes with Banyan, and those of further folders laid out the same way."""
    found = [*_ours(), *(one for place in extra for one in _catalogues(place))]
    return Wording(sorted(found, key=lambda one: (one.language != SOURCE, one.language)))


@cache
def _ours() -> tuple[Catalogue, ...]:
    """What comes with Banyan; it cannot change while the process lives."""
    return _catalogues(files(__name__))


def _catalogues(place: Traversable) -> tuple[Catalogue, ...]:
    folders = (f for f in place.iterdir() if f.is_dir() and not f.name.startswith("_"))
    return tuple(_catalogue(folder) for folder in folders)


def _catalogue(folder: Traversable) -> Catalogue:
    sentences: dict[str, tuple[str, ...]] = {}
    for file in sorted(folder.iterdir(), key=lambda one: one.name):
        if not file.name.endswith(".po"):
            continue
        for message in read_po(BytesIO(file.read_bytes())):
            if not message.context:
                continue
            if message.context in sentences:
                raise ValueError(f"{file.name}: {message.context} is there twice")
            forms = _forms(message.id)
            if folder.name != SOURCE:
                forms = _forms(message.string)
                if not all(forms):
                    continue  # not translated yet: English stands in
            sentences[message.context] = forms
    return Catalogue(folder.name, sentences)


def _forms(words: str | Iterable[str] | None) -> tuple[str, ...]:
    return (words or "",) if words is None or isinstance(words, str) else tuple(words)


@cache
def _locale(language: str) -> Locale:
    if language == SOURCE:
        return Locale.parse("en-GB", sep="-")  # day before month and 24 hours: most people's order
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en-GB", sep="-")


@lru_cache(maxsize=128)
def _weekday(day: int, locale: Locale) -> str:
    return format_date(date(2024, 1, 1 + day), "EEEE", locale)


def _plural(locale: Locale, n: int, forms: int) -> int:
    """The index of the plural form for ``n``: CLDR's order of classes, as gettext files have it."""
    used = {*locale.plural_form.tags, "other"}
    order: list[str] = [tag for tag in _PLURAL_CLASSES if tag in used]
    return min(order.index(locale.plural_form(n)), forms - 1)

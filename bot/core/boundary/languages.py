"""Languages as people say them: names or BCP 47 tags in, tags out, and names again."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from babel import Locale, UnknownLocaleError

# Names in common use that CLDR gives otherwise or not at all.
_ALSO = {
    "bengali": "bn",
    "farsi": "fa",
    "hokkien": "nan",
    "mandarin": "zh",
    "mandarin chinese": "zh",
    "taiwanese": "nan",
    "tagalog": "fil",
    "panjabi": "pa",
}
# The languages that may be given by their own name ("नेपाली", "Deutsch").
_BY_OWN_NAME = (
    *("am", "ar", "bn", "de", "el", "es", "fa", "fil", "fr", "gu", "he", "hi", "hu", "id", "it"),
    *("ja", "km", "kn", "ko", "lo", "mai", "ml", "mn", "mr", "ms", "my", "ne", "nl", "or", "pa"),
    *("pl", "ps", "pt", "ro", "ru", "sd", "si", "sv", "sw", "ta", "te", "th", "tr", "uk", "ur"),
    *("uz", "vi", "yue", "zh"),
)


@dataclass(frozen=True, slots=True)
class NoLanguage:
    """No language is called that; ``nearest`` is the name of one that nearly is, if any."""

    words: str
    nearest: str | None


def find_language(words: str, reader: str) -> str | NoLanguage:
    """The tag of a language named in the reader's language, in English, in itself, or by tag."""
    wanted = " ".join(words.casefold().split())
    tag = _tag(words.strip())
    if tag is not None:
        return tag
    names = {**_own_names(), **_names("en"), **_names(reader), **_ALSO}
    if wanted in names:
        return names[wanted]
    near = get_close_matches(wanted, names, n=1, cutoff=0.7)
    return NoLanguage(words.strip(), language_name(names[near[0]], reader) if near else None)


def language_name(tag: str, reader: str) -> str:
    """What the reader calls this language: "Nepali"; the tag itself where CLDR has no name."""
    names = _locale(reader).languages
    known = names.get(tag.replace("-", "_"))
    if known:
        return str(known)
    language, _, rest = tag.partition("-")
    name = str(names.get(language, tag))
    return f"{name} ({rest})" if rest and name != tag else name


def language_names(tags: Iterable[str], reader: str) -> str:
    """The names with commas between them, as they may be typed again."""
    return ", ".join(language_name(tag, reader) for tag in tags)


def _tag(words: str) -> str | None:
    parts = words.replace("_", "-").split("-")
    if parts[0].lower() not in _codes() or not all(p.isascii() and p.isalnum() for p in parts):
        return None
    sized = {2: str.upper, 4: str.title}  # region, script
    rest = [sized.get(len(part), str.lower)(part) for part in parts[1:]]
    return "-".join([parts[0].lower(), *rest]) if len(words) <= 20 else None


@lru_cache(maxsize=1)
def _codes() -> frozenset[str]:
    return frozenset(str(code) for code in Locale.parse("en").languages if "_" not in str(code))


@lru_cache(maxsize=32)
def _names(reader: str) -> dict[str, str]:
    named = _locale(reader).languages.items()
    return {str(name).casefold(): str(code).replace("_", "-") for code, name in named}


@lru_cache(maxsize=1)
def _own_names() -> dict[str, str]:
    names = {code: Locale.parse(code).languages.get(code, code) for code in _BY_OWN_NAME}
    return {str(name).casefold(): code for code, name in names.items()}


def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en")

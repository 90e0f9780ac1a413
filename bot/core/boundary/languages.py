"""Languages as people say them: names or BCP 47 tags in, tags out, and names again."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global

_TAG = re.compile("(?:[a-z]{2,3}|[ix](?=-))(?:-[a-z0-9]{1,8})*", re.ASCII | re.IGNORECASE)
_BRACKETS = re.compile(r"\s*\(.*\)$|\s*[/(,].*$")
_PLACED = re.compile(r"^(?:american|british|us|uk|brazilian|canadian|mexican) (\w+)$")
# Names in common use that CLDR gives otherwise or not at all.
_ALSO = {
    "bengali": "bn",
    "farsi": "fa",
    "hokkien": "nan",
    "mandarin": "zh",
    "cantonese": "yue",
    "mandarin chinese": "zh",
    "simplified chinese": "zh",
    "traditional chinese": "zh",
    "newari": "new",
    "taiwanese": "nan",
    "tagalog": "fil",
    "panjabi": "pa",
}
# By their own names, as CLDR has them. Asked for one by one, CLDR's data of each language would
# stay in memory for the sake of one word: 45 MiB.
OWN_NAMES = {
    "አማርኛ": "am",
    "العربية": "ar",
    "বাংলা": "bn",
    "deutsch": "de",
    "ελληνικά": "el",
    "español": "es",
    "فارسی": "fa",
    "filipino": "fil",
    "français": "fr",
    "ગુજરાતી": "gu",
    "עברית": "he",
    "हिन्दी": "hi",
    "magyar": "hu",
    "indonesia": "id",
    "italiano": "it",
    "日本語": "ja",
    "ខ្មែរ": "km",
    "ಕನ್ನಡ": "kn",
    "한국어": "ko",
    "ລາວ": "lo",
    "मैथिली": "mai",
    "മലയാളം": "ml",
    "монгол": "mn",
    "मराठी": "mr",
    "melayu": "ms",
    "မြန်မာ": "my",
    "नेपाली": "ne",
    "nederlands": "nl",
    "ଓଡ଼ିଆ": "or",
    "ਪੰਜਾਬੀ": "pa",
    "polski": "pl",
    "پښتو": "ps",
    "português": "pt",
    "română": "ro",
    "русский": "ru",
    "سنڌي": "sd",
    "සිංහල": "si",
    "svenska": "sv",
    "kiswahili": "sw",
    "தமிழ்": "ta",
    "తెలుగు": "te",
    "ไทย": "th",
    "türkçe": "tr",
    "українська": "uk",
    "اردو": "ur",
    "o‘zbek": "uz",
    "tiếng việt": "vi",
    "粵語": "yue",
    "中文": "zh",
}


@dataclass(frozen=True, slots=True)
class NoLanguage:
    """No language is called that; ``nearest`` is the name of one that nearly is, if any, and
    ``tag`` its tag."""

    words: str
    nearest: str | None
    tag: str = ""


def find_language(words: str, reader: str, *, near: bool = True) -> str | NoLanguage:
    """The tag of a language named in the reader's language, in English, in itself, or by tag.

    What stands behind it in brackets is left out. Without ``near`` nothing that is spelt alike is
    looked for, which takes some milliseconds.
    """
    wanted = " ".join(words.casefold().split())
    tag = _tag(words.strip())
    if tag is not None:
        return tag
    by_name: tuple[Mapping[str, str], ...] = (_ALSO, _names(reader), _names("en"), OWN_NAMES)
    for called in (wanted, _BRACKETS.sub("", wanted), *_PLACED.findall(wanted)):
        for names in by_name:
            if called in names:
                return names[called]
    if not near:
        return NoLanguage(words.strip(), None)
    found = get_close_matches(wanted, {one for names in by_name for one in names}, n=1, cutoff=0.7)
    if not found:
        return NoLanguage(words.strip(), None)
    tag = next(names[found[0]] for names in by_name if found[0] in names)
    return NoLanguage(words.strip(), language_name(tag, reader), tag)


def spoken(tag: str) -> str:
    """A tag as languages are compared: ``en-GB`` and ``en`` are one to meet in, ``yue`` and ``zh``
    are two. Private tags ("x-home") are compared whole."""
    language, _, rest = tag.casefold().partition("-")
    return f"{language}-{rest}" if len(language) == 1 else language


def is_tag(words: str) -> bool:
    """Whether this is a language's tag as BCP 47 writes it, and in its shortest form (not "eng").

    A language of three letters need not be one that we know.
    """
    language = words.partition("-")[0].casefold()
    if not _TAG.fullmatch(words):
        return False
    if len(language) == 3:
        return language not in get_global("language_aliases")
    return len(language) == 1 or language in _codes()


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
    short = get_global("language_aliases").get(parts[0].lower(), "")
    parts[0] = short if short in _codes() else parts[0]
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


def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en")

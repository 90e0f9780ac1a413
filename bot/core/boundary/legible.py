"""The one way in which words of unknown origin are made fit to be shown, on every platform. Pure.

What cannot be seen, turns the words around it, or grows over its neighbours is taken out; what a
script needs is left as it is. Whatever a platform escapes beside that is its renderer's affair.
"""

import re
from collections.abc import Iterable
from typing import Final
from unicodedata import category

_LONGEST_STACK: Final = 4
"""Marks kept on one letter: more than Latin, Arabic or the Indic scripts need."""
_STACKS: Final = (
    (range(0x0591, 0x05F5), 5),  # Hebrew: dots, a vowel, an accent and a meteg
    (range(0x0E00, 0x0F00), 3),  # Thai and Lao: below, above, and the tone
    (range(0x0F00, 0x1000), 8),  # Tibetan writes a syllable's consonants below each other
    (range(0x1000, 0x10A0), 5),  # Burmese: consonants within the letter, vowels, a tone
    (range(0x1780, 0x1800), 6),  # Khmer: up to three letters below, a vowel, two signs
    (range(0x1A20, 0x1AB0), 6),  # Tai Tham
)
"""Where words really need another number: the script's characters, and how many marks."""
_LETTER_BELOW: Final = frozenset("\u1039\u17d2\u1a60\u1bab\ua9c0")
"""Signs that set the next letter below the last one, so that it is part of the same stack."""
_JOINS: Final = frozenset("\u200b\u200c\u200d\u2060")
"""Without width, and needed: Persian and Indian scripts and emoji join or part letters with them,
Khmer, Thai and Burmese break lines at them. One of them at a time."""
_SIGNS: Final = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2")
"""Signs of Arabic and Syriac that are seen, though Unicode counts them among the invisible."""
_FLAG: Final = "\U0001f3f4"
_IGNORED: Final = re.compile("[\u2065\ufff0-\ufff8\U000e0000-\U000e0fff]")
"""Without a meaning yet, and shown as nothing."""
_SPACES: Final = dict.fromkeys(map(ord, "\t\x0b\x0c\x85\u2028\u2029\u2800\u3164\uffa0"), " ")
"""What breaks lines, or is blank, where nobody expects it."""
_HARMLESS: Final = re.compile(
    "[\n\x20-\x7e\xa1-\xac\xae-\u02ff\u0370-\u0482\u048a-\u0590\u2010-\u2027\u2030-\u205e"
    "\u20a0-\u20cf\u2100-\u27ff\u3001-\u3029\u3030-\u3098\u309b-\u3163\u3165-\ua66e"
    "\uac00-\ud7a3\U0001f000-\U0001f3f3\U0001f3f5-\U0001fbff]*"
)


def legible(words: str) -> str:
    """The words without what hides, turns around or stacks up. Only ``\\n`` breaks a line."""
    if _HARMLESS.fullmatch(words):
        return words
    lines = words.replace("\r\n", "\n").replace("\r", "\n").translate(_SPACES)
    return "".join(_kept(lines))


def _kept(words: str) -> Iterable[str]:
    last = base = ""
    marks, enclosed, below, flag = 0, False, False, False
    for one in words:
        kind = category(one)
        if kind in {"Mn", "Me"}:
            encloses = kind == "Me"
            if one == last or marks >= _most(base, one) or (enclosed and encloses):
                continue
            marks, enclosed, below = marks + 1, enclosed or encloses, one in _LETTER_BELOW
        elif kind == "Cf":
            of_flag = flag and "\U000e0020" <= one <= "\U000e007f"
            joins = one in _JOINS and last not in _JOINS
            if not (of_flag or joins or one in _SIGNS):
                continue
        elif one != "\n" and (kind in {"Cc", "Cs"} or (kind == "Cn" and _IGNORED.match(one))):
            continue
        elif kind != "Mc":
            if not below:
                base, marks, enclosed = one, 0, False
            below, flag = False, one == _FLAG
        last = one
        yield one


def _most(base: str, mark: str) -> int:
    """How many marks may stand on ``base`` when ``mark`` is added; another script's add nothing."""
    for script, most in _STACKS:
        if base and ord(base) in script and ord(mark) in script:
            return most
    return _LONGEST_STACK

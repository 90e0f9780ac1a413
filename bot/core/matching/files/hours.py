"""Weekly hours as people write them in a file, as windows.

Dashes and spaces of every kind, whole names of days, several days before one time, and times of a
twelve-hour clock are read where they can mean one thing only.
"""

import re
from dataclasses import dataclass

from bot.core.matching.definition.availability import DAYS, BadWindow, Window, parse_window

_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212\uff0d"), "-")
_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY_WORDS = {
    **{name: (day,) for day, name in enumerate(_NAMES)},
    **{name[:3]: (day,) for day, name in enumerate(_NAMES)},
    **{name + "s": (day,) for day, name in enumerate(_NAMES)},
    "tues": (1,),
    "wednes": (2,),
    "thu": (3,),
    "thur": (3,),
    "thurs": (3,),
    **dict.fromkeys(("weekday", "weekdays"), tuple(range(5))),
    **dict.fromkeys(("weekend", "weekends"), (5, 6)),
    **dict.fromkeys(("daily", "everyday"), tuple(range(7))),
}
_DAY = "|".join(sorted(_DAY_WORDS, key=len, reverse=True))
_TIME = r"([0-9]{1,2})(?:[:.h]([0-9]{2}))?(?: ?([ap])\.?m\b\.?)?"
_PART = re.compile(
    rf"(?:((?:{_DAY})\.?(?:(?: ?(?:-|to|/|&|\+|and) ?| )(?:{_DAY})\.?)*):?)?"
    rf" ?(?:(?:from )?{_TIME} ?(?:-|to|until|till) ?{_TIME})?"
)
_RANGE = re.compile(rf"({_DAY})\.? ?(?:-|to) ?({_DAY})")
_WORD = re.compile(rf"\b(?:{_DAY})\b")
_HALF_DAY = 12
MOST = 80
"""Characters of one window."""


@dataclass(frozen=True, slots=True)
class Hours:
    """The windows of a cell; what is no window, by kind and as it was written; and what was read
    although it was not written as one window a time, with what it was taken for."""

    windows: tuple[Window, ...] = ()
    wrong: tuple[tuple[str, str], ...] = ()
    taken: tuple[tuple[str, str], ...] = ()


def read_hours(cell: str) -> Hours:
    """Every window of a cell, in which they stand behind each other with ``;`` or ``,``."""
    windows: list[Window] = []
    wrong: list[tuple[str, str]] = []
    taken: list[tuple[str, str]] = []
    for piece in re.split(r"[;\n\r]", cell):
        days: tuple[int, ...] = ()
        waiting: list[str] = []
        before: tuple[int, ...] = ()
        for written in piece.split(","):
            words = _plain(written)
            if not words:
                continue
            read = _PART.fullmatch(words) if len(words) <= MOST else None
            if read is None or not (read[1] or read[2]):
                wrong.append(("form", written.strip()))
                continue
            named = _days(read[1]) if read[1] else ()
            if read[2] is None:  # "Mon, Wed 18:00-20:00"
                days += named
                waiting.append(written.strip())
                continue
            days = (*days, *named) or before
            try:
                found = _windows(days, read)
            except BadWindow as bad:
                wrong.append((bad.kind, ", ".join([*waiting, written.strip()])))
                found = ()
            if len(found) > 1 or read[4] or read[7]:
                told = ";".join(map(str, found))
                taken += [(", ".join([*waiting, written.strip()]), told)] if found else []
            windows += found
            days, before, waiting = (), days, []
        wrong += [("form", one) for one in waiting]
    return Hours(tuple(dict.fromkeys(windows)), tuple(wrong), tuple(taken))


def _plain(words: str) -> str:
    return " ".join(words.translate(_DASHES).casefold().split())


def _days(words: str) -> tuple[int, ...]:
    """The days named, in their order: "mon-wed", "mon/fri", "weekdays"."""
    days: list[int] = []
    for first, last in _RANGE.findall(words):
        one, other = _DAY_WORDS[first][0], _DAY_WORDS[last][-1]
        days += [day % 7 for day in range(one, other + 1 + (7 if other < one else 0))]
    for word in _WORD.findall(_RANGE.sub(" ", words)):
        days += _DAY_WORDS[word]
    return tuple(dict.fromkeys(days))


def _windows(days: tuple[int, ...], read: re.Match[str]) -> tuple[Window, ...]:
    """A window on each of the days. Raises :class:`BadWindow`."""
    begins, ends = read.groups()[1:4], read.groups()[4:7]
    if not days:
        raise BadWindow("day", read[0])
    if bool(begins[2]) != bool(ends[2]):
        raise BadWindow("half_day", read[0])
    first, last = _clock(begins, read[0]), _clock(ends, read[0])
    if ends[2] and last == "00:00":
        last = "24:00"
    return tuple(parse_window(f"{DAYS[day]} {first}-{last}") for day in days)


def _clock(told: tuple[str | None, ...], words: str) -> str:
    hour, minute, half = told
    if minute is None and half is None:
        raise BadWindow("form", words)
    number = int(hour or 0)
    if half:
        if not 1 <= number <= _HALF_DAY:
            raise BadWindow("time", words)
        number = number % _HALF_DAY + (_HALF_DAY if half == "p" else 0)
    return f"{number:02d}:{minute or '00'}"

"""Neutral names for circles: they say nothing about what brought people together."""

from collections.abc import Iterable, Iterator
from itertools import count, islice

from bot.core.boundary.wording import Words
from bot.core.programme.unit import Unit

LISTS = ("trees", "rivers", "stars")


def free_names(unit: Unit, wanted: int, taken: Iterable[str] = ()) -> tuple[str, ...]:
    """So many names nobody in the community has used, in the community's language.

    From its own list first, then the other lists, then the same names with a number.
    """
    settings = unit.community.settings
    used = {name.casefold() for name in (*unit.circles.names_taken(), *taken)}
    words = unit.words_in(settings.zone)
    lists = sorted(LISTS, key=lambda name: name != settings.circle_names)
    free = (name for name in _all(words, lists) if name.casefold() not in used)
    return tuple(islice(free, wanted))


def _all(words: Words, lists: list[str]) -> Iterator[str]:
    names = [name for one in lists for name in _list(words, one)]
    yield from names
    for number in count(2):
        yield from (f"{name} {number}" for name in names)


def _list(words: Words, name: str) -> Iterator[str]:
    for number in count(1):
        key = f"circles.name.{name}.{number}"
        if not words.has(key):
            return
        yield words.line(key)

"""Who does the pieces of a large search: one after another, or side by side.

Nothing here starts a thread. Whoever asks for a search may bring hands that do.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from bot.core.matching.model import Circle

Search = Callable[[], list[Circle]]
Hands = Callable[[Sequence[Search]], Iterable[list[Circle]]]
"""Does these pieces of work and gives back what came of each, in their order."""


def one_by_one(searches: Sequence[Search]) -> Iterator[list[Circle]]:
    """One after another."""
    return (search() for search in searches)

"""Who does the pieces of a large search: one after another, or side by side.

Nothing here starts a thread. Whoever asks for a search may bring hands that do.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

from bot.core.matching.search.watch import Watch

Piece = TypeVar("Piece")


class Hands(Protocol):
    """Does pieces of work and gives back what came of each, in their order."""

    def __call__(self, work: Sequence[Callable[[], Piece]], /) -> Iterable[Piece]:
        """Do all of it."""


def one_by_one(work: Sequence[Callable[[], Piece]], /) -> Iterator[Piece]:
    """One after another."""
    return (piece() for piece in work)


class Told:
    """Adds up what the parts tell, and tells it on. May be told from several threads."""

    def __init__(self, watch: Watch, parts: int, before: float, share: float) -> None:
        self._watch = watch
        self._before = before
        self._share = share / parts
        self._done = [0.0] * parts
        self._best = [0.0] * parts

    def by(self, part: int, done: float, best: float) -> None:
        """How far this part has come (0–1), and what it is worth so far."""
        self._done[part], self._best[part] = done, best
        self._watch(self._before + self._share * sum(self._done), sum(self._best))

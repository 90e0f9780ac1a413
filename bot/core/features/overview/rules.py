"""Putting many features' blocks into messages that fit, and what was meant by a stray command."""

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.core.boundary.views import Block, Message, Paragraph, TooLarge, once

_FRAME = (Paragraph(("·" * 300,)), Paragraph(("·",)))
"""As much as is said around the blocks of a page."""


@dataclass(frozen=True, slots=True)
class Stray:
    """A command that there is not, as it was ``typed``, and the one ``near`` it (or nothing)."""

    typed: str = ""
    near: str = ""


def nearest(typed: str, commands: Sequence[str]) -> str:
    """The command of these that is written most like what was typed; nothing if none is."""
    group, *words = typed.split()[:3] or [""]
    for length in range(len(words), 0, -1):
        spoken = " ".join(words[:length])
        names = {one.partition(" ")[2]: one for one in reversed(commands)}
        names |= {one.partition(" ")[2]: one for one in commands if one.startswith(f"{group} ")}
        if near := difflib.get_close_matches(spoken, list(names), n=1, cutoff=0.6):
            return names[near[0]]
    return ""


def pages(parts: Iterable[tuple[Block, ...]]) -> tuple[tuple[Block, ...], ...]:
    """The blocks of several features, each feature's together, on as few pages as they need.

    An action offered twice on a page is offered where it came first.
    """
    done: list[tuple[Block, ...]] = []
    page: tuple[Block, ...] = ()
    for part in parts:
        if page and not _fits((*page, *part)):
            done.append(page)
            page = ()
        page = (*page, *part)
    done.append(page)
    return tuple(once(page) for page in done)


def _fits(blocks: tuple[Block, ...]) -> bool:
    try:
        Message("", (*once(blocks), *_FRAME))
    except TooLarge:
        return False
    return True

"""Putting many features' blocks into messages that fit."""

from collections.abc import Iterable

from bot.core.boundary.actions import Action
from bot.core.boundary.views import Block, Buttons, Message, Paragraph, Select, TooLarge

_FRAME = (Paragraph(("·" * 300,)), Paragraph(("·",)))
"""As much as is said around the blocks of a page."""


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
    return tuple(_once(page) for page in done)


def _fits(blocks: tuple[Block, ...]) -> bool:
    try:
        Message("", (*_once(blocks), *_FRAME))
    except TooLarge:
        return False
    return True


def _once(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    offered: set[Action] = set()
    kept: list[Block] = []
    for block in blocks:
        match block:
            case Buttons(buttons):
                fresh = tuple(one for one in buttons if one.action not in offered)
                offered |= {one.action for one in fresh}
                if fresh:
                    kept.append(Buttons(fresh))
            case Select(action=action) if action in offered:
                continue
            case _:
                kept.append(block)
    return tuple(kept)

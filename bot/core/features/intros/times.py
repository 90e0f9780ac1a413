"""Weekly hours as they are tapped: whole blocks of a day, or one day hour by hour.

A week is 672 quarter-hours of the member's own clock, Monday 00:00 first. Tapping a block changes
that block and nothing else, so finer times survive a change of something near them.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.core.matching.definition.availability import Window, parse_window

DAY = 24 * 4
WEEK = 7 * DAY


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the week that is tapped as one. ``value`` is how a view carries it."""

    day: int
    start: int
    end: int

    @property
    def value(self) -> str:
        """ "Mon 09:00-12:00"."""
        return str(Window(self.day, self.start, self.end))

    @property
    def quarters(self) -> frozenset[int]:
        """Its quarter-hours of the week."""
        return frozenset(range(self.day * DAY + self.start, self.day * DAY + self.end))


PARTS = ("morning", "afternoon", "evening")
_PART_HOURS = ((9, 12), (12, 17), (17, 21))
BLOCKS = tuple(Block(day, 4 * a, 4 * b) for day in range(7) for a, b in _PART_HOURS)
"""The 21 choices of the intro: seven days by morning, afternoon and evening."""


def hours_of(day: int) -> tuple[Block, ...]:
    """The 24 hours of a day."""
    return tuple(Block(day, 4 * hour, 4 * hour + 4) for hour in range(24))


def tapped(windows: Iterable[str], blocks: Iterable[Block]) -> tuple[str, ...]:
    """Which of these blocks lie wholly within the windows, by value."""
    free = quarters(windows)
    return tuple(block.value for block in blocks if block.quarters <= free)


def tap(
    windows: tuple[str, ...], blocks: Iterable[Block], chosen: Iterable[str]
) -> tuple[str, ...]:
    """The windows once exactly the ``chosen`` of these blocks are tapped.

    A block that was wholly free and is not chosen is given up; one that is chosen is wholly free;
    one that was partly free and is not chosen stays as it was, as do all times outside the blocks.
    """
    free = set(quarters(windows))
    wanted = set(chosen)
    for block in blocks:
        if block.value in wanted:
            free |= block.quarters
        elif block.quarters <= free:
            free -= block.quarters
    return as_windows(free)


def quarters(windows: Iterable[str]) -> frozenset[int]:
    """The quarter-hours of the local week in which the windows lie."""
    return frozenset(
        quarter % WEEK
        for window in map(parse_window, windows)
        for quarter in range(window.day * DAY + window.start, window.day * DAY + window.end)
    )


def as_windows(free: Iterable[int]) -> tuple[str, ...]:
    """The fewest windows that hold these quarter-hours, none passing midnight."""
    windows: list[Window] = []
    for quarter in sorted(free):
        day, at = divmod(quarter, DAY)
        last = windows[-1] if windows else None
        if last and last.day == day and last.end == at:
            windows[-1] = Window(day, last.start, at + 1)
        else:
            windows.append(Window(day, at, at + 1))
    return tuple(map(str, windows))

"""The keys of what is owed: made here, and never taken apart again.

A key follows from what is owed, so that owing it twice is owing it once. Its words say so to
whoever reads the outbox, and to nobody else: what a delivery was about is in the delivery itself.
The words lie in databases, and what was sent is found again by them; once released they stay.
"""

from bot.core.boundary.ids import Key


def key_of(what: str, *which: str | int) -> Key:
    """The key of ``what`` is owed (a word), and of ``which`` of its kind: ids, numbers, dates."""
    return Key(":".join((what, *map(str, which))))

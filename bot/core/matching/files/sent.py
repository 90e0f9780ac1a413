"""A file of people that somebody sends in chat: smaller, and read no further than is of use.

A large one is read by a child process, which imports this module and knows no community.
"""

from collections.abc import Callable

from bot.core.matching.files.packing import pack
from bot.core.matching.files.people_csv import People
from bot.core.matching.files.problems import BadFile
from bot.core.matching.files.reading import Limits, parse_people

MAX_FILE = 2 * 1024 * 1024
"""Bytes of a file sent in chat; larger ones are for the command line."""

LIMITS = Limits(most_bytes=MAX_FILE, most_people=5_000, most_problems=1_000, whole=False)


def parsed(content: bytes) -> People | BadFile:
    """A file as it stands, before anything is known of the community."""
    try:
        return parse_people(content, None, LIMITS)
    except BadFile as bad:
        return bad


def run(content: bytes, _progressed: Callable[[float, float], None]) -> bytes:
    """The child's work: what stands in the file, packed."""
    return pack(parsed(content))

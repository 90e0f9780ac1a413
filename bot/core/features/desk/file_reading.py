"""Reading a large file of people: the work of a child process, which knows no community."""

from collections.abc import Callable

from bot.core.features.desk.people_file import parsed
from bot.core.matching.files.packing import pack


def run(content: bytes, _progressed: Callable[[float, float], None]) -> bytes:
    """What stands in the file, packed."""
    return pack(parsed(content))

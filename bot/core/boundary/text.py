"""Text as data: spans that each platform's renderer turns into its own markup.

A ``str`` in a text is always literal and always escaped, so nothing a member writes can ping, link
or break a layout. Only :class:`Mention` can reach a person's notifications, and only if it says so.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from bot.core.boundary.ids import PersonRef, RoomRef


class Style(Enum):
    """How much of a moment to show."""

    TIME = "time"
    """18:30"""
    DATE = "date"
    """Tuesday 3 March"""
    DAY_TIME = "day_time"
    """Tuesday 3 March, 18:30"""


@dataclass(frozen=True, slots=True)
class Strong:
    """Literal text that carries weight."""

    text: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A person, by the name their platform shows. Notifies them only when ``ping`` is true."""

    person: PersonRef
    name: str
    ping: bool = False


@dataclass(frozen=True, slots=True)
class RoomLink:
    """A way into a room, for those who may enter it."""

    room: RoomRef
    name: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time, shown on the reader's own clock where the platform can do that.

    ``words`` is the same moment already written out in ``at``'s own zone, for places that cannot.
    """

    at: datetime
    style: Style
    words: str

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("a moment needs a time zone")


@dataclass(frozen=True, slots=True)
class Link:
    """An address to open, with the words to show for it."""

    label: str
    url: str

    def __post_init__(self) -> None:
        if not self.url.startswith(("https://", "http://127.0.0.1", "http://localhost")):
            raise ValueError("a link needs an https address")


Span = str | Strong | Mention | RoomLink | Moment | Link
Text = tuple[Span, ...]


def plain(text: Text) -> str:
    """The text with nothing but its words: for alternatives, previews and length checks."""
    return "".join(_words(span) for span in text)


def joined(parts: Iterable[Text], separator: str) -> Text:
    """The parts one after the other with ``separator`` between them."""
    spans: list[Span] = []
    for index, part in enumerate(parts):
        if index:
            spans.append(separator)
        spans.extend(part)
    return tuple(spans)


def _words(span: Span) -> str:
    match span:
        case str():
            return span
        case Strong(text):
            return text
        case Mention(_, name) | RoomLink(_, name):
            return name
        case Moment(words=words):
            return words
        case Link(label):
            return label

"""Text as the page reads it. Pure.

Literal text stays a string of its own, so nothing in it can be taken for markup.
"""

from datetime import UTC

from adapters.playground.model import Json
from bot.core.boundary.text import Link, Mention, Moment, RoomLink, Span, Strong, Text


def text(spans: Text) -> list[object]:
    """A text as a list of strings (literal) and objects (everything that is more than words)."""
    return [_span(span) for span in spans]


def _span(span: Span) -> str | Json:
    match span:
        case str():
            return span
        case Strong(words):
            return {"is": "strong", "text": words}
        case Mention(person, _, ping):
            return {"is": "person", "person": person.key, "ping": ping}
        case RoomLink(room, name):
            return {"is": "room", "room": room.key, "name": name}
        case Moment(at, style, words):
            moment = at.astimezone(UTC).isoformat()
            return {"is": "moment", "at": moment, "style": style.value, "words": words}
        case Link(label, url):
            return {"is": "link", "label": label, "url": url}

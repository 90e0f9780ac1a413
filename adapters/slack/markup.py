"""Text in Slack's three notations. Pure.

Rich text needs no escaping: what stands in it is literal, whatever it looks like. Markup
(``mrkdwn``) is for the places that take nothing else, and has everything that could format, link
or ping taken out of it. Plain text is for labels.
"""

import re
from datetime import UTC

from adapters.slack.model import Json
from bot.core.boundary.legible import legible
from bot.core.boundary.text import Link, Mention, Moment, RoomLink, Span, Strong, Style, Text

_SECTION = 2900
"""Characters in one piece of rich text: below the 3,000 of every other text."""
_JOINER = "\u2060"
_FORMATS = re.compile(r"([*_~`])")
_NOTHING = "–"
"""Stands where nothing is left: Slack takes no empty text."""
_TAGS = re.compile(r"<(?=[!@#])")
_DATES = {
    Style.TIME: "{time}",
    Style.DATE: "{date_long_pretty}",
    Style.DAY_TIME: "{date_long_pretty}, {time}",
}


def label(words: str) -> Json:
    """Words as a plain text object: no markup, no ``:emoji:``."""
    shown = _TAGS.sub("<" + _JOINER, legible(words))
    return {"type": "plain_text", "text": shown if shown.strip() else _NOTHING, "emoji": False}


def escaped(words: str) -> str:
    """Literal words for ``mrkdwn``: nothing in them formats, links or pings."""
    safe = legible(words).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _FORMATS.sub(rf"{_JOINER}\1{_JOINER}", safe)


def markup(text: Text, *, quiet: bool = False) -> str:
    """A text as ``mrkdwn``. ``quiet``: people who are not to be pinged are named, not mentioned."""
    return "".join(_marked(span, quiet=quiet) for span in text)


def paragraphs(text: Text, *, quiet: bool = False) -> list[str]:
    """The same in as many pieces as a text may be long."""
    found = [""]
    for span in text:
        for piece in _short(span) if isinstance(span, str) else [span]:
            shown = _marked(piece, quiet=quiet)
            if len(found[-1]) + len(shown) > _SECTION:
                found.append("")
            found[-1] += shown
    return [one for one in found if one.strip()] or [_NOTHING]


def _short(words: str) -> list[str]:
    """Pieces that stay short enough even where every character is escaped (at most fivefold)."""
    most = _SECTION // 5
    return [words[start : start + most] for start in range(0, len(words), most)]


def fallback(words: str) -> str:
    """The plain-text fallback of a message: notifications and screen readers read it."""
    return legible(words).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def sections(text: Text, kind: str, *, quiet: bool = False) -> list[Json]:
    """A text as elements of a rich text block, each of ``kind`` and not too long."""
    found: list[Json] = []
    room = 0
    for element in (part for span in text for part in _elements(span, quiet=quiet)):
        size = len(str(element.get("text", "")))
        if not found or size > room:
            found.append({"type": kind, "elements": []})
            room = _SECTION
        found[-1]["elements"].append(element)
        room -= size
    return found or [{"type": kind, "elements": [{"type": "text", "text": _NOTHING}]}]


def _elements(span: Span, *, quiet: bool) -> list[Json]:
    match span:
        case str():
            return _pieces(span)
        case Strong(words):
            return [piece | {"style": {"bold": True}} for piece in _pieces(words)]
        case Mention(person, name, ping):
            if quiet and not ping:
                return _pieces(name)
            return [{"type": "user", "user_id": person.key}]
        case RoomLink(room, name):
            if not _is_channel(room.key):
                return _pieces(name)
            return [{"type": "channel", "channel_id": room.key}]
        case Moment(at, style, words):
            moment = {"type": "date", "timestamp": int(at.astimezone(UTC).timestamp())}
            return [moment | {"format": _DATES[style], "fallback": legible(words)}]
        case Link(words, url):
            return [{"type": "link", "url": url, "text": legible(words)}]


def _pieces(words: str) -> list[Json]:
    safe = _TAGS.sub("<" + _JOINER, legible(words))
    return [
        {"type": "text", "text": safe[start : start + _SECTION]}
        for start in range(0, len(safe), _SECTION)
    ]


def _marked(span: Span, *, quiet: bool) -> str:
    match span:
        case str():
            return escaped(span)
        case Strong(words):
            return f"*{escaped(words)}*" if words.strip() else escaped(words)
        case Mention(person, name, ping):
            return escaped(name) if quiet and not ping else f"<@{person.key}>"
        case RoomLink(room, name):
            return f"<#{room.key}>" if _is_channel(room.key) else escaped(name)
        case Moment(at, style, words):
            stamp = int(at.astimezone(UTC).timestamp())
            return f"<!date^{stamp}^{_DATES[style]}|{_within(words)}>"
        case Link(words, url):
            return f"<{_url(url)}|{_within(words)}>"


def _within(words: str) -> str:
    """Literal words inside ``<…|…>``, which end at the first bar or bracket."""
    return escaped(words).replace("|", "¦")


def _url(url: str) -> str:
    return url.replace("&", "&amp;").replace("<", "%3C").replace(">", "%3E").replace("|", "%7C")


def _is_channel(key: str) -> bool:
    return key.startswith("C")

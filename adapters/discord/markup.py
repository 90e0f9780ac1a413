"""Text to Discord's markdown. Pure.

Literal text is escaped so that nothing a member writes can mention, link, run a command, show a
custom emoji or another clock, or change how the rest looks. discord.py's own escapes miss several
of these (``<#…>``, ``</cmd:…>``, ``<id:…>``, ``<t:…>``, bare addresses), so they are all here.
"""

import re
from datetime import UTC

from adapters.discord import ids
from bot.core.boundary.legible import legible
from bot.core.boundary.text import Link, Mention, Moment, RoomLink, Span, Strong, Style, Text

NOTHING = "\u200b"
"""A character without width, set where a backslash would not stop Discord's servers."""

_STYLES = {Style.TIME: "t", Style.DATE: "D", Style.DAY_TIME: "F"}
_INLINE = re.compile(r"[\\`*_~|\[\]]|<(?=[@#/:]|\w+:)|<|@(?=everyone|here)|:(?=//)")
_LINE_START = re.compile(r"^(\s*)(#{1,3}|-#|[-+]|>{1,3}|\d+(?=[.)]))(?=[\s.)]|$)")
_ALIKE = str.maketrans("\\`*_~|[]<>@#", "⧵ˋ∗＿∼∣［］‹›＠＃")


def markup(text: Text, *, compact: bool = False) -> str:
    """The text in Discord's markdown.

    ``compact`` never makes literal text longer: what has a meaning to Discord is replaced by a
    character that looks alike, and times are written out. For messages near Discord's limit.
    """
    out = ""
    for span in _merged(text):
        fresh = not out or out.endswith("\n")
        out += _span(span, fresh=fresh, compact=compact)
    return out


def literal(words: str, *, fresh: bool = True, compact: bool = False) -> str:
    """Words that mean only themselves; ``fresh`` when they begin a line."""
    words = legible(words)
    if compact:
        return words.translate(_ALIKE).replace("://", ":⁄⁄")
    lines = words.split("\n")
    return "\n".join(_line(line, fresh or index > 0) for index, line in enumerate(lines))


def label(words: str) -> str:
    """Words for a place that knows no markdown and must not be empty."""
    return legible(words).strip() or "…"


def pinged(text: Text) -> set[str]:
    """The ids of everyone whom the text is meant to notify."""
    return {span.person.key for span in text if isinstance(span, Mention) and span.ping}


def _span(span: Span, *, fresh: bool, compact: bool) -> str:
    match span:
        case str():
            return literal(span, fresh=fresh, compact=compact)
        case Strong(words):
            return _strong(words, compact=compact)
        case Mention(person, name, ping):
            if compact and not ping:
                return literal(name, fresh=False, compact=True)
            return f"<@{person.key}>"
        case RoomLink(room):
            return f"<#{ids.channel_of(room)}>"
        case Moment(at, style, words):
            return (
                legible(words)
                if compact
                else f"<t:{int(at.astimezone(UTC).timestamp())}:{_STYLES[style]}>"
            )
        case Link(words, url):
            address = url.replace("(", "%28").replace(")", "%29").replace(" ", "%20")
            return f"[{literal(words, fresh=False, compact=compact)}]({address})"


def _strong(words: str, *, compact: bool) -> str:
    words = legible(words)
    inner = words.strip()
    if not inner:
        return words
    before, _, after = words.partition(inner)
    return f"{before}**{literal(inner, fresh=False, compact=compact)}**{after}"


def _line(line: str, fresh: bool) -> str:
    escaped = _INLINE.sub(_escaped, line)
    if not fresh:
        return escaped
    return _LINE_START.sub(lambda found: f"{found[1]}{_blocked(found[2])}", escaped)


def _escaped(found: re.Match[str]) -> str:
    match found[0]:
        case "<" if found.string[found.end() : found.end() + 1] in {*"@#/:"} or re.match(
            r"\w+:", found.string[found.end() :]
        ):
            return f"<{NOTHING}"
        case "@":
            return f"@{NOTHING}"
        case special:
            return f"\\{special}"


def _blocked(start: str) -> str:
    return f"{start}\\" if start.isdigit() else f"\\{start}"


def _merged(text: Text) -> list[Span]:
    """The spans with neighbouring literals in one, so that nothing hides across their seam."""
    spans: list[Span] = []
    for span in text:
        if isinstance(span, str) and spans and isinstance(spans[-1], str):
            spans[-1] += span
        else:
            spans.append(span)
    return spans

"""The words after ``/circle`` and ``/circle-admin``, read by the table of features. Pure.

Slack hands over one line of text, so options are written as ``name:value`` or simply in their
order: ``/circle pause until:"3 March"`` is ``/circle pause 3 March``. The last option takes the
rest of the line. What the table does not know stays as it was typed: help says so.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.core.feature import Command, Kind, Option

_LONGEST = 200
"""Characters kept of a command that there is not."""
_WORD = re.compile(r'(?:(?P<name>[\w-]+):)?(?:["“”„](?P<quoted>[^"“”„]*)["“”„]|(?P<bare>\S+))')
_MENTION = re.compile(r"<@(?P<user>[UW][A-Z0-9]+)(?:\|(?P<name>[^>]*))?>")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


@dataclass(frozen=True, slots=True)
class Named:
    """A person named in a command; ``name`` may be empty."""

    user: str
    name: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A command and what was given to it."""

    command: str
    options: Mapping[str, str | Named] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    name: str = ""
    quoted: bool = False

    @property
    def whole(self) -> str:
        return f"{self.name}:{self.text}" if self.name else self.text


def asked(slash: str, text: str, commands: Mapping[str, Command]) -> Asked:
    """What ``slash`` (with or without its slash) and the words after it ask for."""
    group = slash.lstrip("/").lower()
    words = _words(text)
    for length in range(len(words), 0, -1):
        spoken = " ".join(word.whole.lower() for word in words[:length])
        command = commands.get(f"{group} {spoken}")
        if command is not None:
            return Asked(command.full_name, _options(command, words[length:]))
    return Asked(" ".join([group, *_plain(text).lower().split()])[:_LONGEST])


def _words(text: str) -> list[_Word]:
    # A mention is one word, however many the name in it has.
    held = _MENTION.sub(lambda found: found[0].replace(" ", "\0"), text)
    words = []
    for found in _WORD.finditer(held):
        quoted, bare = found["quoted"], found["bare"]
        value = (quoted if quoted is not None else bare).replace("\0", " ")
        words.append(_Word(value, found["name"] or "", quoted is not None))
    return words


def _options(command: Command, words: list[_Word]) -> dict[str, str | Named]:
    known = {option.name: option for option in command.options}
    given: dict[str, list[str]] = {}
    loose: list[_Word] = []
    for word in _named(words, known):
        name = word.name.lower()
        if name in known and name not in given:
            given[name] = [word.text]
        elif given and loose == [] and not word.name and _takes_more(known, given):
            given[list(given)[-1]].append(word.text)
        else:
            loose.append(word)
    waiting = [option for option in command.options if option.name not in given]
    for index, option in enumerate(waiting):
        if not loose:
            break
        last = index == len(waiting) - 1
        taken, loose = (loose, []) if last else (loose[:1], loose[1:])
        given[option.name] = [word.whole for word in taken]
    return {name: _value(known[name], " ".join(values)) for name, values in given.items()}


def _named(words: list[_Word], known: Mapping[str, Option]) -> list[_Word]:
    """The same words, where ``name: value`` is ``name:value`` for the options there are."""
    found: list[_Word] = []
    for word in words:
        before = found[-1] if found else None
        name = before.text[:-1].lower() if before and before.text.endswith(":") else ""
        if before and not before.quoted and name in known and not word.name:
            found[-1] = _Word(word.text, name, word.quoted)
        else:
            found.append(word)
    return found


def _takes_more(known: Mapping[str, Option], given: Mapping[str, list[str]]) -> bool:
    """Whether words after ``name:value`` still belong to it: nothing else is waiting for them."""
    return len(given) == len(known) and known[list(given)[-1]].kind in {Kind.TEXT, Kind.DATE}


def _value(option: Option, text: str) -> str | Named:
    mention = _MENTION.fullmatch(text.strip())
    if option.kind is Kind.PERSON and mention:
        return Named(mention["user"], mention["name"] or "")
    shown = _plain(text)
    if option.kind is Kind.CHOICE:
        near = [choice for choice in option.choices if choice.lower() == shown.lower()]
        return near[0] if near else shown
    return shown


def _plain(text: str) -> str:
    """What was typed, as whoever typed it sees it."""
    shown = _MENTION.sub(lambda found: f"@{found['name'] or found['user']}", text)
    for entity, character in _ENTITIES:
        shown = shown.replace(entity, character)
    return shown

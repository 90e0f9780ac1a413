"""The table of features as Discord's slash commands. Pure.

``/circle`` and ``/circle-admin`` are two commands whose sub-commands are the table's. They are
written to Discord only when they differ from what stands there: it allows few writes a day.

Discord refuses them all when one name or description is not to its taste, so what a translation
may say is asked here first, where whoever translated it can be told what to mend.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from adapters.discord.decode import MANAGE_SERVER
from bot.core.boundary.wording import SOURCE, MissingWords, Wording, Words
from bot.core.decide import Bot
from bot.core.feature import Command, Group, Kind, Option
from bot.shell.ports import Refused

Json = dict[str, Any]

SUB_COMMAND, STRING, USER, ATTACHMENT = 1, 3, 6, 11
_TYPES: Final = {
    Kind.TEXT: STRING,
    Kind.DATE: STRING,
    Kind.CHOICE: STRING,
    Kind.PERSON: USER,
    Kind.FILE: ATTACHMENT,
}
MOST_DESCRIPTION: Final = 100
"""Characters, in every language; the name of a choice has as many."""
_NAME = re.compile(r"[-_'\w\u0900-\u0963\u0966-\u097f\u0e01-\u0e3a\u0e40-\u0e5b]{1,32}")
"""A name as Discord takes it: letters and digits of any script, with the vowel signs of Devanagari
and Thai (which are not letters to Python), and no capitals."""
# Discord's locales that are more than a language; all others it has are in _PLAIN.
_REGIONAL: Final = {
    "en": ("en-GB", "en-US"),
    "es": ("es-ES", "es-419"),
    "pt": ("pt-BR",),
    "sv": ("sv-SE",),
    "zh": ("zh-CN", "zh-TW"),
}
_PLAIN: Final = frozenset(
    (
        *("bg", "cs", "da", "de", "el", "fi", "fr", "hi", "hr", "hu", "id", "it", "ja", "ko"),
        *("lt", "nl", "no", "pl", "ro", "ru", "th", "tr", "uk", "vi"),
    )
)


def locales(language: str) -> tuple[str, ...]:
    """Discord's names for a language of ours; none when Discord has no such language."""
    if language in _PLAIN:
        return (language,)
    regional = [one for several in _REGIONAL.values() for one in several]
    return (language,) if language in regional else _REGIONAL.get(language, ())


def slash_commands(bot: Bot, wording: Wording) -> list[Json]:
    """Both groups, with their names and descriptions in every language that Discord has too.

    Raises :class:`Refused` for a translation that Discord would not take, and says which.
    """
    speaker = _Speaker(wording)
    groups: list[Json] = []
    for group in Group:
        inside = [c for c in bot.commands.values() if c.group is group]
        if not inside:
            continue
        whole: Json = {
            "type": 1,
            "name": group.value,
            **speaker.described(f"command.{group.value}"),
            "options": _apart(group.value, [_sub_command(one, speaker) for one in inside]),
            "contexts": [0],  # in servers only
            "integration_types": [0],  # added to servers, not to people
        }
        if group is Group.MODERATOR:
            # Who else sees it (a moderator role without this permission) is the server's own
            # choice, under Integrations; who may use it is asked again at every use.
            whole["default_member_permissions"] = MANAGE_SERVER
        groups.append(whole)
    return groups


def same(wanted: Sequence[Json], standing: Sequence[Json]) -> bool:
    """Whether what stands at Discord is what is wanted."""
    return _sorted(wanted) == _sorted(standing)


def _sub_command(command: Command, speaker: "_Speaker") -> Json:
    inside: Json = {
        "type": SUB_COMMAND,
        "name": command.name,
        **speaker.named(command.key),
        **speaker.described(command.key),
    }
    if command.options:
        options = sorted(command.options, key=lambda one: not one.required)
        inside["options"] = _apart(
            command.full_name, [_option(one, command.key, speaker) for one in options]
        )
    return inside


def _option(option: Option, key: str, speaker: "_Speaker") -> Json:
    key = f"{key}.{option.name}"
    inside: Json = {
        "type": _TYPES[option.kind],
        "name": option.name,
        **speaker.named(key),
        **speaker.described(key),
    }
    if option.required:
        inside["required"] = True
    if option.choices:
        inside["choices"] = [
            {"value": value, **speaker.labelled(f"{key}.{value}")} for value in option.choices
        ]
    if option.suggest:
        inside["autocomplete"] = True
    return inside


def _apart(called: str, options: list[Json]) -> list[Json]:
    """These options, no two of which may have one name in one language."""
    taken: dict[tuple[str, str], str] = {}
    for option in options:
        for locale, name in option.get("name_localizations", {}).items():
            other = taken.setdefault((locale, name), option["name"])
            if other != option["name"]:
                raise Refused(
                    f"In {locale}, {other} and {option['name']} of /{called} are both called"
                    f" “{name}”. Change one of them in bot/core/boundary/wording."
                )
    return options


class _Speaker:
    """The catalogue, as Discord wants translations: English, and the others beside it."""

    def __init__(self, wording: Wording) -> None:
        self._english = wording.words("UTC", SOURCE)
        self._others: list[tuple[str, Words]] = [
            (locale, wording.words("UTC", language))
            for language in wording.languages
            if language != SOURCE
            for locale in locales(language)
        ]

    def described(self, key: str) -> Json:
        """The description under ``key``."""
        return self._told("description", key)

    def labelled(self, key: str) -> Json:
        """The name of a choice under ``key``."""
        return self._told("name", key)

    def named(self, key: str) -> Json:
        """Other languages' names for a command or an option, where their catalogues have them.

        They stand under ``<key>.name``. English has none: there the command's own name is the
        name, the same on every platform.
        """
        names: dict[str, str] = {}
        for locale, words in self._others:
            try:
                name = words.line(f"{key}.name")
            except MissingWords:
                continue
            if not _NAME.fullmatch(name) or name != name.lower():
                raise _unfit(words, f"{key}.name", name, "1 to 32 small letters, digits, - and _")
            names[locale] = name
        return {"name_localizations": names} if names else {}

    def _told(self, field: str, key: str) -> Json:
        english, others = self._english.line(key), dict[str, str]()
        for locale, words in self._others:
            line = words.line(key)
            if not 0 < len(line) <= MOST_DESCRIPTION:
                raise _unfit(words, key, line, f"1 to {MOST_DESCRIPTION} characters")
            if line != english:
                others[locale] = line
        told: Json = {field: english}
        return {**told, f"{field}_localizations": others} if others else told


def _unfit(words: Words, key: str, said: str, wanted: str) -> Refused:
    return Refused(
        f"Discord does not take “{said}”, which stands under {key} in"
        f" bot/core/boundary/wording/{words.language}: it wants {wanted}."
    )


# What a command has when Discord is not told: leaving it out and giving it are the same.
_DEFAULTS: Final[Mapping[str, object]] = {
    "type": 1,
    "default_member_permissions": None,
    "contexts": None,
    "integration_types": [0],
    "required": False,
    "autocomplete": False,
    "options": [],
    "choices": [],
    "name_localizations": {},
    "description_localizations": {},
}
_COMPARED: Final = frozenset({*_DEFAULTS, "name", "description", "value"})


def _sorted(commands: Iterable[Json]) -> list[Json]:
    return sorted(map(_bare, commands), key=lambda one: str(one["name"]))


def _bare(command: Json) -> Json:
    """The command without ids and versions, and without what goes without saying."""
    bare: Json = {"type": command.get("type", _DEFAULTS["type"])}
    for key in _COMPARED & command.keys():
        value = command[key]
        if key in {"options", "choices"}:
            value = [_bare(one) for one in value or ()]
        elif key == "default_member_permissions" and value is not None:
            value = int(value)  # Discord hands it back as a string
        if value != _DEFAULTS.get(key) and (value or value == 0):
            bare[key] = value
    return bare

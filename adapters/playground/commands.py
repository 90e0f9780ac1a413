"""The slash commands, from the one table of features, as the page completes them. Pure."""

from adapters.playground.model import Json
from bot.core.boundary.wording import Words
from bot.core.decide import Bot
from bot.core.feature import Command, Needs, Option


def listed(bot: Bot, words: Words, *, moderator: bool) -> list[Json]:
    """Every command a persona may use, described in their language, in the table's order."""
    return [
        {
            "name": command.full_name,
            "about": _line(words, command.key),
            "options": [_option(command, option, words) for option in command.options],
        }
        for command in bot.commands.values()
        if moderator or command.needs is not Needs.MODERATOR
    ]


def _option(command: Command, option: Option, words: Words) -> Json:
    key = f"{command.key}.{option.name}"
    return {
        "name": option.name,
        "kind": option.kind.value,
        "required": option.required,
        "about": _line(words, key),
        "choices": [
            {"value": value, "label": _line(words, f"{key}.{value}") or value}
            for value in option.choices
        ],
        "suggests": option.suggest is not None,
    }


def _line(words: Words, key: str) -> str:
    return words.line(key) if words.has(key) else ""

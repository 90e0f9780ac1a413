"""Every command of the table can be listed on every platform."""

import pytest

from bot.core.boundary import limits
from bot.core.boundary.wording import load
from bot.core.feature import Command, Kind
from bot.core.features import FEATURES

COMMANDS = [command for feature in FEATURES for command in feature.commands]


def test_no_two_commands_have_the_same_name() -> None:
    names = [command.full_name for command in COMMANDS]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda one: one.full_name)
def test_a_command_and_its_options_are_described_briefly(command: Command) -> None:
    words = load().words("UTC")
    described = [words.line(command.key)]
    for option in command.options:
        described.append(words.line(f"{command.key}.{option.name}"))
        if option.kind is Kind.CHOICE:
            described += [words.line(f"{command.key}.{option.name}.{c}") for c in option.choices]
    assert [one for one in described if not 0 < len(one) <= limits.COMMAND_DESCRIPTION] == []

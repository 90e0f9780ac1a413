"""The whole table of features as slash commands."""

import msgspec
import pytest

from adapters.discord import commands
from bot.core.boundary.wording import SOURCE, Catalogue, Wording
from bot.core.boundary.wording import load as load_wording
from bot.core.decide import Bot
from bot.core.features import FEATURES
from bot.shell.ports import Refused
from tests.contracts.table import TABLE
from tests.platforms.discord import checks, requests


def test_every_command_of_the_bot_is_one_that_discord_takes() -> None:
    wanted = commands.slash_commands(Bot(FEATURES), load_wording())
    checks.commands(msgspec.convert(wanted, requests.Commands))
    names = [f"{group['name']} {one['name']}" for group in wanted for one in group["options"]]
    assert sorted(names) == sorted(Bot(FEATURES).commands)


def test_no_option_is_called_name_for_there_stands_a_command_s_own() -> None:
    options = {o.name for command in Bot(FEATURES).commands.values() for o in command.options}
    assert "name" not in options


def translated(**languages: dict[str, str]) -> Wording:
    """The commands' words in English and, but for what is given, unchanged in other languages."""
    english = load_wording()
    words = english.words("UTC", SOURCE)
    told = {key: (words.line(key),) for key in english.keys("command.")}
    others = (
        Catalogue(language, told | {key: (line,) for key, line in given.items()})
        for language, given in languages.items()
    )
    return Wording((Catalogue("en", told), *others))


def test_other_languages_stand_beside_english() -> None:
    wording = translated(
        de={"command.circle.help": "Was du hier tun kannst"},
        zh={
            "command.circle.help": "查看說明",
            "command.circle.help.name": "幫助",
            "command.circle.pause.until.name": "直到",
        },
        hi={"command.circle.help.name": "मदद_करें"},
    )
    wanted = commands.slash_commands(Bot((TABLE,)), wording)
    checks.commands(msgspec.convert(wanted, requests.Commands))
    shown = {one["name"]: one for one in wanted[0]["options"]}
    assert shown["help"]["description_localizations"] == {
        "de": "Was du hier tun kannst",
        "zh-CN": "查看說明",
        "zh-TW": "查看說明",
    }
    names = {"zh-CN": "幫助", "zh-TW": "幫助", "hi": "मदद_करें"}
    assert shown["help"]["name_localizations"] == names
    assert shown["help"]["name"] == "help"
    (until,) = shown["pause"]["options"]
    assert until["name_localizations"] == {"zh-CN": "直到", "zh-TW": "直到"}
    assert "name_localizations" not in shown["why"]


@pytest.mark.parametrize("name", ["Hilfe", "hilfe bitte", "", "h" * 33, "hilfe!"])
def test_a_name_that_discord_would_refuse_is_named_with_its_place(name: str) -> None:
    wording = translated(de={"command.circle.help.name": name})
    with pytest.raises(
        Refused, match=r"command\.circle\.help\.name in bot/core/boundary/wording/de"
    ):
        commands.slash_commands(Bot((TABLE,)), wording)


def test_a_description_that_is_too_long_in_another_language_is_named_with_its_place() -> None:
    wording = translated(de={"command.circle.why": "Warum? " * 20})
    with pytest.raises(Refused, match="1 to 100 characters"):
        commands.slash_commands(Bot((TABLE,)), wording)


def test_two_commands_cannot_share_a_name_in_any_language() -> None:
    wording = translated(
        de={"command.circle.help.name": "hilfe", "command.circle.why.name": "hilfe"}
    )
    with pytest.raises(Refused, match="are both called “hilfe”"):
        commands.slash_commands(Bot((TABLE,)), wording)


def test_what_discord_adds_makes_no_difference() -> None:
    wanted = commands.slash_commands(Bot((TABLE,)), load_wording())
    standing = [
        {
            "id": "1",
            "application_id": "2",
            "version": "3",
            "nsfw": False,
            "dm_permission": True,
            "name_localizations": None,
            "description_localizations": None,
            **one,
        }
        for one in reversed(wanted)
    ]
    for one in standing:
        if "default_member_permissions" in one:
            one["default_member_permissions"] = str(one["default_member_permissions"])
    assert commands.same(wanted, standing)
    standing[0]["description"] = "Something else"
    assert not commands.same(wanted, standing)
    assert not commands.same(wanted, standing[1:])


def test_languages_go_by_discord_s_names_for_them() -> None:
    assert commands.locales("de") == ("de",)
    assert commands.locales("zh") == ("zh-CN", "zh-TW")
    assert commands.locales("zh-TW") == ("zh-TW",)
    assert commands.locales("ne") == ()

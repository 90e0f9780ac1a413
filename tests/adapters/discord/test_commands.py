"""The whole table of features as slash commands."""

import msgspec

from adapters.discord import commands
from bot.core.decide import Bot
from bot.core.features import FEATURES
from bot.core.wording import SOURCE, Catalogue, Wording
from bot.core.wording import load as load_wording
from tests.adapters.discord.harness import TABLE
from tests.platforms.discord import checks, requests


def test_every_command_of_the_bot_is_one_that_discord_takes() -> None:
    wanted = commands.slash_commands(Bot(FEATURES), load_wording())
    checks.commands(msgspec.convert(wanted, requests.Commands))
    names = [f"{group['name']} {one['name']}" for group in wanted for one in group["options"]]
    assert sorted(names) == sorted(Bot(FEATURES).commands)


def test_other_languages_stand_beside_english() -> None:
    english = load_wording()
    keys = english.keys("command.")
    words = english.words("UTC", SOURCE)
    german = {key: (f"{words.line(key)[:90]} (de)",) for key in keys}
    chinese = {**german, "command.circle.help.name": ("幫助",)}
    told = {key: (words.line(key),) for key in keys} | {"command.circle.help.name": ("help",)}
    wording = Wording((Catalogue("en", told), Catalogue("de", german), Catalogue("zh", chinese)))
    wanted = commands.slash_commands(Bot((TABLE,)), wording)
    checks.commands(msgspec.convert(wanted, requests.Commands))
    shown = next(one for one in wanted[0]["options"] if one["name"] == "help")
    assert set(shown["description_localizations"]) == {"de", "zh-CN", "zh-TW"}
    assert shown["name_localizations"] == {"zh-CN": "幫助", "zh-TW": "幫助"}


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

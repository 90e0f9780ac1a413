"""The address that adds the bot to a server."""

from base64 import urlsafe_b64encode
from urllib.parse import parse_qs, urlsplit

import discord

from adapters.discord import client_id, invite_address
from bot import config


def asked(settings: config.Discord) -> discord.Permissions:
    query = parse_qs(urlsplit(invite_address("42", settings)).query)
    assert query["client_id"] == ["42"]
    assert query["scope"] == ["bot applications.commands"]
    return discord.Permissions(int(query["permissions"][0]))


def test_the_bot_asks_for_what_it_uses_and_no_more() -> None:
    threads = asked(config.Discord())
    assert threads.create_private_threads
    assert threads.send_messages_in_threads
    for never in ("administrator", "manage_guild", "manage_channels", "mention_everyone"):
        assert not getattr(threads, never)
    channels = asked(config.Discord(rooms="channels"))
    assert channels.manage_channels
    assert not channels.administrator


def test_a_token_says_whose_it_is() -> None:
    first = urlsafe_b64encode(b"1234567890123456789").decode().rstrip("=")
    assert client_id(f"{first}.abc.def") == "1234567890123456789"
    for no_token in ("", "test-token", "é.x", "aGVsbG8.x"):
        assert client_id(no_token) is None

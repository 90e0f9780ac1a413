"""The address at which somebody who manages a server adds the bot to it."""

from urllib.parse import urlencode

from adapters.discord.rooms import needed
from bot import config


def invite_address(client_id: str, settings: config.Discord) -> str:
    """The address, asking for exactly the permissions that the bot uses as it is configured."""
    asked = {
        "client_id": client_id,
        "scope": "bot applications.commands",
        "permissions": needed(settings).value,
    }
    return f"https://discord.com/oauth2/authorize?{urlencode(asked)}"

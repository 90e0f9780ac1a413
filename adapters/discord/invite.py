"""The address at which somebody who manages a server adds the bot to it."""

from base64 import urlsafe_b64decode
from binascii import Error
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


def client_id(token: str) -> str | None:
    """The application that a bot token belongs to: its first part says so. ``None`` if not."""
    first = token.partition(".")[0]
    try:
        number = urlsafe_b64decode(first + "=" * (-len(first) % 4)).decode()
    except (Error, ValueError):
        return None
    return number if number.isdecimal() else None

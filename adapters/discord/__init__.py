"""Discord: an adapter on discord.py."""

from adapters.discord.adapter import Discord
from adapters.discord.connection import Refused
from adapters.discord.invite import invite_address

__all__ = ["Discord", "Refused", "invite_address"]

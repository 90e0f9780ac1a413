"""Discord: an adapter on discord.py."""

from adapters.discord.adapter import Discord
from adapters.discord.connection import Refused
from adapters.discord.invite import client_id, invite_address

__all__ = ["Discord", "Refused", "client_id", "invite_address"]

"""Discord: an adapter on discord.py."""

from adapters.discord.adapter import Discord
from adapters.discord.invite import client_id, invite_address

__all__ = ["Discord", "client_id", "invite_address"]

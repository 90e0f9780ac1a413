"""The name of a delivery on the wire."""

from base64 import b32encode
from hashlib import blake2b

from bot.core.boundary.ids import CommunityId


def wire_key(community: CommunityId, key: str) -> str:
    """24 characters that are the same on every try and tell nothing: Discord's nonce has 25."""
    digest = blake2b(f"{community}\0{key}".encode(), digest_size=15).digest()
    return b32encode(digest).decode().lower()

"""Sealing and naming: what turns personal data into bytes that say nothing without the key.

One master key of 32 bytes rules everything. From it come a key for keyed hashes (by which refs
are found without being readable) and a key that wraps the keys of people and communities. A
sealed value is AES-256-GCM under one of those, bound to the place it lies in: bytes moved to
another person, community or column do not open. Nothing here knows what is sealed.
"""

import hashlib
import hmac
import secrets

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from storage.errors import CannotOpen

KEY = 32
"""Bytes in a key."""
_NONCE = 12
_VERSION = b"\x01"


class Vault:
    """The master key at work."""

    def __init__(self, master: bytes) -> None:
        if len(master) != KEY:
            raise ValueError("the master key has 32 bytes")
        self._hashing = hmac.new(_derived(master, b"banyan hash"), digestmod=hashlib.sha256)
        self._wrapping = _derived(master, b"banyan wrap")

    def hash(self, purpose: str, *parts: str) -> bytes:
        """A keyed hash (32 bytes): the same for the same parts, telling nothing about them."""
        # Not hmac.digest: it lets another thread go first, which takes far longer than the hash.
        hashing = self._hashing.copy()
        hashing.update(_bound(purpose, *parts))
        return hashing.digest()

    def wrap(self, key: bytes, *place: str) -> bytes:
        """A key of somebody's, sealed under the master key for its place."""
        return seal(self._wrapping, key, *place)

    def unwrap(self, wrapped: bytes, *place: str) -> bytes:
        """The key again. Raises :class:`CannotOpen`."""
        return unseal(self._wrapping, wrapped, *place)


def new_key() -> bytes:
    """A new random key."""
    return secrets.token_bytes(KEY)


def seal(key: bytes, plain: bytes, *place: str) -> bytes:
    """``plain`` sealed under ``key`` and bound to ``place``."""
    nonce = secrets.token_bytes(_NONCE)
    return _VERSION + nonce + AESGCM(key).encrypt(nonce, plain, _bound(*place))


def unseal(key: bytes, sealed: bytes, *place: str) -> bytes:
    """What was sealed. Raises :class:`CannotOpen` for another key, another place or any change."""
    version, nonce, rest = sealed[:1], sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :]
    if version != _VERSION:
        raise CannotOpen(place[-1] if place else "")
    try:
        return AESGCM(key).decrypt(nonce, rest, _bound(*place))
    except (InvalidTag, ValueError):
        raise CannotOpen(place[-1] if place else "") from None


def _bound(*parts: str) -> bytes:
    """The parts as bytes that no other parts have."""
    return msgspec.json.encode(parts)


def _derived(master: bytes, purpose: bytes) -> bytes:
    return HKDF(hashes.SHA256(), KEY, salt=None, info=purpose).derive(master)

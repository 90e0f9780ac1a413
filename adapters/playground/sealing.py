"""Sealing what the playground keeps: AES-256-GCM, each value bound to the place where it lies."""

import hashlib
import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE = 12  # bytes: what AES-GCM is defined for


class WrongKey(Exception):
    """What is kept was sealed with another key, or tampered with."""


class Seal:
    """Seals and opens values under one key of 32 bytes."""

    def __init__(self, key: bytes) -> None:
        if len(key) != 32:
            raise ValueError("the playground's key has 32 bytes")
        self._key = key
        self._cipher = AESGCM(key)

    def close(self, value: bytes, place: str) -> bytes:
        """``value`` sealed for ``place``, under a nonce of its own."""
        nonce = secrets.token_bytes(_NONCE)
        return nonce + self._cipher.encrypt(nonce, value, place.encode())

    def open(self, sealed: bytes, place: str) -> bytes:
        """What was sealed for ``place``. Raises :class:`WrongKey`."""
        try:
            return self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], place.encode())
        except InvalidTag as broken:
            raise WrongKey(place) from broken

    def word(self, purpose: str) -> str:
        """A secret word that follows from the key: the same after every restart."""
        return hmac.new(self._key, purpose.encode(), hashlib.sha256).hexdigest()[:32]

"""Where new ids and seeds come from."""

import secrets
from typing import Protocol

from storage.catalogue import ID

_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"


class Chance(Protocol):
    """A source of what nobody can guess, or, in a rehearsal, of what everybody can repeat."""

    def new_id(self) -> str:
        """12 characters of ``a-z2-7``."""

    def new_seed(self) -> int:
        """A number from 0 up to, not including, 2³¹."""


class SecretChance:
    """The operating system's randomness."""

    def new_id(self) -> str:
        """60 random bits."""
        return "".join(secrets.choice(_LETTERS) for _ in range(ID))

    def new_seed(self) -> int:
        """31 random bits."""
        return secrets.randbits(31)

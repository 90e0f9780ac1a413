"""What the core asks of storage about everybody's rights over their own data."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from bot.core.boundary.ids import Key, PersonId, PersonRef


class Rights(Protocol):
    """Export and erasure, both generated from the catalogue of columns."""

    def export(self, person: PersonId, *, without: Collection[str] = ()) -> bytes:
        """Everything held about the person in this community, as readable JSON (UTF-8).

        ``without`` names tables, and fields anywhere in what is sealed, that are left out.
        """

    def forget(self, person: PersonId) -> tuple[Key, ...]:
        """Have every row and the key of the person deleted, and remember (as a keyed hash) that it
        was done. Returns the keys of messages already said that hold their words or name.

        It happens when the unit ends, once what the outcome owes has been written down: until
        then the person can still be looked up.
        """

    def was_forgotten(self, ref: PersonRef, since: datetime) -> bool:
        """Whether somebody of this ref was forgotten here at that time or later."""

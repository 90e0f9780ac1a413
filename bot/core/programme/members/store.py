"""What the core asks of storage about members."""

from datetime import datetime, timedelta
from typing import Protocol

from bot.core.boundary.forms import Unsent
from bot.core.boundary.ids import PersonId
from bot.core.programme.members.model import (
    IntroDraft,
    Member,
    Profile,
    Purpose,
    Sensitive,
    Standing,
)


class Members(Protocol):
    """The members of one community."""

    def get(self, person: PersonId) -> Member | None:
        """The member, also when paused, waiting or left; ``None`` if they never joined."""

    def many(self, people: tuple[PersonId, ...]) -> dict[PersonId, Member]:
        """The same for many at once."""

    def all(self, *standings: Standing) -> tuple[Member, ...]:
        """Every member with one of these standings (all but left when none is named)."""

    def save(self, member: Member) -> None:
        """Keep the member as they now are."""

    def profile(self, person: PersonId) -> Profile:
        """What the member told (empty if nothing)."""

    def profiles(self, people: tuple[PersonId, ...]) -> dict[PersonId, Profile]:
        """The same for many at once."""

    def save_profile(self, person: PersonId, profile: Profile) -> None:
        """Keep what the member told."""

    def draft(self, person: PersonId) -> IntroDraft | None:
        """The half-filled intro, if there is one."""

    def save_draft(
        self, person: PersonId, draft: IntroDraft | None, remind_at: datetime | None = None
    ) -> None:
        """Keep a half-filled intro (``None`` ends it), and when to remind of it."""

    def unsent(self, person: PersonId, form: str) -> Unsent | None:
        """What was last kept of a form (by its wire code) that somebody filled in."""

    def keep_unsent(
        self, person: PersonId, form: str, unsent: Unsent, *, sooner: timedelta = timedelta()
    ) -> None:
        """Keep it in the place of what was kept before, and ``sooner`` than others let it go."""

    def drop_unsent(self, person: PersonId | None = None, form: str = "") -> None:
        """Keep nothing of it any more: of anybody's where nobody, of any where none is named."""

    def sensitive(self, person: PersonId) -> tuple[Sensitive, ...]:
        """Sensitive answers whose consent is live."""

    def sensitive_for(
        self, people: tuple[PersonId, ...], purpose: Purpose
    ) -> dict[PersonId, tuple[Sensitive, ...]]:
        """The sensitive answers of many people that may be used for ``purpose``."""

    def answer_sensitive(
        self,
        person: PersonId,
        key: str,
        values: tuple[str, ...],
        purposes: frozenset[Purpose],
        text_version: str,
    ) -> None:
        """Keep a sensitive answer under new consents, in the place of an earlier one."""

    def withdraw(self, person: PersonId, key: str) -> None:
        """Withdraw the consents of an answer; the answer goes with them."""

    def withdraw_everywhere(self, key: str) -> None:
        """The same for everybody: the question is no longer asked."""

    def due(self, at: datetime) -> tuple[tuple[Member, ...], tuple[PersonId, ...]]:
        """Members whose pause has ended, and people to remind of a half-filled intro."""

"""Members in the database. What they told lies under their own key."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bot.core.boundary.forms import Unsent
from bot.core.boundary.ids import PersonId
from bot.core.programme.members.model import (
    IntroDraft,
    Member,
    Profile,
    Purpose,
    Role,
    Sensitive,
    Standing,
)
from storage.ground import Ground
from storage.tables.community import COMMUNITIES
from storage.tables.members import CONSENTS, DRAFTS, MEMBERS, PROFILES, SENSITIVE_ANSWERS, UNSENT

_AT_ONCE = 500
"""Ids in one question to the database: SQLite has a limit."""


class SqlMembers:
    """The members of one community."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    # --- standing ---------------------------------------------------------------------------------

    def get(self, person: PersonId) -> Member | None:
        """The member, also when paused, waiting or left; ``None`` if they never joined."""
        found = self._members(MEMBERS.c.person == person)
        return found[0] if found else None

    def many(self, people: tuple[PersonId, ...]) -> dict[PersonId, Member]:
        """The same for many at once."""
        found: list[Member] = []
        for start in range(0, len(people), _AT_ONCE):
            found += self._members(MEMBERS.c.person.in_(people[start : start + _AT_ONCE]))
        return {member.person: member for member in found}

    def all(self, *standings: Standing) -> tuple[Member, ...]:
        """Every member with one of these standings (all but left when none is named)."""
        wanted = [one.value for one in standings or set(Standing) - {Standing.LEFT}]
        return self._members(MEMBERS.c.standing.in_(wanted))

    def save(self, member: Member) -> None:
        """Keep the member as they now are."""
        left = member.standing is Standing.LEFT
        self._ground.keep(
            MEMBERS,
            person=member.person,
            standing=member.standing.value,
            role=member.role.value,
            zone=member.zone,
            capacity=member.capacity,
            private_question=member.private_question,
            nudges_a_week=member.nudges_a_week,
            quiet_from=member.quiet_from,
            quiet_until=member.quiet_until,
            nudges_stopped=member.nudges_stopped,
            paused_until=member.paused_until if member.standing is Standing.PAUSED else None,
            joined_at=member.joined_at,
            left_at=self._ground.at if left else None,
        )

    def due(self, at: datetime) -> tuple[tuple[Member, ...], tuple[PersonId, ...]]:
        """Members whose pause has ended, and people to remind of a half-filled intro."""
        waiting = self._ground.connection.scalars(
            self._ground.select(DRAFTS.c.person)
            .where(DRAFTS.c.remind_at <= at)
            .order_by(DRAFTS.c.remind_at, DRAFTS.c.person)
        )
        return self._members(MEMBERS.c.paused_until <= at), tuple(map(PersonId, waiting))

    def _members(self, wanted: sa.ColumnElement[bool]) -> tuple[Member, ...]:
        rows = self._ground.connection.execute(
            self._ground.select(MEMBERS)
            .where(wanted)
            .order_by(MEMBERS.c.joined_at, MEMBERS.c.person)
        )
        return tuple(
            Member(
                PersonId(row.person),
                Standing(row.standing),
                Role(row.role),
                row.zone,
                row.capacity,
                row.private_question,
                row.nudges_a_week,
                row.quiet_from,
                row.quiet_until,
                row.nudges_stopped,
                row.paused_until,
                row.joined_at,
            )
            for row in rows
        )

    # --- what they told ---------------------------------------------------------------------------

    def profile(self, person: PersonId) -> Profile:
        """What the member told (empty if nothing)."""
        return self.profiles((person,)).get(person, Profile())

    def profiles(self, people: tuple[PersonId, ...]) -> dict[PersonId, Profile]:
        """The same for many at once."""
        found = {person: Profile() for person in people}
        for row in self._of(people, self._ground.select(PROFILES), PROFILES):
            person = PersonId(row.person)
            found[person] = self._ground.seals.open(PROFILES.c.told, row.told, Profile, person)
        return found

    def save_profile(self, person: PersonId, profile: Profile) -> None:
        """Keep what the member told."""
        told = self._ground.seals.seal(PROFILES.c.told, profile, person)
        self._ground.keep(PROFILES, person=person, told=told)

    def draft(self, person: PersonId) -> IntroDraft | None:
        """The half-filled intro, if there is one."""
        sealed = self._ground.connection.scalar(
            self._ground.select(DRAFTS.c.draft).where(DRAFTS.c.person == person)
        )
        if sealed is None:
            return None
        return self._ground.seals.open(DRAFTS.c.draft, sealed, IntroDraft, person)

    def save_draft(
        self, person: PersonId, draft: IntroDraft | None, remind_at: datetime | None = None
    ) -> None:
        """Keep a half-filled intro (``None`` ends it), and when to remind of it."""
        if draft is None:
            self._ground.delete(DRAFTS, DRAFTS.c.person == person)
            return
        self._ground.keep(
            DRAFTS,
            person=person,
            draft=self._ground.seals.seal(DRAFTS.c.draft, draft, person),
            touched_at=self._ground.at,
            remind_at=remind_at,
        )

    def unsent(self, person: PersonId, form: str) -> Unsent | None:
        """What was last kept of a form (by its wire code) that somebody filled in."""
        sealed = self._ground.connection.scalar(
            self._ground.select(UNSENT.c.filled).where(
                UNSENT.c.person == person, UNSENT.c.form == form
            )
        )
        if sealed is None:
            return None
        return self._ground.seals.open(UNSENT.c.filled, sealed, Unsent, person)

    def keep_unsent(
        self, person: PersonId, form: str, unsent: Unsent, *, sooner: timedelta = timedelta()
    ) -> None:
        """Keep it in the place of what was kept before, and ``sooner`` than others let it go."""
        sealed = self._ground.seals.seal(UNSENT.c.filled, unsent, person)
        self._ground.keep(UNSENT, person=person, form=form, filled=sealed, at=unsent.at - sooner)

    def drop_unsent(self, person: PersonId | None = None, form: str = "") -> None:
        """Keep nothing of it any more: of anybody's where nobody, of any where none is named."""
        which: list[sa.ColumnElement[bool]] = []
        if person is not None:
            which.append(UNSENT.c.person == person)
        if form:
            which.append(UNSENT.c.form == form)
        self._ground.delete(UNSENT, *which)

    # --- sensitive answers and their consents -----------------------------------------------------

    def sensitive(self, person: PersonId) -> tuple[Sensitive, ...]:
        """Sensitive answers whose consent is live."""
        return self._sensitive((person,), sa.true()).get(person, ())

    def sensitive_for(
        self, people: tuple[PersonId, ...], purpose: Purpose
    ) -> dict[PersonId, tuple[Sensitive, ...]]:
        """The sensitive answers of many people that may be used for ``purpose``."""
        return self._sensitive(people, CONSENTS.c.purpose == purpose.value)

    def answer_sensitive(
        self,
        person: PersonId,
        key: str,
        values: tuple[str, ...],
        purposes: frozenset[Purpose],
        text_version: str,
    ) -> None:
        """Keep a sensitive answer under new consents, in the place of an earlier one."""
        ground = self._ground
        self.withdraw(person, key)
        platform = ground.select(COMMUNITIES.c.platform)
        for purpose in sorted(purposes, key=lambda one: one.value):
            consent = ground.chance.new_id()
            ground.add(
                CONSENTS,
                id=consent,
                person=person,
                answer=key,
                purpose=purpose.value,
                text_version=text_version,
                given_in=platform.scalar_subquery(),
                given_at=ground.at,
            )
            told = ground.seals.seal(SENSITIVE_ANSWERS.c.told, values, person)
            self._ground.keep(SENSITIVE_ANSWERS, consent=consent, person=person, told=told)

    def withdraw(self, person: PersonId, key: str) -> None:
        """Withdraw the consents of an answer; the answer goes with them."""
        self._withdraw((CONSENTS.c.answer == key) & (CONSENTS.c.person == person))

    def withdraw_everywhere(self, key: str) -> None:
        """The same for everybody: the question is no longer asked."""
        self._withdraw(CONSENTS.c.answer == key)

    def _withdraw(self, which: sa.ColumnElement[bool]) -> None:
        live = which & CONSENTS.c.withdrawn_at.is_(None)
        under = self._ground.select(CONSENTS.c.id).where(live)
        self._ground.delete(SENSITIVE_ANSWERS, SENSITIVE_ANSWERS.c.consent.in_(under))
        self._ground.update(CONSENTS, live, withdrawn_at=self._ground.at)

    def _sensitive(
        self, people: tuple[PersonId, ...], which: sa.ColumnElement[bool]
    ) -> dict[PersonId, tuple[Sensitive, ...]]:
        told = SENSITIVE_ANSWERS
        statement = (
            self._ground.select(told, CONSENTS.c.answer, CONSENTS.c.purpose)
            .join_from(
                told,
                CONSENTS,
                (CONSENTS.c.community_id == told.c.community_id)
                & (CONSENTS.c.id == told.c.consent),
            )
            .where(CONSENTS.c.withdrawn_at.is_(None), which)
            .order_by(CONSENTS.c.given_at, CONSENTS.c.answer)
        )
        found: dict[PersonId, dict[str, Sensitive]] = {}
        for row in self._of(people, statement, told):
            person, key = PersonId(row.person), row.answer
            values = self._ground.seals.open(told.c.told, row.told, tuple[str, ...], person)
            mine = found.setdefault(person, {})
            earlier = mine[key].purposes if key in mine else frozenset()
            mine[key] = Sensitive(key, values, earlier | {Purpose(row.purpose)})
        return {person: tuple(mine.values()) for person, mine in found.items()}

    # --- rows -------------------------------------------------------------------------------------

    def _of(
        self, people: Iterable[PersonId], statement: sa.Select[Any], table: sa.Table
    ) -> Iterable[sa.Row[Any]]:
        """The rows of these people, with their keys at hand."""
        wanted = sorted(set(people))
        self._ground.seals.fetch(wanted)
        for start in range(0, len(wanted), _AT_ONCE):
            some = table.c.person.in_(wanted[start : start + _AT_ONCE])
            yield from self._ground.connection.execute(statement.where(some)).all()

"""A community's own row, its moderators and its audit log."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.core.boundary.ids import CommunityId, CommunityRef, PersonId, Ref, ReportId
from bot.core.programme.community.model import Community, Settings
from bot.core.programme.community.store import AuditEntry
from storage import everywhere
from storage.chance import Chance
from storage.crypto import Vault
from storage.ground import Ground
from storage.own import prepare
from storage.seals import Seals, community_key, new_community_key
from storage.tables.community import AUDIT, COMMUNITIES, MODERATORS

# Asked in every unit, so built once.
_BY_REF = everywhere.select(COMMUNITIES).where(COMMUNITIES.c.ref_hash == sa.bindparam("ref_hash"))
_MODERATORS = prepare(MODERATORS.c.person).order_by(MODERATORS.c.since, MODERATORS.c.person)


def enter(
    connection: sa.Connection, vault: Vault, chance: Chance, ref: CommunityRef, at: datetime
) -> tuple[Community, Seals]:
    """The community behind a platform's name for it, made known at its first event."""
    found = connection.execute(_BY_REF, {"ref_hash": _hash(vault, ref)}).one_or_none()
    if found is None:
        return _new(connection, vault, CommunityId(chance.new_id()), ref=ref, at=at)
    seals = seals_of(connection, vault, found.id, found.key)
    if found.gone_at is not None:
        back = everywhere.update(COMMUNITIES).where(COMMUNITIES.c.id == found.id)
        connection.execute(back.values(gone_at=None))
    return (
        Community(
            CommunityId(found.id),
            ref,
            seals.open(COMMUNITIES.c.settings, found.settings, Settings),
            found.configured,
        ),
        seals,
    )


def seals_of(connection: sa.Connection, vault: Vault, community: str, wrapped: bytes) -> Seals:
    """The seals of a community already known, from the key in its row."""
    key = community_key(vault, community, wrapped)
    return Seals(connection, vault, CommunityId(community), key)


def present(platform: str) -> sa.Select[Any]:
    """The communities of a platform that the bot has not gone from."""
    return (
        everywhere.select(COMMUNITIES.c.id, COMMUNITIES.c.key, COMMUNITIES.c.ref)
        .where(COMMUNITIES.c.platform == platform, COMMUNITIES.c.gone_at.is_(None))
        .order_by(COMMUNITIES.c.id)
    )


def ref_of(seals: Seals, sealed: bytes) -> CommunityRef:
    """The platform's name for the community whose row held this."""
    return CommunityRef(seals.open(COMMUNITIES.c.ref, sealed, Ref))


def _new(
    connection: sa.Connection,
    vault: Vault,
    community: CommunityId,
    *,
    ref: CommunityRef,
    at: datetime,
) -> tuple[Community, Seals]:
    key, wrapped = new_community_key(vault, community)
    seals = Seals(connection, vault, community, key)
    made = Community(community, ref, Settings())
    everywhere.add_once(
        connection,
        COMMUNITIES,
        {
            "id": community,
            "platform": ref.platform,
            "ref_hash": _hash(vault, ref),
            "ref": seals.seal(COMMUNITIES.c.ref, ref),
            "settings": seals.seal(COMMUNITIES.c.settings, made.settings),
            "configured": False,
            "key": wrapped,
            "known_at": at,
        },
    )
    return made, seals


def _hash(vault: Vault, ref: CommunityRef) -> bytes:
    return vault.hash("community", ref.platform, ref.key)


class SqlProgramme:
    """The settings of one community, its moderators and its audit log."""

    def __init__(self, ground: Ground, community: Community) -> None:
        self._ground = ground
        self.community = community
        """The community as it now is."""

    def configure(self, settings: Settings) -> None:
        """Keep these settings, and that setup was done."""
        sealed = self._ground.seals.seal(COMMUNITIES.c.settings, settings)
        self._ground.update(COMMUNITIES, settings=sealed, configured=True)
        self.community = replace(self.community, settings=settings, configured=True)

    def gone(self) -> None:
        """Keep that the bot is there no more."""
        self._ground.update(COMMUNITIES, gone_at=self._ground.at)

    def moderators(self) -> tuple[PersonId, ...]:
        """Everyone who acted as a moderator and has not been seen without the right since."""
        return tuple(PersonId(row.person) for row in self._ground.run(_MODERATORS))

    def note_moderator(self, person: PersonId, *, is_moderator: bool) -> None:
        """Keep whether this person was a moderator at their last event."""
        if is_moderator == (person in self.moderators()):
            return
        if is_moderator:
            self._ground.keep(MODERATORS, person=person, since=self._ground.at)
        else:
            self._ground.delete(MODERATORS, MODERATORS.c.person == person)

    def audit(self, actor: PersonId | None, action: str, subject: str = "") -> None:
        """Write a line of the audit log: a word for the action, an id for the subject."""
        at = self._ground.at
        self._ground.add(AUDIT, at=at, actor=actor, action=action, subject=subject)

    def audit_log(self, limit: int, reports: Collection[ReportId]) -> tuple[AuditEntry, ...]:
        """The newest lines, newest first; of what is written about reports, only about these."""
        hidden = AUDIT.c.action.startswith("report.") & AUDIT.c.subject.not_in(reports)
        rows = self._ground.connection.execute(
            self._ground.select(AUDIT)
            .where(~hidden)
            .order_by(AUDIT.c.at.desc(), AUDIT.c.id.desc())
            .limit(limit)
        )
        return tuple(AuditEntry(row.at, row.actor, row.action, row.subject) for row in rows)

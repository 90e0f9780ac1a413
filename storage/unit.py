"""The unit of work over SQL: one transaction, narrowed to one community.

Each store is built when it is first asked for. The transaction itself is the database's affair.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import sqlalchemy as sa

from bot.core.boundary.events import Actor, Right, Why
from bot.core.boundary.ids import CommunityRef, Key, PersonId
from bot.core.boundary.outcome import Delivery
from bot.core.boundary.wording import Wording, Words
from bot.core.programme.community.discreet import as_carried
from bot.core.programme.community.model import Community
from bot.core.programme.people import Person
from bot.shell.ports import Owed, Receipt
from storage import inbox
from storage.chance import Chance
from storage.checkins import SqlCheckIns
from storage.circles import SqlCircles
from storage.codec import Codec
from storage.community import SqlProgramme, enter
from storage.crypto import Vault
from storage.drafts import SqlDrafts
from storage.ground import Ground
from storage.mail import SqlMail
from storage.members import SqlMembers
from storage.outbox import SqlOutbox
from storage.people import SqlPeople
from storage.reports import SqlReports
from storage.rights import SqlRights
from storage.rooms import SqlRooms
from storage.seals import Seals
from storage.seasons import SqlSeasons

Entered = tuple[Community, Seals]
"""A community, and what its values are sealed with."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What a platform allows in its communities, and who can read along in its rooms."""

    carries_sensitive: bool = True
    room_readers: str | None = None


@dataclass(frozen=True, slots=True)
class Means:
    """What every unit of one database works with."""

    vault: Vault
    codec: Codec
    wording: Wording
    chance: Chance
    platforms: dict[str, Rules] = field(default_factory=dict)
    """The rules of the platforms that are served, by their names."""


class SqlUnit:
    """One event's view of one community, and the book-keeping of that event."""

    def __init__(
        self,
        connection: sa.Connection,
        means: Means,
        community: CommunityRef,
        actor: Actor | None,
        at: datetime,
        *,
        entered: Entered | None = None,
    ) -> None:
        chance, rules = means.chance, means.platforms.get(community.platform, Rules())
        self.entered = entered or enter(connection, means.vault, chance, community, at)
        """The community as its row says, and its seals."""
        found, seals = self.entered
        if rules.room_readers:
            found = replace(found, room_readers=rules.room_readers)
        self._entered = as_carried(found, carries_sensitive=rules.carries_sensitive)
        self._ground = Ground(connection, found.id, seals, at, chance)
        self._codec = means.codec
        self._wording = means.wording
        self._actor = actor
        if actor is not None:
            self._note_rights(actor)
        self.erased: list[bytes] = []
        """The ledger's hashes of everybody erased in this unit."""

    # --- what the core sees ---------------------------------------------------------------------

    @property
    def at(self) -> datetime:
        """When the event happened (UTC)."""
        return self._ground.at

    @property
    def community(self) -> Community:
        """The community, with its settings as they now are."""
        return self.programme.community

    @property
    def actor(self) -> Person | None:
        """Who acted, if Banyan knows them by now."""
        return self.people.find(self._actor.person) if self._actor else None

    @property
    def words(self) -> Words:
        """The actor's language and clock (the community's, where nobody acted)."""
        return self._words(self.actor, self._actor)

    def words_for(self, person: PersonId) -> Words:
        """A reader's language and clock."""
        return self._words(self.people.get(person), None)

    def words_in(self, zone: str) -> Words:
        """The community's language on a given clock."""
        settings = self.community.settings
        return self._wording.words(_first_zone(zone, settings.zone), settings.language)

    def new_id(self) -> str:
        """A new random id."""
        return self._ground.chance.new_id()

    def new_seed(self) -> int:
        """A new random seed below 2³¹."""
        return self._ground.chance.new_seed()

    # --- one store for each feature: one property each --------------------------------------------

    @cached_property
    def people(self) -> SqlPeople:
        return SqlPeople(self._ground)

    @cached_property
    def programme(self) -> SqlProgramme:
        return SqlProgramme(self._ground, self._entered)

    @cached_property
    def members(self) -> SqlMembers:
        return SqlMembers(self._ground)

    @cached_property
    def rooms(self) -> SqlRooms:
        return SqlRooms(self._ground)

    @cached_property
    def seasons(self) -> SqlSeasons:
        return SqlSeasons(self._ground)

    @cached_property
    def desk(self) -> SqlDrafts:
        return SqlDrafts(self._ground)

    @cached_property
    def circles(self) -> SqlCircles:
        return SqlCircles(self._ground)

    @cached_property
    def checkins(self) -> SqlCheckIns:
        return SqlCheckIns(self._ground)

    @cached_property
    def rights(self) -> SqlRights:
        return SqlRights(self._ground, self.people, self._outbox)

    @cached_property
    def reports(self) -> SqlReports:
        return SqlReports(self._ground, self.people)

    @cached_property
    def mail(self) -> SqlMail:
        return SqlMail(self._ground, self._codec)

    # --- book-keeping -----------------------------------------------------------------------------

    def seen(self, event_id: str) -> bool:
        """Whether this event was decided before; if not, it now is."""
        return inbox.seen(self._ground, event_id)

    def was_seen(self, event_id: str) -> bool:
        """Whether this event was decided before."""
        return inbox.was_seen(self._ground, event_id)

    def owe(self, deliveries: Sequence[Delivery]) -> None:
        """Put deliveries into the outbox; a key already there is left as it is."""
        self._outbox.owe(deliveries)

    def cancel(self, keys: Sequence[Key]) -> None:
        """Cancel what has not been sent yet."""
        self._outbox.cancel(keys)

    def settle(
        self,
        owed: Owed,
        *,
        made: Receipt = None,
        failed: Why | None = None,
        cancelled: str | None = None,
    ) -> bool:
        """Write down how a claimed delivery ended. False when the claim was lost meanwhile."""
        return self._outbox.settle(owed, made, failed, cancelled)

    def carry_out_erasures(self) -> None:
        """Erase whoever is still to be forgotten."""
        self.erased.extend(self.rights.carry_out())

    def leave_community(self) -> None:
        """The bot is there no more: cancel what is owed. Another event brings it back."""
        self.programme.gone()
        self._outbox.cancel_where(sa.true(), "community gone")

    @cached_property
    def _outbox(self) -> SqlOutbox:
        return SqlOutbox(self._ground, self.people, self.rooms, self._codec)

    def _note_rights(self, actor: Actor) -> None:
        """Keep whether somebody was a moderator at their last event: what concerns the moderators
        is owed to those who were."""
        is_moderator = Right.MODERATOR in actor.rights
        person = self.people.ensure(actor) if is_moderator else self.people.find(actor.person)
        if person is not None:
            self.programme.note_moderator(person.id, is_moderator=is_moderator)

    def _words(self, person: Person | None, actor: Actor | None) -> Words:
        settings = self.community.settings
        zone = _first_zone(
            person.zone if person else None, actor.zone if actor else None, settings.zone
        )
        return self._wording.words(
            zone,
            person.language if person else None,
            actor.language if actor else None,
            settings.language,
        )


def _first_zone(*names: str | None) -> str:
    """The first of these zones that exists here, else UTC: platforms may know others."""
    for name in filter(None, names):
        try:
            return ZoneInfo(name).key
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    return "UTC"

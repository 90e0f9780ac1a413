"""The unit of work, as the core sees it: one event's view of one community.

Everything a handler may read or change hangs off the unit, already narrowed to the community the
event came from. The unit neither commits nor sends; the shell does both once the core has decided.
"""

from datetime import datetime
from typing import Protocol

from bot.core.boundary.ids import PersonId
from bot.core.boundary.wording import Words
from bot.core.programme.checkins.store import CheckIns
from bot.core.programme.circles.store import Circles, Rooms
from bot.core.programme.community.model import Community
from bot.core.programme.community.store import Programme
from bot.core.programme.drafts.store import Desk
from bot.core.programme.mail.store import Mail
from bot.core.programme.members.store import Members
from bot.core.programme.people import People, Person
from bot.core.programme.reports.store import Reports
from bot.core.programme.rights.store import Rights
from bot.core.programme.seasons.store import Seasons


class Unit(Protocol):
    """One event's view of one community."""

    @property
    def at(self) -> datetime:
        """When the event happened (UTC): the only "now" the core knows."""

    @property
    def community(self) -> Community:
        """The community, with its settings as they now are."""

    @property
    def actor(self) -> Person | None:
        """Who acted, if Banyan knows them already."""

    @property
    def words(self) -> Words:
        """The actor's language and clock (the community's, where nobody acted)."""

    def words_for(self, person: PersonId) -> Words:
        """A reader's language and clock."""

    def words_in(self, zone: str) -> Words:
        """The community's language on a given clock: for rooms, where several people read."""

    def new_id(self) -> str:
        """A new random id: 12 characters of ``a-z2-7``."""

    def new_seed(self) -> int:
        """A new random seed below 2³¹."""

    @property
    def people(self) -> People: ...
    @property
    def programme(self) -> Programme: ...
    @property
    def members(self) -> Members: ...
    @property
    def seasons(self) -> Seasons: ...
    @property
    def desk(self) -> Desk: ...
    @property
    def circles(self) -> Circles: ...
    @property
    def rooms(self) -> Rooms: ...
    @property
    def checkins(self) -> CheckIns: ...
    @property
    def rights(self) -> Rights: ...
    @property
    def mail(self) -> Mail: ...
    @property
    def reports(self) -> Reports: ...

"""People as the platforms know them: the one place where names and refs are kept."""

from dataclasses import dataclass
from typing import Protocol

from bot.core.boundary.events import Actor
from bot.core.boundary.ids import PersonId, PersonRef
from bot.core.boundary.text import Mention
from bot.core.boundary.views import Picked


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of this community whom Banyan has a reason to know."""

    id: PersonId
    ref: PersonRef
    name: str
    language: str | None = None
    """The language they read in (BCP 47), if known."""
    zone: str | None = None
    """Their clock (IANA), if known."""

    def mention(self, *, ping: bool = False) -> Mention:
        """This person as a span of text."""
        return Mention(self.ref, self.name, ping)

    def picked(self) -> Picked:
        """This person as a chosen value of a people field."""
        return Picked(self.ref, self.name)


class People(Protocol):
    """The people of one community."""

    def find(self, ref: PersonRef) -> Person | None:
        """The person with this ref, if Banyan knows them."""

    def find_many(self, refs: list[PersonRef]) -> dict[PersonRef, Person]:
        """Those of these refs that Banyan knows."""

    def get(self, person: PersonId) -> Person | None:
        """The person with this id; ``None`` once forgotten."""

    def many(self, people: list[PersonId]) -> dict[PersonId, Person]:
        """Those of these people who are still known."""

    def ensure(self, who: Actor | Picked) -> Person:
        """The person, made known (or their name brought up to date) if need be.

        Only for somebody who acts, joins or is named by another: looking does not make known.
        """

    def set_clock(self, person: PersonId, zone: str) -> None:
        """Keep the zone (IANA) this person reads times in."""

    def set_language(self, person: PersonId, language: str) -> None:
        """Keep the language (BCP 47) this person reads in."""

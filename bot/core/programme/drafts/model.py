"""A draft of circles, not yet anybody's, and the search that makes one.

Everything here is ids and numbers: what speaks for a circle is worked out anew each time it is
looked at, from what its people then say.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.core.boundary.ids import Key, PersonId, SeasonId


@dataclass(frozen=True, slots=True)
class DraftCircle:
    """One circle of a draft, under the neutral name it will keep."""

    name: str
    mentors: tuple[PersonId, ...]
    mentees: tuple[PersonId, ...]
    locked: bool = False

    @property
    def people(self) -> tuple[PersonId, ...]:
        """Everyone in it, mentors first."""
        return (*self.mentors, *self.mentees)

    def without(self, people: frozenset[PersonId]) -> "DraftCircle":
        """The circle with these people's seats empty."""
        return replace(
            self,
            mentors=tuple(who for who in self.mentors if who not in people),
            mentees=tuple(who for who in self.mentees if who not in people),
        )


@dataclass(frozen=True, slots=True)
class Draft:
    """One version of a season's draft. Versions only grow; undo is a new version too."""

    season: SeasonId
    version: int
    circles: tuple[DraftCircle, ...]
    locked_people: tuple[PersonId, ...] = ()
    seed: int = 0
    effort: str = "normal"
    back: int = 0
    """The version that an undo from here brings back; 0 where there is none."""
    upper_bound: float = 0.0
    """What no arrangement of the people that ``bound_for`` stands for can be worth more than."""
    bound_for: str = ""

    def after(self, circles: tuple[DraftCircle, ...]) -> "Draft":
        """The next version, with these circles; undo leads back here."""
        return replace(self, version=self.version + 1, circles=circles, back=self.version)

    def restored(self, version: int) -> "Draft":
        """These circles once more, as the newest version; undo goes on from where they were."""
        return replace(self, version=version)

    def without(self, people: frozenset[PersonId]) -> "Draft":
        """The same version without these people."""
        return replace(
            self,
            circles=tuple(circle.without(people) for circle in self.circles),
            locked_people=tuple(who for who in self.locked_people if who not in people),
        )


@dataclass(frozen=True, slots=True)
class Run:
    """A search under way. ``base`` is the version of the draft whose locks it keeps (0: none)."""

    season: SeasonId
    key: Key
    """Of the delivery that computes it."""
    asked_by: PersonId | None
    effort: str
    seed: int
    base: int
    started_at: datetime
    share: float = 0.0
    """How far it came, from 0 to 1."""
    best: float = 0.0

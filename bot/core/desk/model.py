"""A draft of circles, not yet anybody's."""

from dataclasses import dataclass, field

from bot.core.ids import PersonId, SeasonId


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


@dataclass(frozen=True, slots=True)
class Draft:
    """One version of a season's draft. Versions only grow; undo is a new version too."""

    season: SeasonId
    version: int
    circles: tuple[DraftCircle, ...]
    locked_people: tuple[PersonId, ...] = ()
    seed: int = 0
    undoes: int = 0
    """How many versions back an undo from here goes."""
    result: str = ""
    """The engine's result for exactly these circles, as its JSON (ids and numbers only)."""
    notes: dict[str, str] = field(default_factory=dict)

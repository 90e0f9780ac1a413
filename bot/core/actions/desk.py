"""What can be asked for at the moderators' desk.

Whatever changes a draft carries the version it was asked of, so that two moderators never undo
each other's work without knowing.
"""

from dataclasses import dataclass
from typing import ClassVar

from bot.core.boundary.actions import Action


@dataclass(frozen=True, slots=True)
class RunMatch(Action):
    """Search for circles; from a draft of this season, around its locks."""

    name: ClassVar[str] = "desk.run"
    effort: str


@dataclass(frozen=True, slots=True)
class ShowRun(Action):
    """How far is the search?"""

    name: ClassVar[str] = "desk.show-run"


@dataclass(frozen=True, slots=True)
class CancelRun(Action):
    """Stop searching. ``seed`` says which search."""

    name: ClassVar[str] = "desk.cancel-run"
    seed: int


@dataclass(frozen=True, slots=True)
class ShowDraft(Action):
    """The newest draft in short."""

    name: ClassVar[str] = "desk.show"


@dataclass(frozen=True, slots=True)
class ShowCircle(Action):
    """One circle of the draft, by its index."""

    name: ClassVar[str] = "desk.circle"
    index: int


@dataclass(frozen=True, slots=True)
class PickCircle(Action):
    """The select of circles; its value is an index."""

    name: ClassVar[str] = "desk.pick"


@dataclass(frozen=True, slots=True)
class ShowUnplaced(Action):
    """Who is not placed, page by page."""

    name: ClassVar[str] = "desk.unplaced"
    page: int


@dataclass(frozen=True, slots=True)
class SwapPeople(Action):
    """Two people change places; also the button that asks whom."""

    name: ClassVar[str] = "desk.swap"
    version: int


@dataclass(frozen=True, slots=True)
class MovePerson(Action):
    """Somebody goes to another circle; also the button that asks who and where."""

    name: ClassVar[str] = "desk.move"
    version: int


@dataclass(frozen=True, slots=True)
class LockPeople(Action):
    """Keep these people where they are; also the button that asks whom."""

    name: ClassVar[str] = "desk.lock-people"
    version: int


@dataclass(frozen=True, slots=True)
class LockCircle(Action):
    """Keep a circle as it is, or let it go again."""

    name: ClassVar[str] = "desk.lock-circle"
    version: int
    index: int


@dataclass(frozen=True, slots=True)
class Undo(Action):
    """Take the last change back."""

    name: ClassVar[str] = "desk.undo"
    version: int


@dataclass(frozen=True, slots=True)
class AskToPublish(Action):
    """Ask whether this version is really to be published."""

    name: ClassVar[str] = "desk.ask-to-publish"
    version: int


@dataclass(frozen=True, slots=True)
class Publish(Action):
    """Publish this version."""

    name: ClassVar[str] = "desk.publish"
    version: int


@dataclass(frozen=True, slots=True)
class SeatLate(Action):
    """Give a late joiner a seat in a circle that meets already."""

    name: ClassVar[str] = "desk.seat-late"
    circle: str
    person: str
    seat: str


@dataclass(frozen=True, slots=True)
class FindPeople(Action):
    """Who could take a seat of this kind in this circle?"""

    name: ClassVar[str] = "desk.find-people"
    circle: str
    seat: str


@dataclass(frozen=True, slots=True)
class ImportPeople(Action):
    """Bring in the file that was sent. ``sensitive``: their consent was obtained ("yes")."""

    name: ClassVar[str] = "desk.import"
    sensitive: str


@dataclass(frozen=True, slots=True)
class ImportFurther(Action):
    """Go on bringing in a file, from this person on. No button carries it."""

    name: ClassVar[str] = "desk.import-further"
    sensitive: str
    start: int


@dataclass(frozen=True, slots=True)
class DropImport(Action):
    """Forget the file that was sent."""

    name: ClassVar[str] = "desk.drop-import"

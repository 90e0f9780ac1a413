"""What the core wants done: one answer shown now, and deliveries owed until they are done."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from bot.core.boundary.actions import Action
from bot.core.boundary.ids import Key, PersonId, RoomId
from bot.core.boundary.views import Form, Message


@dataclass(frozen=True, slots=True)
class Say:
    """Answer with a message; ``private`` to whoever asked, unless it is for everyone."""

    message: Message
    private: bool = True


@dataclass(frozen=True, slots=True)
class Replace:
    """Put this message in the place of the one whose button was pressed."""

    message: Message


@dataclass(frozen=True, slots=True)
class ShowForm:
    """Answer with a form."""

    form: Form


@dataclass(frozen=True, slots=True)
class FixForm:
    """Show the form again with its problems, and everything that was filled in."""

    form: Form


@dataclass(frozen=True, slots=True)
class Quiet:
    """Nothing to say (and nothing to answer, for events that no person waits on)."""


Answer = Say | Replace | ShowForm | FixForm | Quiet


@dataclass(frozen=True, slots=True)
class Notice:
    """What is to be said later, as references: its words are drawn when it is sent.

    A frozen dataclass of strings and integers (ids, weeks, versions), never personal text: it lies
    in the outbox as JSON.
    """

    name: ClassVar[str]
    confidential: ClassVar[bool] = False
    """Whether nobody else may learn that there is such a thing for its reader."""


@dataclass(frozen=True, slots=True)
class ToRoom:
    """Post in a room. ``silent`` asks for no notification where the platform can do that."""

    room: RoomId
    silent: bool = False


@dataclass(frozen=True, slots=True)
class ToPerson:
    """Tell one person privately."""

    person: PersonId


@dataclass(frozen=True, slots=True)
class NewRoom:
    """Open a private room, whose id is already chosen; people come by :class:`Invite`.

    ``attempt`` counts from 1 how often it was asked for.
    """

    room: RoomId
    name: str
    attempt: int = 1


@dataclass(frozen=True, slots=True)
class Invite:
    """Let a person into a room."""

    room: RoomId
    person: PersonId


@dataclass(frozen=True, slots=True)
class Remove:
    """Take a person out of a room."""

    room: RoomId
    person: PersonId


@dataclass(frozen=True, slots=True)
class Archive:
    """Close a room for good, keeping what was said there."""

    room: RoomId


@dataclass(frozen=True, slots=True)
class Delete:
    """Take back what an earlier delivery (by its key) said."""

    key: Key


@dataclass(frozen=True, slots=True)
class Edit:
    """Say an earlier delivery (by its key) anew."""

    key: Key


@dataclass(frozen=True, slots=True)
class ErasePerson:
    """Have the platform's adapter forget what it keeps of a person by itself."""

    person: PersonId


@dataclass(frozen=True, slots=True)
class Compute:
    """Run a long computation in a child process; its result comes back as ``Computed``."""

    job: str


To = ToRoom | ToPerson | NewRoom | Invite | Remove | Archive | Delete | Edit | ErasePerson | Compute


@dataclass(frozen=True, slots=True)
class Delivery:
    """Something owed.

    ``key`` is unique in the community and follows from what is owed, never from when it was
    decided: owing the same key twice is owing it once (see :mod:`bot.core.boundary.keys`).
    ``about`` names people whose words or names are in it, so that forgetting them can take it
    back. It is not sent before ``due`` and becomes missed after ``expires`` (UTC).
    """

    key: Key
    to: To
    what: Notice | None = None
    about: tuple[PersonId, ...] = ()
    due: datetime | None = None
    expires: datetime | None = None


@dataclass(frozen=True, slots=True)
class Hold:
    """Drawn too early (quiet hours, budget): ask again at ``until``."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Drop:
    """Drawn too late or for nobody: never send it. ``why`` is a word for the ledger."""

    why: str


Drawn = Message | Hold | Drop


@dataclass(frozen=True, slots=True)
class Departure:
    """Somebody left the programme, or is being forgotten. Their rows are still there."""

    person: PersonId
    forgotten: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer, what is owed, and which deliveries not yet sent (by key) are owed no more.

    ``departed`` tells every feature that somebody goes, so that each can do its part. ``then`` is
    the rest of a long piece of work, done by the same person in a transaction of its own once
    others had their turn: whoever asked gets the last answer. Each part must stand by itself, for
    it may be the last.
    """

    answer: Answer = Quiet()
    deliveries: tuple[Delivery, ...] = ()
    cancelled: tuple[Key, ...] = ()
    departed: Departure | None = None
    then: Action | None = None

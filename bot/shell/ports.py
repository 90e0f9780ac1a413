"""What the shell asks of the outside: platforms, storage and time.

Adapters speak to the shell through :class:`Inbox` and are spoken to through :class:`Adapter`.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Protocol

from bot.core.boundary.events import Actor, Event, Why
from bot.core.boundary.ids import CommunityId, CommunityRef, Key, MessageRef, PersonRef, RoomRef
from bot.core.boundary.outcome import Answer, Delivery, Notice, To
from bot.core.boundary.views import Choice, Message
from bot.core.programme.unit import Unit


class Fault(Exception):
    """Something that only the operator can put right. The message says what, and how, and holds
    nothing personal; the exit code is after ``sysexits.h``."""

    exit_code: ClassVar[int] = 70


class RunAgain(Exception):
    """The database asks for the same unit once more (a serialisation failure)."""


class Apart(Exception):
    """What was done together is to be done again, one unit after the other: none of it stands."""


class Writes(Exception):
    """What was only to be read would change something: it needs a unit that can write."""


class Refused(Exception):
    """A platform will not have us, now or later: only the operator can mend it.

    Raised by :meth:`Adapter.listen` or when an adapter is made; the message says what to change.
    """


class TryLater(Exception):
    """It cannot be done now. ``uncertain``: the request may have been carried out.

    ``asked``: the platform itself named the time, so nothing failed and no longer wait is wanted.
    """

    def __init__(self, seconds: float, *, uncertain: bool = False, asked: bool = False) -> None:
        super().__init__(f"try again in {seconds:g} s")
        self.seconds = seconds
        self.uncertain = uncertain
        self.asked = asked

    def harmless(self) -> "TryLater":
        """The same where it does not matter whether the request was carried out."""
        return TryLater(self.seconds, asked=self.asked)


class Undeliverable(Exception):
    """This can never arrive; ``why`` says whose doing that is."""

    def __init__(self, why: Why, detail: str = "") -> None:
        super().__init__(f"{why.value}: {detail}")
        self.why = why


@dataclass(frozen=True, slots=True)
class PostInRoom:
    """Post a message in a room; ``silent`` without a notification where that can be had."""

    room: RoomRef
    message: Message
    silent: bool = False


@dataclass(frozen=True, slots=True)
class TellPerson:
    """Send a private message."""

    person: PersonRef
    message: Message


@dataclass(frozen=True, slots=True)
class OpenRoom:
    """Open a private room under a neutral name; the receipt is its ref."""

    name: str


@dataclass(frozen=True, slots=True)
class LetIn:
    """Let a person into a room."""

    room: RoomRef
    person: PersonRef


@dataclass(frozen=True, slots=True)
class TakeOut:
    """Take a person out of a room."""

    room: RoomRef
    person: PersonRef


@dataclass(frozen=True, slots=True)
class CloseRoom:
    """Close a room for good, keeping what was said there."""

    room: RoomRef


@dataclass(frozen=True, slots=True)
class TakeBack:
    """Delete a message of ours."""

    message: MessageRef


@dataclass(frozen=True, slots=True)
class SayAnew:
    """Put this in the place of a message of ours."""

    message: MessageRef
    anew: Message


@dataclass(frozen=True, slots=True)
class ErasePlatformData:
    """Erase what the adapter itself keeps of a person."""

    person: PersonRef


Task = (
    PostInRoom
    | TellPerson
    | OpenRoom
    | LetIn
    | TakeOut
    | CloseRoom
    | TakeBack
    | SayAnew
    | ErasePlatformData
)


@dataclass(frozen=True, slots=True)
class Parcel:
    """One thing to do on a platform.

    ``key`` (at most 25 characters) is the same on every try, so a platform that knows it will not
    do the thing twice. ``perhaps_done`` means an earlier try may have got through: look first
    where the platform lets you, and raise ``Undeliverable(Why.UNCERTAIN)`` where it does not.
    """

    key: str
    community: CommunityRef
    task: Task
    perhaps_done: bool = False


Receipt = MessageRef | RoomRef | None


class Inbox(Protocol):
    """Where adapters bring what happened."""

    async def receive(self, event: Event) -> Answer:
        """Decide the event and keep what came of it, then return the answer. Never raises."""

    async def suggest(
        self, community: CommunityRef, actor: Actor, command: str, option: str, typed: str
    ) -> Sequence[Choice]:
        """Completions for an option of a command; at most 25."""

    async def rooms_of(self, community: CommunityRef, person: PersonRef) -> Sequence[RoomRef]:
        """The rooms that somebody should be able to enter; none when in doubt."""

    async def communities(self, platform: str) -> Sequence[CommunityRef]:
        """The communities of a platform in which the bot is believed to be."""


class Adapter(Protocol):
    """One platform."""

    @property
    def platform(self) -> str:
        """The name its refs carry."""

    @property
    def carries_sensitive(self) -> bool:
        """Whether the platform's rules let an app send it sensitive information about people."""

    @property
    def room_readers(self) -> str:
        """The key of the sentence that says who, besides a circle's people, can read its room."""

    async def listen(self, inbox: Inbox, ready: Callable[[], None]) -> None:
        """Bring events until cancelled; call ``ready`` once the platform can be used.

        Raises :class:`Refused`.
        """

    async def deliver(self, parcel: Parcel) -> Receipt:
        """Do it, and say what it became. Raises only :class:`TryLater`, :class:`Undeliverable`."""


class Clock(Protocol):
    """The time as Banyan takes it: the system's, or one that can be moved."""

    def now(self) -> datetime:
        """The moment it is (UTC)."""


@dataclass(frozen=True, slots=True)
class Owed:
    """A delivery the postman has claimed."""

    row: int
    epoch: int
    key: Key
    community: CommunityRef
    community_id: CommunityId
    to: To
    what: Notice | None
    expires: datetime | None
    attempts: int
    perhaps_done: bool
    person: PersonRef | None
    room: RoomRef | None
    message: MessageRef | None


@dataclass(frozen=True, slots=True)
class Uncertain:
    """A delivery of which nobody can know whether it arrived."""

    row: int
    community: CommunityRef
    key: Key
    ended_at: datetime
    to: To
    what: Notice | None
    person: str = ""
    """The name of whom it is for or about, where that is known."""
    circle: str = ""
    """The name of the circle in whose room it was to be said."""
    room: RoomRef | None = None
    expires: datetime | None = None
    """Until when it makes sense to send it again."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How the outbox stands."""

    owed: int
    late_seconds: float
    """How long the oldest delivery that is due has been waiting."""
    uncertain: int


class OpenUnit(Unit, Protocol):
    """A unit as the shell sees it: the core's, and the book-keeping of one event."""

    def seen(self, event_id: str) -> bool:
        """Whether this event was decided before; if not, it now is."""

    def was_seen(self, event_id: str) -> bool:
        """The same, without deciding it now."""

    def owe(self, deliveries: Sequence[Delivery]) -> None:
        """Put deliveries into the outbox; a key already there is left as it is."""

    def cancel(self, keys: Sequence[Key]) -> None:
        """Cancel what has not been sent yet."""

    def leave_community(self) -> None:
        """The bot is there no more: cancel what is owed."""

    def settle(
        self,
        owed: Owed,
        *,
        made: Receipt = None,
        failed: Why | None = None,
        cancelled: str | None = None,
    ) -> bool:
        """Write down how a claimed delivery ended, in the transaction that also hears of it.

        False when somebody else has claimed it meanwhile: then nothing is written.
        """


class Storage(Protocol):
    """The database, as far as the shell needs it.

    Synchronous: call it on the worker's thread for writing, but for what says otherwise.
    """

    def unit(
        self, community: CommunityRef, actor: Actor | None, at: datetime
    ) -> AbstractContextManager[OpenUnit]:
        """One transaction on one community, committed when the block ends well."""

    def serves(self, platform: str, *, carries_sensitive: bool, room_readers: str) -> None:
        """Have every community of this platform shown to the core as its rules allow, and with
        who can read along in its rooms."""

    def together(self) -> AbstractContextManager[None]:
        """One transaction for all units of the block, committed when it ends well.

        A unit that raises is undone alone. Where the database itself fails, :class:`Apart` is
        raised, from the unit or at the end of the block.
        """

    def looking(self) -> AbstractContextManager[object]:
        """One moment for all units of the block that only read, on one thread."""

    def reading(
        self, community: CommunityRef, actor: Actor | None, at: datetime
    ) -> AbstractContextManager[OpenUnit]:
        """A unit that changes nothing, on whichever thread, also while another one writes.

        Raises :class:`Writes` when it would, and when it cannot read now.
        """

    def due_communities(self, at: datetime) -> tuple[CommunityRef, ...]:
        """Communities in which something (other than a delivery) is due at ``at``."""

    def communities(self, platform: str) -> tuple[CommunityRef, ...]:
        """The communities of a platform that the bot has not gone from."""

    def next_due(self) -> datetime | None:
        """The next moment at which anything is due, deliveries included."""

    def claim(self, platforms: Sequence[str], at: datetime, limit: int) -> tuple[Owed, ...]:
        """Claim deliveries to make now: due, first in their lane, not claimed by anybody alive."""

    def put_back(
        self, owed: Owed, due: datetime, *, perhaps_done: bool, failed: bool = True
    ) -> None:
        """Give a claim back, to be made at ``due``; a try that ``failed`` counts as one."""

    def release(self) -> None:
        """Give back every claim of this process: on a graceful stop."""

    def uncertain(self) -> tuple[Uncertain, ...]:
        """Every delivery of which nobody knows whether it arrived, oldest first."""

    def resolve(self, row: int, at: datetime, *, arrived: bool) -> bool:
        """Say of an uncertain delivery that it arrived, or that it is to be made again now."""

    def probe(self, at: datetime) -> Standing:
        """Write something, and say how the outbox stands. Callable on any thread; never waits for
        a database that is gone."""

    def keep_house(self, at: datetime) -> None:
        """Make erasures physical, and delete what retention no longer allows."""

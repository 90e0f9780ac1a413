"""What happened, in the past tense: everything the core is ever told.

Each event carries an id for de-duplication (unique within its community), the moment it happened
(UTC) and its community. Adapters make the first kinds, the clock makes ``Tick``, and the postman
reports back with the rest.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from bot.core.boundary.actions import Action
from bot.core.boundary.ids import CommunityRef, Key, MessageRef, PersonRef, RoomRef
from bot.core.boundary.outcome import Notice, To
from bot.core.boundary.views import Picked


class Right(Enum):
    """A right the platform says this person has, at this event."""

    MODERATOR = "moderator"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did it, as far as the platform tells. Rights hold for this event only."""

    person: PersonRef
    name: str
    language: str | None = None
    """BCP 47, where the platform has one."""
    zone: str | None = None
    """IANA, where the platform has one."""
    rights: frozenset[Right] = frozenset()


@dataclass(frozen=True, slots=True)
class _Happened:
    id: str
    at: datetime
    community: CommunityRef


@dataclass(frozen=True, slots=True)
class CommandUsed(_Happened):
    """A slash command. ``command`` is its full name ("circle join"); options by name."""

    actor: Actor
    command: str
    options: Mapping[str, str | Picked] = field(default_factory=dict)
    room: RoomRef | None = None


@dataclass(frozen=True, slots=True)
class ActionTaken(_Happened):
    """A button pressed, or a select chosen from (then ``values`` holds the chosen values)."""

    actor: Actor
    action: Action
    values: tuple[str, ...] = ()
    room: RoomRef | None = None
    message: MessageRef | None = None


@dataclass(frozen=True, slots=True)
class FormSubmitted(_Happened):
    """A form sent in. Fields left empty may be missing."""

    actor: Actor
    action: Action
    texts: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    people: Mapping[str, tuple[Picked, ...]] = field(default_factory=dict)
    room: RoomRef | None = None
    showing: str = ""
    """Which showing of the form it was, where the platform may also tell of it unsent."""


@dataclass(frozen=True, slots=True)
class FormSetAside(_Happened):
    """A form was closed without being sent in, or lies half-filled: this stood in it.

    ``at`` is when it stood there. ``showing`` is the platform's own word for this one time that the
    form was shown, and never empty: what comes late from a form that was sent in is told by it.
    """

    actor: Actor
    action: Action
    showing: str
    texts: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    people: Mapping[str, tuple[Picked, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FileSent(_Happened):
    """A file handed over with a command, such as ``/circle-admin import``.

    ``ids`` is a regular expression for what the platform calls a person, with ``example`` of it;
    empty where that can be anything. ``read`` is what a child process made of a large file.
    """

    actor: Actor
    command: str
    name: str
    content: bytes = field(repr=False)
    room: RoomRef | None = None
    ids: str = ""
    example: str = ""
    read: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class ActorSeen(_Happened):
    """The platform told of somebody and their rights, without their doing anything.

    What concerns the moderators can then reach those who have not used the bot yet.
    """

    actor: Actor


@dataclass(frozen=True, slots=True)
class MemberLeft(_Happened):
    """Somebody left the community on its platform."""

    person: PersonRef


@dataclass(frozen=True, slots=True)
class RoomLeft(_Happened):
    """Somebody is not in this room (any more): the platform told, or it was found when they acted.

    It is answered, for a platform where somebody just acted: there the answer is shown to them.
    """

    person: PersonRef
    room: RoomRef


@dataclass(frozen=True, slots=True)
class RoomEntered(_Happened):
    """Somebody is in this room (again)."""

    person: PersonRef
    room: RoomRef


@dataclass(frozen=True, slots=True)
class CommunityGone(_Happened):
    """The bot was removed from the community, or the community was deleted."""


@dataclass(frozen=True, slots=True)
class ServiceBegan(_Happened):
    """The bot has just been started, perhaps as a newer release, and serves this community."""


@dataclass(frozen=True, slots=True)
class RoomsLost(_Happened):
    """Rooms are no longer there, or the bot is no longer in them. Some may not be ours."""

    rooms: tuple[RoomRef, ...]


@dataclass(frozen=True, slots=True)
class RoomFound(_Happened):
    """A room that was lost is open again, with the bot in it. It may not be ours."""

    room: RoomRef


@dataclass(frozen=True, slots=True)
class Tick(_Happened):
    """Time passed, and something of this community is due by ``at``."""


@dataclass(frozen=True, slots=True)
class Delivered(_Happened):
    """Something owed has arrived: ``what`` was said or done, and where ``to``.

    ``made`` is the message or the room it became, if any.
    """

    key: Key
    to: To
    what: Notice | None
    made: MessageRef | RoomRef | None = None


class Why(Enum):
    """Why something owed will never arrive."""

    CLOSED = "closed"
    """The person accepts no direct messages from the bot."""
    GONE = "gone"
    """The person or message is no longer there."""
    LOST = "lost"
    """The room is no longer there, or the bot is no longer in it."""
    FORBIDDEN = "forbidden"
    """The bot lacks a permission there."""
    REFUSED = "refused"
    """The platform refused it as malformed: our fault, logged as such."""
    EXPIRED = "expired"
    """It was not sent while it still made sense."""
    DROPPED = "dropped"
    """When it was drawn, there was nothing (any more) to be said or done: the core's own word."""
    UNCERTAIN = "uncertain"
    """It may have arrived; nobody can know, so it is never sent again by itself."""


@dataclass(frozen=True, slots=True)
class NotDelivered(_Happened):
    """Something owed will never arrive: ``what`` is not said or done, and where ``to``."""

    key: Key
    to: To
    what: Notice | None
    why: Why


@dataclass(frozen=True, slots=True)
class Computed(_Happened):
    """A long computation ended: ``result`` is its JSON, or ``None`` when it failed."""

    key: Key
    job: str
    result: bytes | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Progressed(_Happened):
    """A long computation came so far: ``share`` from 0 to 1, ``best`` the best value yet."""

    key: Key
    job: str
    share: float
    best: float


ByPerson = CommandUsed | ActionTaken | FormSubmitted | FileSent
Event = (
    ByPerson
    | FormSetAside
    | ActorSeen
    | MemberLeft
    | RoomLeft
    | RoomEntered
    | CommunityGone
    | ServiceBegan
    | RoomsLost
    | RoomFound
    | Tick
    | Delivered
    | NotDelivered
    | Computed
    | Progressed
)

"""What a feature offers: its commands, buttons, forms, notices and its part in passing time.

The table in :mod:`bot.core.features` lists them, and drives everything that lists commands: the
Discord command tree, the Slack parser, the playground's completion and ``/circle help``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

from bot.core.boundary import limits
from bot.core.boundary.actions import Action
from bot.core.boundary.events import (
    ActionTaken,
    CommandUsed,
    Computed,
    Delivered,
    FileSent,
    FormSubmitted,
    NotDelivered,
    Progressed,
    RoomEntered,
    RoomFound,
    RoomLeft,
    RoomsLost,
    ServiceBegan,
    Tick,
)
from bot.core.boundary.ids import Key, PersonId, RoomRef
from bot.core.boundary.outcome import Departure, Drawn, Notice, Outcome, To
from bot.core.boundary.views import Block, Choice
from bot.core.programme.unit import Unit
from bot.core.unsent import keep_unsent


class Needs(Enum):
    """Who may do something. What is not theirs to do looks the same as what is not there."""

    ANYONE = "anyone"
    MEMBER = "member"
    """Somebody who joined and has not left."""
    MODERATOR = "moderator"


class Group(Enum):
    """The two command groups."""

    MEMBER = "circle"
    MODERATOR = "circle-admin"


class Kind(Enum):
    """What an option of a command takes."""

    TEXT = "text"
    PERSON = "person"
    CHOICE = "choice"
    DATE = "date"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a command. Described under ``command.<group>.<command>.<option>``.

    ``choices`` are the values of a ``CHOICE``, labelled under the option's key and the value;
    ``suggest`` completes what was typed so far, for lists that depend on the community.
    """

    name: str
    kind: Kind = Kind.TEXT
    required: bool = False
    choices: tuple[str, ...] = ()
    suggest: Callable[[str, Unit], tuple[Choice, ...]] | None = None


@dataclass(frozen=True, slots=True)
class Command:
    """One slash command. Described under ``command.<group>.<name>`` in the catalogue.

    ``slow`` commands are acknowledged before they are decided, so they cannot answer with a form.
    To the answer of a ``checked`` one the platform's adapter adds, for moderators alone, whatever
    the bot still lacks there and where that is switched on.
    """

    group: Group
    name: str
    handle: Callable[[CommandUsed, Unit], Outcome]
    options: tuple[Option, ...] = ()
    needs: Needs = Needs.ANYONE
    slow: bool = False
    checked: bool = False

    def __post_init__(self) -> None:
        if not 0 < len(self.name) <= limits.COMMAND_NAME:
            raise ValueError(f"{self.name}: a command name has 1 to 32 characters")
        if len(self.options) > limits.COMMAND_OPTIONS:
            raise ValueError(f"{self.name}: a command has at most 25 options")

    @property
    def full_name(self) -> str:
        """The command as people type it, without the slash: "circle join"."""
        return f"{self.group.value} {self.name}"

    @property
    def key(self) -> str:
        """The catalogue key of its description; options and choices hang below it."""
        return f"command.{self.group.value}.{self.name}"


@dataclass(frozen=True, slots=True)
class OnAction:
    """A button or select, and what it does."""

    kind: type[Action]
    run: Callable[[ActionTaken, Unit], Outcome]
    needs: Needs


@dataclass(frozen=True, slots=True)
class OnForm:
    """A form, and what sending it in does."""

    kind: type[Action]
    run: Callable[[FormSubmitted, Unit], Outcome]
    needs: Needs
    secret: Callable[[Action, Unit], frozenset[str]]
    """The keys of its fields whose answers are kept under a consent alone."""


@dataclass(frozen=True, slots=True)
class Draws:
    """A notice, and how it is drawn when it is sent."""

    kind: type[Notice]
    run: Callable[[Notice, To, Unit], Drawn]


@dataclass(frozen=True, slots=True)
class Hears:
    """A kind of notice or of address, and what its having arrived (or never arriving) leads to."""

    kind: type[object]
    run: Callable[[Delivered | NotDelivered, Unit], Outcome]


@dataclass(frozen=True, slots=True)
class Job:
    """A long computation, owed as ``Compute`` with its ``name``.

    ``prepare`` gets the delivery's key and returns the child process's input, or ``None`` when the
    job is no longer wanted. ``run`` turns input into result inside the child, telling how far it
    is (share from 0 to 1, best value yet); the same input always gives the same result.
    ``done`` and ``progressed`` hear how it went.
    """

    name: str
    prepare: Callable[[Key, Unit], bytes | None]
    run: Callable[[bytes, Callable[[float, float], None]], bytes]
    done: Callable[[Computed, Unit], Outcome]
    progressed: Callable[[Progressed, Unit], Outcome]


@dataclass(frozen=True, slots=True)
class FileReader:
    """What a child process makes of a large file sent with the command of that full name: what
    stands in it goes in, and what comes out is the event's ``read``."""

    name: str
    run: Callable[[bytes, Callable[[float, float], None]], bytes]


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature's part of the bot."""

    name: str
    commands: tuple[Command, ...] = ()
    actions: tuple[OnAction, ...] = ()
    forms: tuple[OnForm, ...] = ()
    notices: tuple[Draws, ...] = ()
    jobs: tuple[Job, ...] = ()
    files: tuple[tuple[str, Callable[[FileSent, Unit], Outcome]], ...] = ()
    """Full command names that take a file, and what they do with it (moderators only)."""
    readers: tuple[FileReader, ...] = ()
    hears: tuple[Hears, ...] = ()
    """What it owes and wants to hear the end of."""
    on_undelivered: Callable[[NotDelivered, Unit], Outcome] | None = None
    """Hears of everything that will never arrive, whoever owed it."""
    on_rooms: Callable[[RoomsLost | RoomFound, Unit], Outcome] | None = None
    on_tick: Callable[[Tick, Unit], Outcome] | None = None
    on_began: Callable[[ServiceBegan, Unit], Outcome] | None = None
    on_departed: Callable[[Departure, Unit], Outcome] | None = None
    """What becomes of this feature's part in somebody who goes; its answer is not used."""
    status: Callable[[PersonId, Unit], tuple[Block, ...]] | None = None
    """What ``/circle status`` says from this feature; buttons for what can be done next."""
    beside: Callable[[PersonId, Unit], tuple[Block, ...]] | None = None
    """What somebody should read beside whatever they are privately answered."""
    on_room: Callable[[RoomLeft | RoomEntered, Unit], Outcome] | None = None
    """Hears of people outside and inside of rooms."""
    rooms: Callable[[PersonId, Unit], tuple[RoomRef, ...]] | None = None
    """The rooms that somebody should be able to enter."""


A = TypeVar("A", bound=Action)
N = TypeVar("N", bound=Notice)
W = TypeVar("W", bound=Notice | To)


def on_action(
    kind: type[A],
    handle: Callable[[A, ActionTaken, Unit], Outcome],
    needs: Needs = Needs.ANYONE,
) -> OnAction:
    """``handle`` answers ``kind`` when it is pressed or chosen."""

    def run(event: ActionTaken, unit: Unit) -> Outcome:
        if not isinstance(event.action, kind):
            raise TypeError(event.action.name)
        return handle(event.action, event, unit)

    return OnAction(kind, run, needs)


def on_form(
    kind: type[A],
    handle: Callable[[A, FormSubmitted, Unit], Outcome],
    needs: Needs = Needs.ANYONE,
    secret: Callable[[A, Unit], frozenset[str]] | None = None,
) -> OnForm:
    """``handle`` answers ``kind`` when its form is sent in; ``secret`` says what needs consent."""

    def secret_fields(action: Action, unit: Unit) -> frozenset[str]:
        return secret(action, unit) if secret and isinstance(action, kind) else frozenset()

    def run(event: FormSubmitted, unit: Unit) -> Outcome:
        if not isinstance(event.action, kind):
            raise TypeError(event.action.name)
        return keep_unsent(event, handle(event.action, event, unit), unit, secret_fields)

    return OnForm(kind, run, needs, secret_fields)


def hears(kind: type[W], handle: Callable[[W, Delivered | NotDelivered, Unit], Outcome]) -> Hears:
    """``handle`` hears how ``kind`` ended: a notice that was to be said, or an address."""

    def run(event: Delivered | NotDelivered, unit: Unit) -> Outcome:
        for owed in (event.what, event.to):
            if isinstance(owed, kind):
                return handle(owed, event, unit)
        raise TypeError(kind.__name__)

    return Hears(kind, run)


def draws(kind: type[N], draw: Callable[[N, To, Unit], Drawn]) -> Draws:
    """``draw`` puts ``kind`` into words when it is sent."""

    def run(notice: Notice, to: To, unit: Unit) -> Drawn:
        if not isinstance(notice, kind):
            raise TypeError(notice.name)
        return draw(notice, to, unit)

    return Draws(kind, run)

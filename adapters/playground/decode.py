"""What the page sends, and the events it becomes. Pure.

Every frame is one JSON object whose ``kind`` says what it is. Frames that act carry an id made by
the page, which is the event's id: a frame sent again after a lost connection is the same event.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

from msgspec import DecodeError, Meta, Struct, ValidationError, field, json

from adapters.playground import ids
from adapters.playground.clock import Move
from adapters.playground.model import Persona
from bot.core.boundary.actions import Codec
from bot.core.boundary.events import ActionTaken, ByPerson, CommandUsed, FileSent, FormSubmitted
from bot.core.boundary.views import Picked
from bot.core.feature import Command
from bot.core.feature import Kind as OptionKind

FRAME_BYTES = 3 * 1024 * 1024
"""The largest frame: a file of 2 MiB as base64, and its envelope."""
FILE_BYTES = 2 * 1024 * 1024
CHAT_TEXT = 4000

_Id = Annotated[str, Meta(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
_Key = Annotated[str, Meta(min_length=1, max_length=100)]
_Typed = Annotated[str, Meta(max_length=20_000)]
_Few = Annotated[list[_Key], Meta(max_length=50)]


class BadFrame(Exception):
    """The page sent something that cannot be read; ``id`` is its event's, as far as that can be."""

    def __init__(self, problem: str, event: str | None) -> None:
        super().__init__(problem)
        self.id = event


class _Frame(Struct, frozen=True, tag_field="kind"):
    pass


class _Named(Struct):
    id: _Id


class _Acting(_Frame, frozen=True):
    """A frame by a persona (``as``) in a room."""

    id: _Id
    who: _Key = field(name="as")
    room: _Key


class Used(_Acting, frozen=True, tag="command"):
    """A slash command, without the slash; options by name."""

    command: Annotated[str, Meta(max_length=200)]
    options: Annotated[dict[_Key, _Typed], Meta(max_length=25)] = {}


class Pressed(_Acting, frozen=True, tag="press"):
    """A button pressed, or a select chosen from."""

    message: _Key
    code: Annotated[str, Meta(max_length=200)]
    values: _Few = []


class Submitted(_Acting, frozen=True, tag="submit"):
    """A form sent in; ``message`` is the one whose button had opened it, if one did."""

    code: Annotated[str, Meta(max_length=200)]
    texts: Annotated[dict[_Key, _Typed], Meta(max_length=10)] = {}
    choices: Annotated[dict[_Key, _Few], Meta(max_length=10)] = {}
    people: Annotated[dict[_Key, _Few], Meta(max_length=10)] = {}
    message: _Key | None = None


class Uploaded(_Acting, frozen=True, tag="file"):
    """A file handed over with a command; the content travels as base64."""

    command: Annotated[str, Meta(max_length=200)]
    name: Annotated[str, Meta(max_length=255)]
    content: Annotated[bytes, Meta(max_length=FILE_BYTES)]


class Chatted(_Acting, frozen=True, tag="say"):
    """Ordinary talk between personas: it stays here and never reaches the bot."""

    text: Annotated[str, Meta(min_length=1, max_length=CHAT_TEXT)]
    thread: _Key | None = None


class Greeted(_Frame, frozen=True, tag="hello"):
    """The page opened, or somebody else is to be acted as. Clock and language are the browser's."""

    who: str = field(name="as", default="")
    zone: Annotated[str, Meta(max_length=100)] = "UTC"
    language: Annotated[str, Meta(max_length=35)] = "en"


class Opened(_Frame, frozen=True, tag="open"):
    """A room is looked at: what was said there is wanted, and all of it is read."""

    room: _Key
    before: int | None = None


class Looked(_Frame, frozen=True, tag="look"):
    """What came in the room while it was looked at is read, too."""

    room: _Key


class Completed(_Frame, frozen=True, tag="suggest"):
    """Completions are wanted for an option of a command."""

    ask: int
    who: _Key = field(name="as")
    command: Annotated[str, Meta(max_length=200)]
    option: _Key
    typed: Annotated[str, Meta(max_length=200)]


class Peopled(_Frame, frozen=True, tag="persona"):
    """A new persona, or (with ``change``) a new face for one that is there."""

    id: _Id
    name: Annotated[str, Meta(min_length=1, max_length=80)]
    zone: Annotated[str, Meta(min_length=1, max_length=100)]
    language: Annotated[str, Meta(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=35)]
    moderator: bool = False
    change: _Key | None = None


class Grouped(_Frame, frozen=True, tag="direct"):
    """A direct message to one or several people is to be begun, or found again."""

    who: _Key = field(name="as")
    people: Annotated[list[_Key], Meta(min_length=1, max_length=9)]


class Dismissed(_Frame, frozen=True, tag="dismiss"):
    """A message only one persona can see is no longer wanted by them."""

    who: _Key = field(name="as")
    message: _Key


class Sampled(_Frame, frozen=True, tag="sample"):
    """The sample community is to be loaded, by this moderator, in this room."""

    id: _Id
    who: _Key = field(name="as")
    room: _Key


class Moved(_Frame, frozen=True, tag="clock"):
    """The clock is to be moved."""

    move: Move


Event = Used | Pressed | Submitted | Uploaded
"""What the bot hears of."""
Domestic = Chatted | Greeted | Opened | Looked | Peopled | Grouped | Dismissed | Moved
"""What stays within the playground."""
Frame = Event | Sampled | Completed | Domestic

_frames = json.Decoder(Frame)


def frame(data: str | bytes) -> Frame:
    """One frame from the page. Raises :class:`BadFrame`."""
    try:
        read: Frame = _frames.decode(data)
    except (ValidationError, DecodeError, UnicodeError, RecursionError) as problem:
        raise BadFrame(str(problem), _id_of(data)) from problem
    return read


def _id_of(data: str | bytes) -> str | None:
    try:
        return json.decode(data, type=_Named).id
    except (ValidationError, DecodeError, UnicodeError, RecursionError):
        return None


def event(
    sent: Event,
    actor: Persona,
    *,
    at: datetime,
    commands: Mapping[str, Command],
    people: Mapping[str, Persona],
    codec: Codec,
) -> ByPerson:
    """The event a frame is. People who are no longer there are left out."""

    def picked(keys: list[str]) -> tuple[Picked, ...]:
        return tuple(Picked(ids.person(key), people[key].name) for key in keys if key in people)

    def value(name: str, typed: str) -> str | Picked:
        takes = {option.name: option.kind for option in options}
        if takes.get(name) is OptionKind.PERSON and typed in people:
            return picked([typed])[0]
        return typed

    who, room = actor.actor(), ids.room(sent.room)
    match sent:
        case Used():
            command = " ".join(sent.command.split())
            options = commands[command].options if command in commands else ()
            values = {name: value(name, typed) for name, typed in sent.options.items() if typed}
            return CommandUsed(sent.id, at, ids.COMMUNITY, who, command, values, room)
        case Pressed():
            return ActionTaken(
                sent.id,
                at,
                ids.COMMUNITY,
                who,
                codec.decode(sent.code),
                tuple(sent.values),
                room,
                ids.message(sent.message),
            )
        case Submitted():
            return FormSubmitted(
                sent.id,
                at,
                ids.COMMUNITY,
                who,
                codec.decode(sent.code),
                {key: typed for key, typed in sent.texts.items() if typed},
                {key: tuple(chosen) for key, chosen in sent.choices.items() if chosen},
                {key: picked(keys) for key, keys in sent.people.items() if keys},
                room,
            )
        case Uploaded():
            return FileSent(
                sent.id, at, ids.COMMUNITY, who, sent.command, sent.name, sent.content, room
            )

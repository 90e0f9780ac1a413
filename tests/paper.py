"""A platform made of paper: every view as plain text, so that conversations can be read.

It is an adapter like any other, and a strict one: people press what is there by its label, fill in
fields that are there, and see only what was said to them.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

from bot.core.boundary.actions import Action
from bot.core.boundary.events import (
    ActionTaken,
    Actor,
    CommandUsed,
    FileSent,
    FormSetAside,
    FormSubmitted,
    MemberLeft,
    Right,
    Why,
)
from bot.core.boundary.ids import CommunityRef, MessageRef, PersonRef, Ref, RoomRef
from bot.core.boundary.outcome import Answer, FixForm, Quiet, Replace, Say, ShowForm
from bot.core.boundary.text import Text, plain
from bot.core.boundary.views import (
    Buttons,
    ChoiceField,
    Facts,
    File,
    Form,
    Message,
    Paragraph,
    PeopleField,
    Picked,
    Picture,
    Quote,
    Select,
    Small,
    TextField,
)
from bot.shell.ports import (
    CloseRoom,
    ErasePlatformData,
    Inbox,
    LetIn,
    OpenRoom,
    Parcel,
    PostInRoom,
    Receipt,
    SayAnew,
    TakeBack,
    TakeOut,
    TellPerson,
    Undeliverable,
)

PLATFORM = "paper"


def ref(key: str) -> Ref:
    """A ref of this platform."""
    return Ref(PLATFORM, key)


@dataclass
class Sheet:
    """A room, or the private messages of one person: messages by their key, in order."""

    name: str
    people: set[str] = field(default_factory=set)
    messages: dict[str, Message] = field(default_factory=dict)
    closed: bool = False


class Paper:
    """The platform: rooms, private messages and a transcript of everything."""

    platform = PLATFORM
    carries_sensitive = True
    room_readers = "circles.room.readers"

    def __init__(self) -> None:
        self.rooms: dict[str, Sheet] = {}
        self.private: dict[str, Sheet] = {}
        self.names: dict[str, str] = {}
        self.transcript: list[str] = []
        self.delivered: list[Parcel] = []
        self.erased: list[str] = []
        self.deleted: set[str] = set()
        """Rooms that somebody deleted."""
        self.closed_to: set[str] = set()
        """People who take no private messages."""
        self.gone: set[str] = set()
        """People who are not there any more."""
        self._done: dict[str, Receipt] = {}

    async def listen(self, inbox: Inbox, ready: Callable[[], None]) -> None:
        """Paper brings nothing by itself: the test's people do."""
        ready()

    async def deliver(self, parcel: Parcel) -> Receipt:
        """Do it once for each key, and write it down."""
        if parcel.key not in self._done:
            self._done[parcel.key] = self._do(parcel)
            self.delivered.append(parcel)
        return self._done[parcel.key]

    def delete_room(self, name: str) -> RoomRef:
        """Somebody deletes a room, and what was said in it; the bot is not told."""
        key = next(key for key, sheet in self.rooms.items() if sheet.name == name)
        del self.rooms[key]
        self.deleted.add(key)
        return RoomRef(ref(key))

    def write(self, heading: str, body: str = "") -> None:
        """A line of the transcript with what was said below it."""
        self.transcript.append(heading + ("\n" + _indented(body) if body else ""))

    def _do(self, parcel: Parcel) -> Receipt:  # noqa: C901 - a table
        match parcel.task:
            case OpenRoom(name):
                self.rooms[parcel.key] = Sheet(name)
                self.write(f"[a private room opens: {name}]")
                return RoomRef(ref(parcel.key))
            case PostInRoom(room, message, silent):
                sheet = self._room(room)
                sheet.messages[parcel.key] = message
                quietly = ", silently" if silent else ""
                self.write(f"[in {sheet.name}{quietly}] Banyan:", text_of(message))
                return MessageRef(ref(f"{room.key}/{parcel.key}"))
            case TellPerson(person, message):
                if person.key in self.gone:
                    raise Undeliverable(Why.GONE)
                if person.key in self.closed_to:
                    raise Undeliverable(Why.CLOSED)
                sheet = self.private.setdefault(person.key, Sheet(person.key))
                sheet.messages[parcel.key] = message
                name = self.names.get(person.key, person.key)
                self.write(f"[to {name}, privately] Banyan:", text_of(message))
                return MessageRef(ref(f"{person.key}/{parcel.key}"))
            case LetIn(room, person):
                self._room(room).people.add(person.key)
            case TakeOut(room, person):
                self._room(room).people.discard(person.key)
            case CloseRoom(room):
                self._room(room).closed = True
                self.write(f"[{self.rooms[room.key].name} is closed]")
            case TakeBack(message=place):
                sheet, key = self._find(place)
                sheet.messages.pop(key, None)
            case SayAnew(place, anew):
                sheet, key = self._find(place)
                sheet.messages[key] = anew
            case ErasePlatformData(person):
                self.erased.append(person.key)
                self.private.pop(person.key, None)
        return None

    def _room(self, room: RoomRef) -> Sheet:
        if room.key in self.deleted:
            raise Undeliverable(Why.LOST)
        return self.rooms[room.key]

    def _find(self, place: MessageRef) -> tuple[Sheet, str]:
        home, _, key = place.key.partition("/")
        if home in self.deleted:
            raise Undeliverable(Why.LOST)
        return self.rooms.get(home) or self.private.setdefault(home, Sheet(home)), key


class Member:
    """Somebody at the paper platform, who acts through the real inbox."""

    def __init__(
        self,
        name: str,
        inbox: Inbox,
        paper: Paper,
        now: Callable[[], datetime],
        *,
        community: str = "home",
        moderator: bool = False,
        zone: str | None = None,
        language: str | None = None,
    ) -> None:
        self.key = name.lower().replace(" ", "-")
        self.community = CommunityRef(ref(community))
        self.actor = Actor(
            PersonRef(ref(self.key)),
            name,
            language,
            zone,
            frozenset({Right.MODERATOR} if moderator else ()),
        )
        self.picked = Picked(self.actor.person, name)
        self.answer: Answer = Quiet()
        self.showing = ""
        """Which showing of a form is open."""
        self.inbox = inbox
        self._paper = paper
        self._now = now
        self._ids: Iterator[int] = count(1)
        paper.names[self.key] = name

    async def use(self, command: str, **options: str | Picked) -> Answer:
        """Type a slash command."""
        shown = " ".join(
            f"{k}:{v.name if isinstance(v, Picked) else v}" for k, v in options.items()
        )
        self._paper.write(f"{self.actor.name}: /{command} {shown}".rstrip())
        return await self._send(
            CommandUsed(self._id(), self._now(), self.community, self.actor, command, options)
        )

    async def send_file(self, command: str, name: str, content: bytes) -> Answer:
        """Hand over a file with a command."""
        self._paper.write(f"{self.actor.name}: /{command} ({name})")
        return await self._send(
            FileSent(self._id(), self._now(), self.community, self.actor, command, name, content)
        )

    async def press(self, label: str, within: Message | None = None) -> Answer:
        """Press the button with this label in the last answer, or in a given message."""
        action = _buttons(within or self.message)[label]
        self._paper.write(f"{self.actor.name} presses “{label}”")
        return await self.take(action)

    async def choose(self, *labels: str, within: Message | None = None) -> Answer:
        """Choose in the first select of the last answer, or of a given message."""
        message = within or self.message
        select = next(block for block in message.blocks if isinstance(block, Select))
        by_label = {choice.label: choice.value for choice in select.choices}
        self._paper.write(f"{self.actor.name} chooses {', '.join(labels)}")
        return await self.take(select.action, *(by_label[label] for label in labels))

    async def take(self, action: Action, *values: str) -> Answer:
        """Send an action as a component would."""
        return await self._send(
            ActionTaken(self._id(), self._now(), self.community, self.actor, action, values)
        )

    async def fill(self, **given: str | tuple[str, ...] | tuple[Picked, ...]) -> Answer:
        """Fill in the form now shown (by field key; choices by label) and send it in.

        Fields not given keep what stands in them.
        """
        form = self.form
        texts, choices, people = self._filled(given)
        self._paper.write(f"{self.actor.name} sends in “{form.title}”")
        return await self._send(
            FormSubmitted(
                self._id(),
                self._now(),
                self.community,
                self.actor,
                form.submit,
                texts,
                choices,
                people,
                showing=self.showing,
            )
        )

    async def set_aside(self, **given: str | tuple[str, ...] | tuple[Picked, ...]) -> None:
        """Fill in the form now shown in the same way, and close it without sending it in."""
        self._paper.write(f"{self.actor.name} closes “{self.form.title}” half-filled")
        await self.inbox.receive(self.aside(**given))

    def aside(self, **given: str | tuple[str, ...] | tuple[Picked, ...]) -> FormSetAside:
        """What the platform tells of the form now shown, if it is closed like this."""
        texts, choices, people = self._filled(given)
        return FormSetAside(
            self._id(),
            self._now(),
            self.community,
            self.actor,
            self.form.submit,
            self.showing,
            texts,
            choices,
            people,
        )

    def _filled(
        self, given: Mapping[str, str | tuple[str, ...] | tuple[Picked, ...]]
    ) -> tuple[dict[str, str], dict[str, tuple[str, ...]], dict[str, tuple[Picked, ...]]]:
        texts: dict[str, str] = {}
        choices: dict[str, tuple[str, ...]] = {}
        people: dict[str, tuple[Picked, ...]] = {}
        unknown = set(given) - {one.key for one in self.form.fields}
        assert not unknown, f"the form has no field {unknown}"
        for one in self.form.fields:
            value = given.get(one.key)
            match one:
                case TextField():
                    assert value is None or isinstance(value, str)
                    texts[one.key] = one.value if value is None else value
                case ChoiceField():
                    chosen = one.selected if value is None else _chosen(one, value)
                    choices[one.key] = chosen
                case PeopleField():
                    picked = value if isinstance(value, tuple) else one.selected
                    people[one.key] = tuple(p for p in picked if isinstance(p, Picked))
        return texts, choices, people

    async def leave_platform(self) -> None:
        """Leave the community on its platform."""
        await self.inbox.receive(
            MemberLeft(self._id(), self._now(), self.community, self.actor.person)
        )

    @property
    def message(self) -> Message:
        """The message last answered."""
        match self.answer:
            case Say(message) | Replace(message):
                return message
            case other:
                raise AssertionError(f"no message was answered but {other}")

    @property
    def form(self) -> Form:
        """The form last answered."""
        match self.answer:
            case ShowForm(form) | FixForm(form):
                return form
            case other:
                raise AssertionError(f"no form was answered but {answer_text(other)}")

    @property
    def mail(self) -> list[Message]:
        """Every private message to this person, oldest first."""
        sheet = self._paper.private.get(self.key)
        return list(sheet.messages.values()) if sheet else []

    def _id(self) -> str:
        return f"{self.key}-{next(self._ids)}"

    async def _send(self, event: ActionTaken | CommandUsed | FileSent | FormSubmitted) -> Answer:
        self.answer = await self.inbox.receive(event)
        self.showing = f"showing-{event.id}"
        self._paper.write(f"[only {self.actor.name} sees]", answer_text(self.answer))
        return self.answer


def answer_text(answer: Answer) -> str:
    """An answer as plain text."""
    match answer:
        case Say(message) | Replace(message):
            return text_of(message)
        case ShowForm(form) | FixForm(form):
            return form_text(form)
        case Quiet():
            return "(nothing)"


def text_of(message: Message) -> str:
    """A message as plain text."""
    lines = [f"# {message.title}"] if message.title else []
    for block in message.blocks:
        match block:
            case Paragraph(text):
                lines.append(_marked(text))
            case Quote(text):
                lines.append("> " + _marked(text).replace("\n", "\n> "))
            case Small(text):
                lines.append(f"({_marked(text)})")
            case Facts(facts):
                lines.extend(f"{fact.label}: {_marked(fact.value)}" for fact in facts)
            case Buttons(buttons):
                lines.append(" ".join(f"[{button.label}]" for button in buttons))
            case Select(placeholder, choices):
                options = " | ".join(choice.label for choice in choices)
                lines.append(f"<{placeholder}: {options}>")
            case Picture(alternative=alternative):
                lines.append(f"(picture: {alternative})")
            case File(name, media_type, content):
                lines.append(f"(file: {name}, {media_type}, {len(content) > 0 and 'not empty'})")
    return "\n".join(lines)


def form_text(form: Form) -> str:
    """A form as plain text."""
    lines = [f"Form: {form.title}"]
    if form.intro:
        lines.append(_marked(form.intro))
    for one in form.fields:
        hint = f" ({one.hint})" if one.hint else ""
        match one:
            case TextField():
                lines.append(f"- {one.label}{hint}: “{one.value}”")
            case ChoiceField():
                options = " | ".join(
                    f"[{choice.label}]" if choice.value in one.selected else choice.label
                    for choice in one.choices
                )
                lines.append(f"- {one.label}{hint}: {options}")
            case PeopleField():
                names = ", ".join(picked.name for picked in one.selected)
                lines.append(f"- {one.label}{hint}: people “{names}”")
        if one.key in form.problems:
            lines.append(f"  ! {form.problems[one.key]}")
    lines.append(f"[{form.submit_label}]")
    return "\n".join(lines)


def _marked(text: Text) -> str:
    return plain(text)


def _indented(body: str) -> str:
    return "\n".join(f"    {line}" for line in body.splitlines())


def _buttons(message: Message) -> dict[str, Action]:
    rows = [block for block in message.blocks if isinstance(block, Buttons)]
    return {button.label: button.action for row in rows for button in row.buttons}


def _chosen(field: ChoiceField, labels: object) -> tuple[str, ...]:
    wanted = (labels,) if isinstance(labels, str) else labels
    assert isinstance(wanted, tuple)
    by_label = {choice.label: choice.value for choice in field.choices}
    return tuple(by_label[str(label)] for label in wanted)

"""A playground to test against: real sockets, a real store, and a bot of three small features."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar, Self, cast
from uuid import uuid4

import aiohttp

from adapters.playground.adapter import Playground
from bot.core.boundary.actions import Action, Codec
from bot.core.boundary.events import (
    ActionTaken,
    Actor,
    ActorSeen,
    ByPerson,
    CommandUsed,
    Event,
    FileSent,
    FormSubmitted,
)
from bot.core.boundary.ids import CommunityRef, PersonId, PersonRef, RoomRef
from bot.core.boundary.outcome import Answer, FixForm, Outcome, Quiet, Replace, Say, ShowForm
from bot.core.boundary.views import (
    Button,
    Buttons,
    Choice,
    ChoiceField,
    File,
    Form,
    Message,
    Paragraph,
    PeopleField,
    Select,
    TextField,
    Tone,
)
from bot.core.boundary.wording import Words, load
from bot.core.decide import Bot
from bot.core.feature import Command, Feature, Group, Kind, Needs, Option, on_action, on_form
from bot.core.programme.people import Person
from bot.core.programme.unit import Unit

KEY = bytes(range(32))
MORNING = datetime(2026, 3, 2, 9, tzinfo=UTC)
Frame = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Greet(Action):
    name: ClassVar[str] = "test.greet"
    times: int


@dataclass(frozen=True, slots=True)
class Introduce(Action):
    name: ClassVar[str] = "test.introduce"


@dataclass(frozen=True, slots=True)
class Settle(Action):
    name: ClassVar[str] = "test.settle"


def said(words: str, *more: Paragraph | Buttons | Select | File) -> Message:
    return Message("", (Paragraph((words,)), *more))


def introduction(about: str = "", problem: str = "") -> Form:
    circles = tuple(Choice(key, key.title()) for key in ("oak", "elm", "ash"))
    return Form(
        "Introduce yourself",
        (
            TextField("about", "About you", "In a few words.", about, required=True),
            ChoiceField("trees", "Trees", circles, most=2),
            PeopleField("wishes", "People you wish for", most=3),
        ),
        Introduce(),
        Introduce(),
        "Send",
        problems={"about": problem} if problem else {},
    )


def show_help(event: CommandUsed, unit: Unit) -> Outcome:
    return Outcome(Say(said(f"Help for {event.command}")))


def hello(event: CommandUsed, unit: Unit) -> Outcome:
    options = " ".join(f"{name}={value}" for name, value in event.options.items())
    buttons = Buttons(
        (Button("Again", Greet(1), Tone.PRIMARY), Button("Introduce yourself", Settle()))
    )
    return Outcome(Say(said(f"Hello, {event.actor.name}. {options}".strip(), buttons)))


def loud(event: CommandUsed, unit: Unit) -> Outcome:
    return Outcome(Say(said("Good morning, everybody."), private=False))


def greet(action: Greet, event: ActionTaken, unit: Unit) -> Outcome:
    again = Buttons((Button("Again", Greet(action.times + 1)),))
    return Outcome(Replace(said(f"Hello number {action.times}.", again)))


def introduce(event: CommandUsed, unit: Unit) -> Outcome:
    return Outcome(ShowForm(introduction()))


def settle(action: Settle, event: ActionTaken, unit: Unit) -> Outcome:
    return Outcome(ShowForm(introduction()))


def introduced(action: Introduce, event: FormSubmitted, unit: Unit) -> Outcome:
    about = event.texts.get("about", "")
    if len(about) < 3:
        return Outcome(FixForm(introduction(about, "Please say a little more.")))
    people = ", ".join(picked.name for picked in event.people.get("wishes", ()))
    return Outcome(Say(said(f"Thank you: {about}. You wish for: {people or 'nobody'}.")))


def read_file(event: FileSent, unit: Unit) -> Outcome:
    rows = len(event.content.decode().splitlines()) - 1
    return Outcome(Say(said(f"{rows} rows", File("back.csv", "text/csv", event.content))))


def take_file(event: CommandUsed, unit: Unit) -> Outcome:
    return Outcome(Say(said("Send a file with it.")))


def suggest(typed: str, unit: Unit) -> tuple[Choice, ...]:
    return tuple(Choice(t, t) for t in ("identity", "culture") if t.startswith(typed))


FEATURES = (
    Feature(
        "test",
        commands=(
            Command(Group.MEMBER, "help", show_help),
            Command(
                Group.MEMBER,
                "hello",
                hello,
                (
                    Option("to", Kind.PERSON),
                    Option("when", Kind.DATE),
                    Option("how", Kind.CHOICE, choices=("warmly", "briefly")),
                    Option("theme", suggest=suggest),
                ),
            ),
            Command(Group.MEMBER, "loud", loud),
            Command(Group.MEMBER, "introduce", introduce),
            Command(
                Group.MODERATOR,
                "import",
                take_file,
                (Option("file", Kind.FILE),),
                Needs.MODERATOR,
            ),
        ),
        actions=(on_action(Greet, greet), on_action(Settle, settle)),
        forms=(on_form(Introduce, introduced),),
        files=(("circle-admin import", read_file),),
    ),
)


class Strangers:
    """Nobody here is known to the bot: these features keep nothing of anybody."""

    def ensure(self, who: Actor) -> Person:
        return Person(PersonId("stranger"), who.person, who.name)

    def find(self, _: PersonRef) -> None:
        return None

    def keep_unsent(self, *_: object, **__: object) -> None:
        """The page keeps what was typed."""


@dataclass(frozen=True)
class Alone:
    """As much of a unit as these features look at."""

    words: Words
    at: datetime
    people: Strangers
    actor: None = None

    @property
    def members(self) -> Strangers:
        return self.people


@dataclass
class Post:
    """An inbox that decides each event once, as the shell's does, and remembers what it saw."""

    bot: Bot
    seen: dict[str, Event] = field(default_factory=dict)
    hold: asyncio.Event | None = None

    def unit(self, actor: Actor, at: datetime) -> Unit:
        return cast(
            "Unit", Alone(load().words(actor.zone or "UTC", actor.language), at, Strangers())
        )

    async def receive(self, event: Event) -> Answer:
        if self.hold is not None:
            await self.hold.wait()
        if isinstance(event, ActorSeen):
            return Quiet()
        assert isinstance(event, ByPerson)
        self.seen[event.id] = event
        return self.bot.decide(event, self.unit(event.actor, event.at)).answer

    async def suggest(
        self, community: CommunityRef, actor: Actor, command: str, option: str, typed: str
    ) -> Sequence[Choice]:
        options = {one.name: one for one in self.bot.commands[command].options}
        found = options[option].suggest
        return found(typed, self.unit(actor, MORNING)) if found else ()

    async def rooms_of(self, community: CommunityRef, person: PersonRef) -> Sequence[RoomRef]:
        return ()

    async def communities(self, platform: str) -> Sequence[CommunityRef]:
        return ()


@dataclass
class HandClock:
    """A clock that only hands move, with a few moments at which something is due."""

    at: datetime = MORNING
    due: list[datetime] = field(default_factory=list)
    slept: list[datetime] = field(default_factory=list)

    def now(self) -> datetime:
        return self.at

    async def next_due(self) -> datetime | None:
        return min(self.due, default=None)

    async def advance(self, to: datetime) -> None:
        self.due = [moment for moment in self.due if moment > to]
        self.at = to

    async def sleep_until(self, to: datetime) -> None:
        self.slept.append(to)
        self.at = to


@dataclass
class Place:
    """A playground that is open, and how to reach it."""

    playground: Playground
    post: Post
    clock: HandClock
    http: aiohttp.ClientSession

    @property
    def origin(self) -> str:
        return self.playground.address.partition("/?")[0]

    @asynccontextmanager
    async def page(self, who: str = "") -> AsyncIterator["Page"]:
        async with self.http.ws_connect(
            f"{self.origin}/socket", headers={"Origin": self.origin}
        ) as socket:
            page = Page(socket)
            await page.send(kind="hello", **{"as": who})
            await page.until("hello")
            yield page


class Page:
    """What the page's script does, without the drawing."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket
        self.who = ""
        self.heard: list[Frame] = []

    async def send(self, **frame: object) -> None:
        await self.socket.send_str(json.dumps(frame))

    async def until(self, kind: str, **values: object) -> Frame:
        """The next frame of this kind with these values, whatever comes before it."""
        async with asyncio.timeout(5):
            while True:
                frame: Frame = json.loads(await self.socket.receive_str())
                self.heard.append(frame)
                if frame["kind"] == "hello":
                    self.who = frame["as"]
                if frame["kind"] == kind and values.items() <= frame.items():
                    return frame

    async def ask(self, kind: str, key: str = "", **values: object) -> Frame:
        """Send something that is answered, and return the reply."""
        key = key or str(uuid4())
        await self.send(kind=kind, id=key, **({"as": self.who, "room": "welcome"} | values))
        frame = await self.until("answered", id=key)
        reply: Frame = frame["reply"]
        return reply

    async def open(self, room: str = "welcome") -> list[Frame]:
        """What stands in a room."""
        await self.send(kind="open", room=room)
        frame = await self.until("opened", room=room)
        messages: list[Frame] = frame["messages"]
        return messages

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.socket.close()


def build(
    folder: Path, post: Post | None = None, clock: HandClock | None = None, port: int = 0
) -> tuple[Playground, Post, HandClock]:
    bot = post.bot if post else Bot(FEATURES)
    clock = clock or HandClock()
    playground = Playground(
        folder,
        KEY,
        bot=bot,
        wording=load(),
        codec=Codec([Greet, Introduce, Settle]),
        clock=clock,
        port=port,
    )
    return playground, post or Post(bot), clock


@asynccontextmanager
async def opened(folder: Path, **parts: Any) -> AsyncIterator[Place]:
    """A playground, listening, with a visitor who came through the printed address."""
    playground, post, clock = build(folder, **parts)
    ready = asyncio.Event()
    listening = asyncio.create_task(playground.listen(post, ready.set))
    await ready.wait()
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(cookie_jar=jar) as http:
        async with http.get(playground.address) as response:
            assert response.status == 200
        yield Place(playground, post, clock, http)
    listening.cancel()
    await asyncio.gather(listening, return_exceptions=True)


def words_of(message: Mapping[str, Any]) -> str:
    """The words of a message's paragraphs."""
    return " ".join(
        span if isinstance(span, str) else span.get("text", "")
        for block in message["view"]["blocks"]
        if block["is"] == "paragraph"
        for span in block["text"]
    )

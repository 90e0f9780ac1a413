"""A small table of features that every adapter is tried with, on a real database.

It has one of everything that people do and that answers are made of.
"""

import threading
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from bot.core.boundary.actions import Action
from bot.core.boundary.events import ActionTaken, CommandUsed, Event, FileSent, FormSubmitted
from bot.core.boundary.ids import CommunityRef, PersonRef, RoomRef
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
    Picked,
    Picture,
    Select,
    TextField,
)
from bot.core.boundary.wording import load as load_wording
from bot.core.decide import Bot
from bot.core.feature import Command, Feature, Group, Kind, Needs, Option, on_action, on_form
from bot.core.programme.unit import Unit
from bot.shell.dispatcher import Dispatcher
from bot.shell.ports import Clock
from bot.shell.worker import Worker
from storage.engine import Database
from storage.keyfile import KeySource
from tests.databases import with_tables

TREES = ("oak", "elm", "ash")
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>'


@dataclass(frozen=True, slots=True)
class Greet(Action):
    name: ClassVar[str] = "test.greet"
    times: int


@dataclass(frozen=True, slots=True)
class Pick(Action):
    name: ClassVar[str] = "test.pick"


@dataclass(frozen=True, slots=True)
class Hush(Action):
    name: ClassVar[str] = "test.hush"


@dataclass(frozen=True, slots=True)
class Introduce(Action):
    name: ClassVar[str] = "test.introduce"


@dataclass(frozen=True, slots=True)
class Settle(Action):
    name: ClassVar[str] = "test.settle"


def said(words: str, *more: Paragraph | Buttons | Select | File | Picture) -> Message:
    return Message("", (Paragraph((words,)), *more))


def introduction(about: str = "", problems: dict[str, str] | None = None) -> Form:
    choices = tuple(Choice(tree, tree.title()) for tree in TREES)
    fields = (
        TextField("about", "About you", "In a few words.", about, required=True),
        ChoiceField("trees", "Trees", choices, most=2),
        PeopleField("wishes", "People you wish for", most=3),
    )
    return Form(
        "Introduce yourself",
        fields,
        Introduce(),
        Introduce(),
        "Send",
        ("A few words.",),
        problems or {},
    )


def settling() -> Form:
    return Form("Settle in", (TextField("tree", "A tree"),), Settle(), Settle(), "Done")


def _greet(event: CommandUsed, unit: Unit) -> Outcome:
    whom = event.options.get("person", event.actor.name)
    name = whom.name if isinstance(whom, Picked) else whom
    buttons = Buttons(
        (
            Button("Again", Greet(1)),
            Button("Fill in a form", Introduce()),
            Button("Hush", Hush()),
        )
    )
    choices = tuple(Choice(tree, tree.title()) for tree in TREES)
    select = Select("Pick trees", choices, Pick(), most=2)
    return Outcome(Say(said(f"Hello {name}", buttons, select)))


def _again(action: Greet, event: ActionTaken, unit: Unit) -> Outcome:
    again = Buttons((Button("Again", Greet(action.times + 1)),))
    return Outcome(Replace(said(f"Hello {action.times + 1} times", again)))


def _picked(action: Pick, event: ActionTaken, unit: Unit) -> Outcome:
    return Outcome(Say(said(f"Picked {', '.join(event.values)}")))


def _ask(action: Introduce, event: ActionTaken, unit: Unit) -> Outcome:
    return Outcome(ShowForm(introduction()))


def _introduced(action: Introduce, event: FormSubmitted, unit: Unit) -> Outcome:
    about = event.texts["about"]
    if about == "?":
        return Outcome(FixForm(introduction(about, {"about": "Please say a little more."})))
    if about == "more":
        return Outcome(ShowForm(settling()))
    people = ", ".join(one.name for one in event.people.get("wishes", ()))
    trees = ", ".join(event.choices["trees"])
    return Outcome(Say(said(f"{about} / {trees} / {people}")))


def _settled(action: Settle, event: FormSubmitted, unit: Unit) -> Outcome:
    return Outcome(Say(said(f"Settled by the {event.texts['tree']}")))


DECIDED = threading.Event()
"""Set when a decision that takes long may end."""


def _late(event: CommandUsed, unit: Unit) -> Outcome:
    DECIDED.wait(60)
    return Outcome(ShowForm(introduction()))


def _slow(event: CommandUsed, unit: Unit) -> Outcome:
    file = File("times.ics", "text/calendar", b"BEGIN:VCALENDAR")
    return Outcome(Say(said("Slowly done", Picture(SVG, "a square"), file)))


def _breaks(event: CommandUsed, unit: Unit) -> Outcome:
    raise RuntimeError("a fault of ours")


def _received(event: FileSent, unit: Unit) -> Outcome:
    return Outcome(Say(said(f"{event.name}: {len(event.content)} bytes")))


def _where(event: CommandUsed, unit: Unit) -> Outcome:
    rights = ", ".join(sorted(right.value for right in event.actor.rights)) or "none"
    return Outcome(Say(said(f"{event.community.key} / rights: {rights}"), private=False))


def _suggest(typed: str, unit: Unit) -> tuple[Choice, ...]:
    return tuple(Choice(tree, tree.title()) for tree in TREES if tree.startswith(typed))


def _quiet(*_: object) -> Outcome:
    return Outcome(Quiet())


TABLE = Feature(
    "test",
    commands=(
        Command(Group.MEMBER, "help", _greet),
        Command(Group.MEMBER, "why", _late),
        Command(Group.MEMBER, "status", _where),
        Command(Group.MEMBER, "profile", _breaks),
        Command(Group.MEMBER, "quiet", _quiet),
        Command(Group.MEMBER, "pause", _greet, (Option("until", suggest=_suggest),)),
        Command(Group.MODERATOR, "import", _where, (Option("file", Kind.FILE, required=True),)),
        Command(Group.MODERATOR, "setup", _where, needs=Needs.MODERATOR, checked=True),
        Command(Group.MODERATOR, "approve", _greet, (Option("person", Kind.PERSON),)),
        Command(Group.MODERATOR, "audit", _slow, slow=True, needs=Needs.MODERATOR),
    ),
    actions=(
        on_action(Greet, _again),
        on_action(Pick, _picked),
        on_action(Introduce, _ask),
        on_action(Settle, lambda action, event, unit: Outcome(ShowForm(settling()))),
        on_action(Hush, _quiet),
    ),
    forms=(on_form(Introduce, _introduced), on_form(Settle, _settled)),
    files=(("circle-admin import", _received),),
)


class Heard:
    """The real dispatcher, and a note of every event that went through it."""

    def __init__(self, dispatcher: Dispatcher, database: Database) -> None:
        self._dispatcher = dispatcher
        self.database = database
        self.events: list[Event] = []

    async def receive(self, event: Event) -> Answer:
        self.events.append(event)
        return await self._dispatcher.receive(event)

    async def suggest(self, *asked: object) -> tuple[Choice, ...]:
        return tuple(await self._dispatcher.suggest(*asked))  # type: ignore[arg-type]

    async def rooms_of(self, community: CommunityRef, person: PersonRef) -> Sequence[RoomRef]:
        return await self._dispatcher.rooms_of(community, person)

    async def communities(self, platform: str) -> Sequence[CommunityRef]:
        return await self._dispatcher.communities(platform)


@asynccontextmanager
async def database(folder: Path) -> AsyncIterator[Database]:
    """A real one, in a file."""
    opened = Database.open(
        with_tables(folder / "banyan.sqlite3"),
        keys=KeySource(folder / "key"),
        ledger=folder / "erased",
        wording=load_wording(),
        kinds=Bot((TABLE,)).notice_kinds,
    )
    try:
        yield opened
    finally:
        opened.close()


@asynccontextmanager
async def hearing(folder: Path, clock: Clock) -> AsyncIterator[Heard]:
    """An inbox: the real shell on a real database, with the table above."""
    async with database(folder) as opened:
        worker = Worker()
        try:
            yield Heard(Dispatcher(Bot((TABLE,)), opened, worker, load_wording(), clock), opened)
        finally:
            worker.close()

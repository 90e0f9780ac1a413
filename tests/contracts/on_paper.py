"""The platform made of paper, for the contract: what the others are measured by."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import cast

from bot.core.boundary.events import Event
from bot.core.boundary.ids import CommunityRef, PersonRef, RoomRef
from bot.core.boundary.outcome import FixForm, Replace, Say, ShowForm
from bot.core.boundary.views import Message, Picked
from bot.shell.clock import SystemClock
from tests.contracts.table import Heard, hearing
from tests.contracts.venue import Given, Somebody
from tests.paper import Member, Paper, form_text, text_of


class OnPaper:
    """Somebody, and what is in front of them."""

    def __init__(self, member: Member, paper: Paper) -> None:
        self.member = member
        self._paper = paper
        self._shown: Message | None = None

    @property
    def ref(self) -> PersonRef:
        return self.member.actor.person

    @property
    def sees(self) -> str:
        match self.member.answer:
            case ShowForm(form) | FixForm(form):
                return form_text(form)
            case _:
                return text_of(self._shown) if self._shown else ""

    async def use(self, command: str, **options: str | Somebody) -> None:
        given = {key: _option(value) for key, value in options.items()}
        await self.member.use(command, **given)
        self._look()

    async def press(self, label: str) -> None:
        places = [self._shown] if self._shown else []
        places += reversed(self.member.mail)
        within = next(one for one in places if f"[{label}]" in text_of(one))
        await self.member.press(label, within)
        self._look()

    async def choose(self, *labels: str) -> None:
        await self.member.choose(*labels, within=self._shown)
        self._look()

    async def fill(self, **given: Given) -> None:
        await self.member.fill(**{key: _field(value) for key, value in given.items()})
        self._look()

    async def mend(self, **given: Given) -> None:
        await self.fill(**given)

    async def go_on(self) -> None:
        """It opens by itself."""

    async def reads(self, room: RoomRef) -> list[str] | None:
        sheet = self._paper.rooms[room.key]
        if self.member.key not in sheet.people:
            return None
        return [text_of(one) for one in sheet.messages.values()]

    async def mail(self) -> list[str]:
        return [text_of(one) for one in self.member.mail]

    def _look(self) -> None:
        match self.member.answer:
            case Say(message) | Replace(message):
                self._shown = message
            case _:
                pass


class OnPaperVenue:
    """The platform made of paper."""

    recognises = True

    def __init__(self, heard: Heard) -> None:
        self.adapter = Paper()
        self._heard = heard
        self._home = Member("Home", heard, self.adapter, SystemClock().now)

    @property
    def community(self) -> CommunityRef:
        return self._home.community

    @property
    def events(self) -> list[Event]:
        return self._heard.events

    async def person(self, name: str, *, moderator: bool = False) -> OnPaper:
        now = SystemClock().now
        member = Member(name, self._heard, self.adapter, now, moderator=moderator)
        return OnPaper(member, self.adapter)

    async def lose(self, room: RoomRef) -> None:
        self.adapter.delete_room(self.adapter.rooms[room.key].name)

    async def leaves(self, somebody: Somebody) -> None:
        self.adapter.gone.add(somebody.ref.key)

    def shut(self, somebody: Somebody) -> None:
        self.adapter.closed_to.add(somebody.ref.key)

    def wrong(self) -> list[str]:
        return []


@asynccontextmanager
async def on_paper(folder: Path) -> AsyncIterator[OnPaperVenue]:
    """A sheet of paper, and the real shell and database behind it."""
    async with hearing(folder, SystemClock()) as heard:
        yield OnPaperVenue(heard)


def _option(value: str | Somebody) -> str | Picked:
    return value if isinstance(value, str) else cast("OnPaper", value).member.picked


def _field(value: Given) -> str | tuple[str, ...] | tuple[Picked, ...]:
    if isinstance(value, str):
        return value
    people = tuple(one.member.picked for one in value if isinstance(one, OnPaper))
    return people or tuple(one for one in value if isinstance(one, str))

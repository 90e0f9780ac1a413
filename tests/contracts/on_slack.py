"""Slack, for the contract: slack-bolt over real sockets to the stand-in."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from adapters.slack import Secrets, Slack, ids
from bot import config
from bot.core.boundary.actions import Codec
from bot.core.boundary.events import Event
from bot.core.boundary.ids import CommunityRef, PersonRef, RoomRef
from bot.core.boundary.wording import load as load_wording
from bot.core.decide import Bot
from bot.shell.clock import SystemClock
from storage.crypto import Vault
from storage.installations import SqlInstallations
from storage.keyfile import KeySource
from tests.contracts.table import TABLE, Heard, hearing
from tests.contracts.venue import Given, Somebody
from tests.platforms.slack.model import Message, Workspace
from tests.platforms.slack.person import Person, text_of
from tests.platforms.slack.server import SlackServer

_LABELS = {
    "about": "About you",
    "trees": "Trees",
    "wishes": "People you wish for",
    "tree": "A tree",
}
"""How the stand-in's people call the fields: by their labels."""
_POSTING = frozenset({"chat.postMessage"})


class OnSlack:
    """Somebody in the workspace."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.person.problems = {}

    @property
    def ref(self) -> PersonRef:
        return ids.person(self.person.user.id)

    @property
    def sees(self) -> str:
        if self.person.modals:
            shown = text_of(self.person.modal.view["blocks"])
            return "\n".join([shown, *self.person.problems.values()])
        return _read(self.person.messages[-1])

    async def use(self, command: str, **options: str | Somebody) -> None:
        self.person.close()
        given = [f"{key}:{_typed(value)}" for key, value in options.items()]
        await self.person.command(" ".join([f"/{command}", *given]))

    async def press(self, label: str) -> None:
        await self.person.press(label)

    async def choose(self, *labels: str) -> None:
        await self.person.choose(*labels)

    async def fill(self, **given: Given) -> None:
        await self.person.fill({_LABELS[key]: _bare(value) for key, value in given.items()})

    async def mend(self, **given: Given) -> None:
        await self.fill(**given)

    async def go_on(self) -> None:
        """It opens by itself."""

    async def reads(self, room: RoomRef) -> list[str] | None:
        channel = self.person.at.conversations[room.key]
        if self.person.user.id not in channel.members:
            return None
        return [_read(one) for one in channel.messages]

    async def mail(self) -> list[str]:
        return [_read(one) for one in self.person.mail]


class OnSlackVenue:
    """One workspace."""

    recognises = False

    def __init__(self, server: SlackServer, home: Workspace, slack: Slack, heard: Heard) -> None:
        self.server = server
        self.home = home
        self._slack = slack
        self._heard = heard

    @property
    def adapter(self) -> Slack:
        return self._slack

    @property
    def community(self) -> CommunityRef:
        return ids.community(self.home.id)

    @property
    def events(self) -> list[Event]:
        return self._heard.events

    async def person(self, name: str, *, moderator: bool = False) -> OnSlack:
        user = self.server.user(self.home, name, admin=moderator)
        return OnSlack(Person(self.server, self.home, user))

    async def lose(self, room: RoomRef) -> None:
        await self.server.archive(self.home, self.home.conversations[room.key], tell=False)

    async def leaves(self, somebody: Somebody) -> None:
        del self.home.users[somebody.ref.key]

    def shut(self, somebody: Somebody) -> None:
        self.home.users[somebody.ref.key].refuses_messages = True

    @contextmanager
    def busy(self) -> Iterator[None]:
        faults = self.server.faults
        faults.methods, faults.busy = _POSTING, 1.0
        yield
        faults.busy = 0.0

    @contextmanager
    def broken(self, *, done: bool) -> Iterator[None]:
        faults = self.server.faults
        faults.methods = _POSTING
        faults.before, faults.after = float(not done), float(done)
        yield
        faults.before = faults.after = 0.0

    @contextmanager
    def forbidding(self) -> Iterator[None]:
        self.server.forbidden["chat.postMessage"] = "restricted_action"
        yield
        del self.server.forbidden["chat.postMessage"]

    def wrong(self) -> list[str]:
        return [f"{one.method} {one.answer}" for one in self.server.refused]


@asynccontextmanager
async def on_slack(folder: Path) -> AsyncIterator[OnSlackVenue]:
    """The adapter, connected by Socket Mode to a stand-in with one workspace."""
    server, bot, wording, clock = SlackServer(), Bot((TABLE,)), load_wording(), SystemClock()
    async with server.running(), hearing(folder, clock) as heard:
        home = server.workspace()
        slack = Slack(
            config.Slack(enabled=True, mode="socket", api_base=server.api_base),
            Secrets(home.token, server.app_token, server.signing_secret, "", ""),
            bot=bot,
            wording=wording,
            codec=Codec(bot.action_kinds),
            clock=clock,
            installations=SqlInstallations(
                heard.database.engine, Vault(KeySource(folder / "key").read() or b"")
            ),
        )
        ready = asyncio.Event()
        listening = asyncio.create_task(slack.listen(heard, ready.set))
        try:
            await server.connected()
            await ready.wait()
            yield OnSlackVenue(server, home, slack, heard)
        finally:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)


def _read(message: Message) -> str:
    return "\n".join([text_of(message.blocks), *(f"(file: {one})" for one in message.files)])


def _typed(value: str | Somebody) -> str:
    return value if isinstance(value, str) else f"<@{value.ref.key}>"


def _bare(value: Given) -> object:
    if isinstance(value, tuple):
        return [one.person.user if isinstance(one, OnSlack) else one for one in value]
    return value

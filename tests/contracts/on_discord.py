"""Discord, for the contract: discord.py over real sockets to the stand-in."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from adapters.discord import Discord, ids
from bot.core.boundary.events import Event
from bot.core.boundary.ids import CommunityRef, PersonRef, RoomRef
from tests.adapters.discord.harness import Rig, online
from tests.contracts.venue import Given, Somebody
from tests.platforms.discord import Fault, Person, read
from tests.platforms.discord.world import VIEW, Channel

_LABELS = {"about": "about_you", "wishes": "people", "tree": "a_tree"}
"""How the stand-in's people call the fields: by their labels."""


class OnDiscord:
    """Somebody in the server."""

    def __init__(self, person: Person) -> None:
        self.person = person

    @property
    def ref(self) -> PersonRef:
        return ids.person(self.person.user.id)

    @property
    def sees(self) -> str:
        return self.person.sees

    async def use(self, command: str, **options: str | Somebody) -> None:
        await self.person.use(command, **{key: _bare(one) for key, one in options.items()})

    async def press(self, label: str) -> None:
        places = [self.person.message] if self.person.message else []
        places += reversed(self.person.mail)
        on = next((one for one in places if f"[{label}]" in read(one)), None)
        await self.person.press(label, on)

    async def choose(self, *labels: str) -> None:
        await self.person.choose(*labels)

    async def fill(self, **given: Given) -> None:
        await self.person.fill(**{_LABELS.get(key, key): _bare(one) for key, one in given.items()})

    async def mend(self, **given: Given) -> None:
        await self.press("Try again")
        await self.fill(**given)

    async def go_on(self) -> None:
        await self.press("Continue")

    async def reads(self, room: RoomRef) -> list[str] | None:
        thread = self.person.guild.channels[ids.channel_of(room)]
        if self.person.user.id not in thread.people:
            return None
        return [read(post) for post in thread.posts.values()]

    async def mail(self) -> list[str]:
        return [read(post) for post in self.person.mail]


class OnDiscordVenue:
    """One server."""

    recognises = True

    def __init__(self, rig: Rig) -> None:
        self.rig = rig

    @property
    def adapter(self) -> Discord:
        return self.rig.adapter

    @property
    def community(self) -> CommunityRef:
        return self.rig.community

    @property
    def events(self) -> list[Event]:
        return self.rig.heard.events

    async def person(self, name: str, *, moderator: bool = False) -> OnDiscord:
        return OnDiscord(self.rig.moderator(name) if moderator else self.rig.person(name))

    async def lose(self, room: RoomRef) -> None:
        await self.rig.stand_in.delete_channel(self.rig.guild, self._thread(room), tell=False)

    async def leaves(self, somebody: Somebody) -> None:
        self.rig.stand_in.leave(self.rig.guild, self.rig.guild.members[somebody.ref.key])

    def shut(self, somebody: Somebody) -> None:
        self.rig.stand_in.users[somebody.ref.key].takes_messages = False

    @contextmanager
    def busy(self) -> Iterator[None]:
        limits = self.rig.stand_in.limits
        limits.concerns = _is_message
        limits.next.append("user")
        yield
        assert not limits.next

    @contextmanager
    def broken(self, *, done: bool) -> Iterator[None]:
        faults = self.rig.stand_in.faults
        faults.concerns = _is_message
        faults.next.append(Fault.RESET_AFTER if done else Fault.BROKEN)
        yield
        assert not faults.next

    @contextmanager
    def forbidding(self) -> Iterator[None]:
        role = self.rig.guild.roles[self.rig.us.roles[0]]
        may, role.permissions = role.permissions, VIEW
        yield
        role.permissions = may

    def wrong(self) -> list[str]:
        return [str(one) for one in self.rig.stand_in.refused]

    def _thread(self, room: RoomRef) -> Channel:
        return self.rig.guild.channels[ids.channel_of(room)]


@asynccontextmanager
async def on_discord(folder: Path) -> AsyncIterator[OnDiscordVenue]:
    """The adapter, connected to a stand-in with one server."""
    async with online(folder) as rig:
        yield OnDiscordVenue(rig)


def _is_message(method: str, path: str) -> bool:
    return method == "POST" and path.endswith("/messages")


def _bare(value: Given | Somebody) -> object:
    if isinstance(value, OnDiscord):
        return value.person
    if isinstance(value, tuple):
        return [one.person if isinstance(one, OnDiscord) else one for one in value]
    return value

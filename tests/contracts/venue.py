"""What the contract asks of a platform that it is tried on, and of the people there."""

from contextlib import AbstractContextManager
from typing import Protocol

from bot.core.boundary.events import Event
from bot.core.boundary.ids import CommunityRef, PersonRef, RoomRef
from bot.shell.ports import Adapter

Given = str | tuple[str, ...] | tuple["Somebody", ...]
"""What is filled into a field: words, the labels of choices, or people."""


class Somebody(Protocol):
    """A person on the platform: they press and fill in only what is there, by its label."""

    @property
    def ref(self) -> PersonRef:
        """Who they are to the core."""

    @property
    def sees(self) -> str:
        """What is in front of them, as text: a form that is open, or what was last answered."""

    async def use(self, command: str, **options: "str | Somebody") -> None:
        """Use a command (without its slash) and wait for the answer."""

    async def press(self, label: str) -> None:
        """Press a button of what is in front of them, or else of their private messages."""

    async def choose(self, *labels: str) -> None:
        """Choose in the menu in front of them."""

    async def fill(self, **given: Given) -> None:
        """Fill in the form in front of them, by the keys of its fields, and send it in."""

    async def mend(self, **given: Given) -> None:
        """Fill in once more the form that came back with problems."""

    async def go_on(self) -> None:
        """Open the form that another one led to, where it does not open by itself."""

    async def reads(self, room: RoomRef) -> list[str] | None:
        """What they read in a room, oldest first; ``None`` where they cannot enter it."""

    async def mail(self) -> list[str]:
        """The private messages that they have had from the bot, oldest first."""


class Venue(Protocol):
    """A platform, with the adapter at work on it and a note of every event that it brought."""

    @property
    def adapter(self) -> Adapter:
        """The adapter."""

    @property
    def community(self) -> CommunityRef:
        """The one community there is."""

    @property
    def events(self) -> list[Event]:
        """Everything that came to the core, oldest first."""

    @property
    def recognises(self) -> bool:
        """Whether a message of an earlier try can be found there. Where it cannot, what may have
        arrived is said to be uncertain, and not sent again."""

    async def person(self, name: str, *, moderator: bool = False) -> Somebody:
        """Somebody new in the community."""

    async def lose(self, room: RoomRef) -> None:
        """Somebody deletes or archives a room, and the bot is not told."""

    async def leaves(self, somebody: Somebody) -> None:
        """Somebody is no longer there, and the bot is not told."""

    def wrong(self) -> list[str]:
        """Requests of the adapter's that no correct one makes."""


class Closing(Venue, Protocol):
    """A platform on which people can take no private messages."""

    def shut(self, somebody: Somebody) -> None:
        """From now on somebody takes none."""


class Distant(Closing, Protocol):
    """A platform behind a network, where messages are posted by requests that may fail."""

    def busy(self) -> AbstractContextManager[None]:
        """Within the block messages are answered with a time to wait, and nothing is done."""

    def broken(self, *, done: bool) -> AbstractContextManager[None]:
        """Within the block a message fails without a word, and was posted (``done``) or not."""

    def forbidding(self) -> AbstractContextManager[None]:
        """Within the block the community does not let the bot post."""

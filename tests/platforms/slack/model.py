"""What the stand-in knows: workspaces, their people, conversations, messages and views."""

import asyncio
import itertools
import time
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

_numbers = itertools.count(1)


def new_id(letter: str) -> str:
    """An id as Slack writes them."""
    return f"{letter}{next(_numbers):08X}"


@dataclass
class User:
    """A person of a workspace, or a guest from another company."""

    id: str
    name: str
    team: str
    admin: bool = False
    zone: str = "Europe/London"
    locale: str = "en-GB"
    is_bot: bool = False
    deleted: bool = False
    refuses_messages: bool = False
    enterprise: str = ""
    """The organisation that the person belongs to."""
    teams: list[str] = field(default_factory=list)
    """The workspaces of the organisation that the person is in."""


@dataclass
class Message:
    """A message in a conversation; ``only`` is who alone can see it."""

    ts: str
    text: str
    blocks: list[Json]
    only: str = ""
    files: list[str] = field(default_factory=list)
    response: str = ""
    """The response address under which it can be changed."""


@dataclass
class Conversation:
    """A channel, a direct conversation or one of a group."""

    id: str
    name: str
    private: bool
    creator: str
    members: list[str] = field(default_factory=list)
    archived: bool = False
    messages: list[Message] = field(default_factory=list)
    invited: list[str] = field(default_factory=list)
    """Every invitation that took effect, in order."""

    def post(self, text: str, blocks: list[Json], **more: Any) -> Message:
        """Add a message."""
        ts = f"{int(time.time())}.{next(_numbers):06d}"
        message = Message(ts, text, blocks, **more)
        self.messages.append(message)
        return message


@dataclass
class View:
    """A view that somebody has open."""

    id: str
    user: str
    team: str
    view: Json
    root: str
    previous: str = ""
    hash: str = ""
    typed: dict[str, Any] = field(default_factory=dict)
    """What was filled in, by label, and not sent in yet."""

    def payload(
        self, app_id: str, bot_id: str, values: Json | None = None, installed: str = ""
    ) -> Json:
        """The view as interaction payloads carry it."""
        return {
            "id": self.id,
            "team_id": self.team,
            "app_id": app_id,
            "app_installed_team_id": installed or self.team,
            "bot_id": bot_id,
            "hash": self.hash,
            "root_view_id": self.root,
            "previous_view_id": self.previous or None,
            "state": {"values": values or {}},
            "callback_id": "",
            "private_metadata": "",
            "clear_on_close": False,
            "notify_on_close": False,
            "external_id": "",
        } | self.view


@dataclass
class Workspace:
    """One workspace with the app in it, or not."""

    id: str
    name: str
    enterprise: str = ""
    whole: bool = False
    """Whether the token is the organisation's, and works in all of its workspaces."""
    users: dict[str, User] = field(default_factory=dict)
    conversations: dict[str, Conversation] = field(default_factory=dict)
    groups: dict[str, list[str]] = field(default_factory=dict)
    token: str = ""
    scopes: frozenset[str] = frozenset()
    bot_user: str = ""
    homes: dict[str, Json] = field(default_factory=dict)
    modals: dict[str, list[View]] = field(default_factory=dict)
    news: dict[str, asyncio.Event] = field(default_factory=dict)

    @property
    def installed(self) -> str:
        """Where the app is installed: here, or in the whole organisation."""
        return self.enterprise if self.whole else self.id

    def tell(self, user: str) -> None:
        """Something new is there for somebody to see."""
        self.news.setdefault(user, asyncio.Event()).set()

    def direct(self, users: list[str]) -> Conversation:
        """The direct conversation of the bot with these people; opened at need."""
        members = sorted([*users, self.bot_user])
        for one in self.conversations.values():
            if not one.name and sorted(one.members) == members:
                return one
        made = Conversation(
            new_id("D" if len(users) == 1 else "G"), "", True, self.bot_user, members
        )
        self.conversations[made.id] = made
        return made


@dataclass
class Call:
    """One call of the Web API, as the ledger keeps it."""

    at: float
    team: str
    method: str
    arguments: Json
    answer: Json
    status: int = 200

"""What Discord sends, as far as it is read. Everything else in a payload is passed over."""

from msgspec import Struct

COMMAND, COMPONENT, SUGGEST, MODAL = 2, 3, 4, 5
"""The kinds of interaction."""
SUB_COMMAND = 1
"""The kind of option that is a command within a command."""


class User(Struct, frozen=True):
    """Somebody on Discord."""

    id: str
    username: str
    global_name: str | None = None


class Member(Struct, frozen=True):
    """Somebody in a server. ``permissions`` is there in interactions alone."""

    user: User | None = None
    nick: str | None = None
    roles: tuple[str, ...] = ()
    permissions: str = "0"


class Attachment(Struct, frozen=True):
    """A file that was handed over."""

    id: str
    filename: str
    size: int
    url: str


class Resolved(Struct, frozen=True):
    """What the ids in an interaction stand for."""

    users: dict[str, User] = {}
    members: dict[str, Member] = {}
    attachments: dict[str, Attachment] = {}


class Given(Struct, frozen=True):
    """An option of a command, or a sub-command with its own."""

    name: str
    type: int = 0
    value: str | int | float | bool | None = None
    options: tuple["Given", ...] = ()
    focused: bool = False


class Filled(Struct, frozen=True):
    """A component of a modal as it was filled in, or what holds one."""

    type: int
    custom_id: str = ""
    value: str | None = None
    values: tuple[str, ...] | None = None
    component: "Filled | None" = None
    components: tuple["Filled", ...] = ()


class Data(Struct, frozen=True):
    """What was used, pressed, chosen or sent in."""

    name: str = ""
    options: tuple[Given, ...] = ()
    resolved: Resolved = Resolved()
    custom_id: str = ""
    values: tuple[str, ...] = ()
    components: tuple[Filled, ...] = ()


class Channel(Struct, frozen=True):
    """Where it happened."""

    id: str
    type: int = 0


class Message(Struct, frozen=True):
    """The message whose component was used."""

    id: str
    channel_id: str = ""


class Interaction(Struct, frozen=True):
    """Something a person did that Discord wants an answer to."""

    id: str
    token: str
    type: int
    application_id: str = ""
    data: Data = Data()
    guild_id: str | None = None
    channel_id: str | None = None
    channel: Channel | None = None
    member: Member | None = None
    user: User | None = None
    message: Message | None = None
    locale: str | None = None

    @property
    def who(self) -> User | None:
        """Whoever did it."""
        return self.member.user if self.member and self.member.user else self.user

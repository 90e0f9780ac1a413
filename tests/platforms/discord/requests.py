"""The shape of every request body, with Discord's limits. An unknown field is refused.

(Discord ignores some unknown fields; a bot that sends one has misspelt something.)
"""

from typing import Annotated, Literal

from msgspec import Meta, field

from tests.platforms.discord.components import (
    CustomId,
    Id,
    Label,
    Part,
    Permissions,
    Strict,
    TextDisplay,
)

# --- messages ----------------------------------------------------------------------------------


class Mentions(Strict):
    parse: list[Literal["users", "roles", "everyone"]] | None = None
    users: Annotated[list[Id], Meta(max_length=100)] | None = None
    roles: Annotated[list[Id], Meta(max_length=100)] | None = None
    replied_user: bool = False


class Attached(Strict):
    id: Id
    filename: Annotated[str, Meta(min_length=1, max_length=1024)] | None = None
    description: Annotated[str, Meta(max_length=1024)] | None = None


class Said(Strict):
    """What every way of saying something shares."""

    components: Annotated[list[Part], Meta(max_length=40)] | None = None
    content: Annotated[str, Meta(max_length=2000)] | None = None
    flags: int = 0
    allowed_mentions: Mentions | None = None
    attachments: Annotated[list[Attached], Meta(max_length=10)] | None = None


class NewMessage(Said):
    nonce: Annotated[str, Meta(max_length=25)] | None = None
    enforce_nonce: bool = False
    tts: bool = False


# --- first answers to interactions -------------------------------------------------------------


class Say(Strict, tag_field="type", tag=4):
    data: Said


class PromiseData(Strict):
    flags: Literal[0, 64] = 0


class Promise(Strict, tag_field="type", tag=5):
    data: PromiseData | None = None


class Noted(Strict, tag_field="type", tag=6):
    pass


class Update(Strict, tag_field="type", tag=7):
    data: Said


class Completion(Strict):
    name: Annotated[str, Meta(min_length=1, max_length=100)]
    value: Annotated[str, Meta(max_length=100)]


class Completions(Strict):
    choices: Annotated[list[Completion], Meta(max_length=25)]


class Complete(Strict, tag_field="type", tag=8):
    data: Completions


class Modal(Strict):
    custom_id: CustomId
    title: Annotated[str, Meta(min_length=1, max_length=45)]
    components: Annotated[list[Label | TextDisplay], Meta(min_length=1, max_length=5)]


class ShowModal(Strict, tag_field="type", tag=9):
    data: Modal


FirstAnswer = Say | Promise | Noted | Update | Complete | ShowModal


# --- rooms -------------------------------------------------------------------------------------


class NewThread(Strict):
    name: Annotated[str, Meta(min_length=1, max_length=100)]
    type: Literal[10, 11, 12]
    invitable: bool = True
    auto_archive_duration: Literal[60, 1440, 4320, 10080] = 1440


class ChangedThread(Strict):
    name: Annotated[str, Meta(min_length=1, max_length=100)] | None = None
    archived: bool | None = None
    locked: bool | None = None


class Overwrite(Strict):
    id: Id
    type: Literal[0, 1]
    allow: Permissions = 0
    deny: Permissions = 0


class ChangedOverwrite(Strict):
    type: Literal[0, 1]
    allow: Permissions = 0
    deny: Permissions = 0


class NewChannel(Strict):
    name: Annotated[str, Meta(min_length=1, max_length=100)]
    type: Literal[0]
    permission_overwrites: Annotated[list[Overwrite], Meta(max_length=100)] = field(
        default_factory=list
    )
    parent_id: Id | None = None
    topic: Annotated[str, Meta(max_length=1024)] | None = None


class NewDirect(Strict):
    recipient_id: Id


# --- commands ----------------------------------------------------------------------------------

# Discord says letters and numbers, and everything in the Devanagari and Thai scripts.
_IN_A_NAME = r"[-_'\w\u0900-\u0963\u0966-\u097f\u0e01-\u0e3a\u0e40-\u0e5b]"
Name = Annotated[str, Meta(pattern=rf"^{_IN_A_NAME}{{1,32}}$")]
Described = Annotated[str, Meta(min_length=1, max_length=100)]
_LOCALE = (
    r"^(id|da|de|en-GB|en-US|es-ES|es-419|fr|hr|it|lt|hu|nl|no|pl|pt-BR|ro|fi|sv-SE|vi|tr|cs|el|bg"
    r"|ru|uk|hi|th|zh-CN|ja|zh-TW|ko)$"
)
Locale = Annotated[str, Meta(pattern=_LOCALE)]
Names = dict[Locale, Name]
Descriptions = dict[Locale, Described]


class OptionChoice(Strict):
    name: Described
    value: Annotated[str, Meta(max_length=100)]
    name_localizations: Descriptions = field(default_factory=dict)


class Option(Strict):
    type: Literal[3, 6, 11]
    name: Name
    description: Described
    name_localizations: Names = field(default_factory=dict)
    description_localizations: Descriptions = field(default_factory=dict)
    required: bool = False
    choices: Annotated[list[OptionChoice], Meta(max_length=25)] = field(default_factory=list)
    autocomplete: bool = False


class SubCommand(Strict):
    type: Literal[1]
    name: Name
    description: Described
    name_localizations: Names = field(default_factory=dict)
    description_localizations: Descriptions = field(default_factory=dict)
    options: Annotated[list[Option], Meta(max_length=25)] = field(default_factory=list)


class Command(Strict):
    name: Name
    description: Described
    type: Literal[1] = 1
    name_localizations: Names = field(default_factory=dict)
    description_localizations: Descriptions = field(default_factory=dict)
    options: Annotated[list[SubCommand], Meta(max_length=25)] = field(default_factory=list)
    default_member_permissions: Permissions | None = None
    contexts: list[Literal[0, 1, 2]] | None = None
    integration_types: list[Literal[0, 1]] = field(default_factory=lambda: [0])


Commands = Annotated[list[Command], Meta(max_length=110)]

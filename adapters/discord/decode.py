"""Discord's interactions to events. Pure: the moment and what had to be asked are handed in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from adapters.discord import ids
from adapters.discord.payloads import (
    SUB_COMMAND,
    Attachment,
    Filled,
    Given,
    Interaction,
    Member,
    Resolved,
    User,
)
from bot.core.boundary.actions import Codec
from bot.core.boundary.events import ActionTaken, Actor, CommandUsed, FileSent, FormSubmitted, Right
from bot.core.boundary.ids import CommunityRef, MessageRef, RoomRef
from bot.core.boundary.views import Picked

ADMINISTRATOR = 1 << 3
MANAGE_SERVER = 1 << 5
STRING_SELECT, TEXT_INPUT, USER_SELECT = 3, 4, 5


@dataclass(frozen=True, slots=True)
class Typed:
    """A command as it stands in an interaction: its full name and its options by name."""

    name: str
    options: dict[str, Given]


def actor(member: Member | None, user: User, language: str | None, moderator_role: str) -> Actor:
    """Who did it, with the rights they have at this moment.

    Moderators are those who may manage the server, and those with the configured role.
    """
    moderates = member is not None and (
        bool(int(member.permissions) & (ADMINISTRATOR | MANAGE_SERVER))
        or (moderator_role != "" and moderator_role in member.roles)
    )
    return Actor(
        ids.person(user.id),
        shown_name(member, user),
        language,
        rights=frozenset({Right.MODERATOR} if moderates else ()),
    )


def shown_name(member: Member | None, user: User) -> str:
    """The name that the server shows: a nickname there, or the name chosen for everywhere."""
    return (member and member.nick) or user.global_name or user.username


def guild_of(given: Interaction) -> str:
    """The server it is about: where it happened, or what the button in a direct message says."""
    return given.guild_id or ids.read_custom_id(given.data.custom_id).guild


def community_of(given: Interaction) -> CommunityRef:
    """The server it is about, as a community."""
    return ids.community(guild_of(given))


def typed(given: Interaction) -> Typed:
    """The command of an interaction, whose sub-commands are nested options."""
    name, options = given.data.name, given.data.options
    while options and options[0].type == SUB_COMMAND:
        name, options = f"{name} {options[0].name}", options[0].options
    return Typed(name, {one.name: one for one in options})


def focused(command: Typed) -> tuple[str, str] | None:
    """The option that is being typed, and what stands there so far."""
    for one in command.options.values():
        if one.focused:
            return one.name, str(one.value or "")
    return None


def attachment(given: Interaction, command: Typed) -> Attachment | None:
    """The file that came with a command."""
    for one in command.options.values():
        found = given.data.resolved.attachments.get(str(one.value))
        if found:
            return found
    return None


def command_used(given: Interaction, by: Actor, at: datetime) -> CommandUsed:
    """A slash command."""
    command = typed(given)
    options: dict[str, str | Picked] = {}
    for name, one in command.options.items():
        value = str(one.value)
        person = picked(value, given.data.resolved)
        options[name] = person or value
    return CommandUsed(given.id, at, community_of(given), by, command.name, options, room_of(given))


def file_sent(given: Interaction, by: Actor, at: datetime, name: str, content: bytes) -> FileSent:
    """A file handed over with a command, once it has been read."""
    return FileSent(
        given.id,
        at,
        community_of(given),
        by,
        typed(given).name,
        name,
        content,
        room_of(given),
        ids=r"[0-9]{15,20}",
        example=by.person.key,
    )


def action_taken(given: Interaction, by: Actor, at: datetime, codec: Codec) -> ActionTaken:
    """A button pressed, or a select chosen from."""
    code = ids.read_custom_id(given.data.custom_id).code
    return ActionTaken(
        given.id,
        at,
        community_of(given),
        by,
        codec.decode(code),
        given.data.values,
        room_of(given),
        message_of(given),
    )


def form_submitted(given: Interaction, by: Actor, at: datetime, codec: Codec) -> FormSubmitted:
    """A form sent in."""
    code = ids.read_custom_id(given.data.custom_id).code
    texts: dict[str, str] = {}
    choices: dict[str, tuple[str, ...]] = {}
    people: dict[str, tuple[Picked, ...]] = {}
    for one in _fields(given.data.components):
        values = one.values or ()
        if one.type == TEXT_INPUT:
            texts[one.custom_id] = one.value or ""
        elif one.type == STRING_SELECT:
            choices[one.custom_id] = values
        elif one.type == USER_SELECT:
            found = (picked(value, given.data.resolved) for value in values)
            people[one.custom_id] = tuple(person for person in found if person)
    return FormSubmitted(
        given.id,
        at,
        community_of(given),
        by,
        codec.decode(code),
        texts,
        choices,
        people,
        room_of(given),
    )


def picked(value: str, resolved: Resolved) -> Picked | None:
    """The person an id stands for, if it stands for one."""
    user = resolved.users.get(value)
    return (
        Picked(ids.person(user.id), shown_name(resolved.members.get(value), user)) if user else None
    )


def room_of(given: Interaction) -> RoomRef | None:
    """Where in a server it happened."""
    if given.guild_id is None or given.channel is None:
        return None
    return ids.room(given.channel.id, thread=given.channel.type in ids.THREADS)


def message_of(given: Interaction) -> MessageRef | None:
    """The message whose button or select was used."""
    if given.message is None:
        return None
    channel = given.message.channel_id or given.channel_id or ""
    return ids.message(channel, given.message.id)


def _fields(components: tuple[Filled, ...]) -> Iterator[Filled]:
    for one in components:
        if one.component is not None:
            yield one.component
        elif one.components:
            yield from _fields(one.components)
        else:
            yield one

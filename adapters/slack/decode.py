"""What Slack sends, and what it means. Pure.

Everything read here was signed by Slack or came over a socket we opened, and may still lack any
field; what is missing becomes an empty value. The id of an event is made of what stays the same
when Slack sends it again: the trigger of an interaction, the ``event_id`` of an event.
"""

import json
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b
from typing import Any

from adapters.slack import ids
from adapters.slack.model import Body
from bot.core.actions import Codec
from bot.core.events import ActionTaken, Actor, CommandUsed, FormSubmitted
from bot.core.ids import CommunityRef, MessageRef, RoomRef
from bot.core.views import Picked

FILE_FORM = "file"
"""The first word of the ``callback_id`` of the form that takes a file."""
FILE, PASTED = "file", "pasted"
"""Its two fields."""
MODAL_DEPTH = 3


@dataclass(frozen=True, slots=True)
class Asker:
    """Who did something, as the payload has it."""

    user: str
    name: str
    team: str
    """The workspace they belong to, where the payload says so."""


@dataclass(frozen=True, slots=True)
class Moment:
    """The two things every event begins with."""

    community: CommunityRef
    at: datetime


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button pressed or a menu chosen from, and where."""

    id: str
    code: str
    values: tuple[str, ...]
    room: RoomRef | None
    message: MessageRef | None
    trigger: str
    response_url: str
    view: Body
    """The modal or App Home it was in; empty for a message."""


@dataclass(frozen=True, slots=True)
class Submitted:
    """A modal sent in."""

    id: str
    code: str
    texts: dict[str, str]
    choices: dict[str, tuple[str, ...]]
    users: dict[str, tuple[str, ...]]
    files: tuple[Body, ...]
    room: RoomRef | None
    view: Body
    fields: frozenset[str] = field(default_factory=frozenset)


def asker(body: Body) -> Asker:
    """The person behind a command, an interaction or an event."""
    user = body.get("user")
    if isinstance(user, dict):
        name = user.get("name") or user.get("username") or ""
        return Asker(str(user.get("id", "")), str(name), str(user.get("team_id") or ""))
    event = body.get("event")
    if isinstance(event, dict):
        who = event.get("user")
        who = who.get("id", "") if isinstance(who, dict) else who
        return Asker(str(who or ""), "", "")
    return Asker(str(body.get("user_id", "")), str(body.get("user_name", "")), "")


def workspace(body: Body) -> str:
    """The workspace in which something happened; empty where Slack does not say.

    For an app installed in a whole organisation it stands now here and now there, and may be the
    organisation. Where the person is at home does not count: that may be anywhere.
    """
    view = body.get("view") or {}
    authorized = (body.get("authorizations") or [{}])[0]
    told = [view.get("app_installed_team_id"), body.get("team"), authorized.get("team_id")]
    told += [body.get("team_id"), view.get("team_id")]
    keys = [str((one.get("id") if isinstance(one, dict) else one) or "") for one in told]
    return next((key for key in keys if key.startswith("T")), "")


def command_id(body: Body) -> str:
    """The id of a slash command, the same when it is delivered again."""
    told = [body.get(key) for key in ("trigger_id", "response_url", "user_id", "command", "text")]
    return _id("command", *told)


def command(
    body: Body,
    when: Moment,
    actor: Actor,
    asked: str,
    options: dict[str, str | Picked],
) -> CommandUsed:
    """A slash command."""
    where = _room(body.get("channel_id"))
    return CommandUsed(command_id(body), when.at, when.community, actor, asked, options, where)


def pressed(body: Body) -> Pressed:
    """A button or a menu."""
    action = (body.get("actions") or [{}])[0]
    container = body.get("container") or {}
    channel = (body.get("channel") or {}).get("id") or container.get("channel_id") or ""
    ts = container.get("message_ts") or (body.get("message") or {}).get("ts")
    ephemeral = bool(container.get("is_ephemeral"))
    view = body.get("view") or {}
    room = channel or view.get("private_metadata") or ""
    said = (body.get("trigger_id"), asker(body).user, action.get("action_ts"), action)
    return Pressed(
        _id("action", *said),
        str(action.get("action_id", "")),
        _chosen(action),
        _room(room),
        ids.message(channel, ts) if channel and ts and not ephemeral else None,
        str(body.get("trigger_id", "")),
        str(body.get("response_url") or ""),
        view,
    )


def submitted(body: Body) -> Submitted:
    """A modal sent in."""
    view = body.get("view") or {}
    texts: dict[str, str] = {}
    choices: dict[str, tuple[str, ...]] = {}
    users: dict[str, tuple[str, ...]] = {}
    files: list[Body] = []
    values = (view.get("state") or {}).get("values") or {}
    for key, block in values.items():
        for element in block.values():
            match element.get("type"):
                case "plain_text_input":
                    texts |= {key: element["value"]} if element.get("value") else {}
                case "users_select" | "multi_users_select":
                    named = element.get("selected_users") or [element.get("selected_user")]
                    users |= {key: tuple(filter(None, named))} if any(named) else {}
                case "file_input":
                    files.extend(element.get("files") or ())
                case _:
                    chosen = _chosen(element)
                    choices |= {key: chosen} if chosen else {}
    said = (body.get("trigger_id"), asker(body).user, view.get("id"), view.get("hash"), values)
    return Submitted(
        _id("form", *said),
        str(view.get("callback_id", "")),
        texts,
        choices,
        users,
        tuple(files),
        _room(view.get("private_metadata")),
        view,
        frozenset(
            block["block_id"] for block in view.get("blocks") or () if block.get("type") == "input"
        ),
    )


def action_taken(sent: Pressed, when: Moment, actor: Actor, codec: Codec) -> ActionTaken:
    """The event that a press is."""
    return ActionTaken(
        sent.id,
        when.at,
        when.community,
        actor,
        codec.decode(sent.code),
        sent.values,
        sent.room,
        sent.message,
    )


def form_submitted(
    sent: Submitted,
    when: Moment,
    actor: Actor,
    codec: Codec,
    people: dict[str, tuple[Picked, ...]],
) -> FormSubmitted:
    """The event that a modal sent in is."""
    return FormSubmitted(
        sent.id,
        when.at,
        when.community,
        actor,
        codec.decode(sent.code),
        sent.texts,
        sent.choices,
        people,
        sent.room,
    )


def depth(view: Body) -> int:
    """How many views lie on top of each other where this one is on top (at most three)."""
    root, previous = view.get("root_view_id"), view.get("previous_view_id")
    if not previous or root in {None, view.get("id")}:
        return 1
    return 2 if previous == root else MODAL_DEPTH


def _id(kind: str, *parts: object) -> str:
    """An id made of everything that a second delivery has in common with the first."""
    told = json.dumps(parts, sort_keys=True, default=str)
    return f"{kind}:{blake2b(told.encode(), digest_size=15).hexdigest()}"


def _chosen(element: dict[str, Any]) -> tuple[str, ...]:
    options = element.get("selected_options")
    if options is None:
        one = element.get("selected_option")
        options = [one] if one else []
    return tuple(str(option["value"]) for option in options)


def _room(key: object) -> RoomRef | None:
    return ids.room(key) if isinstance(key, str) and key else None

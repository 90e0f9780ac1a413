"""What Slack sends, and what it means. Pure.

Everything read here was signed by Slack or came over a socket we opened, and may still lack any
field; what is missing becomes an empty value. The id of an event is made of what stays the same
when Slack sends it again: the trigger of an interaction, the ``event_id`` of an event.
"""

import json
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b

from adapters.slack import ids, standing
from adapters.slack.model import Body
from adapters.slack.standing import Standing
from bot.core.boundary.actions import Codec
from bot.core.boundary.events import ActionTaken, Actor, CommandUsed, FormSetAside, FormSubmitted
from bot.core.boundary.ids import CommunityRef, MessageRef, RoomRef
from bot.core.boundary.views import Picked

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
    stands: Standing
    room: RoomRef | None
    view: Body
    fields: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Unsent:
    """A modal in which something changed, or which was closed."""

    id: str
    code: str
    stands: Standing | None
    """What stands in it; ``None`` where Slack does not say, or nobody touched it."""
    order: float
    """Grows from change to change; 0 where Slack does not say."""
    view: str


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
        standing.options(action),
        _room(room),
        ids.message(channel, ts) if channel and ts and not ephemeral else None,
        str(body.get("trigger_id", "")),
        str(body.get("response_url") or ""),
        view,
    )


def submitted(body: Body) -> Submitted:
    """A modal sent in."""
    view = body.get("view") or {}
    values = (view.get("state") or {}).get("values") or {}
    said = (body.get("trigger_id"), asker(body).user, view.get("id"), view.get("hash"), values)
    return Submitted(
        _id("form", *said),
        str(view.get("callback_id", "")),
        standing.told(view),
        _room(view.get("private_metadata")),
        view,
        frozenset(
            block["block_id"] for block in view.get("blocks") or () if block.get("type") == "input"
        ),
    )


def is_typed(body: Body) -> bool:
    """Whether a press is a change in a field of a form, whose fields are called as it is."""
    view, action = body.get("view") or {}, (body.get("actions") or [{}])[0]
    same = bool(view.get("callback_id")) and view.get("callback_id") == action.get("action_id")
    return view.get("type") == "modal" and same and action.get("type") != "button"


def typed(body: Body) -> Unsent:
    """A change in a field of a form. Slack says with each what now stands in all of them."""
    action = (body.get("actions") or [{}])[0]
    view = body.get("view") or {}
    state = view if (view.get("state") or {}).get("values") else body
    return _unsent(body, standing.now(view, state), _order(action.get("action_ts")))


def closed(body: Body) -> Unsent:
    """A form closed without being sent in.

    Slack's types give the view that comes with it a state, but in what Slack sends it is empty.
    """
    view = body.get("view") or {}
    stands = standing.now(view, view)
    return _unsent(body, None if stands == standing.begun(view) else stands, 0.0)


def _unsent(body: Body, stands: Standing | None, order: float) -> Unsent:
    view = body.get("view") or {}
    said = (asker(body).user, view.get("id"), view.get("hash"), order, stands)
    code = str(view.get("callback_id", ""))
    return Unsent(_id("unsent", *said), code, stands, order, str(view.get("id", "")))


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
    *,
    showing: str = "",
) -> FormSubmitted:
    """The event that a modal sent in is."""
    return FormSubmitted(
        sent.id,
        when.at,
        when.community,
        actor,
        codec.decode(sent.code),
        sent.stands.texts,
        sent.stands.choices,
        people,
        sent.room,
        showing,
    )


def form_set_aside(
    left: Unsent,
    when: Moment,
    actor: Actor,
    codec: Codec,
    people: dict[str, tuple[Picked, ...]],
    *,
    showing: str,
) -> FormSetAside:
    """The event that a modal left unsent is."""
    stands = left.stands or Standing()
    return FormSetAside(
        left.id,
        when.at,
        when.community,
        actor,
        codec.decode(left.code),
        showing,
        stands.texts,
        stands.choices,
        people,
    )


def depth(view: Body) -> int:
    """How many views lie on top of each other where this one is on top (at most three)."""
    root, previous = view.get("root_view_id"), view.get("previous_view_id")
    if not previous or root in {None, view.get("id")}:
        return 1
    return 2 if previous == root else MODAL_DEPTH


def _order(stamp: object) -> float:
    try:
        return float(str(stamp or 0))
    except ValueError:
        return 0.0


def _id(kind: str, *parts: object) -> str:
    """An id made of everything that a second delivery has in common with the first."""
    told = json.dumps(parts, sort_keys=True, default=str)
    return f"{kind}:{blake2b(told.encode(), digest_size=15).hexdigest()}"


def _room(key: object) -> RoomRef | None:
    return ids.room(key) if isinstance(key, str) and key else None

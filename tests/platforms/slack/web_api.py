"""The Web API of the stand-in: the methods that a bot like ours may need, each as strict as Slack.

A method gets the workspace and its arguments, and returns what Slack would, or raises
:class:`No` with Slack's word for why not.
"""

import json
import re
import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.platforms.slack.blocks import Invalid, check_message, check_view
from tests.platforms.slack.model import Conversation, Json, Message, View, Workspace, new_id


class No(Exception):
    """Slack refuses."""

    def __init__(self, error: str, **more: object) -> None:
        super().__init__(error)
        self.error = error
        self.more = more


@dataclass(frozen=True)
class Rule:
    """What a method needs, and how often it may be called a minute."""

    scope: str
    tier: int
    required: frozenset[str]
    allowed: frozenset[str]


def _rule(scope: str, tier: int, required: str, optional: str = "") -> Rule:
    need = frozenset(required.split())
    return Rule(scope, tier, need, need | frozenset(optional.split()))


RULES = {
    "auth.test": _rule("", 1000, ""),
    "users.info": _rule("users:read", 100, "user", "include_locale"),
    "users.list": _rule("users:read", 20, "", "cursor include_locale limit team_id"),
    "usergroups.users.list": _rule("usergroups:read", 20, "usergroup", "include_disabled team_id"),
    "conversations.create": _rule("groups:write", 20, "name", "is_private team_id"),
    "conversations.invite": _rule("groups:write", 50, "channel users", "force"),
    "conversations.kick": _rule("groups:write", 50, "channel user"),
    "conversations.archive": _rule("groups:write", 20, "channel"),
    "conversations.list": _rule(
        "groups:read", 20, "", "types exclude_archived limit cursor team_id"
    ),
    "conversations.open": _rule("im:write", 50, "", "users channel return_im prevent_creation"),
    "chat.postMessage": _rule(
        "chat:write", 300, "channel", "text blocks unfurl_links unfurl_media thread_ts metadata"
    ),
    "chat.update": _rule("chat:write", 50, "channel ts", "text blocks"),
    "chat.delete": _rule("chat:write", 50, "channel ts"),
    "views.open": _rule("", 100, "view", "trigger_id"),
    "views.push": _rule("", 100, "view", "trigger_id"),
    "views.update": _rule("", 100, "view", "view_id external_id hash"),
    "views.publish": _rule("", 100, "user_id view", "hash"),
    "files.getUploadURLExternal": _rule("files:write", 100, "filename length", "alt_txt"),
    "files.completeUploadExternal": _rule(
        "files:write", 100, "files", "channel_id thread_ts initial_comment blocks"
    ),
}
_NAME = re.compile(r"[^\W]|[-_]", re.UNICODE)


class Triggers:
    """Trigger ids: good for three seconds, and once."""

    def __init__(self) -> None:
        self._issued: dict[str, tuple[float, str, str]] = {}
        self.good_for = 3.0

    def issue(self, team: str, user: str) -> str:
        """A new one."""
        trigger = f"{new_id('1')}.{new_id('2')}.{new_id('f')}{team}"
        self._issued[trigger] = (time.monotonic(), team, user)
        return trigger

    def use(self, trigger: str) -> tuple[str, str]:
        """The workspace and the user that it was issued for."""
        if trigger not in self._issued:
            raise No("invalid_trigger_id")
        at, team, user = self._issued.pop(trigger)
        if time.monotonic() - at > self.good_for:
            raise No("expired_trigger_id")
        return team, user


class Tiers:
    """How often each method was called within the last minute."""

    def __init__(self) -> None:
        self._calls: dict[tuple[str, str], deque[float]] = defaultdict(deque)
        self._posts: dict[tuple[str, str], float] = {}
        self.minute = 60.0

    def wait(self, team: str, method: str, channel: str) -> int:
        """Seconds to wait; 0 counts the call."""
        now = time.monotonic()
        calls = self._calls[team, method]
        while calls and calls[0] <= now - self.minute:
            calls.popleft()
        if len(calls) >= RULES[method].tier:
            return int(calls[0] + self.minute - now) + 1
        if method == "chat.postMessage":
            # "about one a second", and short bursts are let through
            if now - self._posts.get((team, channel), -9.0) < 0.7:
                return 1
            self._posts[team, channel] = now
        calls.append(now)
        return 0


class WebApi:
    """The methods, by name."""

    def __init__(self, address: Callable[[], str]) -> None:
        self.triggers = Triggers()
        self.tiers = Tiers()
        self.uploads: dict[str, Json] = {}
        self.other_words_for_yes = {"1"}
        self.old_cursors: set[str] = set()
        """Places in lists that were given out too long ago."""
        self._address = address
        self._methods: dict[str, Callable[[Workspace, Json], Json]] = {
            name: getattr(self, "_" + re.sub(r"\W", "_", name).lower()) for name in RULES
        }

    def check(self, workspace: Workspace, method: str, given: Json) -> None:
        """Raise :class:`No` for a call that Slack would not even begin."""
        rule = RULES.get(method)
        if rule is None:
            raise No("unknown_method")
        if rule.scope and rule.scope not in workspace.scopes:
            raise No("missing_scope", needed=rule.scope, provided=",".join(workspace.scopes))
        missing = rule.required - given.keys()
        if missing:
            raise No("invalid_arguments", missing=sorted(missing))
        if not 1 <= int(given.get("limit", 1)) < 1000:
            raise No("invalid_arguments", why="limit")
        unknown = given.keys() - rule.allowed
        if unknown:
            raise No("invalid_arg_name", unknown=sorted(unknown))

    def run(self, workspace: Workspace, method: str, given: Json) -> Json:
        """Do it."""
        return self._methods[method](workspace, given)

    def _auth_test(self, at: Workspace, _: Json) -> Json:
        return {
            "url": "https://example.slack.com/",
            "team": at.name,
            "user": "banyan",
            "team_id": at.installed,
            "user_id": at.bot_user,
            "bot_id": "B" + at.bot_user[1:],
            "enterprise_id": at.enterprise or None,
            "is_enterprise_install": at.whole,
        }

    def _users_info(self, at: Workspace, given: Json) -> Json:
        user = at.users.get(given["user"])
        if user is None:
            raise No("user_not_found")
        return {"user": user_payload(at, user.id)}

    def _users_list(self, at: Workspace, given: Json) -> Json:
        if "limit" not in given:
            raise No("limit_required")
        start = int(given.get("cursor") or 0)
        every = [user_payload(at, key) for key in at.users]
        following = str(start + 3) if start + 3 < len(every) else ""
        page = every[start : start + 3]
        return {"members": page, "response_metadata": {"next_cursor": following}}

    def _usergroups_users_list(self, at: Workspace, given: Json) -> Json:
        if given["usergroup"] not in at.groups:
            raise No("no_such_subteam")
        return {"users": at.groups[given["usergroup"]]}

    def _conversations_create(self, at: Workspace, given: Json) -> Json:
        name = given["name"]
        if not name or len(name) > 80 or name != name.lower():
            raise No("invalid_name_maxlength" if len(name) > 80 else "invalid_name")
        if not all(_NAME.match(character) for character in name):
            raise No("invalid_name_specials")
        if any(one.name == name for one in at.conversations.values()):
            raise No("name_taken")
        private = str(given.get("is_private")).lower() in ({"true"} | self.other_words_for_yes)
        made = Conversation(new_id("C"), name, private, at.bot_user, [at.bot_user])
        at.conversations[made.id] = made
        return {"channel": _channel(made)}

    def _conversations_invite(self, at: Workspace, given: Json) -> Json:
        channel = _open_channel(at, given["channel"])
        users = given["users"].split(",")
        if len(users) > 1000:
            raise No("too_many_users")
        wrong = {user: word for user in users if (word := self._kept_out(at, channel, user))}
        force = str(given.get("force")).lower() in {"true", "1"}
        if wrong and (not force or len(wrong) == len(users)):
            word = next(iter(wrong.values()))
            raise No(word, **({"errors": _each(wrong)} if force else {}))
        for user in [one for one in users if one not in wrong]:
            channel.members.append(user)
            channel.invited.append(user)
            at.tell(user)
        return {"channel": _channel(channel)} | ({"errors": _each(wrong)} if wrong else {})

    def _kept_out(self, at: Workspace, channel: Conversation, user: str) -> str:
        """Slack's word for why somebody cannot be invited; nothing where they can."""
        if user not in at.users:
            return "user_not_found"
        if user == at.bot_user:
            return "cant_invite_self"
        return "already_in_channel" if user in channel.members else ""

    def _conversations_kick(self, at: Workspace, given: Json) -> Json:
        channel = _open_channel(at, given["channel"])
        if given["user"] not in channel.members:
            raise No("not_in_channel")
        channel.members.remove(given["user"])
        return {}

    def _conversations_archive(self, at: Workspace, given: Json) -> Json:
        channel = _channel_of(at, given["channel"])
        if channel.archived:
            raise No("already_archived")
        channel.archived = True
        return {}

    def _conversations_list(self, at: Workspace, given: Json) -> Json:
        types = set(given.get("types", "public_channel").split(","))
        if types != {"private_channel"}:
            raise No("missing_scope", needed="channels:read")
        every = [
            _channel(one)
            for one in at.conversations.values()
            if one.name and one.private and at.bot_user in one.members and not one.archived
        ]
        if given.get("cursor") in self.old_cursors:
            raise No("invalid_cursor")
        start = int(given.get("cursor") or 0)
        page = every[start : start + 2]
        following = str(start + 2) if start + 2 < len(every) else ""
        return {"channels": page, "response_metadata": {"next_cursor": following}}

    def _conversations_open(self, at: Workspace, given: Json) -> Json:
        users = [user for user in given.get("users", "").split(",") if user]
        if not users:
            raise No("users_list_not_supplied")
        if len(users) > 8:
            raise No("too_many_users")
        if len(users) > 1 and "mpim:write" not in at.scopes:
            raise No("missing_scope", needed="mpim:write")
        for user in users:
            if user not in at.users:
                raise No("user_not_found")
            if at.users[user].deleted:
                raise No("user_disabled")
        return {"channel": {"id": at.direct(users).id}}

    def _chat_postmessage(self, at: Workspace, given: Json) -> Json:
        if given["channel"] in at.users:
            given = given | {"channel": at.direct([given["channel"]]).id}
        channel = _open_channel(at, given["channel"])
        if any(user in at.users and at.users[user].refuses_messages for user in channel.members):
            raise No("cannot_dm_bot")
        blocks = _blocks(given)
        message = channel.post(given.get("text", ""), blocks)
        for user in channel.members:
            at.tell(user)
        return {"channel": channel.id, "ts": message.ts, "message": {"text": message.text}}

    def _chat_update(self, at: Workspace, given: Json) -> Json:
        message = _message(_open_channel(at, given["channel"]), given["ts"])
        message.blocks = _blocks(given)
        message.text = given.get("text", "")
        return {"channel": given["channel"], "ts": message.ts, "text": message.text}

    def _chat_delete(self, at: Workspace, given: Json) -> Json:
        channel = _open_channel(at, given["channel"])
        channel.messages.remove(_message(channel, given["ts"]))
        return {"channel": channel.id, "ts": given["ts"]}

    def _views_open(self, at: Workspace, given: Json) -> Json:
        view = _view(given)
        team, user = self.triggers.use(given.get("trigger_id", ""))
        if team != at.id:
            raise No("invalid_trigger_id")
        opened = View(new_id("V"), user, at.id, view, "", hash=new_id("h"))
        opened.root = opened.id
        at.modals[user] = [opened]
        at.tell(user)
        return {"view": opened.payload("A1", "B1")}

    def _views_push(self, at: Workspace, given: Json) -> Json:
        view = _view(given)
        team, user = self.triggers.use(given.get("trigger_id", ""))
        if team != at.id:
            raise No("invalid_trigger_id")
        return {"view": self.push(at, user, view).payload("A1", "B1")}

    def push(self, at: Workspace, user: str, view: Json) -> View:
        """Push a view onto those that somebody has open."""
        stack = at.modals.get(user) or []
        if not stack:
            raise No("not_found")
        if len(stack) >= 3:
            raise No("push_limit_reached")
        top = stack[-1]
        pushed = View(new_id("V"), user, at.id, view, top.root, top.id, new_id("h"))
        stack.append(pushed)
        at.tell(user)
        return pushed

    def _views_update(self, at: Workspace, given: Json) -> Json:
        view = _view(given)
        for user, stack in at.modals.items():
            for one in stack:
                if one.id == given.get("view_id"):
                    one.view, one.hash, one.typed = view, new_id("h"), {}
                    at.tell(user)
                    return {"view": one.payload("A1", "B1")}
        raise No("not_found")

    def _views_publish(self, at: Workspace, given: Json) -> Json:
        view = _view(given)
        if given["user_id"] not in at.users:
            raise No("invalid_arguments")
        at.homes[given["user_id"]] = view
        at.tell(given["user_id"])
        return {"view": {"id": new_id("V"), **view}}

    def _files_getuploadurlexternal(self, at: Workspace, given: Json) -> Json:
        file = new_id("F")
        self.uploads[file] = {"name": given["filename"], "length": int(given["length"])}
        return {"upload_url": f"{self._address()}/upload/{file}", "file_id": file}

    def _files_completeuploadexternal(self, at: Workspace, given: Json) -> Json:
        files = _parsed(given["files"])
        for file in files:
            if "content" not in self.uploads.get(file["id"], {}):
                raise No("file_not_found")
        if "channel_id" in given:
            channel = _open_channel(at, given["channel_id"])
            names = [self.uploads[file["id"]]["name"] for file in files]
            channel.post("", [], files=names)
            for user in channel.members:
                at.tell(user)
        return {"files": files}


def user_payload(at: Workspace, key: str) -> Json:
    """A user as ``users.info`` gives them."""
    user = at.users[key]
    return {
        "id": user.id,
        "team_id": user.team,
        "name": user.name.lower().replace(" ", "."),
        "deleted": user.deleted,
        "real_name": user.name,
        "tz": user.zone,
        "locale": user.locale,
        "is_admin": user.admin,
        "is_owner": False,
        "is_bot": user.is_bot,
        "is_stranger": False,
        "profile": {"display_name": user.name, "real_name": user.name},
    } | (
        {"enterprise_user": {"enterprise_id": user.enterprise, "teams": user.teams}}
        if user.enterprise
        else {}
    )


def _each(wrong: dict[str, str]) -> list[Json]:
    return [{"user": user, "ok": False, "error": word} for user, word in wrong.items()]


def _channel(one: Conversation) -> Json:
    return {
        "id": one.id,
        "name": one.name,
        "is_private": one.private,
        "is_archived": one.archived,
        "creator": one.creator,
    }


def _channel_of(at: Workspace, key: str) -> Conversation:
    channel = at.conversations.get(key)
    if channel is None or (channel.private and at.bot_user not in channel.members):
        raise No("channel_not_found")
    if at.bot_user not in channel.members:
        raise No("not_in_channel")
    return channel


def _open_channel(at: Workspace, key: str) -> Conversation:
    channel = _channel_of(at, key)
    if channel.archived:
        raise No("is_archived")
    return channel


def _message(channel: Conversation, ts: str) -> Message:
    for message in channel.messages:
        if message.ts == ts:
            return message
    raise No("message_not_found")


def _blocks(given: Json) -> list[Json]:
    text = given.get("text", "")
    if not text:
        raise No("no_text")
    if len(text) > 4000:
        raise No("msg_too_long")
    for flag in ("unfurl_links", "unfurl_media"):
        if str(given.get(flag, "false")).lower() != "false":
            raise No("unfurling_was_asked_for")
    blocks: list[Json] = _parsed(given.get("blocks", []))
    try:
        check_message(blocks)
    except Invalid as invalid:
        raise No("invalid_blocks", why=str(invalid)) from None
    return blocks


def _view(given: Json) -> Json:
    view: Json = _parsed(given["view"])
    try:
        check_view(view)
    except Invalid as invalid:
        raise No("invalid_arguments", why=str(invalid)) from None
    return view


def _parsed(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value

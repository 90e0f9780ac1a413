"""Somebody who uses Slack: types commands, presses buttons by their labels, fills in modals."""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from tests.platforms.slack.blocks import check_view, inputs
from tests.platforms.slack.model import Conversation, Json, Message, User, View, Workspace, new_id
from tests.platforms.slack.server import APP_ID, NotAcknowledged, SlackServer
from tests.platforms.slack.web_api import user_payload

PATIENCE = 10.0
"""Seconds to wait for something to appear."""


class Person:
    """A user, and what they see."""

    def __init__(
        self, server: SlackServer, workspace: Workspace, user: User, channel: str = ""
    ) -> None:
        self.server = server
        self.at = workspace
        self.user = user
        self.general = channel or self._general()
        self.told_late = False
        """Whether the app hears of changes in a modal only when told to."""
        self._untold: list[Json] = []

    # --- doing ----------------------------------------------------------------------------------

    async def command(self, line: str, *, wait: bool = True) -> None:
        """Type a slash command, such as ``/circle join``, and wait for what comes of it."""
        slash, _, text = line.partition(" ")
        self._expect()
        await self.server.deliver("slash_commands", self.command_payload(slash, text))
        if wait:
            await self._news()

    def command_payload(self, slash: str, text: str) -> Json:
        """A slash command as Slack sends it."""
        return {
            "token": "verification",
            "team_id": self.at.id,
            "team_domain": self.at.name.lower(),
            "channel_id": self.general,
            "channel_name": "general",
            "user_id": self.user.id,
            "user_name": self.user.name.lower(),
            "command": slash,
            "text": text,
            "api_app_id": APP_ID,
            "is_enterprise_install": str(self.at.whole).lower(),
            "response_url": self._response_url(self.general),
            "trigger_id": self.server.api.triggers.issue(self.at.id, self.user.id),
        } | ({"enterprise_id": self.at.enterprise} if self.at.enterprise else {})

    async def press(self, label: str, *, wait: bool = True) -> None:
        """Press the newest button with this label that is in sight."""
        await self._act(lambda element: _is_button(element, label), {}, f"button {label!r}", wait)

    async def choose(self, *labels: str) -> None:
        """Choose in the newest menu that has these options."""
        chosen: list[Json] = []

        def found(element: Json) -> bool:
            options = _options(element)
            chosen[:] = [options[label] for label in labels if label in options]
            return len(chosen) == len(labels) > 0

        await self._act(found, {"choose": chosen}, f"menu with {labels}", True)

    def file(self, name: str, content: bytes) -> Json:
        """A file of this person's, to be chosen in a form."""
        key = new_id("F")
        self.server.api.uploads[key] = {"name": name, "content": content}
        return {
            "id": key,
            "name": name,
            "url_private_download": f"{self.server.address}/files/{key}",
        }

    async def fill(self, values: dict[str, Any] | None = None, **more: Any) -> None:
        """Fill in the modal on top (by the labels of its fields) and send it in.

        A choice is named by its label; several as a list; people as :class:`User`. What is not
        named keeps what stands in it. Problems are then in :attr:`problems`.
        """
        top = self.modal
        await self.type(values, **more)
        payload = self._interaction("view_submission") | {
            "view": top.payload(APP_ID, "B1", _values(top), self.at.installed),
            "response_urls": [],
        }
        self.problems: dict[str, str] = {}
        answer = await self.server.deliver("interactive", payload)
        self._expect()
        self._apply(answer, top)
        if self.modals and "One moment" in text_of(self.modal.view["blocks"]):
            await self._news()

    async def type(self, values: dict[str, Any] | None = None, **more: Any) -> None:
        """Fill in the modal on top in the same way, without sending it in.

        The app hears of each change in a field for which it asked to.
        """
        top = self.modal
        by_label = {block["label"]["text"]: block for block in inputs(top.view).values()}
        wanted = dict(values or {}) | more
        unknown = wanted.keys() - by_label.keys()
        assert not unknown, f"no field {unknown}; there are {sorted(by_label)}"
        for label, value in wanted.items():
            before, block = _values(top), by_label[label]
            top.typed[label] = value
            state = _values(top)
            if block.get("dispatch_action") and state != before:
                key, action = block["block_id"], block["element"]["action_id"]
                changed = _action(block["element"], key, None) | state[key][action]
                payload = self._interaction("block_actions") | {"actions": [changed]}
                payload |= self._container(top)
                payload["view"] |= {"state": {"values": state}}
                self._untold.append(payload)
                if not self.told_late:
                    await self.tell()

    async def tell(self) -> None:
        """Have the app hear of the changes that it did not hear of yet."""
        while self._untold:
            # Nobody waits for it, and Slack does not send it again.
            with suppress(NotAcknowledged):
                await self.server.deliver("interactive", self._untold.pop(0))

    async def cancel(self, *, all_of_them: bool = False) -> None:
        """Close the modal on top (or by its cross every one), and what was filled in is gone.

        The app hears of it where it asked to: that it was closed, and not what stood in it.
        """
        stack = self.at.modals[self.user.id]
        gone = [stack.pop() for _ in range(len(stack) if all_of_them else 1)]
        if gone[0].view.get("clear_on_close"):
            gone += [stack.pop() for _ in range(len(stack))]
        for one in gone:
            if one.view.get("notify_on_close"):
                stands = _values(one) if self.server.tells_what_stood else {}
                payload = self._interaction("view_closed") | {
                    "view": one.payload(APP_ID, "B1", stands, self.at.installed),
                    "is_cleared": all_of_them,
                }
                del payload["trigger_id"]
                await self.server.deliver("interactive", payload)

    async def open_home(self) -> None:
        """Look at the App Home."""
        self._expect()
        event = {"type": "app_home_opened", "user": self.user.id, "channel": "D1", "tab": "home"}
        await self.server.event(self.at, event)
        await self._news()

    # --- seeing ---------------------------------------------------------------------------------

    @property
    def modal(self) -> View:
        """The modal on top."""
        stack = self.at.modals.get(self.user.id)
        assert stack, f"{self.user.name} has no modal open but sees:\n{self.text}"
        return stack[-1]

    @property
    def modals(self) -> list[View]:
        """Every modal open."""
        return self.at.modals.get(self.user.id) or []

    def close(self) -> None:
        """Close every modal, where it does not matter who hears of it."""
        self.at.modals.pop(self.user.id, None)

    @property
    def home(self) -> Json:
        """The App Home."""
        return self.at.homes[self.user.id]

    @property
    def messages(self) -> list[Message]:
        """Every message this person can see, oldest first."""
        seen = [
            message
            for one in self.at.conversations.values()
            if self.user.id in one.members
            for message in one.messages
            if message.only in {"", self.user.id}
        ]
        return sorted(seen, key=lambda message: [int(part) for part in message.ts.split(".")])

    @property
    def mail(self) -> list[Message]:
        """Private messages from the bot."""
        return [*self.at.direct([self.user.id]).messages]

    @property
    def text(self) -> str:
        """Everything in sight as text: modals, then messages from the newest."""
        shown = [text_of(view.view["blocks"]) for view in reversed(self.modals)]
        shown += [f"{text_of(one.blocks)}" for one in reversed(self.messages)]
        return "\n---\n".join(shown)

    async def sees(self, words: str) -> None:
        """Wait until these words are somewhere in sight."""
        await self.until(lambda: words in self.text, f"{words!r}")

    async def until(self, holds: Any, what: str = "it", patience: float = PATIENCE) -> None:
        """Wait until something holds."""
        deadline = time.monotonic() + patience
        while not holds():
            assert time.monotonic() < deadline, f"{self.user.name} waits for {what}:\n{self.text}"
            await asyncio.sleep(0.02)

    # --- within ---------------------------------------------------------------------------------

    async def _act(self, wanted: Any, how: Json, what: str, wait: bool) -> None:
        found = self._find(wanted)
        assert found is not None, f"{self.user.name} sees no {what} but:\n{self.text}"
        element, block_id, where = found
        payload = self._interaction("block_actions") | {
            "trigger_id": self.server.api.triggers.issue(self.at.id, self.user.id),
            "actions": [_action(element, block_id, how.get("choose"))],
        }
        payload |= self._container(where)
        self._expect()
        await self.server.deliver("interactive", payload)
        if wait:
            await self._news()

    def _container(self, where: View | Message | str) -> Json:
        if isinstance(where, View):
            view = where.payload(APP_ID, "B1", installed=self.at.installed)
            return {"container": {"type": "view", "view_id": where.id}, "view": view}
        if isinstance(where, str):
            home = View(new_id("V"), self.user.id, self.at.id, self.home, "")
            home.root = home.id
            return {
                "container": {"type": "view", "view_id": home.id},
                "view": home.payload(APP_ID, "B1", installed=self.at.installed),
            }
        channel = next(key for key, one in self.at.conversations.items() if where in one.messages)
        where.response = where.response or new_id("r")
        self.server.responses.setdefault(where.response, (self.at.id, channel, self.user.id, 0))
        return {
            "container": {
                "type": "message",
                "message_ts": where.ts,
                "channel_id": channel,
                "is_ephemeral": bool(where.only),
            },
            "channel": {"id": channel, "name": "somewhere"},
            "message": {"ts": where.ts, "text": where.text, "blocks": where.blocks},
            "response_url": f"{self.server.address}/response/{where.response}",
        }

    def _find(self, wanted: Any) -> tuple[Json, str, View | Message | str] | None:
        places: list[tuple[list[Json], View | Message | str]] = []
        if self.modals:
            places.append((self.modal.view["blocks"], self.modal))
        else:
            places += [(one.blocks, one) for one in reversed(self.messages)]
            places += [(self.at.homes.get(self.user.id, {}).get("blocks", []), "home")]
        for blocks, where in places:
            for block in blocks:
                elements = [*block.get("elements", ()), block.get("accessory", {})]
                for element in elements:
                    if "action_id" in element and wanted(element):
                        return element, block.get("block_id", "x"), where
        return None

    async def press_at_home(self, label: str) -> None:
        """Press a button of the App Home."""
        await self._act_at_home(lambda element: _is_button(element, label), label)

    async def choose_at_home(self, label: str) -> None:
        """Choose in the menu of the App Home that has this option."""
        await self._act_at_home(lambda element: label in _options(element), label)

    async def _act_at_home(self, wanted: Callable[[Json], bool], label: str) -> None:
        for block in self.home["blocks"]:
            for element in block.get("elements", ()):
                if wanted(element):
                    chosen = [_options(element)[label]] if label in _options(element) else None
                    payload = self._interaction("block_actions") | {
                        "trigger_id": self.server.api.triggers.issue(self.at.id, self.user.id),
                        "actions": [_action(element, "x", chosen)],
                    }
                    self._expect()
                    await self.server.deliver("interactive", payload | self._container("home"))
                    await self._news()
                    return
        raise AssertionError(f"no {label!r} on {text_of(self.home['blocks'])}")

    def _apply(self, answer: Json | None, top: View) -> None:
        stack = self.at.modals[self.user.id]
        action = (answer or {}).get("response_action")
        if answer is not None and "view" in answer:
            check_view(answer["view"])
        match action:
            case None:
                stack.remove(top)
            case "clear":
                stack.clear()
            case "errors":
                assert answer is not None
                self.problems = answer["errors"]
                unknown = self.problems.keys() - inputs(top.view).keys()
                assert not unknown, f"errors for blocks that are not inputs: {unknown}"
            case "update":
                assert answer is not None
                if top in stack:
                    top.view, top.hash, top.typed = answer["view"], new_id("h"), {}
            case "push":
                assert answer is not None
                self.server.api.push(self.at, self.user.id, answer["view"])
            case _:
                raise AssertionError(f"response_action {action}")

    def _interaction(self, kind: str) -> Json:
        user = user_payload(self.at, self.user.id)
        return {
            "type": kind,
            "user": {"id": user["id"], "username": user["name"], "name": user["name"]}
            | {"team_id": self.user.team},
            "api_app_id": APP_ID,
            "token": "verification",
            "trigger_id": self.server.api.triggers.issue(self.at.id, self.user.id),
            # With an app in a whole organisation, Slack may leave the workspace out here.
            "team": None if self.at.whole else {"id": self.at.id, "domain": self.at.name.lower()},
            "enterprise": {"id": self.at.enterprise} if self.at.enterprise else None,
            "is_enterprise_install": self.at.whole,
        }

    def _response_url(self, channel: str) -> str:
        key = new_id("r")
        self.server.responses[key] = (self.at.id, channel, self.user.id, 0)
        return f"{self.server.address}/response/{key}"

    def _general(self) -> str:
        for one in self.at.conversations.values():
            if one.name == "general":
                if self.user.id not in one.members:
                    one.members.append(self.user.id)
                return one.id
        made = Conversation(new_id("C"), "general", False, "U0", [self.user.id])
        self.at.conversations[made.id] = made
        return made.id

    def _expect(self) -> None:
        self.at.news.setdefault(self.user.id, asyncio.Event()).clear()

    async def _news(self) -> None:
        async with asyncio.timeout(PATIENCE):
            await self.at.news[self.user.id].wait()


_KEEP = object()


def _values(modal: View) -> Json:
    """What stands in a modal's fields."""
    return {
        block["block_id"]: {
            block["element"]["action_id"]: _state(
                block["element"], modal.typed.get(block["label"]["text"], _KEEP)
            )
        }
        for block in inputs(modal.view).values()
    }


def text_of(blocks: list[Json]) -> str:
    """Blocks as plain text."""
    lines: list[str] = []
    for block in blocks:
        match block["type"]:
            case "header":
                lines.append(f"# {block['text']['text']}")
            case "rich_text":
                lines += ["".join(map(_rich, part["elements"])) for part in block["elements"]]
            case "context":
                lines.append(f"({' '.join(one['text'] for one in block['elements'])})")
            case "actions":
                lines.append(" ".join(map(_element, block["elements"])))
            case "section":
                lines.append(f"{block['text']['text']} {_element(block.get('accessory', {}))}")
            case "input":
                lines.append(f"{block['label']['text']}: {_element(block['element'])}")
            case other:
                lines.append(f"[{other}]")
    return "\n".join(lines)


def _rich(element: Json) -> str:
    match element["type"]:
        case "user":
            return f"<@{element['user_id']}>"
        case "date":
            return str(element["fallback"])
        case "channel":
            return f"<#{element['channel_id']}>"
        case _:
            return str(element["text"])


def _element(element: Json) -> str:
    if element.get("type") == "button":
        return f"[{element['text']['text']}]"
    options = [one["text"]["text"] for one in element.get("options", ())]
    return f"<{' | '.join(options)}>"


def _options(element: Json) -> dict[str, Json]:
    return {one["text"]["text"]: one for one in element.get("options", ())}


def _is_button(element: Json, label: str) -> bool:
    return element.get("type") == "button" and element["text"]["text"] == label


def _action(element: Json, block_id: str, chosen: list[Json] | None) -> Json:
    action = {
        "type": element["type"],
        "action_id": element["action_id"],
        "block_id": block_id,
        "action_ts": f"{time.time():.6f}",
    }
    if element["type"] == "static_select":
        action["selected_option"] = chosen[0] if chosen else None
    elif element["type"] == "multi_static_select":
        action["selected_options"] = chosen or []
    return action


def _state(element: Json, value: Any) -> Json:
    kind = element["type"]
    state: Json = {"type": kind}
    options = _options(element)
    match kind:
        case "plain_text_input":
            typed = element.get("initial_value") if value is _KEEP else value
            assert len(typed or "") <= element.get("max_length", 3000), "Slack would not take this"
            state["value"] = typed or None
        case "static_select":
            state["selected_option"] = (
                element.get("initial_option") if value is _KEEP else options[value]
            )
        case "multi_static_select":
            chosen = (
                element.get("initial_options", [])
                if value is _KEEP
                else [options[label] for label in value]
            )
            assert len(chosen) <= element.get("max_selected_items", 100)
            state["selected_options"] = chosen
        case "users_select":
            state["selected_user"] = element.get("initial_user") if value is _KEEP else value.id
        case "multi_users_select":
            users = element.get("initial_users", []) if value is _KEEP else [u.id for u in value]
            state["selected_users"] = users
        case "file_input":
            state["files"] = [] if value is _KEEP else value
        case _:
            raise AssertionError(f"no idea how to fill in a {kind}")
    return state

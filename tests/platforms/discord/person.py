"""People who use the bot: they see what it answers, and press and fill in only what is there."""

import asyncio
from typing import Any

from tests.platforms.discord.server import StandIn
from tests.platforms.discord.state import COMMAND, COMPONENT, MODAL, SUGGEST
from tests.platforms.discord.world import Channel, Guild, Interaction, Json, Member, Post

BUTTON, SELECT, TEXT_INPUT, USER_SELECT, TEXT, LABEL = 2, 3, 4, 5, 10, 18
SUB_COMMAND, STRING, USER, ATTACHMENT = 1, 3, 6, 11

PATIENCE = 30.0
"""Seconds that somebody waits for an answer."""


class NotThere(AssertionError):
    """Somebody looked for something to press, choose or fill in that nobody had shown them."""


class Person:
    """A member of a server, who looks at one channel."""

    def __init__(self, stand_in: StandIn, guild: Guild, member: Member, channel: str = "general"):
        self.stand_in = stand_in
        self.guild = guild
        self.user = member.user
        self.channel: Channel = guild.named(channel)
        self.locale = "en-US"
        self.last: Interaction | None = None
        """What this person last did, and how it was answered."""
        self.form: Json | None = None
        """The form that is open."""
        self.message: Post | None = None
        """The message last answered."""

    # --- acting --------------------------------------------------------------------------------

    async def use(self, command: str, **options: Any) -> "Person":
        """Use a slash command; an option is a word, a person or a file (name and content)."""
        group, name = command.split(" ")
        known = self._command(group, name)
        resolved: Json = {}
        given = [self._option(known, key, value, resolved) for key, value in options.items()]
        data = self._command_data(group, name, given) | {"resolved": resolved}
        return await self._do(COMMAND, data)

    async def type(self, command: str, option: str, typed: str) -> list[str]:
        """Type into an option and see what is suggested."""
        group, name = command.split(" ")
        known = next(one for one in self._command(group, name)["options"] if one["name"] == option)
        assert known.get("autocomplete"), f"{option} suggests nothing"
        given = [{"name": option, "type": STRING, "value": typed, "focused": True}]
        interaction = await self._send(SUGGEST, self._command_data(group, name, given))
        await asyncio.wait_for(interaction.settled.wait(), PATIENCE)
        return [one["name"] for one in interaction.choices or ()]

    async def press(self, label: str, on: Post | None = None) -> "Person":
        """Press the button with this label."""
        post = on or self._shown()
        found = [b for b in _inside(post) if b["type"] == BUTTON and b["label"] == label]
        if not found:
            raise NotThere(f"no button “{label}” on:\n{read(post)}")
        data = {"custom_id": found[0]["custom_id"], "component_type": BUTTON}
        return await self._do(COMPONENT, data, post)

    async def choose(self, *labels: str, on: Post | None = None) -> "Person":
        """Choose in the select that is shown."""
        post = on or self._shown()
        found = [one for one in _inside(post) if one["type"] == SELECT]
        if not found:
            raise NotThere(f"nothing to choose in:\n{read(post)}")
        values = _values(found[0], labels)
        custom_id = found[0]["custom_id"]
        data = {"custom_id": custom_id, "component_type": SELECT, "values": values}
        return await self._do(COMPONENT, data, post)

    async def fill(self, **given: Any) -> "Person":
        """Send in the open form. Fields are named by the beginning of their labels, with ``_`` for
        spaces; what is not named stays as it stands."""
        assert self.form is not None, f"no form is open but:\n{self.sees}"
        form, wanted = self.form, dict(given)
        resolved: Json = {}
        fields = [
            {"type": LABEL, "id": at, "component": self._filled(part, wanted, resolved)}
            if part["type"] == LABEL
            else {"type": TEXT, "id": at}
            for at, part in enumerate(form["components"], 1)
        ]
        if wanted:
            raise NotThere(f"no field {sorted(wanted)} in:\n{read_form(form)}")
        before = self.last
        data = {"custom_id": form["custom_id"], "components": fields, "resolved": resolved}
        return await self._do(MODAL, data, before.from_message if before else None)

    # --- seeing --------------------------------------------------------------------------------

    @property
    def sees(self) -> str:
        """What is in front of this person."""
        if self.form is not None:
            return read_form(self.form)
        return read(self.message) if self.message else ""

    @property
    def mail(self) -> list[Post]:
        """Direct messages from the bot."""
        return self.stand_in.mail(self.user)

    @property
    def rooms(self) -> list[Channel]:
        """The private threads this person is in."""
        return [one for one in self.guild.rooms() if self.user.id in one.people]

    # --- how -----------------------------------------------------------------------------------

    async def _do(self, kind: int, data: Json, on: Post | None = None) -> "Person":
        interaction = await self._send(kind, data, on)
        await asyncio.wait_for(interaction.settled.wait(), PATIENCE)
        self.last = interaction
        self.form = interaction.modal
        self.message = interaction.original
        return self

    async def _send(self, kind: int, data: Json, on: Post | None = None) -> Interaction:
        direct = self.stand_in.direct.get(self.user.id)
        in_direct = on is not None and direct is not None and on.channel == direct.id
        return await self.stand_in.interact(
            kind,
            self.user,
            data,
            guild=None if in_direct else self.guild,
            channel=direct if in_direct and direct else self.channel,
            on=on,
            locale=self.locale,
        )

    def _command(self, group: str, name: str) -> Json:
        standing = [*self.stand_in.commands, *self.guild.commands]
        for one in standing:
            for sub in one.get("options", ()):
                if (one["name"], sub["name"]) == (group, name):
                    self._may_see(one)
                    return dict(sub)
        raise NotThere(f"/{group} {name}")

    def _may_see(self, command: Json) -> None:
        wanted = int(command.get("default_member_permissions") or 0)
        member = self.guild.members[self.user.id]
        has = self.guild.permissions(member, self.channel)
        seen = has & wanted == wanted or command["name"] in self.guild.shown_to(member)
        assert seen, f"{self.user.name} does not see /{command['name']}"

    def _command_data(self, group: str, name: str, given: list[Json]) -> Json:
        sub = {"name": name, "type": SUB_COMMAND, "options": given}
        return {"id": "1", "name": group, "type": 1, "options": [sub]}

    def _option(self, known: Json, name: str, value: Any, resolved: Json) -> Json:
        option = next((one for one in known.get("options", ()) if one["name"] == name), None)
        if option is None:
            raise NotThere(f"/{known['name']} has no option {name}")
        kind = option["type"]
        if kind == USER:
            self._resolve(value, resolved)
            value = value.user.id
        elif kind == ATTACHMENT:
            value = self._attach(value[0], value[1], resolved)
        elif option.get("choices"):
            by_name = {one["name"]: one["value"] for one in option["choices"]}
            assert value in {*by_name, *by_name.values()}, f"{value} is no choice of {name}"
            value = by_name.get(value, value)
        return {"name": name, "type": kind, "value": value}

    def _attach(self, name: str, content: bytes, resolved: Json) -> str:
        number = self.stand_in.ids.new()
        self.stand_in.files[name] = content
        url = f"{self.stand_in.address}/files/{name}"
        told = {"id": number, "filename": name, "size": len(content), "url": url, "proxy_url": url}
        resolved.setdefault("attachments", {})[number] = told
        return number

    def _resolve(self, person: "Person", resolved: Json) -> None:
        member = self.guild.members[person.user.id].json()
        resolved.setdefault("users", {})[person.user.id] = member.pop("user")
        for left_out in ("deaf", "mute"):
            del member[left_out]
        resolved.setdefault("members", {})[person.user.id] = member | {"permissions": "0"}

    def _filled(self, part: Json, wanted: dict[str, Any], resolved: Json) -> Json:
        field = part["component"]
        key = next((one for one in wanted if _names(one, part["label"])), None)
        value = wanted.pop(key) if key is not None else None
        shared = {"type": field["type"], "custom_id": field["custom_id"]}
        if field["type"] == TEXT_INPUT:
            text = field.get("value", "") if value is None else value
            assert len(text) <= field.get("max_length", 4000), f"{part['label']}: too long"
            assert text or not field.get("required", True), f"{part['label']}: nothing typed"
            return shared | {"value": text}
        if field["type"] == SELECT:
            chosen = [one["value"] for one in field["options"] if one.get("default")]
            if value is not None:
                chosen = _values(field, (value,) if isinstance(value, str) else tuple(value))
        else:
            chosen = [one["id"] for one in field.get("default_values", ())]
            if value is not None:
                people = value if isinstance(value, list | tuple) else (value,)
                for one in people:
                    self._resolve(one, resolved)
                chosen = [one.user.id for one in people]
        assert chosen or not field.get("required", True), f"{part['label']}: nothing chosen"
        return shared | {"values": chosen}

    def _shown(self) -> Post:
        if self.message is None:
            raise NotThere("no message is shown")
        return self.message


def read(post: Post) -> str:
    """A message as somebody reads it, with its buttons and choices below."""
    lines = [post.content] if post.content else []
    for part in post.components:
        if part["type"] == TEXT:
            lines.append(part["content"])
        for one in part.get("components", ()):
            if one["type"] == BUTTON:
                lines.append(f"[{one['label']}]")
            else:
                lines.append("<" + " | ".join(option["label"] for option in one["options"]) + ">")
    return "\n".join([*lines, *(f"(file: {name})" for name in post.files)])


def read_form(form: Json) -> str:
    """A form as somebody reads it."""
    lines = [f"Form: {form['title']}"]
    for part in form["components"]:
        if part["type"] == TEXT:
            lines.append(part["content"])
            continue
        field = part["component"]
        lines.append(f"- {part['label']}: {field.get('value', '')}")
        if field["type"] == SELECT:
            lines.append("    " + " | ".join(one["label"] for one in field["options"]))
    return "\n".join(lines)


def _inside(post: Post) -> list[Json]:
    return [one for part in post.components for one in part.get("components", ())]


def _names(key: str, label: str) -> bool:
    return label.lower().startswith(key.replace("_", " ").lower())


def _values(select: Json, labels: tuple[str, ...]) -> list[str]:
    by_label = {one["label"]: one["value"] for one in select["options"]}
    missing = [label for label in labels if label not in by_label]
    if missing:
        raise NotThere(f"{missing} is not among {list(by_label)}")
    least, most = select.get("min_values", 1), select.get("max_values", 1)
    assert least <= len(labels) <= most, f"{least} to {most} can be chosen"
    return [by_label[label] for label in labels]

"""Input that nobody should send and somebody will: seeded, so that a failure can be had again."""

from dataclasses import fields
from datetime import datetime
from random import Random

from bot.core.boundary.actions import Action, Codec
from bot.core.boundary.events import (
    ActionTaken,
    ByPerson,
    CommandUsed,
    FileSent,
    FormSetAside,
    FormSubmitted,
)
from bot.core.boundary.outcome import Answer, FixForm, Replace, Say, ShowForm
from bot.core.boundary.views import (
    Buttons,
    ChoiceField,
    Form,
    Message,
    PeopleField,
    Picked,
    Select,
    TextField,
)
from bot.core.decide import Bot
from bot.core.feature import Kind
from tests.paper import Member

Sent = ByPerson | FormSetAside

WORDS = (
    "",
    " ",
    "\x00",
    "a\x00b",
    "\ud800",
    "x" * 3000,
    "x" * 100_000,
    "\u202egnitirw desrever\u202c",
    "Z̸̧̢̛͓̻̺̣͙̹͚̓̓̎͛̆͝à̷l̴g̶o̵" * 30,
    "@everyone <@123> <#456> </circle join:1> <t:0> [a](javascript:alert(1))",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "'; DROP TABLE people; --",
    "{name} {0} {} %s %n *bold* **",
    "../../etc/passwd",
    "=cmd|' /C calc'!A0",
    "-1",
    "0",
    "99999999999999999999999999",
    "1e309",
    "NaN",
    "²",
    "Asia/Kolkata",
    "Europe/Nowhere",
    "2026-02-30",
    "0001-01-01",
    "9999-12-31",
    "tomorrow",
    "en;zh;;;",
    "no",
    "👩‍👩‍👧‍👦" * 40,
    "Iñtërnâtiônàlizætiøn",
    "मार्गदर्शन",
    "\r\n\t",
    "null",
    '{"a": [' * 500,
)


class Hostility:
    """Makes hostile events, out of thin air and out of what people were shown."""

    def __init__(self, seed: int, bot: Bot, codec: Codec, people: list[Member]) -> None:
        self._chance = Random(seed)
        self._bot = bot
        self._codec = codec
        self._people = people
        self._kinds = sorted(bot.action_kinds, key=lambda kind: kind.name)
        self._made = 0

    def event(self, at: datetime) -> tuple[Member, Sent]:
        """Somebody's next event."""
        who = self._chance.choice(self._people)
        made = self._chance.choices(
            [self._command, self._forged, self._pressed, self._filled, self._file],
            [25, 15, 35, 22, 3],
        )[0](who, at)
        return who, made

    def word(self) -> str:
        """A hostile, or at times an innocent, piece of text."""
        return self._chance.choice(WORDS)

    def _id(self) -> str:
        self._made += 1
        return f"hostile-{self._made}"

    def _command(self, who: Member, at: datetime) -> Sent:
        command = self._chance.choice(list(self._bot.commands.values()))
        options: dict[str, str | Picked] = {}
        for option in command.options:
            if self._chance.random() < 0.6:
                options[option.name] = (
                    self._chance.choice(self._people).picked
                    if option.kind is Kind.PERSON and self._chance.random() < 0.9
                    else self._chance.choice([*option.choices, self.word()])
                )
        name = command.full_name if self._chance.random() < 0.95 else self.word()
        return CommandUsed(self._id(), at, who.community, who.actor, name, options)

    def _forged(self, who: Member, at: datetime) -> Sent:
        kind = self._chance.choice(self._kinds)
        values = [self.word()[:40] if self._chance.random() < 0.6 else "1" for _ in fields(kind)]
        action: Action = self._codec.decode(";".join([kind.name, *values]))
        chosen = (self.word(),) if self._chance.random() < 0.5 else ()
        if self._chance.random() < 0.5:
            return ActionTaken(self._id(), at, who.community, who.actor, action, chosen)
        given = {self._chance.choice(["role", "bio", "zone", "words", "x"]): self.word()}
        return FormSubmitted(self._id(), at, who.community, who.actor, action, texts=given)

    def _pressed(self, who: Member, at: datetime) -> Sent:
        seen = [*who.mail, *_messages(who.answer)]
        parts = [
            block
            for message in seen
            for block in message.blocks
            if isinstance(block, Buttons | Select)
        ]
        if not parts:
            return self._command(who, at)
        part = self._chance.choice(parts)
        if isinstance(part, Buttons):
            action = self._chance.choice(part.buttons).action
            return ActionTaken(self._id(), at, who.community, who.actor, action)
        count = self._chance.randint(part.least, part.most)
        values = [choice.value for choice in part.choices]
        chosen = tuple(self._chance.sample(values, min(count, len(values))))
        if self._chance.random() < 0.2:
            chosen = (self.word(),)
        return ActionTaken(self._id(), at, who.community, who.actor, part.action, chosen)

    def _filled(self, who: Member, at: datetime) -> Sent:
        form = _form(who.answer)
        if form is None:
            return self._pressed(who, at)
        texts: dict[str, str] = {}
        choices: dict[str, tuple[str, ...]] = {}
        people: dict[str, tuple[Picked, ...]] = {}
        for field in form.fields:
            if self._chance.random() < 0.1:
                continue
            match field:
                case TextField():
                    kept = self._chance.random() < 0.4
                    texts[field.key] = field.value if kept else self.word()
                case ChoiceField():
                    values = [choice.value for choice in field.choices]
                    count = min(self._chance.randint(0, field.most), len(values))
                    choices[field.key] = tuple(self._chance.sample(values, count))
                    if self._chance.random() < 0.15:
                        choices[field.key] = (self.word(), self.word())
                case PeopleField():
                    count = min(self._chance.randint(0, field.most + 1), len(self._people))
                    picked = self._chance.sample(self._people, count)
                    people[field.key] = tuple(one.picked for one in picked)
        if self._chance.random() < 0.2:
            showing = self._chance.choice(["once", "again", "\ud800"])
            return FormSetAside(
                self._id(),
                at,
                who.community,
                who.actor,
                form.submit,
                showing,
                texts,
                choices,
                people,
            )
        return FormSubmitted(
            self._id(),
            at,
            who.community,
            who.actor,
            form.submit,
            texts,
            choices,
            people,
            showing="once",
        )

    def _file(self, who: Member, at: datetime) -> Sent:
        content = self._chance.choice(
            [
                self.word().encode("utf-8", "replace"),
                b"id,name,role\n" + b"=a,\x00,x\n" * 200,
                bytes(self._chance.randrange(256) for _ in range(2000)),
                b"id,name,role,seeks,timezone\n" + b"a,A,mentee,goals,UTC\n" * 2,
            ]
        )
        command = self._chance.choice(["circle-admin import", "circle join", self.word()])
        return FileSent(
            self._id(), at, who.community, who.actor, command, self.word()[:50], content
        )


def _messages(answer: Answer) -> list[Message]:
    return [answer.message] if isinstance(answer, Say | Replace) else []


def _form(answer: Answer) -> Form | None:
    return answer.form if isinstance(answer, ShowForm | FixForm) else None

"""What people ask of the bot: carried to the inbox once, and acknowledged within 3 seconds.

An acknowledgement waits until what was asked is decided and stored, so that nothing acknowledged
can be lost, and for no longer than Slack allows. The same thing delivered twice is carried once and
acknowledged twice in the same way.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

from adapters.slack import decode, file_form, ids, parse
from adapters.slack.answers import Answers, Where, sentence
from adapters.slack.api import NotOk
from adapters.slack.drafts import Drafts
from adapters.slack.home import Home
from adapters.slack.installations import Installation
from adapters.slack.model import Body, Json
from adapters.slack.naming import Naming
from adapters.slack.people import People
from adapters.slack.rush import Rush
from bot.core.boundary.actions import Codec
from bot.core.boundary.events import Actor, Event, Right
from bot.core.boundary.outcome import Answer, Say
from bot.core.boundary.views import Message
from bot.core.boundary.wording import Wording, Words
from bot.core.decide import Bot
from bot.core.feature import Group
from bot.shell.blunders import blunder
from bot.shell.ports import Clock, Inbox, TryLater

ACK_WITHIN = 1.8
"""Seconds after which Slack is answered come what may: it waits 3, and the network takes some.
Less in a rush: see :mod:`adapters.slack.rush`."""
_AT_LAST = 2.2
"""Seconds, the same for what may take longer before it is even decided."""
_REMEMBERED = 600.0
"""Seconds that an acknowledgement is kept for, to give the same again: Slack gives up sooner."""
_MANY = 20_000
"""Acknowledgements kept at most: over 30 a second for all of that time, which a busy workspace is
far from. The oldest go first; what comes again of those the inbox still knows, and does not do
twice."""

T = TypeVar("T")
Check = Callable[[Installation, Words], Awaitable[Message | None]]
"""What the app still lacks in a workspace, in somebody's words."""


class Errands:
    """Everything that is on its way to the bot and back."""

    def __init__(
        self,
        answers: Answers,
        people: People,
        home: Home,
        inbox: Inbox,
        *,
        bot: Bot,
        wording: Wording,
        codec: Codec,
        clock: Clock,
        check: Check,
    ) -> None:
        self._answers = answers
        self._people = people
        self._home = home
        self._inbox = inbox
        self._bot = bot
        self._wording = wording
        self._codec = codec
        self._clock = clock
        self._check = check
        self._naming = Naming(people, inbox, bot)
        self._drafts = Drafts(
            people, self._naming, inbox, codec=codec, clock=clock, start=self._start
        )
        self._files = frozenset(name for one in bot.features for name, _ in one.files)
        self._rush = Rush()
        self._acknowledged: OrderedDict[str, tuple[float, asyncio.Task[Json]]] = OrderedDict()
        self._under_way: set[asyncio.Task[Any]] = set()

    async def command(self, ours: Installation, body: Body) -> Json:
        """A slash command; what its acknowledgement carries."""
        key = f"{ours.team}:{decode.command_id(body)}"
        return await _in_time(self._once(key, self._command(ours, body)))

    async def press(self, ours: Installation, body: Body) -> Json:
        """A button or a menu; what its acknowledgement carries."""
        if decode.is_typed(body):
            self._drafts.typed(ours, decode.asker(body), decode.typed(body))
            return {}
        sent = decode.pressed(body)
        return await _in_time(self._once(f"{ours.team}:{sent.id}", self._press(ours, body, sent)))

    async def submission(self, ours: Installation, body: Body) -> Json:
        """A modal sent in; what its acknowledgement carries. It comes in time in any rush, if need
        be without the answer, which then follows in its turn."""
        sent = decode.submitted(body)
        with self._rush:
            return await self._once(f"{ours.team}:{sent.id}", self._submit(ours, body, sent))

    async def closing(self, ours: Installation, body: Body) -> Json:
        """A modal closed without being sent in; what its acknowledgement carries."""
        left = decode.closed(body)
        return await _in_time(self._once(f"{ours.team}:{left.id}", self._close(ours, body, left)))

    def home(self, ours: Installation, who: decode.Asker, event_id: str) -> None:
        """Draw somebody's App Home, without anybody waiting for it."""
        self._start(self._home.show(ours, who, event_id, self._inbox))

    async def finish(self) -> None:
        """Wait for whatever is under way (5 s at most): on a graceful stop."""
        self._drafts.keep_all()
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=5)

    async def _command(self, ours: Installation, body: Body) -> Json:
        ack_by = _now() + ACK_WITHIN
        who = decode.asker(body)
        slash = str(body.get("command", ""))
        asked = parse.asked(slash, str(body.get("text") or ""), self._bot.commands)
        admin = slash.lstrip("/") == Group.MODERATOR.value
        actor = await self._people.actor(ours, who, rights_matter=admin, lately=not admin)
        where = Where(
            ours,
            who.user,
            self._wording.words("UTC", actor.language if actor else None),
            room=str(body.get("channel_id") or ""),
            trigger=str(body.get("trigger_id") or ""),
            response_url=str(body.get("response_url") or ""),
        )
        if actor is None:
            self._start(self._answers.tell(where, "slack.stranger"))
            return {}
        if asked.command in self._files and Right.MODERATOR in actor.rights:
            view = file_form.view(asked.command, where.words, where.room)
            self._start(self._answers.show_form(view, where))
            return {}
        command = self._bot.commands.get(asked.command)
        options = await self._naming.options(ours, actor, asked)
        event = decode.command(body, self._when(ours), actor, asked.command, options)
        is_slow = command is not None and command.slow
        answering = await self._carry(event, where, _now() if is_slow else ack_by)
        if command is not None and command.checked and Right.MODERATOR in actor.rights:
            self._start(self._add_check(answering, where))
        return {}

    async def _press(self, ours: Installation, body: Body, sent: decode.Pressed) -> Json:
        ack_by = _now() + ACK_WITHIN
        who = decode.asker(body)
        actor = await self._people.actor(ours, who, lately=True)
        where = Where(
            ours,
            who.user,
            self._wording.words("UTC", actor.language if actor else None),
            room=sent.room.key if sent.room else "",
            trigger=sent.trigger,
            response_url=sent.response_url,
            view=sent.view,
            of_message=not sent.view,
        )
        if actor is None:
            self._start(self._answers.tell(where, "slack.stranger"))
            return {}
        event = decode.action_taken(sent, self._when(ours), actor, self._codec)
        await self._carry(event, where, ack_by)
        return {}

    async def _submit(self, ours: Installation, body: Body, sent: decode.Submitted) -> Json:
        ack_by = _now() + self._rush.shortened(ACK_WITHIN)
        who = decode.asker(body)
        actor, (people, unknown) = await asyncio.gather(
            self._people.actor(ours, who, lately=True), self._naming.picked(ours, sent.stands)
        )
        words = self._wording.words("UTC", actor.language if actor else None)
        room = sent.room.key if sent.room else ""
        where = Where(ours, who.user, words, room=room, view=sent.view)
        if actor is None:
            stranger = self._answers.page(sentence(words, "slack.stranger"), where)
            return {"response_action": "update", "view": stranger}
        if file_form.command(sent.code):
            if not file_form.has_file(sent):
                problem = words.line("slack.file.missing")
                return {"response_action": "errors", "errors": {decode.PASTED: problem}}
            deciding = self._start(self._file(ours, actor, sent, where))
        else:
            if unknown:
                problem = words.line("slack.picked.stranger")
                errors = dict.fromkeys(sorted(unknown), problem)
                return {"response_action": "errors", "errors": errors}
            showing = self._drafts.sent_in(ours, str(sent.view.get("id", "")), sent.stands)
            when = self._when(ours)
            event = decode.form_submitted(sent, when, actor, self._codec, people, showing=showing)
            deciding = self._start(self._inbox.receive(event))
        await _wait(deciding, ack_by)
        if not deciding.done():
            self._start(self._answer_late(deciding, where))
            return {"response_action": "update", "view": self._answers.waiting(where)}
        answer = deciding.result()
        self._start(self._answers.send_files(answer, where))
        return await self._answers.submitted(answer, where, sent.fields)

    async def _close(self, ours: Installation, body: Body, left: decode.Unsent) -> Json:
        await self._drafts.closed(ours, decode.asker(body), left)
        return {}

    async def _file(
        self, ours: Installation, actor: Actor, sent: decode.Submitted, where: Where
    ) -> Answer:
        event = await file_form.event(self._answers.api, ours, sent, self._when(ours), actor)
        if event is None:
            return Say(sentence(where.words, "slack.file.unreadable"))
        return await self._inbox.receive(event)

    async def _carry(self, event: Event, where: Where, ack_by: float) -> "asyncio.Task[None]":
        """Have the event decided and answered; return when it may be acknowledged."""
        deciding = self._start(self._inbox.receive(event))
        answering = self._start(self._answer(deciding, where))
        await _wait(deciding, ack_by)
        return answering

    async def _answer(self, deciding: "asyncio.Task[Answer]", where: Where) -> None:
        answer = await deciding
        await self._answers.show(answer, where)
        await self._answers.send_files(answer, where)
        if where.view.get("type") == "home":
            again = f"home:{where.trigger}"
            asker = decode.Asker(where.user, "", "")
            await self._home.show(where.installation, asker, again, self._inbox)

    async def _add_check(self, answering: "asyncio.Task[None]", where: Where) -> None:
        """Below the answer, what the app still lacks here; nothing where that cannot be known."""
        await asyncio.wait({answering})
        try:
            lacks = await self._check(where.installation, where.words)
        except (NotOk, TryLater):
            return
        if lacks is not None:
            await self._answers.show(Say(lacks), where)

    async def _answer_late(self, deciding: "asyncio.Task[Answer]", where: Where) -> None:
        answer = await deciding
        await self._answers.submitted_late(answer, where)
        await self._answers.send_files(answer, where)

    async def _once(self, key: str, work: Coroutine[Any, Any, Json]) -> Json:
        while self._acknowledged and self._oldest() < _now() - _REMEMBERED:
            self._acknowledged.popitem(last=False)
        _, task = self._acknowledged.get(key, (0.0, None))
        if task is not None and not _failed(task):
            work.close()
        else:
            task = self._start(work)
            self._acknowledged[key] = (_now(), task)
            if len(self._acknowledged) > _MANY:
                self._acknowledged.popitem(last=False)
        # Shielded: the connection may go away, the work goes on all the same.
        return await asyncio.shield(task)

    def _oldest(self) -> float:
        return next(iter(self._acknowledged.values()))[0]

    def _start(self, work: Coroutine[Any, Any, T]) -> "asyncio.Task[T]":
        task = asyncio.create_task(work)
        self._under_way.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: "asyncio.Task[Any]") -> None:
        self._under_way.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            blunder("slack", error)

    def _when(self, ours: Installation) -> decode.Moment:
        return decode.Moment(ids.community(ours.team), self._clock.now())


async def _in_time(acknowledging: Coroutine[Any, Any, Json]) -> Json:
    """The acknowledgement; an empty one when it takes too long even to ask Slack who that was."""
    task = asyncio.ensure_future(acknowledging)
    await asyncio.wait({task}, timeout=_AT_LAST)
    return task.result() if task.done() else {}


async def _wait(deciding: "asyncio.Task[Answer]", until: float) -> None:
    """Wait until it is decided, and no longer than until then."""
    await asyncio.wait({deciding}, timeout=max(0.0, until - _now()))


def _now() -> float:
    return asyncio.get_running_loop().time()


def _failed(task: "asyncio.Task[Json]") -> bool:
    return task.done() and (task.cancelled() or task.exception() is not None)

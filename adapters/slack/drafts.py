"""Half-filled modals: what stands in them is kept soon after it was typed.

When a modal is closed, Slack tells that it was, and not what stood in it. But it tells of every
change while the modal is open, each time with everything that then stands in it. That is held here
until the typing pauses or the modal is closed, and then taken to the inbox as one event; what is
sent in meanwhile is let go. A process that dies loses a few seconds of typing at most, and not even
that if the modal is still open: the next change says all of it again.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from adapters.slack import decode, ids
from adapters.slack.decode import Asker, Unsent
from adapters.slack.installations import Installation
from adapters.slack.naming import Naming
from adapters.slack.people import People
from adapters.slack.standing import Standing
from bot.core.boundary.actions import Codec
from bot.shell.ports import Clock, Inbox

PAUSE = 2.0
"""Seconds without a change after which what stands there is kept."""
_LONGEST = 10.0
"""Seconds after which it is kept though the typing goes on."""
_MANY = 5000
"""Modals of which something is remembered."""


@dataclass(frozen=True, slots=True)
class _Held:
    """What stood in a modal at ``at``."""

    ours: Installation
    who: Asker
    left: Unsent
    at: datetime
    showing: str


@dataclass(slots=True)
class _Modal:
    """What is remembered of one that was opened."""

    sendings: int = 0
    """How often it was sent in: it stays open where there is something to mend, or comes back."""
    sent: int | None = None
    """The hash of what was last sent in with it."""
    order: float = 0.0
    held: _Held | None = None
    since: float = 0.0
    """When the first change came that is not kept yet."""
    timer: asyncio.TimerHandle | None = None


class Drafts:
    """Every modal in which somebody typed, or that was sent in, of late."""

    def __init__(
        self,
        people: People,
        naming: Naming,
        inbox: Inbox,
        *,
        codec: Codec,
        clock: Clock,
        start: Callable[[Coroutine[Any, Any, None]], object],
    ) -> None:
        self._people = people
        self._naming = naming
        self._inbox = inbox
        self._codec = codec
        self._clock = clock
        self._start = start
        self._modals: OrderedDict[tuple[str, str], _Modal] = OrderedDict()

    def typed(self, ours: Installation, who: Asker, left: Unsent) -> None:
        """Something changed in a modal."""
        modal = self._modal(ours, left.view)
        if left.stands is None or (left.order and left.order <= modal.order):
            return  # it came before, or late
        modal.order = left.order
        modal.since = modal.since if modal.held else _now()
        modal.held = self._hold(modal, ours, who, left)
        if modal.timer is not None:
            modal.timer.cancel()
        due = min(_now() + PAUSE, modal.since + _LONGEST)
        modal.timer = asyncio.get_running_loop().call_at(due, self._due, modal)

    async def closed(self, ours: Installation, who: Asker, left: Unsent) -> None:
        """A modal was closed: return once what stood in it is kept."""
        modal = self._modal(ours, left.view)
        held = _let_go(modal)
        if held is None and left.stands is not None and _mark(left.stands) != modal.sent:
            held = self._hold(modal, ours, who, left)
        if held is not None:
            await self._keep(held)

    def sent_in(self, ours: Installation, view: str, stands: Standing) -> str:
        """A modal was sent in, with all that stood in it; which showing of it that was."""
        modal = self._modal(ours, view)
        _let_go(modal)
        showing = _showing(view, modal.sendings)
        modal.sendings += 1
        modal.sent = _mark(stands)
        return showing

    def keep_all(self) -> None:
        """Begin to keep whatever is held: on a graceful stop."""
        for modal in self._modals.values():
            self._due(modal)

    def _due(self, modal: _Modal) -> None:
        held = _let_go(modal)
        if held is not None:
            self._start(self._keep(held))

    async def _keep(self, held: _Held) -> None:
        actor = await self._people.actor(held.ours, held.who, lately=True)
        if actor is not None and held.left.stands is not None:
            people, _ = await self._naming.picked(held.ours, held.left.stands)
            when = decode.Moment(ids.community(held.ours.team), held.at)
            await self._inbox.receive(
                decode.form_set_aside(
                    held.left, when, actor, self._codec, people, showing=held.showing
                )
            )

    def _hold(self, modal: _Modal, ours: Installation, who: Asker, left: Unsent) -> _Held:
        # What was sent in may be told late, and belongs to the showing in which it was sent.
        is_sent = left.stands is not None and _mark(left.stands) == modal.sent
        showing = _showing(left.view, modal.sendings - 1 if is_sent else modal.sendings)
        return _Held(ours, who, left, self._clock.now(), showing)

    def _modal(self, ours: Installation, view: str) -> _Modal:
        key = (ours.team, view)
        found = self._modals.setdefault(key, _Modal())
        self._modals.move_to_end(key)
        while len(self._modals) > _MANY:
            _, oldest = self._modals.popitem(last=False)
            self._due(oldest)
        return found


def _let_go(modal: _Modal) -> _Held | None:
    """What was held, which is now held no more."""
    held, modal.held = modal.held, None
    if modal.timer is not None:
        modal.timer.cancel()
        modal.timer = None
    return held


def _showing(view: str, sendings: int) -> str:
    """Once it was sent in, what is changed in it is another matter than what was sent."""
    return f"{view}.{sendings}"


def _mark(stands: Standing) -> int:
    """The same for the same, in whichever order its fields are told."""
    fields = (stands.texts, stands.choices, stands.users)
    return hash(tuple(frozenset(one.items()) for one in fields))


def _now() -> float:
    return asyncio.get_running_loop().time()

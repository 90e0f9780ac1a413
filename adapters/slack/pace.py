"""How often Slack may be asked, so that it need not say so.

Each method has a tier (calls a minute in one workspace), and a conversation takes about one message
a second. Short waits are waited out; for longer ones the postman comes again. What Slack itself
asks for (``Retry-After``) goes before everything. Seconds are the event loop's: Slack's limits run
on the real clock even while Banyan's own stands still.
"""

import asyncio
from collections import deque
from collections.abc import Callable

from bot.shell.ports import TryLater

# Calls a minute: https://docs.slack.dev/apis/web-api/rate-limits
_TIERS = {
    "conversations.create": 20,
    "conversations.archive": 20,
    "conversations.list": 20,
    "usergroups.users.list": 20,
    "users.list": 20,
    "conversations.invite": 50,
    "conversations.kick": 50,
    "conversations.open": 50,
    "chat.update": 50,
    "chat.delete": 50,
    "chat.postMessage": 300,  # "several hundred messages per minute" a workspace
    "users.info": 100,
    "views.open": 100,
    "views.push": 100,
    "views.update": 100,
    "views.publish": 100,
    "files.getUploadURLExternal": 100,
    "files.completeUploadExternal": 100,
}
_OTHERS = 20
_BETWEEN_MESSAGES = 1.0
_MINUTE = 60.0
_PATIENCE = 3.0
"""Seconds that are waited out on the spot."""
_MANY = 1000
"""Conversations remembered before those that are over are dropped."""


class Window:
    """So many calls within any minute."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._calls: deque[float] = deque()

    def wait(self, now: float) -> float:
        """Seconds until the next call is allowed."""
        return 0.0 if self.left(now) else self._calls[0] + _MINUTE - now

    def left(self, now: float) -> int:
        """How many calls could be made now."""
        while self._calls and self._calls[0] <= now - _MINUTE:
            self._calls.popleft()
        return max(0, self._most - len(self._calls))

    def count(self, now: float) -> None:
        """A call is made."""
        self._calls.append(now)

    def ended(self, now: float) -> None:
        """The last one made is answered now."""
        if self._calls:
            self._calls[-1] = now


class Pace:
    """The pace of every workspace, method and conversation."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._windows: dict[tuple[str, str], Window] = {}
        self._held: dict[tuple[str, str], float] = {}
        self._next_message: dict[tuple[str, str], float] = {}

    def hold(self, team: str, method: str, seconds: float) -> None:
        """Slack asked for patience with this method."""
        key = (team, method)
        self._held[key] = max(self._held.get(key, 0.0), self._clock() + seconds)

    async def turn(self, team: str, method: str, conversation: str = "") -> None:
        """Wait for a turn and take it. Raises :class:`TryLater` when that would take long."""
        while wait := self._wait(team, method, conversation):
            if wait > _PATIENCE:
                raise TryLater(wait, asked=True)
            await asyncio.sleep(wait)
        self.count(team, method)
        if conversation:
            self._next_message[team, conversation] = self._clock() + _BETWEEN_MESSAGES

    def count(self, team: str, method: str) -> None:
        """A call is made without waiting: somebody cannot wait.

        Raises :class:`TryLater` while Slack itself asks for patience.
        """
        held = self._held.get((team, method), 0.0) - self._clock()
        if held > 0:
            raise TryLater(held, asked=True)
        self._window(team, method).count(self._clock())

    def ended(self, team: str, method: str, conversation: str = "") -> None:
        """The last call has its answer: Slack may have counted it as late as now."""
        self._window(team, method).ended(self._clock())
        if conversation:
            self._next_message[team, conversation] = self._clock() + _BETWEEN_MESSAGES

    def spare(self, team: str, method: str) -> int:
        """How many calls could be made at once now; none while Slack asks for patience."""
        if self._held.get((team, method), 0.0) > self._clock():
            return 0
        return self._window(team, method).left(self._clock())

    def _wait(self, team: str, method: str, conversation: str) -> float:
        now = self._clock()
        if len(self._next_message) > _MANY:
            self._next_message = {k: at for k, at in self._next_message.items() if at > now}
        return max(
            0.0,
            self._held.get((team, method), 0.0) - now,
            self._next_message.get((team, conversation), 0.0) - now,
            self._window(team, method).wait(now),
        )

    def _window(self, team: str, method: str) -> Window:
        key = (team, method)
        if key not in self._windows:
            self._windows[key] = Window(_TIERS.get(method, _OTHERS))
        return self._windows[key]

"""How often Slack is asked."""

import pytest

from adapters.slack.pace import Pace
from bot.shell.ports import TryLater


class Time:
    """Seconds that pass when told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


async def test_no_more_calls_a_minute_than_the_methods_tier_allows() -> None:
    time = Time()
    pace = Pace(time)
    for _ in range(20):
        await pace.turn("T1", "conversations.create")
    with pytest.raises(TryLater) as later:
        await pace.turn("T1", "conversations.create")
    assert later.value.seconds == 60
    assert not later.value.uncertain
    await pace.turn("T2", "conversations.create")
    await pace.turn("T1", "conversations.invite")
    time.now += 60
    await pace.turn("T1", "conversations.create")


async def test_nothing_is_sent_within_a_retry_after() -> None:
    time = Time()
    pace = Pace(time)
    pace.hold("T1", "chat.postMessage", 30)
    assert pace.spare("T1", "chat.postMessage") == 0
    with pytest.raises(TryLater):
        await pace.turn("T1", "chat.postMessage", "C1")
    time.now += 30
    await pace.turn("T1", "chat.postMessage", "C1")

"""How what is owed ended, as the outbox and Slack's own ledger have it."""

import asyncio
import time
from collections import Counter
from datetime import timedelta

import sqlalchemy as sa

from storage.tables.mail import OUTBOX
from tests.adapters.slack.running import Running
from tests.platforms.slack.server import SlackServer

UNFINISHED = ("due", "claimed")
_SOON = timedelta(minutes=2)
"""What is due later and was never tried in vain waits for its hour, not for Slack."""


async def everything_ended(bot: Running, patience: float = 300.0) -> None:
    """Wait until nothing is owed any more; so many seconds at most, on a machine that is busy.

    The postman waits longer the more often something failed.
    """
    deadline = time.monotonic() + patience
    quiet = 0
    while quiet < 3:
        assert time.monotonic() < deadline, states(bot)
        await asyncio.sleep(0.5)
        found = states(bot)
        quiet = quiet + 1 if not any(found[one] for one in UNFINISHED) else 0


def states(bot: Running) -> Counter[str]:
    """How many deliveries are in which state, but for those that only wait for their hour."""
    now = bot.app.clock.now()
    with bot.database.engine.begin() as connection:
        rows = connection.execute(sa.select(OUTBOX)).all()
    waiting = [
        row
        for row in rows
        if row.state in UNFINISHED and row.due - now >= _SOON and not row.attempts
    ]
    found = [row for row in rows if row not in waiting]
    return Counter("uncertain" if row.reason == "uncertain" else str(row.state) for row in found)


def no_call_within_a_retry_after(server: SlackServer) -> None:
    """Nothing was asked of a method while Slack wanted it to be left alone."""
    held: dict[tuple[str, str], float] = {}
    for call in server.calls:
        assert call.at >= held.get((call.team, call.method), 0.0), call.method
        if call.status == 429:
            held[call.team, call.method] = call.at + 0.9

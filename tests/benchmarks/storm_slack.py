"""The storm on Slack: 500 people who use ``/circle join``, and send its first form in, within two
seconds: by Socket Mode, and by HTTP. See :mod:`tests.benchmarks.storm`.

Told are what came of each, and the time until each acknowledgement; Slack waits three seconds, and
what it did not get by then is lost. The stand-in's own limits by the minute are left out while the
forms are opened: a workspace that is slower about it is no storm.

On 2026-11-27, with ``--busy``, on two cores that others used as well, of 500 sent in: by Socket
Mode 500 got the next form at once (p99 1.4 s) or 461 did and 39 a little later (1.8 s); by HTTP 500
and 486 (1.8 s). Before, by HTTP: 65 at once and 435 later (2.6 s).
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from pathlib import Path
from random import Random

from tests.benchmarks.subject import Running, Subject, running
from tests.platforms.slack.blocks import inputs
from tests.platforms.slack.person import Person
from tests.platforms.slack.server import NotAcknowledged, SlackServer

WITHIN = 2.0
"""Seconds in which everybody acts."""
_SETTLED = 4.0
"""Seconds after which what was typed is kept, and nothing is under way."""


async def measure(subject: Subject, folder: Path, people: int, seed: int, mode: str) -> None:
    """Both storms, for one bot that has just been started."""
    server = SlackServer()
    server.api.tiers.minute = 0.001
    async with server.running():
        home = server.workspace()
        crowd = [Person(server, home, server.user(home, f"Person {one}")) for one in range(people)]
        settings = f'[slack]\nenabled = true\nmode = "{mode}"\n'
        environment = {
            "SLACK_API_URL": server.api_base,
            "SLACK_BOT_TOKEN": home.token,
            "SLACK_APP_TOKEN": server.app_token,
            "SLACK_SIGNING_SECRET": server.signing_secret,
        }
        async with running(subject, folder, settings, environment) as here:
            if mode == "http":
                server.request_url = f"http://127.0.0.1:{here.port}/slack/events"
            else:
                await server.connected()
            first = Person(server, home, server.user(home, "First"))
            await first.command("/circle join")
            name = f"{subject.name} {mode}"
            line = await _storm(server, here, crowd, _join, seed)
            print(f"{name:24} join     {line}", flush=True)
            for one in crowd:
                await _filled(one)
            await asyncio.sleep(_SETTLED)
            line = await _storm(server, here, crowd, _send_in, seed)
            print(f"{name:24} send in  {line}", flush=True)


async def _join(person: Person) -> str:
    await person.command("/circle join", wait=False)
    return "acknowledged"


async def _filled(person: Person) -> None:
    """Have the first form open, and as little filled in as it asks for."""
    while not person.modals:
        with suppress(NotAcknowledged):
            await _join(person)
        await asyncio.sleep(0.05)
    begun = {"What would": "Mentee", "What do": ["Identity", "Culture"]}
    labels = [block["label"]["text"] for block in inputs(person.modal.view).values()]
    await person.type(
        {one: value for one in labels for start, value in begun.items() if one.startswith(start)}
    )


async def _send_in(person: Person) -> str:
    before = len(person.modals)
    with suppress(TimeoutError):  # Slack shows a hundred late answers a minute
        await person.fill()
    return "next form" if len(person.modals) > before else "promise"


async def _storm(
    server: SlackServer,
    here: Running,
    people: Sequence[Person],
    act: Callable[[Person], Awaitable[str]],
    seed: int,
) -> str:
    chance, began = Random(seed), here.cpu
    server.acks.clear()

    async def one(person: Person, wait: float) -> str:
        await asyncio.sleep(wait)
        try:
            return await act(person)
        except NotAcknowledged:
            return "lost"

    moments = [chance.uniform(0, WITHIN) for _ in people]
    kinds = Counter(await asyncio.gather(*map(one, people, moments)))
    waits = sorted(server.acks)
    at = {share: waits[min(int(share * len(waits)), len(waits) - 1)] for share in (0.5, 0.99)}
    told = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    cpu = 1000 * (here.cpu - began) / len(people)
    return (
        f"{told:32} p50 {1000 * at[0.5]:5.0f} ms  p99 {1000 * at[0.99]:5.0f} ms  "
        f"worst {1000 * waits[-1]:5.0f} ms  {cpu:5.2f} ms of CPU an act"
    )

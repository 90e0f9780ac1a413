"""What an operator asks of the bot from the command line, beside running it."""

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import ProxyHandler, Request, build_opener

import msgspec

from bot import config
from bot.serve import address, database, database_url, key_source, make_folder
from bot.shell import operator
from bot.shell.clock import MovableClock
from bot.shell.http import moment
from storage.house import backup as copy_database


def tick(settings: config.Config, at: str, playground: Path | None) -> int:
    """Move a manual clock: a running bot's over HTTP, a stopped playground's in its folder."""
    try:
        to = moment(at)
    except ValueError:
        raise config.Wrong(f"{at} is not a time. Write it as 2026-03-02T18:00+00:00.") from None
    if playground is not None:
        if not playground.is_dir():
            raise config.Wrong(f"{playground} is not a playground's folder.")
        clock = MovableClock(playground / "clock.json")
        clock.set(to)
        return _say(f"The playground will wake at {clock.now().isoformat(timespec='minutes')}.")
    address = f"http://{settings.http.host}:{settings.http.port}/test/clock"
    body = json.dumps({"at": to.isoformat()}).encode()
    request = Request(address, body, {"Content-Type": "application/json"})
    try:
        with build_opener(ProxyHandler({})).open(request, timeout=600) as answer:
            return _say(f"It is now {json.load(answer)['now']}.")
    except HTTPError:
        raise config.Wrong(
            'The running bot has no manual clock: set [clock] now = "manual".'
        ) from None
    except URLError:
        if settings.clock.now != "manual":
            raise config.Wrong("No bot is running here, and its clock is the system's.") from None
        clock = MovableClock(settings.data / "clock.json", frozen=True)
        clock.set(to)
        return _say(f"No bot is running. It will wake at {clock.now().isoformat()}.")


def backup(arguments: argparse.Namespace) -> int:
    """Copy the database while the bot runs."""
    settings = config.load(arguments.config)
    copy_database(database_url(settings, settings.data), arguments.to)
    return _say(f"Copied to {arguments.to}. Keep the key file elsewhere: it opens this copy.")


def uncertain(arguments: argparse.Namespace) -> int:
    """List deliveries of which nobody knows whether they arrived, and settle them.

    A running bot is asked over HTTP, since it alone may use its database; else it is opened here.
    """
    settings = config.load(arguments.config)
    make_folder(settings.data)
    ways = {True: arguments.arrived, False: arguments.send_again}
    if arguments.all:
        asked = [arrived for arrived, rows in ways.items() if rows is not None]
        if len(asked) != 1 or any(ways.values()):
            raise config.Wrong("Say either --all --arrived or --all --send-again, with no numbers.")
        every = [line.row for line in _settled(settings, []).lines]
        settled = [(row, asked[0]) for row in every]
    else:
        if any(rows == [] for rows in ways.values()):
            raise config.Wrong("Say which: numbers from the list, or --all.")
        settled = [(row, arrived) for arrived, rows in ways.items() for row in rows or ()]
    listed = _settled(settings, settled)
    for one in listed.unknown:
        _say(f"{one} is not an uncertain delivery.")
    if settled:
        _say(f"Settled: {len(settled) - len(listed.unknown)}.")
    for line in listed.lines:
        _say(_shown(line))
    if not listed.lines:
        return _say("Nothing is uncertain.")
    return _say(
        "Look for it where it should be, or ask somebody who is there; its host was asked, too.\n"
        "Then: --arrived N ..., or --send-again N ...; for all of them: --all with either."
    )


def _settled(settings: config.Config, settled: list[tuple[int, bool]]) -> operator.Listed:
    listed = _ask_running(settings, settled)
    if listed is not None:
        return listed
    url, data = database_url(settings, settings.data), settings.data
    with database(url, data, key_source(settings, data), "live") as opened:
        return operator.uncertain(opened, settled, datetime.now(UTC), address)


def _shown(line: operator.Line) -> str:
    """What it was, to whom or where, and the address to look at."""
    to = f"to {line.person}, privately" if line.person else "privately"
    where = f"in the room of {line.circle}" if line.circle else to
    late = "  (too late to send again)" if line.late else ""
    return f"{line.row}  {line.ended_at}  {line.what}{late}\n    {where}  {line.room}".rstrip()


def _ask_running(
    settings: config.Config, settled: list[tuple[int, bool]]
) -> operator.Listed | None:
    """The running bot's answer; ``None`` when none is running here."""
    token = operator.token(settings.data)
    address = f"http://{settings.http.host}:{settings.http.port}{operator.PATH}"
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    request = Request(address, msgspec.json.encode(settled), headers)
    try:
        with build_opener(ProxyHandler({})).open(request, timeout=60) as answer:
            return msgspec.json.decode(answer.read(), type=operator.Listed)
    except HTTPError as refused:
        raise config.Wrong(f"{address} refused: {refused.reason}.") from None
    except URLError:
        return None


def doctor(arguments: argparse.Namespace) -> int:
    """Check the configuration, the database and the key, making nothing."""
    from bot.doctor import doctor as examine

    return examine(config.load(arguments.config))


def _say(line: str) -> int:
    sys.stdout.write(f"{line}\n")
    return 0

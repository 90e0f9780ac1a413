"""What an operator asks of the bot from the command line, beside running it."""

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import ProxyHandler, Request, build_opener

from bot import config
from bot.serve import database, database_url, key_source
from bot.shell.clock import MovableClock
from bot.shell.http import moment
from storage.engine import backup as copy_database


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
    """List deliveries of which nobody knows whether they arrived, and settle them."""
    settings = config.load(arguments.config)
    now = datetime.now(UTC)
    url, data = database_url(settings, settings.data), settings.data
    with database(url, data, key_source(settings, data), "live") as opened:
        for row, arrived in ((arguments.arrived, True), (arguments.send_again, False)):
            if row is not None:
                known = opened.resolve(row, now, arrived=arrived)
                return _say("Settled." if known else f"{row} is not an uncertain delivery.")
        listed = opened.uncertain()
        for one in listed:
            _say(f"{one.row}  {one.ended_at.isoformat(timespec='minutes')}  {one.key}")
        how = (
            "Settle one with --arrived N or --send-again N." if listed else "Nothing is uncertain."
        )
        return _say(how)


def doctor(arguments: argparse.Namespace) -> int:
    """Check the configuration, the database and the key; say what is wrong and what to do."""
    settings = config.load(arguments.config)
    _say("The configuration can be read.")
    url, data = database_url(settings, settings.data), settings.data
    with database(url, data, key_source(settings, data), "live"):
        _say("The database opens, and the key is the right one.")
    if not (settings.discord.enabled or settings.slack.enabled):
        _say("No platform is turned on yet: see [discord] and [slack] in config.example.toml.")
    return 0


def _say(line: str) -> int:
    sys.stdout.write(f"{line}\n")
    return 0

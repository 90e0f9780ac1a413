"""``python -m bot doctor``: what is right and what is wrong, found without making anything.

Every check says one sentence; the first that fails gives the exit code, the others still run.
"""

import os
import socket
import sys
from collections.abc import Iterator
from importlib.metadata import version

from bot import config
from bot.serve import database_url, key_source, slack_secrets
from bot.shell.ports import Fault, Refused
from storage.errors import PermissionFault
from storage.examine import examine

EXIT_CREDENTIALS = 78
EXIT_CONFIGURATION = 65


def doctor(settings: config.Config) -> int:
    """Check everything that can be checked from here; the exit code."""
    _say("The configuration can be read.")
    worst = 0
    for check in (_folder, _database, _discord, _slack, _port, _zones):
        try:
            for line in check(settings):
                _say(line)
        except config.Wrong as wrong:
            worst = worst or _failed(wrong, EXIT_CONFIGURATION)
        except Fault as fault:
            worst = worst or _failed(fault, fault.exit_code)
        except Refused as refused:
            worst = worst or _failed(refused, EXIT_CREDENTIALS)
    return worst


def _folder(settings: config.Config) -> Iterator[str]:
    data = settings.data
    if not data.exists():
        beside = next(one for one in data.absolute().parents if one.exists())
        if not beside.is_dir():
            raise PermissionFault(f"{beside} is a file: there can be no folder in it.")
        if not os.access(beside, os.W_OK | os.X_OK):
            raise PermissionFault(f"{data} cannot be made: {beside} may not be written.")
        yield f"The data folder {data} is not there yet; the first start makes it."
    elif not data.is_dir():
        raise PermissionFault(f"{data} is a file. Name a folder: [storage] data in config.toml.")
    elif not os.access(data, os.R_OK | os.W_OK | os.X_OK):
        raise PermissionFault(f"The data folder {data} may not be read or written by this user.")
    else:
        yield f"The data folder {data} can be used."


def _database(settings: config.Config) -> Iterator[str]:
    if settings.data.exists() and not settings.data.is_dir():
        return iter(())
    return examine(database_url(settings, settings.data), key_source(settings, settings.data))


def _discord(settings: config.Config) -> Iterator[str]:
    if not (settings.discord.enabled or settings.slack.enabled):
        yield "No platform is turned on yet: see [discord] and [slack] in config.example.toml."
    if settings.discord.enabled:
        if not config.secret(settings.discord.token_file, "DISCORD_TOKEN"):
            raise Refused("Discord needs its bot token: set DISCORD_TOKEN.")
        yield "Discord has a token."


def _slack(settings: config.Config) -> Iterator[str]:
    if settings.slack.enabled:
        from adapters.slack.credentials import agree

        agree(settings.slack, slack_secrets(settings))
        yield "Slack has the secrets that it needs."


def _port(settings: config.Config) -> Iterator[str]:
    host, port = settings.http.host, settings.http.port
    try:
        with socket.create_server((host, port)):
            pass
    except OSError as error:
        yield f"{host}, port {port}: {error.strerror}. If that is the running bot, all is well."
    else:
        yield f"Port {port} on {host} is free."


def _zones(_settings: config.Config) -> Iterator[str]:
    yield f"The rules for time zones are release {version('tzdata')}."


def _failed(error: Exception, code: int) -> int:
    sys.stdout.write(f"PROBLEM: {error}\n")
    sys.stderr.write(f"banyan: {error}\n")
    return code


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")

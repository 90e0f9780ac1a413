"""The command line: ``python -m bot <command>``."""

import argparse
import asyncio
import errno
import socket
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from bot import config
from bot.shell.ports import Refused
from storage.errors import Fault

EXIT_CONFIGURATION = 65
EXIT_STORAGE = 74
EXIT_PERMISSION = 77
EXIT_CREDENTIALS = 78


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; returns the process's exit code."""
    arguments = _parser().parse_args(words)
    try:
        run: Callable[[argparse.Namespace], int] = arguments.run
        return run(arguments)
    except config.Wrong as wrong:
        print(f"banyan: {wrong}", file=sys.stderr)
        return EXIT_CONFIGURATION
    except Fault as fault:
        print(f"banyan: {fault}", file=sys.stderr)
        return fault.exit_code
    except Refused as refused:
        print(f"banyan: {refused}", file=sys.stderr)
        return EXIT_CREDENTIALS
    except OSError as error:
        words, code = _explained(error)
        print(f"banyan: {words}", file=sys.stderr)
        return code
    except KeyboardInterrupt:
        return 130


def _explained(error: OSError) -> tuple[str, int]:
    """What the system refuses, for the operator, and the exit code."""
    where = f"{error.filename}: " if error.filename else ""
    if error.errno == errno.EADDRINUSE:
        return "that port is in use. Choose another, or stop what uses it.", EXIT_CONFIGURATION
    if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        return "[http] host is no address of this machine.", EXIT_CONFIGURATION
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return f"{where}the disk is full. Nothing was lost; make room.", EXIT_STORAGE
    if error.errno == errno.EIO:
        return f"{where}the disk fails.", EXIT_STORAGE
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        what = where or "a port below 1024 cannot be listened on, or another right is missing: "
        return f"{what}{error.strerror}.", EXIT_PERMISSION
    return f"{where}{error.strerror or error}.", EXIT_CONFIGURATION


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bot", description="Banyan grows mentorship circles in communities."
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    run = commands.add_parser("run", help="serve the platforms that config.toml turns on")
    run.set_defaults(run=_run)

    playground = commands.add_parser(
        "playground", help="try everything in a browser, with no account anywhere"
    )
    playground.add_argument("--port", type=int, help="the port on 127.0.0.1 (default: 8765)")
    playground.add_argument("--data", type=Path, help="the folder to keep it in")
    playground.add_argument(
        "--sample", action="store_true", help="begin with the sample community, if it is empty"
    )
    playground.add_argument("--reset", action="store_true", help="empty the playground, and stop")
    playground.set_defaults(run=_playground)

    tick = commands.add_parser("tick", help="move a manual clock")
    tick.add_argument("--at", required=True, help="an ISO time, such as 2026-03-02T18:00+00:00")
    tick.add_argument("--data", type=Path, help="a playground's folder, while it is stopped")
    tick.set_defaults(run=_tick)

    for name, help_text in (
        ("backup", "copy the database while the bot runs"),
        ("uncertain", "list deliveries that may have arrived, and settle them"),
        ("doctor", "check the configuration, the database and the key"),
    ):
        command = commands.add_parser(name, help=help_text)
        command.set_defaults(run=_operate(name))
        if name == "backup":
            command.add_argument("to", type=Path, help="the file to write")
        if name == "uncertain":
            for way, meaning in (("--arrived", "these did"), ("--send-again", "these did not")):
                command.add_argument(way, type=int, nargs="*", metavar="N", help=meaning)
            command.add_argument("--all", action="store_true", help="settle all that are listed")

    manifest = commands.add_parser("slack-manifest", help="print the manifest of the Slack app")
    manifest.add_argument(
        "--reasons", action="store_true", help="instead, why each permission is asked for"
    )
    manifest.set_defaults(run=_slack_manifest)

    invite = commands.add_parser("invite", help="print the address that adds the bot to a server")
    invite.add_argument("--client-id", help="the application's id (default: told by the token)")
    invite.set_defaults(run=_invite)

    from bot import match_command

    match_command.add_parser(commands)

    for command in commands.choices.values():
        if command not in {playground, commands.choices.get("match")}:
            command.add_argument("--config", type=Path, help="the configuration file")
    return parser


def _run(arguments: argparse.Namespace) -> int:
    from bot import serve

    return asyncio.run(serve.platforms(config.load(arguments.config)))


def _playground(arguments: argparse.Namespace) -> int:
    from bot import serve

    settings = config.load(None)
    return asyncio.run(
        serve.playground(
            settings,
            data=arguments.data or settings.data / "playground",
            port=arguments.port or settings.playground.port,
            sample=arguments.sample,
            reset=arguments.reset,
        )
    )


def _tick(arguments: argparse.Namespace) -> int:
    from bot import operate

    return operate.tick(config.load(arguments.config), arguments.at, arguments.data)


def _operate(name: str) -> Callable[[argparse.Namespace], int]:
    def run(arguments: argparse.Namespace) -> int:
        from bot import operate

        command: Callable[[argparse.Namespace], int] = getattr(operate, name)
        return command(arguments)

    return run


def _slack_manifest(arguments: argparse.Namespace) -> int:
    from adapters.slack.manifest import printed, reasons

    settings = config.load(arguments.config).slack
    print(reasons(settings) if arguments.reasons else printed(settings))
    return 0


def _invite(arguments: argparse.Namespace) -> int:
    from adapters.discord import client_id, invite_address

    settings = config.load(arguments.config).discord
    token = config.secret(settings.token_file, "DISCORD_TOKEN")
    application = arguments.client_id or client_id(token)
    if application is None:
        raise config.Wrong("Set DISCORD_TOKEN, or give the application's id with --client-id.")
    print(invite_address(application, settings))
    return 0


if __name__ == "__main__":
    sys.exit(main())

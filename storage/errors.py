"""Why storage cannot do its work, in words for the person who runs the bot.

Every fault carries the exit code that the process ends with, after ``sysexits.h``.
"""

from bot.shell.ports import Fault

__all__ = [
    "CannotOpen",
    "ConfigurationFault",
    "CredentialsFault",
    "Fault",
    "PermissionFault",
    "StorageFault",
]


class ConfigurationFault(Fault):
    """What was asked for makes no sense, or cannot be what was meant."""

    exit_code = 65


class StorageFault(Fault):
    """The database is full, damaged, missing or in use."""

    exit_code = 74


class PermissionFault(Fault):
    """A file may not be read or written."""

    exit_code = 77


class CredentialsFault(Fault):
    """A key or password is wrong or missing."""

    exit_code = 78


class CannotOpen(Exception):
    """Sealed bytes do not open here: another key, another place, or changed since."""

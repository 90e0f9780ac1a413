"""The one place where unexpected exceptions end up.

They are logged by kind and place, never with their message: an exception's words may quote what a
person wrote. A fault's are written for the operator, and are all that is logged of it. People get a
reference to tell the operator.
"""

import logging
import secrets
import traceback

from bot.shell import metrics
from bot.shell.ports import Fault, RunAgain

log = logging.getLogger("banyan.blunders")


def blunder(what: str, error: BaseException) -> str:
    """Log ``error`` without personal data and return its reference (6 characters)."""
    reference = secrets.token_hex(3)
    frames = traceback.extract_tb(error.__traceback__)
    place = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames[-6:]))
    if isinstance(error, Fault | RunAgain):
        told = str(error) or "The database was away or too busy, however often it was tried."
        log.error(told, extra={"reference": reference, "doing": what})
    else:
        log.error(
            "unexpected error",
            extra={"reference": reference, "doing": what, "kind": _kind(error), "place": place},
        )
    metrics.BLUNDERS.labels(_kind(error)).inc()
    return reference


def _kind(error: BaseException) -> str:
    cause = error.__cause__ or error.__context__
    return type(error).__name__ + (f" from {type(cause).__name__}" if cause else "")

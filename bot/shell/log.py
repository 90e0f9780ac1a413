"""Structured logs: one JSON object a line, without personal data at any level.

Somebody who watches in a terminal gets the same as plain lines.
"""

import json
import logging
import sys
from datetime import UTC, datetime

_QUIET = ("discord", "slack_bolt", "slack_sdk", "aiohttp", "sqlalchemy", "alembic")
_PLAIN = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}


class Lines(logging.Formatter):
    """A log record as one line of JSON. Exceptions are told by kind alone: see ``blunders``."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "what": record.getMessage(),
            **_more(record),
        }
        return json.dumps(line, default=str, ensure_ascii=False)


class Sentences(logging.Formatter):
    """The same for a person: the time, what happened, and what belongs to it."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        at = datetime.fromtimestamp(record.created, UTC).astimezone()
        more = ", ".join(f"{key} {value}" for key, value in _more(record).items())
        said = f"{at:%H:%M:%S} {record.getMessage()}"
        return f"{said} ({more})" if more else said


def _more(record: logging.LogRecord) -> dict[str, object]:
    """What was said besides the message itself."""
    more = {key: value for key, value in record.__dict__.items() if key not in _PLAIN}
    if record.exc_info and record.exc_info[0]:
        more["kind"] = record.exc_info[0].__name__
    return more


def set_up(level: str) -> None:
    """Log to standard error from ``level`` on.

    The platforms' libraries write what people said at their lower levels, so they are held at
    warnings whatever ``level`` says.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Sentences() if sys.stderr.isatty() else Lines())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    # It warns of each beat that is skipped while a long one goes on, which is what is meant.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)

"""What the log says, to machines and to people."""

import json
import logging

from bot.shell.log import Lines, Sentences


def record(**more: object) -> logging.LogRecord:
    made = logging.LogRecord("banyan", logging.WARNING, "", 0, "It is %s.", ("late",), None)
    made.created = 0.0
    made.__dict__.update(more)
    return made


def test_a_line_is_one_object_with_everything_that_was_said() -> None:
    line = json.loads(Lines().format(record(platforms=["playground"])))
    assert line == {
        "at": "1970-01-01T00:00:00.000+00:00",
        "level": "warning",
        "from": "banyan",
        "what": "It is late.",
        "platforms": ["playground"],
    }


def test_a_person_reads_a_sentence() -> None:
    assert Sentences().format(record())[8:] == " It is late."
    assert Sentences().format(record(attempts=3))[8:] == " It is late. (attempts 3)"


def test_an_exception_is_told_by_its_kind_alone() -> None:
    told = record()
    told.exc_info = (ValueError, ValueError("Mei lives in Osaka"), None)
    assert json.loads(Lines().format(told))["kind"] == "ValueError"
    assert "Osaka" not in Lines().format(told) + Sentences().format(told)

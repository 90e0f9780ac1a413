"""``python -m bot match``: from a file of people to a file of circles, without any platform."""

import argparse
import os
import sys
import zoneinfo
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bot.core.boundary.wording import Words, load
from bot.core.matching.definition.model import Effort, Problem, Result
from bot.core.matching.files.problems import BadFile, FileProblem
from bot.core.matching.search.hands import Piece

if TYPE_CHECKING:
    from bot.core.matching.definition.model import Settings
    from bot.core.matching.files.people_csv import People

EXIT_INPUT = 65
EXIT_OUTPUT = 74
_THREADS = 4
"""The most pieces of a large search that are done at a time: each takes some 70 MB."""


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``match`` to the command line."""
    match = commands.add_parser("match", help="form circles from a file of people")
    match.add_argument("--people", type=Path, help="the people, as CSV")
    match.add_argument("--settings", type=Path, help="the settings, as TOML")
    match.add_argument("--season-start", help="the first day of the season, as 2026-09-07")
    match.add_argument("--seed", type=int, default=1, help="the same seed gives the same circles")
    match.add_argument(
        "--effort", choices=[effort.value for effort in Effort], default=Effort.NORMAL.value
    )
    match.add_argument("--out", type=Path, help="the file to write")
    match.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Form circles. Returns the exit code: 65 for input that cannot be used, 74 for files."""
    zoneinfo.reset_tzpath(())  # the pinned tzdata, not the system's
    words = load().words("UTC", "en")
    if arguments.people is None or arguments.out is None:
        _say(words.line("matching.command.people_missing"))
        return EXIT_INPUT
    try:
        problem = _problem(arguments, words)
    except _Refused as refused:
        _say(str(refused))
        return refused.code
    try:
        _write(arguments.out, ())  # better now than after minutes of work
    except OSError as error:
        return _unwritable(arguments.out, error, words)
    if few := _too_few(problem, words):
        _say(few)
    result = _solve(problem, arguments, words)
    from bot.core.matching.files.circles_json import write_circles

    try:
        _write(arguments.out, write_circles(problem, result, words))
    except OSError as error:
        return _unwritable(arguments.out, error, words)
    _say(_summary(result, words))
    return 0


def _write(out: Path, pieces: Iterable[str]) -> None:
    """Write the whole file or nothing; without any pieces, only see whether it could be written.

    Raises OSError. What is no regular file (a pipe, ``/dev/stdout``) is written to as it is.
    """
    out = Path(os.path.realpath(out))
    if out.exists() and not out.is_file():
        with out.open("w", encoding="utf-8") as file:
            file.writelines(pieces)
        return
    fresh = out.with_name(f"{out.name}.part")
    try:
        with fresh.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(pieces)
            written = file.tell() > 0
        if written:
            fresh.replace(out)
    finally:
        fresh.unlink(missing_ok=True)


def _unwritable(out: Path, error: OSError, words: Words) -> int:
    values = {"file": str(out), "error": error.strerror or str(error)}
    _say(words.line("matching.command.unwritable", **values))
    return EXIT_OUTPUT


class _Refused(Exception):
    """The input cannot be used; the words say why."""

    def __init__(self, code: int, words: str) -> None:
        super().__init__(words)
        self.code = code


def _problem(arguments: argparse.Namespace, words: Words) -> Problem:
    from bot.core.matching.files.reading import parse_people

    wrong: list[str] = []
    settings: Settings | None = None
    people: People | None = None
    try:
        settings = _settings(arguments, words)
    except BadFile as bad:
        name = arguments.settings or "--season-start"
        wrong.append(report(str(name), bad.problems, words))
    from bot.core.matching.definition.model import DEFAULT_STAGES

    try:
        stages = settings.stages if settings else DEFAULT_STAGES
        people = parse_people(_read(arguments.people, words), stages)
    except BadFile as bad:
        wrong.append(report(str(arguments.people), bad.problems, words))
    if wrong or settings is None or people is None:
        raise _Refused(EXIT_INPUT, "\n".join(wrong))
    if people.remarks:
        _say(_remarks(str(arguments.people), people.remarks, words))
    return Problem(tuple(row.person(settings) for row in people.rows), settings)


def _too_few(problem: Problem, words: Words) -> str:
    """What to say where no circle can be formed for want of people."""
    mentors = sum(1 for person in problem.people if person.mentor_seats)
    mentees = sum(1 for person in problem.people if person.mentee_seats)
    least = problem.settings.mentors[0], problem.settings.mentees[0]
    if mentors >= least[0] and mentees >= least[1]:
        return ""
    if not mentors or not mentees:
        return words.line(f"matching.command.no_{'mentees' if mentors else 'mentors'}")
    values = {"mentors": str(least[0]), "mentees": str(least[1])}
    have = {"have_mentors": str(mentors), "have_mentees": str(mentees)}
    return words.line("matching.command.too_few", **values, **have)


def _settings(arguments: argparse.Namespace, words: Words) -> "Settings":
    from bot.core.matching.files.match_toml import parse_date, parse_settings

    start: date | None = None
    if arguments.season_start is not None:
        start = parse_date(arguments.season_start)
        if start is None:
            from bot.core.matching.files.problems import harmless

            values = {"value": harmless(arguments.season_start)}
            raise BadFile([FileProblem("season_start", 0, "--season-start", values)])
    data = _read(arguments.settings, words) if arguments.settings else b""
    return parse_settings(data, start)


def _read(path: Path, words: Words) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        values = {"file": str(path), "error": error.strerror or str(error)}
        code = EXIT_OUTPUT
        raise _Refused(code, words.line("matching.command.unreadable", **values)) from None


def _solve(problem: Problem, arguments: argparse.Namespace, words: Words) -> Result:
    from bot.core.matching.engine import solve

    shown = sys.stderr.isatty()

    def progress(done: float, best: float) -> None:
        if shown:
            values = {"percent": f"{100 * done:.0f}", "best": f"{best:.1f}"}
            line = words.line("matching.command.progress", **values)
            print(f"\r{line}  ", end="", file=sys.stderr, flush=True)  # noqa: T201

    with ThreadPoolExecutor(min(_THREADS, os.cpu_count() or 1)) as pool:

        def hands(work: Sequence[Callable[[], Piece]], /) -> Iterator[Piece]:
            return pool.map(lambda piece: piece(), work)

        effort = Effort(arguments.effort)
        result = solve(problem, seed=arguments.seed, effort=effort, progress=progress, hands=hands)
    if shown:
        _say("")
    return result


def report(file: str, problems: Sequence[FileProblem], words: Words) -> str:
    """Everything that is wrong with a file, by cause, under one heading."""
    return _lines(words.line("matching.file.found", file=file, n=len(problems)), problems, words)


def _remarks(file: str, remarks: Sequence[FileProblem], words: Words) -> str:
    """What was read differently than it is written."""
    return _lines(words.line("matching.file.remarks", file=file, n=len(remarks)), remarks, words)


def _lines(heading: str, problems: Sequence[FileProblem], words: Words) -> str:
    from bot.core.matching.files.telling import told

    return "\n  ".join([heading, *told(problems, words)])


def _summary(result: Result, words: Words) -> str:
    from bot.core.matching.telling.words import bound_words

    parts = [
        words.line(
            "matching.command.done",
            circles=words.line("matching.command.done.circles", n=len(result.circles)),
            unplaced=len(result.unplaced),
            objective=f"{result.objective:.1f}",
            bound=bound_words(words, result.gap),
        )
    ]
    if result.worst:
        values = {"person": result.worst.id, "score": f"{result.worst.score:.1f}"}
        parts.append(words.line("matching.command.done.worst", **values))
    if result.crowded:
        parts.append(words.line("matching.command.done.crowded", n=result.crowded))
    return "\n".join(parts)


def _say(line: str) -> None:
    print(line, file=sys.stderr)  # noqa: T201

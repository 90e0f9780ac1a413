"""What is wrong between the rows of a file of people."""

from collections.abc import Callable

from bot.core.matching.files.lists import same
from bot.core.matching.files.people_csv import Row
from bot.core.matching.files.problems import FileProblem, harmless


def between(rows: list[Row]) -> list[FileProblem]:
    """What is wrong between rows: ids there twice, people nobody knows, oneself."""
    problems = []
    first: dict[str, Row] = {}
    alike: dict[str, Row] = {}
    for row in rows:
        if not row.id:
            continue
        earlier = first.setdefault(row.id, row)
        near = alike.setdefault(same(row.id), row)
        values = {"id": harmless(row.id), "first": str(earlier.number)}
        if earlier is not row:
            problems.append(FileProblem("id_twice", row.number, "id", values))
        elif near is not row:
            values |= {"first": str(near.number), "near": harmless(near.id)}
            problems.append(FileProblem("id_twice_alike", row.number, "id", values))
    named: dict[str, Callable[[Row], tuple[str, ...]]] = {
        "wishes": lambda row: row.wishes,
        "avoid": lambda row: row.avoid,
        "met_recently": lambda row: row.met_recently,
        "met_before": lambda row: row.met_before,
    }
    for row in rows:
        for name, people in named.items():
            for who in people(row):
                if who == row.id:
                    problems.append(FileProblem("oneself", row.number, name))
                elif who not in first:
                    meant = alike.get(same(who))
                    values = {"id": harmless(who), "near": harmless(meant.id) if meant else ""}
                    kind = "unknown_person_near" if meant else "unknown_person"
                    problems.append(FileProblem(kind, row.number, name, values))
    return problems

"""``circles.json``: the circles with everything behind them, as a file."""

import json
from collections.abc import Iterator
from textwrap import indent

from bot.core.boundary.text import plain
from bot.core.boundary.wording import Words
from bot.core.matching.definition.availability import utc_label
from bot.core.matching.definition.model import Problem, Result, ScoredCircle, Seat, Unplaced
from bot.core.matching.telling.words import Naming, blocked_words, fact_words, help_words

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None


def write_circles(problem: Problem, result: Result, words: Words) -> Iterator[str]:
    """The result as JSON, piece by piece: that of a large community would fill a gigabyte.

    The same result gives the same text, byte for byte.
    """
    names = {person.id: person.name or person.id for person in problem.people}
    naming = Naming(person=lambda who: names[who])
    minutes = problem.settings.session_minutes
    seated = {who for scored in result.circles for who in scored.circle.people}
    without: dict[str, Json] = {}
    only_mentoring: dict[str, Json] = {}
    for one in result.unplaced:
        (only_mentoring if one.id in seated else without)[one.id] = _unplaced(one, words)
    worst = result.worst
    document: Json = {
        "unplaced": without,
        "mentors_without_a_mentee_seat": only_mentoring,
        "objective": result.objective,
        "upper_bound": result.upper_bound,
        "gap": result.gap,
        "worst": {"id": worst.id, "score": worst.score} if worst else None,
        "more_than_four_mentees_a_mentor": result.crowded,
        "seed": result.seed,
        "effort": result.effort.value,
    }
    yield '{\n "circles": ['
    for number, scored in enumerate(result.circles):
        yield ",\n" if number else "\n"
        yield indent(_written(_circle(scored, words, naming, minutes)), "  ")
    yield "\n ],\n" if result.circles else "],\n"
    yield _written(document).removeprefix("{\n") + "\n"


def _written(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


def _circle(scored: ScoredCircle, words: Words, naming: Naming, minutes: int) -> Json:
    members: dict[str, Json] = {}
    for member in scored.members:
        terms: dict[str, Json] = {
            term.name: {
                "w": term.w,
                "f": term.f,
                "why": plain(fact_words(words, term.fact, naming, minutes)),
            }
            for term in member.terms
        }
        members[member.id] = {"score": member.score, "terms": terms, "repeats": member.repeats}
    return {
        "mentors": list(scored.circle.mentors),
        "mentees": list(scored.circle.mentees),
        "common_starts_utc": [
            {"weeks": list(one.weeks), "starts": [utc_label(start) for start in one.starts]}
            for one in scored.common_starts
        ],
        "lasting_starts": scored.lasting_starts,
        "languages": list(scored.languages),
        "members": members,
        "value": scored.value,
    }


def _unplaced(one: Unplaced, words: Words) -> Json:
    return {
        "seat": Seat(one.seat).value,
        "why": plain(blocked_words(words, one.why)),
        "what_would_help": plain(help_words(words, one.help, one.why)),
    }

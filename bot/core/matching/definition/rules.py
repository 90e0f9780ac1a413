"""The hard rules. They are never weighed against anything."""

from collections import Counter
from collections.abc import Iterable
from functools import reduce
from itertools import combinations

from bot.core.matching.definition.availability import WHOLE_WEEK, starts
from bot.core.matching.definition.facts import (
    Broken,
    Confidential,
    MenteeTwice,
    MetRecently,
    NoCommonLanguage,
    NotAMentee,
    NotAMentor,
    OverCapacity,
    SeatedTwice,
    TooFewStarts,
    Unknown,
    WrongSize,
)
from bot.core.matching.definition.model import Circle, Person, Problem


def common_starts(problem: Problem, people: Iterable[Person]) -> int:
    """The starts that every one of them has, one bit each."""
    bits = reduce(lambda common, person: common & person.availability, people, WHOLE_WEEK)
    return starts(bits, problem.settings.session_minutes)


def common_languages(people: Iterable[Person]) -> tuple[str, ...]:
    """The languages they all speak, as the first of them spells them."""
    first, *others = people
    shared = first.spoken.intersection(*(other.spoken for other in others))
    return tuple(sorted(word for word in first.languages if word.casefold() in shared))


def check(problem: Problem, circle: Circle) -> tuple[Broken, ...]:
    """Every rule that this circle, taken by itself, would break; none if it is allowed."""
    strangers = [Unknown(who) for who in circle.people if not problem.knows(who)]
    if strangers:
        return tuple(strangers)
    return (*_seats(problem, circle), *_pairs(problem, circle), *_together(problem, circle))


def grows(problem: Problem, before: Circle, after: Circle) -> bool:
    """Whether ``after`` lacks fewer people than ``before`` and breaks no other rule.

    A circle that people have left is filled again seat by seat, and may be too small meanwhile.
    """
    sizes = problem.settings
    if len(after.mentors) > sizes.mentors[1] or len(after.mentees) > sizes.mentees[1]:
        return False
    if any(not isinstance(one, WrongSize) for one in check(problem, after)):
        return False
    return _lacking(problem, after) < _lacking(problem, before)


def _lacking(problem: Problem, circle: Circle) -> int:
    """How many people a circle has too few."""
    mentors = max(0, problem.settings.mentors[0] - len(circle.mentors))
    return mentors + max(0, problem.settings.mentees[0] - len(circle.mentees))


def check_all(problem: Problem, circles: Iterable[Circle]) -> tuple[Broken, ...]:
    """Every rule that these circles would break, one by one and side by side."""
    circles = list(circles)
    broken = [one for circle in circles for one in check(problem, circle)]
    if any(isinstance(one, Unknown) for one in broken):
        return tuple(broken)
    mentored = Counter(who for circle in circles for who in circle.mentors)
    for who, seats in mentored.items():
        capacity = problem.person(who).mentor_seats
        if seats > capacity > 0:
            broken.append(OverCapacity(who, capacity))
    taught = Counter(who for circle in circles for who in circle.mentees)
    broken += [MenteeTwice(who) for who, seats in taught.items() if seats > 1]
    return tuple(broken)


def _seats(problem: Problem, circle: Circle) -> Iterable[Broken]:
    least_mentors, most_mentors = problem.settings.mentors
    least_mentees, most_mentees = problem.settings.mentees
    mentors, mentees = len(circle.mentors), len(circle.mentees)
    if not (least_mentors <= mentors <= most_mentors and least_mentees <= mentees <= most_mentees):
        yield WrongSize(mentors, mentees)
    for who in circle.mentors:
        if problem.person(who).mentor_seats == 0:
            yield NotAMentor(who)
    for who in circle.mentees:
        if problem.person(who).mentee_seats == 0:
            yield NotAMentee(who)
    for who, seats in Counter(circle.people).items():
        if seats > 1:
            yield SeatedTwice(who)


def _pairs(problem: Problem, circle: Circle) -> Iterable[Broken]:
    apart = False
    for one, other in combinations(dict.fromkeys(circle.people), 2):
        apart = apart or other in problem.kept_apart(one)
        if other in problem.met_recently(one):
            yield MetRecently(one, other)
    if apart:
        yield Confidential()


def _together(problem: Problem, circle: Circle) -> Iterable[Broken]:
    people = [problem.person(who) for who in circle.people]
    if not people:
        return
    if not common_languages(people):
        yield NoCommonLanguage()
    shared = common_starts(problem, people).bit_count()
    needed = problem.settings.min_common_starts
    if shared < needed:
        yield TooFewStarts(shared, needed)

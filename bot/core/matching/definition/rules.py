"""The hard rules. They are never weighed against anything."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from operator import and_

from bot.core.matching.definition.availability import QUARTERS, WHOLE_WEEK, on_utc, quarters
from bot.core.matching.definition.facts import (
    Broken,
    CannotAttendBoth,
    Confidential,
    MenteeTwice,
    MetRecently,
    NoCommonLanguage,
    NotAMentee,
    NotAMentor,
    OverCapacity,
    SameTeam,
    SeatedTwice,
    TooFewStarts,
    Unknown,
    WeekStarts,
    WrongSize,
)
from bot.core.matching.definition.model import Circle, Person, Problem, language


def common_starts(problem: Problem, people: Iterable[Person]) -> tuple[int, ...]:
    """The starts that every one of them has, one bit each, by kind of week
    (``problem.week_kinds``)."""
    common = (WHOLE_WEEK,) * len(problem.week_kinds)
    for person in people:
        common = tuple(map(and_, common, problem.starts(person)))
    return common


def lasting_starts(problem: Problem, people: Iterable[Person]) -> int:
    """How many starts they have in common that last over the season."""
    return problem.lasting([starts.bit_count() for starts in common_starts(problem, people)])


def week_starts(problem: Problem, people: Iterable[Person]) -> tuple[WeekStarts, ...]:
    """When all of them can begin, week by week; weeks that are alike together."""
    alike: dict[int, list[int]] = {}
    for weeks, starts in zip(problem.week_kinds, common_starts(problem, people), strict=True):
        alike.setdefault(starts, []).extend(weeks)
    return tuple(WeekStarts(tuple(sorted(w)), quarters(bits)) for bits, w in alike.items())


def common_languages(people: Iterable[Person]) -> tuple[str, ...]:
    """The languages they all speak, as the first of them spells them."""
    first, *others = people
    shared = first.spoken.intersection(*(other.spoken for other in others))
    return tuple(sorted(word for word in first.languages if language(word) in shared))


def attends_both(problem: Problem, one: Sequence[int], other: Sequence[int]) -> bool:
    """Whether somebody could be at both of two circles, given their common starts."""
    left = problem.settings.spare_weeks
    length = -(-problem.settings.session_minutes // 15)
    for weeks, here, there in zip(problem.week_kinds, one, other, strict=True):
        if not apart(here, there, length):
            left -= len(weeks)
    return left >= 0


def apart(one: int, other: int, length: int) -> bool:
    """Whether a session of so many quarter-hours fits at one of the first starts and another at one
    of the second, without overlapping; the week wraps round."""
    if 2 * length > QUARTERS:
        return False
    around = on_utc((1 << (2 * length - 1)) - 1, length - 1)
    return any(other & ~on_utc(around, -first) for first in quarters(one))


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
    broken += [CannotAttendBoth(who) for who in _torn(problem, circles)]
    taught = Counter(who for circle in circles for who in circle.mentees)
    broken += [MenteeTwice(who) for who, seats in taught.items() if seats > 1]
    return tuple(broken)


def _torn(problem: Problem, circles: Sequence[Circle]) -> Iterator[str]:
    """Whoever sits in two circles and cannot be at both."""
    seats: dict[str, list[int]] = {}
    for index, circle in enumerate(circles):
        for who in dict.fromkeys(circle.people):
            seats.setdefault(who, []).append(index)
    common: dict[int, tuple[int, ...]] = {}
    for who, held in seats.items():
        if len(held) < 2:
            continue
        for index in held:
            if index not in common:
                everybody = map(problem.person, circles[index].people)
                common[index] = common_starts(problem, everybody)
        pairs = combinations(held, 2)
        if not all(attends_both(problem, common[one], common[other]) for one, other in pairs):
            yield who


def clashing(problem: Problem, circles: Sequence[Circle], index: int) -> frozenset[str]:
    """Whoever sits in this circle and cannot be at it and at another one of theirs."""
    here = circles[index]
    common = common_starts(problem, map(problem.person, here.people))
    found: set[str] = set()
    for other, circle in enumerate(circles):
        both = set(here.people).intersection(circle.people) if other != index else set()
        if both:
            there = common_starts(problem, map(problem.person, circle.people))
            found.update(() if attends_both(problem, common, there) else both)
    return frozenset(found)


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
        if other in problem.teammates(one):
            yield SameTeam(one, other)
    if apart:
        yield Confidential()


def _together(problem: Problem, circle: Circle) -> Iterable[Broken]:
    people = [problem.person(who) for who in circle.people]
    if not people:
        return
    if not common_languages(people):
        yield NoCommonLanguage()
    shared = lasting_starts(problem, people)
    needed = problem.settings.min_common_starts
    if shared < needed:
        yield TooFewStarts(shared, needed)

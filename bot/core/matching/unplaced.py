"""Why somebody has no seat: found by looking, so that it is true.

The question is asked from the outside in: what they gave, whom they could meet at all, which of
the circles would fit. A confidential wish is never named, counted or hinted at: where it is what
stands in the way, that is all that is said.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce

from bot.core.matching.availability import WHOLE_WEEK, starts
from bot.core.matching.facts import (
    Blocked,
    Confidential,
    CostsOthersMore,
    EnoughMentors,
    EveryCircleFull,
    Help,
    MetAllRecently,
    NobodyMentors,
    NoCircleFits,
    NoGroup,
    NoHours,
    NoLanguage,
    NoSharedHours,
    NoSharedLanguage,
    RestsThisSeason,
)
from bot.core.matching.model import Circle, Person, Problem, ScoredCircle, Seat, Unplaced

_HELP: dict[type[Blocked], Help] = {
    RestsThisSeason: Help.NEXT_SEASON,
    NoHours: Help.MORE_HOURS,
    NoLanguage: Help.A_LANGUAGE,
    NobodyMentors: Help.MORE_MENTORS,
    NoSharedHours: Help.MORE_HOURS,
    NoSharedLanguage: Help.A_LANGUAGE,
    MetAllRecently: Help.NEXT_SEASON,
    NoGroup: Help.MORE_HOURS,
    NoCircleFits: Help.MORE_HOURS,
    EveryCircleFull: Help.MORE_MENTORS,
    CostsOthersMore: Help.MORE_MENTORS,
    EnoughMentors: Help.MORE_MENTEES,
    Confidential: Help.ASK_A_MODERATOR,
}


def unplaced(problem: Problem, circles: Sequence[ScoredCircle]) -> tuple[Unplaced, ...]:
    """Everybody who wants a mentee's seat and has none, and every mentor without any seat."""
    mentees = {who for scored in circles for who in scored.circle.mentees}
    mentors = {who for scored in circles for who in scored.circle.mentors}
    look = _Look(problem, [scored.circle for scored in circles])
    found = []
    for person in problem.people:
        if person.mentee_seats and person.id not in mentees:
            why = look.as_mentee(person)
            found.append(Unplaced(person.id, Seat.MENTEE, why, _HELP[type(why)]))
        elif not person.mentee_seats and person.id not in mentors:
            why = look.as_mentor(person)
            found.append(Unplaced(person.id, Seat.MENTOR, why, _HELP[type(why)]))
    return tuple(found)


def why_not(problem: Problem, circles: Sequence[Circle], person: Person, seat: Seat) -> Blocked:
    """Why this person has no such seat in these circles."""
    look = _Look(problem, circles)
    return look.as_mentee(person) if seat is Seat.MENTEE else look.as_mentor(person)


class _Look:
    """The people and circles of an arrangement, ready to be looked through many times."""

    def __init__(self, problem: Problem, circles: Sequence[Circle]) -> None:
        self._problem = problem
        self._needed = problem.settings.min_common_starts
        self._starts = {
            p.id: starts(p.availability, problem.settings.session_minutes) for p in problem.people
        }
        self._spoken = {p.id: p.spoken for p in problem.people}
        self._mentors = [p.id for p in problem.people if p.mentor_seats]
        self._mentees = [p.id for p in problem.people if p.mentee_seats]
        self._seated = {who for circle in circles for who in circle.mentees}
        self._circles = [self._gathered(circle) for circle in circles]

    def as_mentee(self, person: Person) -> Blocked:
        """Why this person has no mentee's seat."""
        return (
            self._given(person)
            or self._company(person, self._mentors, "mentors")
            or self._any_circle(person)
        )

    def as_mentor(self, person: Person) -> Blocked:
        """Why this person mentors no circle."""
        if not person.mentor_seats:
            return RestsThisSeason()
        blocked = self._given(person) or self._company(person, self._mentees, "mentees")
        if blocked:
            return blocked
        within = self._within_reach(person, self._mentees)
        if sum(1 for _ in within) < self._problem.settings.mentees[0]:
            return NoGroup(self._needed)
        return EnoughMentors()

    def _given(self, person: Person) -> Blocked | None:
        """What this person's own answers rule out."""
        own = self._starts[person.id].bit_count()
        if own < self._needed:
            return NoHours(own, self._needed)
        return None if person.languages else NoLanguage()

    def _company(self, person: Person, others: Sequence[str], among: str) -> Blocked | None:
        """Whether there is anybody at all on the other side whom they could sit with."""
        if next(self._within_reach(person, others), None) is not None:
            return None
        others = [other for other in others if other != person.id]
        if not others:
            return NobodyMentors() if among == "mentors" else EnoughMentors()
        others = [other for other in others if self._meet(person.id, other)]
        if not others:
            return NoSharedHours(self._needed, among)
        others = [o for o in others if self._spoken[person.id] & self._spoken[o]]
        if not others:
            return NoSharedLanguage(among)
        apart = self._problem.kept_apart(person.id) - self._problem.met_recently(person.id)
        return Confidential() if apart.intersection(others) else MetAllRecently(among)

    def _within_reach(self, person: Person, others: Iterable[str]) -> Iterator[str]:
        """Those with whom this person could sit in a circle of two."""
        barred = self._problem.kept_apart(person.id) | self._problem.met_recently(person.id)
        for other in others:
            if other == person.id or other in barred:
                continue
            if self._meet(person.id, other) and self._spoken[person.id] & self._spoken[other]:
                yield other

    def _meet(self, one: str, other: str) -> bool:
        return (self._starts[one] & self._starts[other]).bit_count() >= self._needed

    def _any_circle(self, person: Person) -> Blocked:
        """Why no circle takes this person in."""
        hours = language = met = confidential = 0
        fits = False
        others = [one for one in self._circles if person.id not in one.people]
        for gathered in others:
            if not gathered.hours(self._starts[person.id], self._needed):
                hours += 1
            elif not gathered.spoken & self._spoken[person.id]:
                language += 1
            elif gathered.people & self._problem.met_recently(person.id):
                met += 1
            elif gathered.people & self._problem.kept_apart(person.id):
                confidential += 1
            elif gathered.room:
                return CostsOthersMore()
            else:
                fits = True
        if fits:
            return EveryCircleFull()
        if confidential:
            return Confidential()
        if not hours + language + met:
            return NoGroup(self._needed)
        return NoCircleFits(hours + language + met, hours, language, met, self._needed)

    def _gathered(self, circle: Circle) -> "_Gathered":
        common = reduce(lambda bits, who: bits & self._starts[who], circle.people, WHOLE_WEEK)
        spoken = frozenset.intersection(*(self._spoken[who] for who in circle.people))
        room = len(circle.mentees) < self._problem.settings.mentees[1]
        return _Gathered(frozenset(circle.people), common, spoken, room)


class _Gathered:
    """What a circle has in common."""

    __slots__ = ("common", "people", "room", "spoken")

    def __init__(
        self, people: frozenset[str], common: int, spoken: frozenset[str], room: bool
    ) -> None:
        self.people = people
        self.common = common
        self.spoken = spoken
        self.room = room

    def hours(self, own: int, needed: int) -> bool:
        """Whether enough starts are left with one more person's hours."""
        return (self.common & own).bit_count() >= needed

"""Why somebody has no seat: found by looking, so that it is true.

The question is asked from the outside in: what they gave, whom they could meet at all, which of
the circles would fit. A confidential wish is never named, counted or hinted at: where it is what
stands in the way, that is all that is said.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from operator import and_

from bot.core.matching.definition.availability import (
    QUARTERS,
    WHOLE_WEEK,
    on_utc,
    quarters,
)
from bot.core.matching.definition.facts import Confidential, WrongSize
from bot.core.matching.definition.model import Circle, Person, Problem, ScoredCircle, Seat, Unplaced
from bot.core.matching.definition.rules import attends_both, check
from bot.core.matching.definition.score import score_circle
from bot.core.matching.definition.seatless import (
    AllTeammates,
    Blocked,
    CostsOthersMore,
    EnoughMentors,
    EveryCircleFull,
    HasRoom,
    Help,
    MetAllRecently,
    NobodyLearns,
    NobodyMentors,
    NoCircleFits,
    NoGroup,
    NoHours,
    NoLanguage,
    NoNewCircle,
    NoSharedHours,
    NoSharedLanguage,
    OthersHaveSeats,
    RestsThisSeason,
    TooFew,
)

_LOOKS = 5
"""With so many mentors it is tried whether a circle could be formed."""

_GAIN = 1e-9
"""Less than this is the rounding of sums."""

_HELP: dict[type[Blocked], Help] = {
    RestsThisSeason: Help.NEXT_SEASON,
    NoHours: Help.MORE_HOURS,
    NoLanguage: Help.A_LANGUAGE,
    NobodyMentors: Help.MORE_MENTORS,
    NobodyLearns: Help.MORE_MENTEES,
    TooFew: Help.MORE_MENTEES,
    NoSharedHours: Help.MORE_HOURS,
    NoSharedLanguage: Help.A_LANGUAGE,
    MetAllRecently: Help.NEXT_SEASON,
    AllTeammates: Help.MORE_PEOPLE,
    OthersHaveSeats: Help.MORE_MENTORS,
    NoGroup: Help.MORE_HOURS,
    NoCircleFits: Help.MORE_HOURS,
    EveryCircleFull: Help.MORE_MENTORS,
    CostsOthersMore: Help.MORE_MENTORS,
    HasRoom: Help.A_MODERATOR,
    EnoughMentors: Help.MORE_MENTEES,
    NoNewCircle: Help.MORE_MENTEES,
    Confidential: Help.ASK_A_MODERATOR,
}


def unplaced(
    problem: Problem, circles: Sequence[ScoredCircle], *, settled: bool = False
) -> tuple[Unplaced, ...]:
    """Everybody who wants a mentee's seat and has none, and every mentor without any seat.

    ``settled``: whoever arranged these circles already tried everybody in every one with room.
    """
    mentees = {who for scored in circles for who in scored.circle.mentees}
    mentors = {who for scored in circles for who in scored.circle.mentors}
    look = _Look(problem, [scored.circle for scored in circles], settled=settled)
    found = []
    for person in problem.people:
        if person.mentee_seats and person.id not in mentees:
            why = look.as_mentee(person)
            found.append(Unplaced(person.id, Seat.MENTEE, why, what_helps(why)))
        elif not person.mentee_seats and person.id not in mentors:
            why = look.as_mentor(person)
            found.append(Unplaced(person.id, Seat.MENTOR, why, what_helps(why)))
    return tuple(found)


def why_not(problem: Problem, circles: Sequence[Circle], person: Person, seat: Seat) -> Blocked:
    """Why this person has no such seat in these circles."""
    look = _Look(problem, circles, settled=False)
    return look.as_mentee(person) if seat is Seat.MENTEE else look.as_mentor(person)


def what_helps(why: Blocked) -> Help:
    """What would help against it."""
    match why:
        case TooFew(among="mentors"):
            return Help.MORE_MENTORS
        case NoCircleFits() if why.met and why.met == why.circles:
            return Help.NEXT_SEASON
        case NoCircleFits() if not why.hours and why.language:
            return Help.A_LANGUAGE
        case _:
            return _HELP[type(why)]


class _Look:
    """The people and circles of an arrangement, ready to be looked through many times."""

    def __init__(self, problem: Problem, circles: Sequence[Circle], *, settled: bool) -> None:
        self._problem = problem
        self._needed = problem.settings.min_common_starts
        self._starts = {p.id: problem.starts(p) for p in problem.people}
        self._spoken = {p.id: p.spoken for p in problem.people}
        self._mentors = [p.id for p in problem.people if p.mentor_seats]
        self._mentees = [p.id for p in problem.people if p.mentee_seats]
        self._seated = {who for circle in circles for who in circle.mentees}
        self._settled = settled
        gathered = [self._gathered(circle) for circle in circles]
        self._all = gathered
        most = problem.settings.mentees[1]
        self._open = [one for one in gathered if len(one.circle.mentees) < most]
        self._full = [one for one in gathered if len(one.circle.mentees) >= most]

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
        least = self._problem.settings.mentees[0]
        blocked = (
            self._given(person)
            or self._company(person, self._mentees, "mentees")
            or self._too_few(person, self._mentees, least, "mentees")
        )
        if blocked:
            return blocked
        within = islice(self._within_reach(person, self._mentees), least)
        if sum(1 for _ in within) < least:
            return NoGroup(self._needed)
        reached = self._within_reach(person, self._mentees)
        left = sum(1 for who in islice((w for w in reached if w not in self._seated), least))
        return NoNewCircle() if left >= least else EnoughMentors(left, least)

    def _given(self, person: Person) -> Blocked | None:
        """What this person's own answers rule out."""
        own = self._lasting(self._starts[person.id])
        if own < self._needed:
            return NoHours(own, self._needed)
        return None if person.languages else NoLanguage()

    def _company(self, person: Person, others: Sequence[str], among: str) -> Blocked | None:
        """Whether there is anybody at all on the other side whom they could sit with."""
        if next(self._within_reach(person, others), None) is not None:
            return None
        others = [other for other in others if other != person.id]
        if not others:
            return NobodyMentors() if among == "mentors" else NobodyLearns()
        others = [other for other in others if self._meet(person.id, other)]
        if not others:
            return NoSharedHours(self._needed, among)
        others = [o for o in others if self._spoken[person.id] & self._spoken[o]]
        if not others:
            return NoSharedLanguage(among)
        mates, met = self._problem.teammates(person.id), self._problem.met_recently(person.id)
        if (self._problem.kept_apart(person.id) - met - mates).intersection(others):
            return Confidential()
        return AllTeammates(among) if mates.intersection(others) else MetAllRecently(among)

    def _too_few(
        self, person: Person, others: Sequence[str], needed: int, among: str
    ) -> Blocked | None:
        """Whether there would be too few for a circle even if everybody were free all week."""
        spoken, met = self._spoken[person.id], self._problem.met_recently(person.id)
        met |= self._problem.teammates(person.id)
        able = [
            other
            for other in others
            if other != person.id and other not in met and spoken & self._spoken[other]
        ]
        if len(able) < needed:
            return TooFew(self._least(among), among)
        apart = self._problem.kept_apart(person.id)
        together = sum(1 for other in able if other not in apart)
        return Confidential() if together < needed else None

    def _least(self, among: str) -> int:
        settings = self._problem.settings
        return settings.mentors[0] if among == "mentors" else settings.mentees[0]

    def _within_reach(self, person: Person, others: Iterable[str]) -> Iterator[str]:
        """Those with whom this person could sit in a circle of two."""
        barred = self._problem.kept_apart(person.id) | self._problem.met_recently(person.id)
        barred |= self._problem.teammates(person.id)
        for other in others:
            if other == person.id or other in barred:
                continue
            if self._meet(person.id, other) and self._spoken[person.id] & self._spoken[other]:
                yield other

    def _meet(self, one: str, other: str) -> bool:
        common = map(and_, self._starts[one], self._starts[other])
        return self._lasting(tuple(common)) >= self._needed

    def _lasting(self, common: Sequence[int]) -> int:
        return self._problem.lasting([starts.bit_count() for starts in common])

    def _any_circle(self, person: Person) -> Blocked:
        """Why no circle takes this person in."""
        fitting = [one for one in self._open if not self._hinders(one, person)]
        if fitting:
            gains = not self._settled and any(self._gains(one, person) for one in fitting)
            return HasRoom() if gains else CostsOthersMore()
        if any(not self._hinders(one, person) for one in self._full):
            return EveryCircleFull()
        reasons = Counter(self._hinders(one, person) for one in (*self._open, *self._full))
        del reasons["there"]
        if reasons["confidential"]:
            return Confidential()
        if not reasons:
            return (
                self._too_few(person, self._mentors, self._least("mentors"), "mentors")
                or self._too_few(person, self._mentees, self._least("mentees") - 1, "mentees")
                or NoGroup(self._needed)
            )
        hours, language, met = reasons["hours"], reasons["language"], reasons["met"]
        team, clash = reasons["team"], reasons["clash"]
        every = hours + language + met + team + clash
        if hours == every and self._formed_without(person):
            return OthersHaveSeats()
        window = self._window(person) if hours else None
        return NoCircleFits(
            every, hours, language, met, self._needed, team=team, clash=clash, window=window
        )

    def _formed_without(self, person: Person) -> bool:
        """Whether a circle could be formed with this person, of people who have seats elsewhere:
        their mentor and enough mentees, taken one after another."""
        least = self._problem.settings.mentees[0] - 1
        if self._problem.settings.mentors[0] != 1:
            return False
        for mentor in islice(self._within_reach(person, self._mentors), _LOOKS):
            circle = Circle((mentor,), (person.id,))
            for other in self._within_reach(person, self._mentees):
                if len(circle.mentees) > least:
                    break
                if other == mentor:
                    continue
                grown = Circle(circle.mentors, (*circle.mentees, other))
                if all(isinstance(one, WrongSize) for one in check(self._problem, grown)):
                    circle = grown
            if len(circle.mentees) > least:
                return True
        return False

    def _window(self, person: Person) -> tuple[int, int] | None:
        """The shortest stretch of the local week that this person could add to fit a circle with
        room; None where none would do, or none is shorter than a day."""
        best: tuple[int, int] | None = None
        for gathered in self._open:
            if self._hinders(gathered, person) != "hours":
                continue
            found = self._added(gathered, person)
            if found and (best is None or found[1] - found[0] < best[1] - best[0]):
                best = found
        return best

    def _added(self, gathered: "_Gathered", person: Person) -> tuple[int, int] | None:
        """The shortest stretch that would do for this circle: tried round its own hours."""
        minutes = self._problem.settings.session_minutes
        length = -(-minutes // 15) + self._needed - 1
        offset = person.offsets[0] if person.offsets else 0
        local = on_utc(gathered.common[0], -offset)
        for first in quarters(local):
            stretch = on_utc((1 << length) - 1, -first)
            added = replace(person, availability=person.availability | stretch)
            together = tuple(map(and_, gathered.common, self._problem.starts(added)))
            if self._lasting(together) < self._needed or self._clashes(gathered, together):
                continue
            if self._hinders_otherwise(gathered, person):
                return None
            start, end = first, first + length
            while end > start and person.availability >> ((end - 1) % QUARTERS) & 1:
                end -= 1
            while start < end and person.availability >> (start % QUARTERS) & 1:
                start += 1
            return start, end
        return None

    def _hinders_otherwise(self, gathered: "_Gathered", person: Person) -> bool:
        """Whether anything but hours keeps this person out."""
        apart = self._problem.met_recently(person.id) | self._problem.teammates(person.id)
        apart |= self._problem.kept_apart(person.id)
        return bool(gathered.people & apart) or not gathered.spoken & self._spoken[person.id]

    def _hinders(self, gathered: "_Gathered", person: Person) -> str:
        """What keeps this person out of a circle, its size aside; nothing where they fit."""
        if person.id in gathered.people:
            return "there"
        together = tuple(map(and_, gathered.common, self._starts[person.id]))
        if self._lasting(together) < self._needed:
            return "hours"
        if not gathered.spoken & self._spoken[person.id]:
            return "language"
        if gathered.people & self._problem.met_recently(person.id):
            return "met"
        if gathered.people & self._problem.teammates(person.id):
            return "team"
        if gathered.people & self._problem.kept_apart(person.id):
            return "confidential"
        return "clash" if self._clashes(gathered, together) else ""

    def _clashes(self, gathered: "_Gathered", together: tuple[int, ...]) -> bool:
        """Whether somebody could not be at this circle, with these starts, and at another."""
        seated = (one for one in self._all if one.circle != gathered.circle)
        mates = [one for one in seated if one.people & gathered.people]
        return any(not attends_both(self._problem, together, one.common) for one in mates)

    def _gains(self, gathered: "_Gathered", person: Person) -> bool:
        """Whether this circle would be worth more with this person."""
        circle = gathered.circle
        grown = Circle(circle.mentors, (*circle.mentees, person.id))
        now = score_circle(self._problem, circle).value
        return score_circle(self._problem, grown).value > now + _GAIN

    def _gathered(self, circle: Circle) -> "_Gathered":
        common = (WHOLE_WEEK,) * len(self._problem.week_kinds)
        for who in circle.people:
            common = tuple(map(and_, common, self._starts[who]))
        spoken = frozenset.intersection(*(self._spoken[who] for who in circle.people))
        return _Gathered(circle, frozenset(circle.people), common, spoken)


@dataclass(frozen=True, slots=True)
class _Gathered:
    """What a circle has in common."""

    circle: Circle
    people: frozenset[str]
    common: tuple[int, ...]
    spoken: frozenset[str]

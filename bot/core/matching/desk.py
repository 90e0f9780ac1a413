"""The moderator's desk: one change at a time, each re-scored at once and explained.

Circles are named by their index in the draft. Nothing here decides: it says what a change would
break, and who would be better and who worse off.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import fsum

from bot.core.matching.definition.facts import Broken
from bot.core.matching.definition.model import Circle, MemberScore, Problem, ScoredCircle, Seat
from bot.core.matching.definition.rules import check, check_all, clashing, grows
from bot.core.matching.definition.score import score_circle
from bot.core.matching.definition.seatless import Blocked
from bot.core.matching.telling.unplaced import why_not


@dataclass(frozen=True, slots=True)
class Changed:
    """What a change does to one member's score; None where they have no such seat."""

    id: str
    before: MemberScore | None
    after: MemberScore | None

    @property
    def gain(self) -> float:
        """How much better off, in points of the score."""
        before = self.before.score if self.before else 0.0
        return (self.after.score if self.after else 0.0) - before


@dataclass(frozen=True, slots=True)
class Rearranged:
    """What a change would do. With anything ``broken`` it is not allowed, and nothing is scored."""

    circles: tuple[Circle, ...]
    broken: tuple[Broken, ...]
    gain: float = 0.0
    """How much more the whole arrangement is worth afterwards."""
    better: tuple[Changed, ...] = ()
    worse: tuple[Changed, ...] = ()


@dataclass(frozen=True, slots=True)
class Option:
    """Somebody could take a seat in this circle."""

    who: str
    seat: Seat
    index: int
    after: ScoredCircle
    gain: float
    changed: tuple[Changed, ...]


@dataclass(frozen=True, slots=True)
class Placing:
    """Where somebody could join, best first; if nowhere, why."""

    options: tuple[Option, ...]
    blocked: Blocked | None


@dataclass(frozen=True, slots=True)
class Repair:
    """What a departure does to one circle, and what can be done.

    With nothing ``broken`` the circle can go on as it is. ``options`` are the people without a seat
    (for a mentor's seat: with room for one more circle) who could take the empty one, best first.
    ``elsewhere`` is, where the circle cannot go on, the best other circle for each of its mentees.
    """

    index: int
    left: Circle
    broken: tuple[Broken, ...]
    after: ScoredCircle | None
    options: tuple[Option, ...]
    elsewhere: tuple[Option, ...]


def swap(
    problem: Problem, circles: Sequence[Circle], one: tuple[int, str], other: tuple[int, str]
) -> Rearranged:
    """Two people change places. Each is (circle, who); raises ValueError if not seated there."""
    here, who = one
    there, whom = other
    seats = {here: _seat(circles, here, who), there: _seat(circles, there, whom)}
    if here == there:
        raise ValueError("both sit in the same circle")
    after = list(circles)
    after[here] = _joined(_left(circles[here], who), whom, seats[here])
    after[there] = _joined(_left(circles[there], whom), who, seats[there])
    return rearranged(problem, circles, after)


def move(
    problem: Problem,
    circles: Sequence[Circle],
    who: str,
    *,
    origin: int | None,
    to: int | None,
    seat: Seat = Seat.MENTEE,
) -> Rearranged:
    """Somebody goes from one circle to another, in from waiting, or out."""
    after = list(circles)
    if origin is not None:
        seat = _seat(circles, origin, who)
        after[origin] = _left(after[origin], who)
    if to is not None:
        after[to] = _joined(after[to], who, seat)
    return rearranged(problem, circles, after)


def rearranged(problem: Problem, before: Sequence[Circle], after: Sequence[Circle]) -> Rearranged:
    """What becomes of a draft whose circles, index by index, are changed like this.

    A circle that has too few people and now has more of them is allowed, though still too small.
    """
    pairs = list(zip(before, after, strict=True))
    changed = [(old, new) for old, new in pairs if old != new]
    spoilt = [new for old, new in changed if not grows(problem, old, new)]
    alone = [one for new in spoilt for one in check(problem, new)]
    known = {*check_all(problem, before), *(one for c in after for one in check(problem, c))}
    together = [one for one in check_all(problem, after) if one not in known]
    if alone or together:
        return Rearranged(tuple(after), (*alone, *together))
    was = [score_circle(problem, old) for old, _ in changed]
    now = [score_circle(problem, new) for _, new in changed]
    scores_was, scores_now = _by_seat(was), _by_seat(now)
    moves = [
        Changed(key[0], scores_was.get(key), scores_now.get(key))
        for key in {**scores_was, **scores_now}
    ]
    gain = fsum(one.value for one in now) - fsum(one.value for one in was)
    moves.sort(key=lambda one: (-abs(one.gain), one.id))
    return Rearranged(
        tuple(after),
        (),
        gain,
        tuple(one for one in moves if one.gain > 0),
        tuple(one for one in moves if one.gain < 0),
    )


def _by_seat(circles: Iterable[ScoredCircle]) -> dict[tuple[str, Seat, int], MemberScore]:
    """Each seat by who holds it; a mentor's several seats one by one."""
    found: dict[tuple[str, Seat, int], MemberScore] = {}
    for scored in circles:
        for member in scored.members:
            nth = 0
            while (member.id, member.seat, nth) in found:
                nth += 1
            found[member.id, member.seat, nth] = member
    return found


def place(problem: Problem, circles: Sequence[Circle], who: str) -> Placing:
    """Where a late joiner could sit: as mentee if they seek a seat, else as co-mentor."""
    person = problem.person(who)
    held = {one for circle in circles for one in circle.mentees}
    seat = Seat.MENTEE if person.mentee_seats and who not in held else Seat.MENTOR
    options = _best(_option(problem, circles, index, who, seat) for index in range(len(circles)))
    blocked = None if options else why_not(problem, circles, person, seat)
    return Placing(options, blocked)


def repair(problem: Problem, circles: Sequence[Circle], departed: str) -> tuple[Repair, ...]:
    """What to do in each circle that somebody leaves. Other circles are left as they are."""
    left = [_left(circle, departed) for circle in circles]
    return tuple(
        _repair(problem, left, index, departed, circle.seat(departed))
        for index, circle in enumerate(circles)
        if departed in circle.people
    )


def _repair(
    problem: Problem, left: Sequence[Circle], index: int, departed: str, seat: Seat
) -> Repair:
    broken = check(problem, left[index])
    free = [who for who in _free(problem, left, seat) if who != departed]
    options = _best(_option(problem, left, index, who, seat) for who in free)
    elsewhere: list[Option] = []
    if broken and not options:
        others = [other for other in range(len(left)) if other != index]
        for who in left[index].mentees:
            best = _best(_option(problem, left, other, who, Seat.MENTEE) for other in others)
            elsewhere += best[:1]
    after = None if broken else score_circle(problem, left[index])
    return Repair(index, left[index], broken, after, options, tuple(elsewhere))


def _free(problem: Problem, circles: Sequence[Circle], seat: Seat) -> list[str]:
    """Who could take one more seat of this kind."""
    if seat is Seat.MENTEE:
        held = {who for circle in circles for who in circle.mentees}
        return [p.id for p in problem.people if p.mentee_seats and p.id not in held]
    seats = [who for circle in circles for who in circle.mentors]
    return [p.id for p in problem.people if p.mentor_seats > seats.count(p.id)]


def _option(
    problem: Problem, circles: Sequence[Circle], index: int, who: str, seat: Seat
) -> Option | None:
    circle = circles[index]
    if who in circle.people:
        return None
    joined = _joined(circle, who, seat)
    if check(problem, joined) and not grows(problem, circle, joined):
        return None
    arranged = [*circles[:index], joined, *circles[index + 1 :]]
    if clashing(problem, arranged, index) - clashing(problem, circles, index):
        return None
    after = score_circle(problem, joined)
    before = score_circle(problem, circle) if not check(problem, circle) else None
    old = {member.id: member for member in before.members} if before else {}
    changed = tuple(Changed(m.id, old.get(m.id), m) for m in after.members)
    gain = after.value - (before.value if before else 0.0)
    return Option(who, seat, index, after, gain, changed)


def _best(options: Iterable[Option | None]) -> tuple[Option, ...]:
    found = [option for option in options if option is not None]
    return tuple(sorted(found, key=lambda one: (-one.gain, one.index, one.who)))


def _seat(circles: Sequence[Circle], index: int, who: str) -> Seat:
    if not 0 <= index < len(circles) or who not in circles[index].people:
        raise ValueError(f"{who} is not in circle {index}")
    return circles[index].seat(who)


def _left(circle: Circle, who: str) -> Circle:
    return Circle(
        tuple(one for one in circle.mentors if one != who),
        tuple(one for one in circle.mentees if one != who),
    )


def _joined(circle: Circle, who: str, seat: Seat) -> Circle:
    if seat is Seat.MENTOR:
        return replace(circle, mentors=(*circle.mentors, who))
    return replace(circle, mentees=(*circle.mentees, who))

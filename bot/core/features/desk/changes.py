"""Changing a draft by hand: what a swap, a move or a lock would make of it, or why it cannot be."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.core.boundary.ids import PersonId
from bot.core.features.desk.bench import Bench
from bot.core.features.desk.search import as_circle
from bot.core.matching.definition.facts import Broken
from bot.core.matching.definition.model import Circle, Seat
from bot.core.matching.desk import Rearranged, move, rearranged
from bot.core.programme.drafts.model import Draft, DraftCircle


@dataclass(frozen=True, slots=True)
class Done:
    """The next version, and who is better and worse off in it."""

    draft: Draft
    effect: Rearranged | None = None


@dataclass(frozen=True, slots=True)
class Breaks:
    """A rule stands against it."""

    broken: tuple[Broken, ...]


@dataclass(frozen=True, slots=True)
class Locked:
    """Somebody locked this circle, or this person."""

    what: str
    is_circle: bool


@dataclass(frozen=True, slots=True)
class NothingToDo:
    """It is so already. ``kind`` is the last word of its wording key."""

    kind: str


Change = Done | Breaks | Locked | NothingToDo


def swap(bench: Bench, one: PersonId, other: PersonId) -> Change:
    """Two people change places; one of them may have none, and then the other waits."""
    draft = bench.draft
    if one == other:
        return NothingToDo("same_person")
    for who in (one, other):
        if not bench.problem.knows(who):
            return NothingToDo("not_taking_part")
    places = _facing(_seats(draft, one), _seats(draft, other))
    if places is None:
        return NothingToDo("neither_seated" if not _seats(draft, one) else "same_circle")
    here, there = places
    if stop := _locked(draft, {here, there} - {None}, (one, other)):
        return stop
    before = [as_circle(circle) for circle in draft.circles]
    after = list(before)
    if here is not None:
        after[here] = _replaced(before[here], one, other)
    if there is not None:
        after[there] = _replaced(before[there], other, one)
    return _applied(bench, rearranged(bench.problem, before, after))


def move_to(bench: Bench, who: PersonId, to: int | None) -> Change:
    """Somebody goes to another circle (by index), in from waiting, or (None) out."""
    draft = bench.draft
    if not bench.problem.knows(who):
        return NothingToDo("not_taking_part")
    seats = _seats(draft, who)
    if to is not None and any(index == to for index, _ in seats):
        return NothingToDo("there_already")
    if to is None and not seats:
        return NothingToDo("not_seated")
    origin, seat = _from(bench, who, seats)
    if stop := _locked(draft, {origin, to} - {None}, (who,)):
        return stop
    before = [as_circle(circle) for circle in draft.circles]
    effect = move(bench.problem, before, who, origin=origin, to=to, seat=seat)
    return _applied(bench, effect)


def lock_circle(draft: Draft, index: int) -> Done:
    """Lock this circle, or unlock it."""
    circles = list(draft.circles)
    circles[index] = replace(circles[index], locked=not circles[index].locked)
    return Done(draft.after(tuple(circles)))


def lock_people(draft: Draft, people: Sequence[PersonId]) -> Done | NothingToDo:
    """Lock exactly these people, who must have seats."""
    seated = {who for circle in draft.circles for who in circle.people}
    if any(who not in seated for who in people):
        return NothingToDo("not_seated")
    return Done(replace(draft.after(draft.circles), locked_people=tuple(sorted(set(people)))))


def _seats(draft: Draft, who: PersonId) -> list[tuple[int, Seat]]:
    """Where somebody sits; a mentee's seat first, for it is the one that people mean."""
    found = [
        (index, Seat.MENTEE if who in circle.mentees else Seat.MENTOR)
        for index, circle in enumerate(draft.circles)
        if who in circle.people
    ]
    return sorted(found, key=lambda place: (place[1] is Seat.MENTOR, place[0]))


def _facing(
    ones: list[tuple[int, Seat]], others: list[tuple[int, Seat]]
) -> tuple[int | None, int | None] | None:
    """The two circles in which they would change places: the same kind of seat, if they can.

    A circle in which both sit is neither of them: one of them would sit there twice.
    """
    if not ones and not others:
        return None
    if not ones:
        return None, others[0][0]
    if not others:
        return ones[0][0], None
    shared = {index for index, _ in ones} & {index for index, _ in others}
    pairs = [(one, other) for one in ones for other in others if not {one[0], other[0]} & shared]
    pairs.sort(key=lambda pair: pair[0][1] is not pair[1][1])
    return (pairs[0][0][0], pairs[0][1][0]) if pairs else None


def _replaced(circle: Circle, who: str, by: str) -> Circle:
    return Circle(
        tuple(by if one == who else one for one in circle.mentors),
        tuple(by if one == who else one for one in circle.mentees),
    )


def _from(bench: Bench, who: PersonId, seats: list[tuple[int, Seat]]) -> tuple[int | None, Seat]:
    """Which seat is given up, and as what somebody without one would come in."""
    if seats:
        return seats[0]
    return None, Seat.MENTEE if bench.problem.person(who).mentee_seats else Seat.MENTOR


def _locked(draft: Draft, circles: set[int | None], people: Sequence[PersonId]) -> Locked | None:
    for index in sorted(index for index in circles if index is not None):
        if draft.circles[index].locked:
            return Locked(draft.circles[index].name, True)
    return next((Locked(who, False) for who in people if who in draft.locked_people), None)


def _applied(bench: Bench, effect: Rearranged) -> Change:
    if effect.broken:
        return Breaks(effect.broken)
    circles = tuple(
        DraftCircle(
            was.name,
            tuple(PersonId(who) for who in now.mentors),
            tuple(PersonId(who) for who in now.mentees),
            was.locked,
        )
        for was, now in zip(bench.draft.circles, effect.circles, strict=True)
    )
    return Done(bench.draft.after(circles), effect)

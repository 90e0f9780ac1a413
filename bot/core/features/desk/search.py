"""The search for circles as a stored job: what goes to the child process, what comes back.

Both are JSON of ids, numbers and answers without names; only the circles and the bound are kept.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b

from bot.core.boundary.ids import PersonId
from bot.core.matching.definition.model import Circle, Effort, Locks, Problem
from bot.core.matching.engine import solve
from bot.core.matching.files.codec import decode, encode
from bot.core.matching.search.hands import Hands, one_by_one
from bot.core.programme.drafts.model import Draft, DraftCircle

JOB = "match"


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found."""

    circles: tuple[Circle, ...]
    upper_bound: float


def as_circle(drafted: DraftCircle) -> Circle:
    """A drafted circle as matching knows it."""
    return Circle(drafted.mentors, drafted.mentees)


def locks_of(draft: Draft | None) -> Locks:
    """What a search must leave where it is. A locked person without a seat holds nothing."""
    if draft is None:
        return Locks()
    locked = set(draft.locked_people)
    return Locks(
        tuple(as_circle(circle) for circle in draft.circles),
        frozenset(index for index, circle in enumerate(draft.circles) if circle.locked),
        frozenset(
            (index, who)
            for index, circle in enumerate(draft.circles)
            for who in circle.people
            if who in locked and not circle.locked
        ),
    )


def given(problem: Problem, locks: Locks, seed: int, effort: str) -> bytes:
    """The child's input."""
    parts = [encode(problem), encode(locks), seed, effort]
    return json.dumps(parts, ensure_ascii=False).encode()


def run(
    written: bytes, progressed: Callable[[float, float], None], hands: Hands = one_by_one
) -> bytes:
    """The child's work: search, and write down what was found. ``hands`` change only the time."""
    problem, locks, seed, effort = json.loads(written)
    result = solve(
        decode(problem, Problem),
        seed=int(seed),
        effort=Effort(effort),
        locks=decode(locks, Locks),
        progress=progressed,
        hands=hands,
    )
    circles = encode(tuple(scored.circle for scored in result.circles))
    return json.dumps([circles, result.upper_bound]).encode()


def found(written: bytes) -> Found:
    """What the child wrote. Raises :class:`Undecodable` or ValueError."""
    circles, upper_bound = json.loads(written)
    return Found(decode(circles, tuple), float(upper_bound))


def fingerprint(problem: Problem) -> str:
    """The same for the same people and settings: what a bound holds for."""
    written = json.dumps(encode(problem), ensure_ascii=False, sort_keys=True).encode()
    return blake2b(written, digest_size=12).hexdigest()


def drafted(
    circles: tuple[Circle, ...], before: Draft | None, new_names: Callable[[int], tuple[str, ...]]
) -> tuple[DraftCircle, ...]:
    """The circles under names. One that keeps most of a circle's people keeps its name.

    A locked circle is found again whole, so it keeps its name and its lock.
    """
    old = list(before.circles) if before else []
    overlaps = sorted(
        (
            (-_alike(circle, drafted_), index, place)
            for index, circle in enumerate(circles)
            for place, drafted_ in enumerate(old)
            if _alike(circle, drafted_) * 2 > len(drafted_.people)
        ),
    )
    kept: dict[int, int] = {}
    for _, index, place in overlaps:
        if index not in kept and place not in kept.values():
            kept[index] = place
    fresh = iter(new_names(len(circles) - len(kept)))
    made = []
    for index, circle in enumerate(circles):
        was = old[kept[index]] if index in kept else None
        made.append(
            DraftCircle(
                was.name if was else next(fresh),
                tuple(PersonId(who) for who in circle.mentors),
                tuple(PersonId(who) for who in circle.mentees),
                was is not None and was.locked and set(was.people) == set(circle.people),
            )
        )
    return tuple(sorted(made, key=lambda circle: circle.name))


def _alike(circle: Circle, was: DraftCircle) -> int:
    return len(set(circle.people) & set(was.people))

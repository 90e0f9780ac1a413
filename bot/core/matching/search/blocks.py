"""Improving an arrangement block by block: a few related circles are taken apart, every circle that
their people and some who wait could form is listed, and the best choice of those is put in place.

It finds what small changes cannot: three people who must move at once.
"""

from dataclasses import dataclass

from bot.core.matching.search.anneal import Watch
from bot.core.matching.search.chance import Chance
from bot.core.matching.search.feasible import feasible
from bot.core.matching.search.packing import Column, Packed, pack
from bot.core.matching.search.roster import Roster
from bot.core.matching.search.seating import EMPTY, Seating, Seats


@dataclass(frozen=True, slots=True)
class Reach:
    """How far each block goes."""

    rounds: int
    columns: int
    """The most circles to list."""
    work: int
    """The most looks at one of them while choosing."""
    guests: int
    """The most people from outside who may take part, on each side."""


def choose(
    roster: Roster, circles: dict[Seats, float], spare: list[int], start: list[Seats], work: int
) -> tuple[list[Seats], Packed]:
    """The best of these circles that share no seat, and what is known about how good that is.

    ``spare`` is how many circles each person may still mentor; mentees may sit once.
    """
    count = len(roster.ids)
    listed = list(circles)
    index = {seats: number for number, seats in enumerate(listed)}
    columns = [
        Column(circles[seats], (*(count + who for who in seats[0]), *seats[1])) for seats in listed
    ]
    capacity = {who: 1 for seats in listed for who in seats[1]}
    capacity |= {count + who: spare[who] for seats in listed for who in seats[0]}
    packed = pack(columns, capacity, [index[seats] for seats in start if seats in index], work)
    return [listed[number] for number in packed.chosen], packed


def improve(seating: Seating, chance: Chance, reach: Reach, watch: Watch) -> None:
    """Take block after block apart and put each together as well as it can be."""
    width = 3
    idle = 0
    for turn in range(reach.rounds):
        watch(turn / reach.rounds, seating.total())
        slots = _related(seating, chance, width)
        if not slots:
            return
        better = _rebuild(seating, chance, slots, reach)
        if better is None:
            width = max(1, width - 1)
        else:
            idle = 0 if better else idle + 1
            width += chance.below(2)


def _related(seating: Seating, chance: Chance, width: int) -> list[int]:
    """Slots of circles whose people could meet one another."""
    roster = seating.roster
    open_slots = [
        slot
        for slot, seats in enumerate(seating.circles)
        if seats != EMPTY and slot not in seating.fixed and slot not in seating.held
    ]
    if not open_slots:
        return []
    first = open_slots[chance.below(len(open_slots))]
    people = seating.circles[first]
    near: list[tuple[int, int, int]] = []
    for slot in open_slots:
        mentors, mentees = seating.circles[slot]
        fitting = sum(roster.fits((people[0][0], who)) for who in mentees)
        fitting += sum(roster.fits((mentors[0], who)) for who in people[1])
        near.append((-fitting - chance.below(4), chance.below(1 << 20), slot))
    chosen = [slot for _, _, slot in sorted(near) if slot != first]
    return [first, *chosen[: width - 1]]


def _rebuild(seating: Seating, chance: Chance, slots: list[int], reach: Reach) -> bool | None:
    """Whether the block got better; None if too many circles could be formed in it."""
    roster = seating.roster
    mentors = {who for slot in slots for who in seating.circles[slot][0]}
    mentees = {who for slot in slots for who in seating.circles[slot][1]}
    lead = seating.circles[slots[0]][0][0]
    spare = list(seating.spare)
    for slot in slots:
        for who in seating.circles[slot][0]:
            spare[who] += 1
    waiting = [who for who in seating.waiting() if roster.fits((lead, who))]
    free = [who for who, seats in enumerate(seating.spare) if seats > 0 and who not in mentors]
    chance.shuffle(waiting)
    chance.shuffle(free)
    mentees |= set(waiting[: reach.guests])
    mentors |= set(free[: reach.guests])
    circles = feasible(roster, sorted(mentors), sorted(mentees), reach.columns)
    if circles is None:
        return None
    old = [seating.circles[slot] for slot in slots]
    new, packed = choose(roster, circles, spare, old, reach.work)
    if packed.value <= sum(seating.values[slot] for slot in slots) + 1e-9:
        return False
    for slot in slots:
        seating.apply({slot: EMPTY})
    for seats in new:
        seating.open(seats)
    return True

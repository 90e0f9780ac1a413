"""Improving an arrangement by many small changes: simulated annealing in plain Python.

Each step proposes one change; one that gains is made, one that loses is made with a chance that
shrinks as the search cools. Steps are counted, so the same seed gives the same end.
"""

from collections.abc import Callable

from bot.core.matching.search.chance import Chance
from bot.core.matching.search.roster import IMPOSSIBLE
from bot.core.matching.search.seating import EMPTY, Change, Seating, instead, with_one, without

_HOT = 12.0
_COLD = 0.4
"""Losses, in points of the objective, that are still accepted one time in e at the ends."""


Watch = Callable[[float, float], None]
"""Told the share done (0–1) and the best value so far. What it raises ends the search."""


def anneal(seating: Seating, chance: Chance, steps: int, watch: Watch) -> None:
    """Search on from this arrangement and leave the best one found."""
    moves = _Moves(seating, chance)
    value = seating.total()
    best, best_circles = value, seating.snapshot()
    cooling = (_COLD / _HOT) ** (1.0 / max(1, steps))
    heat = _HOT
    for step in range(steps):
        if step % 512 == 0:
            watch(step / steps, best)
        heat *= cooling
        change = moves.propose()
        if not change or not seating.allowed(change):
            continue
        gain = seating.gain(change)
        if gain == IMPOSSIBLE or (gain < 0.0 and chance.share() >= _survives(-gain / heat)):
            continue
        seating.apply(change)
        value += gain
        if value > best + 1e-9:
            best, best_circles = value, seating.snapshot()
    seating.restore(best_circles)


def _survives(loss: float) -> float:
    """About exp(-loss), by arithmetic that is the same on every machine."""
    if loss > 16.0:
        return 0.0
    grown = 1.0 + loss / 64.0
    for _ in range(6):
        grown *= grown
    return 1.0 / grown


class _Moves:
    """The changes that may be proposed."""

    def __init__(self, seating: Seating, chance: Chance) -> None:
        roster = seating.roster
        self._seating = seating
        self._chance = chance
        self._roster = roster
        self._mentees = [i for i, seats in enumerate(roster.mentee_seats) if seats]
        self._mentors = [i for i, seats in enumerate(roster.mentor_seats) if seats]
        self._most_mentors = roster.sizes[0][1]
        self._least, self._most = roster.sizes[1]

    def propose(self) -> Change | None:
        """One change, or None where the dice fell on nothing sensible."""
        if not self._mentees or not self._mentors:
            return None
        roll = self._chance.below(100)
        if roll < 40:
            return self._move_mentee()
        if roll < 70:
            return self._swap_mentees()
        if roll < 90:
            return self._move_mentor()
        if roll < 97:
            return self._open()
        return self._close()

    def _circle(self) -> int:
        """Some slot that holds a circle, or -1."""
        circles = self._seating.circles
        for _ in range(4):
            if circles:
                slot = self._chance.below(len(circles))
                if circles[slot] != EMPTY:
                    return slot
        return -1

    def _pick(self, some: list[int]) -> int:
        return some[self._chance.below(len(some))]

    def _move_mentee(self) -> Change | None:
        """Somebody goes to another circle, or comes in from waiting."""
        seating = self._seating
        who, to = self._pick(self._mentees), self._circle()
        origin = seating.place[who]
        if to in (-1, origin) or who in seating.circles[to][0]:
            return None
        mentors, mentees = seating.circles[to]
        if len(mentees) >= self._most:
            out = mentees[self._chance.below(len(mentees))]
            return self._exchange(who, out)
        change: Change = {to: (mentors, with_one(mentees, who))}
        if origin >= 0:
            left = without(seating.circles[origin][1], who)
            if len(left) < self._least:
                return None
            change[origin] = (seating.circles[origin][0], left)
        return change

    def _swap_mentees(self) -> Change | None:
        return self._exchange(self._pick(self._mentees), self._pick(self._mentees))

    def _exchange(self, one: int, other: int) -> Change | None:
        """Two mentees change places; one of them may be waiting."""
        seating = self._seating
        here, there = seating.place[one], seating.place[other]
        if here == there:
            return None
        change: Change = {}
        for slot, old, new in ((here, one, other), (there, other, one)):
            if slot >= 0:
                mentors, mentees = seating.circles[slot]
                if new in mentors:
                    return None
                change[slot] = (mentors, instead(mentees, old, new))
        return change

    def _move_mentor(self) -> Change | None:
        """A mentor is exchanged, joins, leaves a co-mentor alone, or trades circles."""
        seating, slot = self._seating, self._circle()
        if slot < 0:
            return None
        mentors, mentees = seating.circles[slot]
        who = self._pick(self._mentors)
        old = mentors[self._chance.below(len(mentors))]
        roll = self._chance.below(4)
        if roll == 0:
            if len(mentors) <= self._roster.sizes[0][0]:
                return None
            return {slot: (without(mentors, old), mentees)}
        if roll == 1:
            return self._trade(slot, old)
        if who in mentors or who in mentees or not seating.spare[who]:
            return None
        if roll == 2 and len(mentors) < self._most_mentors:
            return {slot: (with_one(mentors, who), mentees)}
        return {slot: (instead(mentors, old, who), mentees)}

    def _trade(self, slot: int, old: int) -> Change | None:
        """Two circles exchange a mentor."""
        circles, other = self._seating.circles, self._circle()
        if other in (-1, slot):
            return None
        new = circles[other][0][self._chance.below(len(circles[other][0]))]
        if new in (*circles[slot][0], *circles[slot][1]):
            return None
        if old in (*circles[other][0], *circles[other][1]):
            return None
        return {
            slot: (instead(circles[slot][0], old, new), circles[slot][1]),
            other: (instead(circles[other][0], new, old), circles[other][1]),
        }

    def _open(self) -> Change | None:
        """A free mentor (or a co-mentor) opens a circle with mentees who wait or can be spared."""
        seating, roster = self._seating, self._roster
        lead = self._pick(self._mentors)
        change: Change = {}
        if not seating.spare[lead]:
            slot = next((s for s, c in enumerate(seating.circles) if lead in c[0]), -1)
            if slot < 0 or len(seating.circles[slot][0]) <= roster.sizes[0][0]:
                return None
            change[slot] = (without(seating.circles[slot][0], lead), seating.circles[slot][1])
        wanted = self._least + self._chance.below(2)
        team: list[int] = []
        first = self._chance.below(len(self._mentees))
        for offset in range(len(self._mentees)):
            who = self._mentees[(first + offset) % len(self._mentees)]
            if who == lead or not roster.fits((lead, *team, who)):
                continue
            origin = seating.place[who]
            if origin >= 0:
                mentors, mentees = change.get(origin, seating.circles[origin])
                if len(mentees) <= self._least:
                    continue
                change[origin] = (mentors, without(mentees, who))
            team.append(who)
            if len(team) == wanted:
                break
        if len(team) < self._least:
            return None
        change[seating.empty_slot()] = ((lead,), tuple(sorted(team)))
        return change

    def _close(self) -> Change | None:
        """A circle ends; its mentees go wherever they add most."""
        seating, slot = self._seating, self._circle()
        if slot < 0:
            return None
        change: Change = {slot: EMPTY}
        for who in seating.circles[slot][1]:
            best, best_gain = -1, 0.0
            for to, held in enumerate(seating.circles):
                mentors, mentees = change.get(to, held)
                if to == slot or not mentors or len(mentees) >= self._most or who in mentors:
                    continue
                now = seating.value((mentors, mentees))
                gain = seating.value((mentors, with_one(mentees, who))) - now
                if gain > best_gain:
                    best, best_gain = to, gain
            if best >= 0:
                mentors, mentees = change.get(best, seating.circles[best])
                change[best] = (mentors, with_one(mentees, who))
        return change

"""The search for large communities: compiled annealing, then blocks put together exactly.

Needs the optional packages numpy, numba and highspy; everything else in matching does without.
"""

from dataclasses import dataclass
from functools import partial

from bot.core.matching import highs
from bot.core.matching.anneal import Watch
from bot.core.matching.chance import Chance
from bot.core.matching.hands import Hands, Told, one_by_one
from bot.core.matching.kernel import Numbers, Shares
from bot.core.matching.model import Circle, Effort, Locks, Problem
from bot.core.matching.pool import pooled, recombine
from bot.core.matching.table import Table, split

Seen = tuple[Numbers, Shares]
"""Circles, and what each is worth."""

_IDLE = 30
"""After so many blocks in a row that could not be improved, the search is over."""


@dataclass(frozen=True, slots=True)
class Round:
    """Several searches side by side, and the best choice among the circles they came across."""

    heats: tuple[float, ...]
    """What each search begins with: cool ones polish, hot ones find what is quite different."""
    steps: int
    choices: int
    """How often some circles are exchanged for others that were remembered."""

    @property
    def work(self) -> int:
        """Steps in all."""
        return len(self.heats) * self.steps


@dataclass(frozen=True, slots=True)
class Budget:
    """How much to do."""

    rounds: tuple[Round, ...]
    blocks: int
    block: int
    """The most feasible circles in one block."""
    whole: int
    """Up to so many feasible circles, the best are chosen among all of them at once."""
    pool: int
    """The most circles that one search remembers."""
    care: highs.Care


_QUICK = highs.Care(600, 5)
_NORMAL = highs.Care(1_000, 20)
_THOROUGH = highs.Care(3_000, 60)
_WIDTH = 20
_FIRST, _AGAIN = (40.0, 25.0, 40.0, 25.0), (30.0, 6.0)
_MANY = 400
"""Beyond so many people, fewer searches go on for longer."""


def budget(effort: Effort, people: int) -> Budget:
    """By effort and size."""
    if people > _MANY:
        return _for_many(effort, people)
    first, steps = _FIRST, people * 800
    match effort:
        case Effort.QUICK:
            return Budget((Round(first[:2], steps // 4, 20),), 10, 2_000, 5_000, 3_000, _QUICK)
        case Effort.NORMAL:
            rounds = (Round(first, steps, 25), Round(_AGAIN, steps // 2, 25))
            return Budget(rounds, 10, 4_000, 15_000, 3_000, _NORMAL)
        case Effort.THOROUGH:
            again = Round((*first[:2], *_AGAIN), 2 * steps, 100)
            every = (Round(2 * first, 2 * steps, 100), again, again, again, again)
            return Budget(every, 100 + people // 10, 8_000, 60_000, 6_000, _THOROUGH)


def _for_many(effort: Effort, people: int) -> Budget:
    """Fewer searches go on for longer, and begin less hot: they would not cool in time."""
    steps = people * 850
    match effort:
        case Effort.QUICK:
            return Budget((Round((8.0, 6.0), steps // 4, 50),), 10, 2_000, 5_000, 5_000, _QUICK)
        case Effort.NORMAL:
            rounds = (Round((12.0, 10.0), steps, 100), Round((4.0, 3.0), steps // 2, 100))
            return Budget(rounds, 20, 4_000, 15_000, 15_000, _NORMAL)
        case Effort.THOROUGH:
            again = Round((6.0, 5.0, 4.0, 3.0), 2 * steps, 300)
            every = (Round((20.0, 15.0, 12.0, 8.0), 3 * steps, 300), again, again, again, again)
            return Budget(every, 100 + people // 10, 8_000, 60_000, 30_000, _THOROUGH)


def search(
    problem: Problem,
    locks: Locks,
    seed: int,
    effort: Effort,
    watch: Watch,
    *,
    hands: Hands = one_by_one,
) -> tuple[list[Circle], float | None]:
    """The circles found, and a valid bound where one came out of the search."""
    plan = budget(effort, len(problem.people))
    table = Table(problem, seed)
    table.lock(locks)
    bound = None
    if not (locks.circles or locks.seats):
        bound = table.whole(plan.whole, plan.care)
    if bound is None:
        _search(table, plan, seed, watch, hands)
    table.fill()
    return table.circles(), bound


def _search(table: Table, plan: Budget, seed: int, watch: Watch, hands: Hands) -> None:
    """Anneal from several seeds, put the best of all together, and go on from there."""
    chance = Chance(seed)
    seen = table.seen()
    work = sum(one.work for one in plan.rounds)
    done = 0
    for one in plan.rounds:
        tables = [table.twin(chance.bits(), plan.pool) for _ in one.heats]
        told = Told(watch, len(tables), 0.9 * done / work, 0.9 * one.work / work)
        for _ in hands([partial(_run, *each, one, told) for each in enumerate(tables)]):
            pass
        seen = _gather(table, tables, seen, chance, one.choices)
        done += one.work
    idle = 0
    for turn in range(plan.blocks):
        watch(0.9 + 0.1 * turn / plan.blocks, table.total())
        idle = 0 if table.block(chance, plan.block, plan.care) else idle + 1
        if idle > _IDLE:
            break


def _run(number: int, table: Table, one: Round, told: Told) -> list[Circle]:
    table.anneal(one.steps, lambda done, best: told.by(number, done, best), one.heats[number])
    return []


def _gather(table: Table, tables: list[Table], seen: Seen, chance: Chance, choices: int) -> Seen:
    """Take over the best of these arrangements, made better by what all of them came across.

    Returns the circles that it is worth to remember on.
    """
    best = max([table, *tables], key=lambda one: one.total())
    slots = best.free()
    if not len(slots):
        return seen
    start = best.rows(slots), best.board.values[slots]
    every = [start, seen, *(one.seen() for one in tables)]
    pool = pooled(every, best.capacity(slots))
    chosen, kept = recombine(pool, pool.chosen(start[0]), chance, choices, _WIDTH)
    table.put(table.free(), [split(row) for row in pool.rows[chosen].tolist()])
    return pool.rows[kept], pool.columns.values[kept]


def warm() -> None:
    """Compile everything now, so that the first real search need not wait for it."""
    from datetime import date

    from bot.core.matching.model import Person, Role, Settings

    people = [
        Person(str(i), Role.MENTOR if i < 3 else Role.MENTEE, ("en",), "en", (1 << 40) - 1)
        for i in range(12)
    ]
    problem = Problem(tuple(people), Settings(date(2026, 1, 1)))
    table = Table(problem, 1)
    table.anneal(1_000, lambda _done, _best: None)
    table.whole(1_000, _QUICK)
    table.fill()

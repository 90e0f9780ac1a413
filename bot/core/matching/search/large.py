"""The search for large communities: compiled annealing for a start, then seats at prices.

Needs the optional packages numpy and numba; everything else in matching does without.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from bot.core.matching.definition.model import Circle, Effort, Locks, Problem
from bot.core.matching.search.anneal import Watch
from bot.core.matching.search.arrays import questions_of
from bot.core.matching.search.chance import Chance
from bot.core.matching.search.columns import as_columns
from bot.core.matching.search.hands import Hands, one_by_one
from bot.core.matching.search.kernel import QUESTIONS, Numbers, Shares
from bot.core.matching.search.market import EVERYBODY, Look, Market
from bot.core.matching.search.pricing import Workspace
from bot.core.matching.search.table import Table, split

PIECES = 4
"""Into so many pieces work is divided: always the same number, so that how many processors there
are changes nothing but the time."""

_ANNEALING, _PRICING, _DIVING = 0.1, 0.35, 0.6
"""The share of all work that is done at the end of each."""

_SEEN = 15_000
"""So many circles that annealing came across are remembered."""

_FOUND = 30_000
"""The most circles that one piece of a look brings."""

_ENOUGH = 0.01
"""A look that brings fewer circles than this share of those known is the last."""

_LOSS = 20.0
"""Up to so much worse a choice may be that is put in place, at first: it leads elsewhere."""

_SHUN = 0.7
"""How often one of the circles taken apart may not come back."""

_NOISE = 0.05
"""By how much at most prices are changed at random before circles are put together again."""

_LAST = 300
"""Small changes at the end, for each person: no single one of them should still gain anything."""

_ROUND = 10_000
"""What choosing the circles to be taken apart costs at least, as work is counted."""

_TEAM = 20_000
"""The least work that one team wants for a bound."""

_LOW = 1e-4
"""A bound that is only by this share above the prices of the circles known could not get lower."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How much to do, in steps and not in seconds."""

    heat: float
    """What annealing begins with."""
    steps: int
    """Of annealing, for each person."""
    looks: int
    """The most looks for circles worth more than their seats."""
    look: Look
    share: float
    """What share of the circles is taken at a time."""
    near: Look
    """How to look among few circles."""
    width: int
    """How many circles are taken apart at a time, to be put together again: from half as many to
    half as many again."""
    work: int
    """How much of that, as :class:`Market` counts it."""
    bound: int
    """How much work a bound may take; without any there is none."""


@dataclass(frozen=True, slots=True)
class Means:
    """What a search is done with."""

    chance: Chance
    watch: Watch
    hands: Hands = one_by_one


_PREVIEW = 150
"""Up to so many people, circles are there within three seconds."""

_FEW = 400
"""Up to so many people, there is time to look at every team, and for a close bound."""


def plan(effort: Effort, people: int) -> Plan:
    """By effort and size."""
    few = people <= _FEW
    look = Look(each=3, likely=20, nodes=20, most=8_000, teams=1_500)
    normal = Plan(
        heat=12.0,
        steps=400,
        looks=8,
        look=look,
        share=0.1,
        near=replace(look, teams=200),
        width=16 if few else 12,
        work=_work(people),
        bound=(12_000_000 if people > _PREVIEW else 2_500_000) if few else 0,
    )
    match effort:
        case Effort.QUICK:
            work = 20_000 * people
            look = replace(look, teams=1_000)
            return replace(normal, steps=300, looks=5, look=look, share=0.2, work=work, bound=0)
        case Effort.NORMAL:
            return normal
        case Effort.THOROUGH:
            work = 300_000_000 if few else 500_000 * people
            look = Look(each=3, likely=30, nodes=40, most=10_000, teams=6_000)
            return Plan(
                heat=20.0,
                steps=1_000,
                looks=12,
                look=look,
                share=0.06,
                near=replace(look, teams=400),
                width=18,
                work=work,
                bound=work // 3,
            )


def _work(people: int) -> int:
    """By size: little for few people, whose moderators wait for a preview."""
    if people <= _PREVIEW:
        return 30_000 * people
    return 20_000_000 if people <= _FEW else 50_000 * people


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
    table = Table(problem, seed)
    table.lock(locks)
    if effort is Effort.THOROUGH:
        # so that it is never worse than what less effort finds
        before = plan(Effort.NORMAL, len(problem.people))
        improve(table, before, Means(Chance(seed), lambda _done, best: watch(0.0, best), hands))
    chosen = plan(effort, len(problem.people))
    _, bound = improve(table, chosen, Means(Chance(seed), watch, hands))
    table.fill()
    whole = not (locks.circles or locks.seats) and len(questions_of(problem)) < QUESTIONS
    return table.circles(), bound if whole else None


def improve(
    table: Table, plan: Plan, means: Means, paid: Shares | None = None
) -> tuple[Shares | None, float | None]:
    """Search on from this arrangement.

    Returns the prices of all seats, and a valid bound, where they came out of it. With prices
    already ``paid``, neither annealing nor diving is done: circles are only put together again.
    """
    board, watch = table.board, means.watch
    if not (len(board.pupils) and len(board.tutors)):
        return None, None
    table.acquaint()
    seen = table.rows(table.free()), board.values[table.free()]
    if paid is None:
        twin = table.twin(means.chance.bits(), _SEEN)
        steps = plan.steps * len(board.place)
        twin.anneal(steps, lambda done, best: watch(_ANNEALING * done, best), plan.heat)
        if twin.total() > table.total():
            table.take_over(twin)
        seen = twin.seen()
    if not (len(table.free()) and table.has_pairs):
        return None, None
    workspaces = table.workspaces(PIECES, _FOUND)
    market = _opened(table, seen, workspaces, paid)
    _look(table, market, plan, means)
    rows, prices, total = market.rows, market.prices, market.sum
    if paid is None:
        _dive(table, market, plan, means.hands)
    watch(_DIVING, table.total())
    _polish(table, workspaces, plan, (rows, prices), means)
    table.cool(_LAST * len(board.place))
    market = Market(table.people, table.rules, workspaces, market.whole, prices)
    if not plan.bound or market.teams() > plan.bound // _TEAM:
        return prices, None
    market.learn(rows, table.values(rows))
    market.sum = total
    return prices, _bound(table, market, plan.bound, means.hands)


def _opened(
    table: Table, seen: tuple[Numbers, Shares], workspaces: Sequence[Workspace], paid: Shares | None
) -> Market:
    """A market of all that is not locked, in which the circles are known that were seen."""
    free = table.free()
    rows = np.vstack([table.rows(free), seen[0]])
    values = np.concatenate((table.board.values[free], seen[1]))
    capacity = table.waiting() + table.taken(free)
    prices = np.zeros(len(capacity)) if paid is None else paid
    market = Market(table.people, table.rules, workspaces, capacity, prices)
    fits = as_columns(rows, values, len(capacity) // 2).fit(capacity) & (values > 0.0)
    market.learn(rows[fits], values[fits])
    market.sum = table.total()
    if paid is None:
        columns = market.columns
        lengths = np.diff(columns.starts)
        each = np.repeat(columns.values / lengths, lengths)
        np.maximum.at(market.prices, columns.seats, each)
    return market


def _look(table: Table, market: Market, plan: Plan, means: Means) -> None:
    """Look for circles worth more than their seats until hardly any come."""
    for turn in range(plan.looks):
        done = _ANNEALING + (_PRICING - _ANNEALING) * turn / plan.looks
        means.watch(done, table.total())
        market.settle()
        if market.look(plan.look, hands=means.hands) < _ENOUGH * len(market.rows):
            break
    market.settle()


def _dive(table: Table, market: Market, plan: Plan, hands: Hands) -> None:
    """Put the choice that diving finds in place, if it is better than what is there."""
    free = table.free()
    chosen, worth = market.dive(plan.share, plan.look, hands)
    if worth > float(table.board.values[free].sum()):
        table.put(free, [split(row) for row in chosen.tolist()])
        table.fill()


def _polish(
    table: Table,
    workspaces: Sequence[Workspace],
    plan: Plan,
    known: tuple[Numbers, Shares],
    means: Means,
) -> None:
    """Take some circles apart and put them together again, many times over."""
    chance, (rows, prices) = means.chance, known
    values = table.values(rows)
    columns = as_columns(rows, values, len(prices) // 2)
    best, work = table.twin(0, 0), 0
    while work < plan.work:
        done = work / plan.work
        means.watch(_DIVING + (1.0 - _DIVING) * done, best.total())
        left, waiting = table.free(), table.waiting()
        if not len(left):
            break
        width = plan.width // 2 + chance.below(plan.width)
        pieces = max(1, min(PIECES, len(left) // width))
        markets: list[tuple[Numbers, Market]] = []
        lots = np.floor(_lots(chance, len(waiting)) * pieces)
        for piece in range(pieces):
            slots = table.related(left, chance, width)
            left = np.setdiff1d(left, slots)
            capacity = table.taken(slots) + waiting * (lots == piece)
            noisy = prices * (1.0 + _NOISE * (_lots(chance, len(prices)) - 0.5))
            market = Market(
                table.people, table.rules, workspaces[piece : piece + 1], capacity, noisy
            )
            if chance.share() < _SHUN:
                market.shun(table.rows(slots[:1]))
            fits = columns.fit(capacity)
            market.learn(rows[fits], values[fits])
            market.learn(table.rows(slots), table.board.values[slots])
            market.sum = float(table.board.values[slots].sum())
            markets.append((slots, market))
        dives = [partial(market.dive, 0.2, plan.near) for _, market in markets]
        for (slots, market), (chosen, worth) in zip(markets, list(means.hands(dives)), strict=True):
            old = float(table.board.values[slots].sum())
            if worth > old - _LOSS * (1.0 - done) ** 2 * chance.share():
                table.put(slots, [split(row) for row in chosen.tolist()])
            work += market.work + _ROUND
        if table.total() > best.total():
            best.take_over(table)
    table.take_over(best)


def _bound(table: Table, market: Market, work: int, hands: Hands) -> float:
    """What no arrangement is worth more than, looking at every team and everybody who fits: ever
    more carefully, while there is work left to do."""
    lowest, nodes = float("inf"), 20
    while True:
        market.settle()
        before = market.work
        found = market.look(Look(2, EVERYBODY, nodes, 8_000, EVERYBODY), hands=hands)
        lowest = min(lowest, market.ceiling())
        if not found and not market.given_up:
            break
        if lowest <= (1.0 + _LOW) * max(market.sum, table.total()):
            break
        nodes *= 3 if market.given_up else 1
        if market.work + 3 * (market.work - before) > work:
            break
    return lowest


def _lots(chance: Chance, count: int) -> Shares:
    """So many random numbers from 0.0 up to, and without, 1.0."""
    mixed = np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    mixed += np.uint64(chance.bits())
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    mixed ^= mixed >> np.uint64(31)
    return (mixed >> np.uint64(11)).astype(np.float64) * 2.0**-53


def warm() -> None:
    """Compile everything now, so that the first real search need not wait for it."""
    from datetime import date

    from bot.core.matching.definition.model import Person, Role, Settings

    people = [
        Person(str(i), Role.MENTOR if i < 3 else Role.MENTEE, ("en",), "en", (1 << 40) - 1)
        for i in range(12)
    ]
    problem = Problem(tuple(people), Settings(date(2026, 1, 1)))
    small = replace(plan(Effort.QUICK, 12), work=50_000, bound=50_000)
    table = Table(problem, 1)
    table.sit(Circle(("0",), ("3", "4", "5")))
    improve(table, small, Means(Chance(1), lambda _done, _best: None))
    table.fill()

"""How much to do: by effort and size, in steps and never in seconds.

An effort is some starts, each a search of its own with its own seed, in one or more legs. A greater
effort has all legs of a lesser one, in the same order, so that it never finds less.
"""

from dataclasses import replace

from bot.core.matching.definition.model import Effort
from bot.core.matching.search.machine import Plan

Legs = tuple[Plan, ...]

_COLD = 1.0
"""What annealing ends with."""

_FEW, _SOME = 150, 400
"""Up to so many people there is time for several starts, and up to so many for more work."""

_BOUND = {Effort.QUICK: 3_000_000, Effort.NORMAL: 6_000_000, Effort.THOROUGH: 60_000_000}
"""How much work a bound may take, in nodes, for up to 400 people."""

_PROVING = {Effort.QUICK: 60_000_000, Effort.NORMAL: 600_000_000, Effort.THOROUGH: 3_000_000_000}
"""How much work a proof may take, in circles priced."""


def starts(effort: Effort, people: int) -> tuple[Legs, ...]:
    """The searches of this effort, for so many people at once."""
    quick = cooled(Plan(work=10_000 * people, listing=1_500_000, proving=_PROVING[effort]), people)
    if effort is Effort.QUICK:
        return ((quick,),)
    normal = replace(quick, work=(30_000 if people <= _SOME else 12_000) * people, listing=0)
    others: tuple[Legs, ...] = ((normal,),) * (3 if people <= _FEW else 1 if people <= _SOME else 0)
    if effort is Effort.NORMAL:
        return ((quick, normal), *others)
    long = replace(normal, work=80_000 * people, near_teams=400)
    fresh = (cooled(replace(long, steps=1_000), people),)
    return (
        (quick, normal, long),
        *((*legs, long) for legs in others),
        *[fresh] * (6 if people <= _SOME else 2),
    )


def bounding(effort: Effort, people: int) -> Plan:
    """The plan for a bound."""
    return Plan(bound=min(_BOUND[effort] * max(1, people // 200), 2_000_000_000))


def cooled(plan: Plan, people: int) -> Plan:
    """The plan, annealing from its heat to cold in its steps."""
    steps = max(1, plan.steps * people)
    return replace(plan, cooling=(_COLD / plan.heat) ** (1.0 / steps))

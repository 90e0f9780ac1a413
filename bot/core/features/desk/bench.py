"""A draft on the workbench: with the people as they now are, scored anew and with its faults."""

from dataclasses import dataclass, replace
from functools import cached_property

from bot.core.boundary.ids import PersonId
from bot.core.features.desk.search import as_circle, fingerprint
from bot.core.matching.definition.facts import Broken, MenteeTwice, OverCapacity
from bot.core.matching.definition.model import MemberScore, Problem, ScoredCircle, Unplaced
from bot.core.matching.definition.score import objective, score_circle
from bot.core.matching.engine import check, check_all
from bot.core.matching.telling.unplaced import unplaced
from bot.core.programme.drafts.model import Draft
from bot.core.programme.drafts.problem import LeftOut, Pool, pool
from bot.core.programme.seasons.model import Season
from bot.core.programme.unit import Unit


@dataclass(frozen=True)
class Bench:
    """Everything that is said of a draft follows from these."""

    season: Season
    draft: Draft
    pool: Pool

    @property
    def problem(self) -> Problem:
        """Who takes part."""
        return self.pool.problem

    @property
    def left_out(self) -> tuple[tuple[PersonId, LeftOut], ...]:
        """Who takes no part, and why."""
        return self.pool.left_out

    @cached_property
    def scored(self) -> tuple[ScoredCircle, ...]:
        """The draft's circles, in its order."""
        return tuple(score_circle(self.problem, as_circle(one)) for one in self.draft.circles)

    @cached_property
    def unplaced(self) -> tuple[Unplaced, ...]:
        """Who takes part and has no seat at all."""
        without = unplaced(self.problem, self.scored)
        return tuple(one for one in without if one.id not in self.seated)

    @cached_property
    def seated(self) -> frozenset[str]:
        """Everybody with a seat."""
        return frozenset(who for circle in self.draft.circles for who in circle.people)

    @cached_property
    def objective(self) -> float:
        """What this arrangement is worth."""
        return objective(self.scored)

    @property
    def gap(self) -> float | None:
        """By what share any other arrangement could be better; None when nobody has worked it out
        for the people as they now are."""
        draft = self.draft
        if not draft.circles or draft.bound_for != fingerprint(self.problem):
            return None
        bound = max(draft.upper_bound, self.objective)
        return (bound - self.objective) / self.objective if self.objective > 0 else None

    @property
    def worst(self) -> list[tuple[int, MemberScore]]:
        """Every seat with its circle's index, worst-off first."""
        seats = [(index, m) for index, one in enumerate(self.scored) for m in one.members]
        return sorted(seats, key=lambda seat: (seat[1].score, seat[1].id))

    @cached_property
    def broken(self) -> dict[int, tuple[Broken, ...]]:
        """Which circles break a rule now, by index; none when the draft can be published."""
        circles = [as_circle(one) for one in self.draft.circles]
        alone = {index: check(self.problem, one) for index, one in enumerate(circles)}
        faults = {index: some for index, some in alone.items() if some}
        for one in check_all(self.problem, circles):
            if isinstance(one, OverCapacity | MenteeTwice):
                index = next(i for i, circle in enumerate(circles) if one.who in circle.people)
                faults[index] = (*faults.get(index, ()), one)
        return faults


def bench(season: Season, draft: Draft, unit: Unit) -> Bench:
    """The draft over today's people: whoever left, paused or waits again is not in it."""
    people = pool(season, unit)
    gone = frozenset(
        who for circle in draft.circles for who in circle.people if not people.problem.knows(who)
    )
    tidy = draft.without(gone)
    circles = tuple(circle for circle in tidy.circles if circle.people)
    return Bench(season, replace(tidy, circles=circles), people)


def indexes(bench: Bench) -> dict[str, int]:
    """Each circle's index by its name as people may type it."""
    return {circle.name.casefold(): index for index, circle in enumerate(bench.draft.circles)}

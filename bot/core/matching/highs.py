"""The best choice of circles that share no seat, by the HiGHS solver: for more of them than plain
Python can choose among. The same task as in ``packing``.
"""

from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

from bot.core.matching.kernel import Numbers, Shares

_SLACK = 1e-6
_SIFTED, _SIFTS = 1_000, 12
"""How many columns are added at a time to a linear relaxation, and how often."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Circles that may be chosen: what each is worth and, one after the other, the seats taken."""

    values: Shares
    starts: Numbers
    seats: Numbers

    @property
    def lengths(self) -> Numbers:
        """How many seats each takes."""
        return np.diff(self.starts)

    def above(self, prices: Shares) -> Shares:
        """How much more each is worth than its seats."""
        paid: Shares = np.add.reduceat(prices[self.seats], self.starts[:-1])
        return self.values - paid

    def some(self, which: NDArray[np.int64]) -> "Columns":
        """Only these, in this order."""
        lengths = self.lengths[which]
        starts = np.concatenate(([0], np.cumsum(lengths)))
        shift = np.repeat(self.starts[which] - starts[:-1], lengths)
        return Columns(self.values[which], starts, self.seats[np.arange(starts[-1]) + shift])


@dataclass(frozen=True, slots=True)
class Care:
    """How carefully to choose."""

    columns: int
    """The most columns that are chosen among exactly; of more, those with the best prices."""
    nodes: int


def pack(columns: Columns, capacity: Numbers, start: Numbers, care: Care) -> tuple[Numbers, float]:
    """The best choice found (by index), and a valid bound on any choice.

    ``start`` is a choice already known; nothing worse comes back.
    """
    known = float(columns.values[start].sum())
    paid = prices(columns, capacity)
    above = columns.above(paid)
    bound = float((capacity * paid).sum() + np.maximum(above, 0.0).sum())
    if bound <= known + _SLACK:
        return start, known
    kept = np.nonzero(above >= -(bound - known) - _SLACK)[0]
    exact = len(kept) <= care.columns
    if not exact:
        order = np.argsort(-above[kept], kind="stable")[: care.columns]
        kept = np.unique(np.concatenate((kept[order], start)))
    chosen, best = _choose(columns.some(kept), capacity, np.isin(kept, start), care.nodes)
    chosen = kept[chosen]
    value = float(columns.values[chosen].sum())
    if value < known:
        chosen, value = start, known
    if exact:
        bound = min(bound, max(best, value))
    return chosen, max(bound, value)


def _model(columns: Columns, capacity: Numbers) -> highspy.HighsLp:
    count, rows = len(columns.values), len(capacity)
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = count, rows
    model.col_cost_ = -columns.values
    model.col_lower_, model.col_upper_ = np.zeros(count), np.ones(count)
    model.row_lower_, model.row_upper_ = np.full(rows, -highspy.kHighsInf), capacity.astype(float)
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = columns.starts
    model.a_matrix_.index_ = columns.seats
    model.a_matrix_.value_ = np.ones(len(columns.seats))
    return model


def _solver() -> highspy.Highs:
    solver: highspy.Highs = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("random_seed", 1)
    return solver


def prices(columns: Columns, capacity: Numbers, near: float = 0.0) -> Shares:
    """A price for each seat, from the linear relaxation.

    Of a part of the columns at first, to which those are added that turn out to be worth more than
    their seats. ``near`` is by what share the bound that follows from the prices may miss the
    lowest.
    """
    found: Shares = np.zeros(len(capacity))
    np.maximum.at(
        found, columns.seats, np.repeat(columns.values / columns.lengths, columns.lengths)
    )
    looked_at = np.zeros(len(columns.values), np.bool_)
    for _ in range(_SIFTS):
        above = np.where(looked_at, -np.inf, columns.above(found))
        better = np.argsort(-above, kind="stable")[:_SIFTED]
        if looked_at.any():
            better = better[above[better] > _SLACK]
            missing = float(above[above > 0.0].sum())
            if missing <= near * float((capacity * found).sum()):
                break
        looked_at[better] = True
        solver = _solver()
        solver.passModel(_model(columns.some(np.nonzero(looked_at)[0]), capacity))
        solver.run()
        found = np.maximum(0.0, -np.array(solver.getSolution().row_dual))
    return found


def _choose(
    columns: Columns, capacity: Numbers, start: NDArray[np.bool_], nodes: int
) -> tuple[Numbers, float]:
    """The best choice found by branching, and the solver's bound."""
    model = _model(columns, capacity)
    model.integrality_ = [highspy.HighsVarType.kInteger] * len(columns.values)
    solver = _solver()
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("mip_max_nodes", nodes)
    solver.passModel(model)
    solution = highspy.HighsSolution()
    solution.col_value = start.astype(float).tolist()
    solver.setSolution(solution)
    solver.run()
    chosen = np.nonzero(np.array(solver.getSolution().col_value) > 0.5)[0]
    return chosen, -solver.getInfo().mip_dual_bound + _SLACK

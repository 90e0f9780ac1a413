"""The best choice of circles that share no seat, by the HiGHS solver: for more of them than plain
Python can choose among. The same task as in ``packing``.
"""

from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

from bot.core.matching.kernel import Numbers, Shares

_SLACK = 1e-6


@dataclass(frozen=True, slots=True)
class Columns:
    """Circles that may be chosen: what each is worth and, one after the other, the seats taken."""

    values: Shares
    starts: Numbers
    seats: Numbers

    def some(self, which: NDArray[np.int64]) -> "Columns":
        """Only these, in this order."""
        lengths = np.diff(self.starts)[which]
        seats = [self.seats[self.starts[i] : self.starts[i + 1]] for i in which]
        return Columns(
            self.values[which],
            np.concatenate(([0], np.cumsum(lengths))),
            np.concatenate(seats) if seats else np.zeros(0, np.int64),
        )


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
    prices = _prices(columns, capacity)
    above = columns.values - np.add.reduceat(prices[columns.seats], columns.starts[:-1])
    bound = float((capacity * prices).sum() + np.maximum(above, 0.0).sum())
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


def _prices(columns: Columns, capacity: Numbers) -> Shares:
    """A price for each seat, from the linear relaxation."""
    solver = _solver()
    solver.passModel(_model(columns, capacity))
    solver.run()
    duals = np.array(solver.getSolution().row_dual)
    prices: Shares = np.maximum(0.0, -duals)
    return prices


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

"""A map of what trains: the loss at the end over learning rate and seed, or initial scale.

Each cell is a run of its own, by nncore.sweep and on the page's own data. All cells of a coarse
grid come first, then those between them, so that the whole map is there soon and becomes finer. A
Window says which part of the plane is looked at: learning rates by their logarithm.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from explorer.learning import by_hand
from explorer.learning.problem import Problem, make_problem
from explorer.learning.setups import seeds_from, setup_of, usable
from explorer.learning.until import Until
from explorer.learning.working import Workers, Working
from explorer.settings.settings import KNOBS, Settings
from nncore import Sequential
from nncore.arrays import FloatArray, IntArray, twin
from nncore.kernel.engine import Engine
from nncore.sweep import Run, Setup

SEED, SCALE = "seed", "scale"  # what goes up
SIDES = (16, 32, 64)  # cells along a side
COARSEST = 8  # cells from one to the next of those that come first
SCALES = -2.0, 2.0  # powers of ten that the first weights are multiplied by, at first
LIMIT = 6.0  # the farthest that these may go
BLOWN_UP = 1000.0  # a loss that has grown by this factor counts as blown up
UNKNOWN, SOLVED, BETTER, WORSE, DIVERGED = range(5)  # what became of a cell


@dataclass(frozen=True)
class Window:
    """The part of the plane that is looked at, `n` cells along each side.

    Attributes:
        low: The power of ten of the learning rates at the left.
        high: That at the right.
        up: SEED or SCALE.
        bottom: The power of ten that the first weights are multiplied by at the bottom, with SCALE.
        top: That at the top.
    """

    n: int
    up: str
    low: float
    high: float
    bottom: float = SCALES[0]
    top: float = SCALES[1]

    def rate(self, column: int) -> float:
        """The learning rate of a column, rounded so that it can be written down."""
        return rounded(self.low + (self.high - self.low) * column / (self.n - 1))

    def scale(self, row: int) -> float:
        """What the first weights of a row are multiplied by; the first row is at the bottom."""
        return rounded(self.bottom + (self.top - self.bottom) * row / (self.n - 1))

    def zoomed(self, row: int, column: int, factor: float) -> Window:
        """The window that shows `factor` times as much around a cell; seeds have no order, so
        that only learning rates come closer there."""
        kind = KNOBS["learning_rate"].metadata["kind"]
        ends = math.log10(kind.low), math.log10(kind.high)
        low, high = around(self.low, self.high, column / (self.n - 1), factor, ends)
        if self.up == SEED:
            return replace(self, low=low, high=high)
        limits = (-LIMIT, LIMIT)
        bottom, top = around(self.bottom, self.top, row / (self.n - 1), factor, limits)
        return replace(self, low=low, high=high, bottom=bottom, top=top)


def rounded(power: float) -> float:
    """Ten to this power, to six digits."""
    return float(f"{10**power:.6g}")


def around(
    low: float, high: float, place: float, factor: float, limits: tuple[float, float]
) -> tuple[float, float]:
    """An interval `factor` as long around a place (0 to 1) of another, within the limits."""
    middle, half = low + (high - low) * place, (high - low) * factor / 2
    half = min(half, (limits[1] - limits[0]) / 2)
    middle = min(max(middle, limits[0] + half), limits[1] - half)
    return middle - half, middle + half


class TrainingMap:
    """Trains the cells of a window. Arrays are (n, n), the first row at the bottom.

    Args:
        below: The loss under which a run counts as solved.

    Attributes:
        losses: At the end, infinite where it blew up; NaN where it is not known.
        begins: (n,) the loss of each row's untrained network.
    """

    def __init__(
        self, settings: Settings, window: Window, epochs: int, below: float,
        engine: Engine | None = None, crew: Workers | None = None,
    ) -> None:  # fmt: skip
        self.base = replace(settings, stop_epoch=0, stop_loss=0.0, **by_hand.NOTHING)
        self.window, self.epochs, self.below = window, epochs, below
        self.engine = usable(engine, settings)
        self.seeds = seeds_from(settings.seed, window.n)
        self.losses = np.full((window.n, window.n), np.nan)
        self.begins = np.full(window.n, np.nan)
        self.stride = np.zeros((window.n, window.n), int)  # of the cell that stands for each
        self.shown = self.losses.copy()  # with coarse cells in place of what is not known
        self.done, self.stopped = 0, False
        self._rows: dict[int, tuple[Problem, Sequential, FloatArray]] = {}
        self._strides: dict[tuple[int, int], int] = {}
        self._working = Working(self._setups(), epochs, self.engine, crew)

    @property
    def total(self) -> int:
        return self.window.n**2

    @property
    def is_running(self) -> bool:
        return not self.stopped and self.done < self.total

    def stop(self) -> None:
        """End it: what is there stays."""
        self.stopped = True
        self._forget()

    def _forget(self) -> None:
        self._working.close()
        self._rows.clear()

    def work(self, deadline: Until) -> bool:
        """Train until the deadline, at least a little; return whether there is something new."""
        runs = self._working.work(deadline)
        for run in runs:
            self._take(run)
        return bool(runs)

    def settings_of(self, row: int, column: int) -> Settings | None:
        """The settings that such a run is opened by; None where its first weights are more than
        settings can carry."""
        settings = self._settings(row, column)
        if self.window.up == SEED:
            return settings
        problem, model, params = self._row(row)
        drawn = model.init(twin(problem.stream))
        told = by_hand.described(drawn, params, np.zeros(len(drawn), bool))
        return None if told is None else replace(settings, **told)

    def fates(self) -> IntArray:
        """What became of every cell, by what is shown: SOLVED, BETTER or WORSE than untrained,
        DIVERGED or UNKNOWN, (n, n)."""
        shown, begins = self.shown, self.begins[:, np.newaxis]
        with np.errstate(invalid="ignore"):
            fates = np.where(shown < begins, BETTER, WORSE)
            fates[shown < self.below] = SOLVED
            fates[shown > BLOWN_UP * begins] = DIVERGED
        fates[np.isnan(shown)] = UNKNOWN
        return fates

    def heights(self) -> FloatArray:
        """What is shown as colours, (n, n): 1 where solved or better, 0 where the loss is that of
        the untrained network, -1 where it has blown up, by the logarithm in between."""
        begins = self.begins[:, np.newaxis]
        with np.errstate(all="ignore"):
            gain = np.log(begins / self.shown)
            down = gain / np.log(begins / np.minimum(self.below, begins / 2))
            up = gain / np.log(BLOWN_UP)
            tame = np.where(gain > 0, down, np.maximum(-np.sqrt(-up), -1.0))
        heights: FloatArray = np.nan_to_num(tame, nan=0.0, neginf=-1.0, posinf=1.0)
        return heights.clip(-1, 1)

    # Training -----------------------------------------------------------------------------------

    def _settings(self, row: int, column: int) -> Settings:
        seed = self.seeds[row] if self.window.up == SEED else self.base.seed
        return replace(self.base, seed=seed, learning_rate=self.window.rate(column))

    def _row(self, row: int) -> tuple[Problem, Sequential, FloatArray]:
        """(problem, model, first parameters) of a row's runs; made once."""
        if row not in self._rows:
            by_seed = self.window.up == SEED
            first = next(iter(self._rows.values()), None)
            if by_seed or first is None:
                settings = self._settings(row, 0)
                problem = make_problem(settings, self.engine)
                model = problem.model(settings)
            else:
                problem, model, _ = first
            params = model.init(twin(problem.stream))
            if not by_seed:
                params = np.where(model.is_weight, params * self.window.scale(row), params)
            rows = problem.test if len(problem.test.inputs) else problem.train
            with np.errstate(all="ignore"):
                begin = model.loss(params, rows.inputs, rows.targets, problem.loss)
            self.begins[row] = begin
            self._rows[row] = problem, model, params
        return self._rows[row]

    def _setups(self) -> Iterator[Setup]:
        n, known = self.window.n, set()
        stride = COARSEST
        while stride:
            for row in range(0, n, stride):
                for column in range(0, n, stride):
                    if (row, column) not in known:
                        known.add((row, column))
                        self._strides[row, column] = stride
                        yield self._setup(row, column)
            stride //= 2

    def _setup(self, row: int, column: int) -> Setup:
        problem, model, params = self._row(row)
        setup = setup_of(
            self._settings(row, column), problem, {"row": row, "column": column}, model
        )
        return replace(setup, params=params)

    def _take(self, run: Run) -> None:
        row, column = run.choice["row"], run.choice["column"]
        loss = math.inf if run.diverged else float(run.losses[-1, -1])
        self.losses[row, column] = loss
        stride = self._strides.pop((row, column))
        block = slice(row, row + stride), slice(column, column + stride)
        coarser = (self.stride[block] == 0) | (self.stride[block] >= stride)
        self.shown[block] = np.where(coarser, loss, self.shown[block])
        self.stride[block] = np.where(coarser, stride, self.stride[block])
        for each in range(row, min(row + stride, self.window.n)):
            if np.isnan(self.begins[each]):
                self.begins[each] = self.begins[row]
        self.done += 1
        if self.done == self.total:
            self._forget()

"""Many runs over some values and seeds, trained a little in every frame.

A Variation says what is varied; each combination of values is a Cell of runs, one for each seed.
The runs themselves are those of nncore.sweep, on the very data and first weights that the page
would use for such settings, so that any of them can be opened again exactly.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any

import numpy as np

from explorer.learning import by_hand
from explorer.learning.features import features
from explorer.learning.map_computer import grid
from explorer.learning.problem import Problem, make_problem, outline
from explorer.learning.setups import seeds_from, setup_of, usable
from explorer.learning.until import Until
from explorer.learning.working import Workers, Working
from explorer.settings.fields import Whole
from explorer.settings.settings import KNOBS, Settings, invalidated
from nncore import Sequential
from nncore.arrays import FloatArray, IntArray
from nncore.kernel.engine import Engine
from nncore.sweep import Run, Setup

MOST_RUNS, MOST_CELLS, MOST_SEEDS, MOST_EPOCHS = 4096, 64, 1000, 100_000
# Multiplications and additions a second that a browser can be expected to do, compiled or not.
FLOPS, FLOPS_OF_NUMPY = 3e9, 1.5e8
ACTIVATION = 30  # what an activation costs, in these
KEPT_ROWS = 200_000  # rows of problems that are kept for other cells of the same seed
# What stands for a number of neurons: in the only hidden layer, or in the first.
ONE_LAYER, UNITS = "one_layer", "units"
NEURONS = Whole(1, KNOBS["network_shape"].metadata["kind"].most_units)
# What may be varied, and the values that are offered first.
OFFERED = {
    ONE_LAYER: "1 2 3 4 5 6 7 8",
    UNITS: "1 2 3 4 5 6 7 8",
    "network_shape": "2 4 4,2 8,8",
    "learning_rate": "0.003 0.01 0.03 0.1 0.3 1",
    "activation": "tanh relu sigmoid linear",
    "optimizer": "sgd momentum rmsprop adam",
    "batch_size": "1 5 10 30",
    "regularization_rate": "0 0.001 0.003 0.01 0.03 0.1",
    "initializer": "zeros uniform glorot_uniform he_normal",
    "noise": "0 10 20 30 40 50",
    "train_share": "10 30 50 70 90",
}


def offered(settings: Settings) -> dict[str, str]:
    """What may be varied of an experiment: tables have no noise."""
    on_plane = settings.view == "playground"
    return {name: texts for name, texts in OFFERED.items() if on_plane or name != "noise"}


def with_value(settings: Settings, name: str, text: str) -> Settings:
    """Return settings with another value, read from text.

    Raises:
        BadValue: If the text is no such value.
    """
    if name not in (ONE_LAYER, UNITS):
        return settings.with_text(name, text)
    units = NEURONS.read(text)
    rest = settings.network_shape[1:] if name == UNITS else ()
    return replace(settings, network_shape=(units, *rest))


@dataclass(frozen=True)
class Variation:
    """What is varied: base settings, {name: texts of its values}, seeds and epochs."""

    base: Settings
    values: Mapping[str, list[str]]
    n_seeds: int
    epochs: int

    @property
    def cells(self) -> list[tuple[dict[str, str], Settings]]:
        """Yield ({name: text}, settings) of every combination.

        Raises:
            BadValue: For a bad value.
        """
        found = []
        for texts in product(*self.values.values()):
            choice = dict(zip(self.values, texts, strict=True))
            settings = replace(self.base, stop_epoch=0, stop_loss=0.0, **by_hand.NOTHING)
            for name, text in choice.items():
                settings = with_value(settings, name, text)
            found.append((choice, settings))
        return found

    @property
    def n_cells(self) -> int:
        return math.prod(len(texts) for texts in self.values.values())

    @property
    def n_runs(self) -> int:
        return self.n_cells * self.n_seeds


def seconds_expected(variation: Variation) -> float:
    """How long all runs may take, roughly."""
    _, settings = variation.cells[0]
    problem = make_problem(settings)
    model, rows = problem.model(settings), len(problem.train.inputs)
    units = sum(layer.units for layer in model.layers)
    work = rows * (6 * model.n_params + ACTIVATION * units) * variation.epochs
    is_compiled = variation.base.engine == "compiled"
    return variation.n_runs * work / (FLOPS if is_compiled else FLOPS_OF_NUMPY)


@dataclass
class Cell:
    """One combination of values: its settings, and the runs that are done, by seed."""

    choice: dict[str, str]
    settings: Settings
    runs: dict[str, Run] = field(default_factory=dict)
    # One like that of its runs, for what does not depend on the seed; None before the first run.
    problem: Problem | None = None
    model: Sequential | None = None

    def finals(self) -> FloatArray:
        """The loss of each run at its end, on the test rows where there are any; inf if it blew
        up."""
        return np.array([final(run) for run in self.runs.values()])

    def solved(self, below: float) -> int:
        """How many runs end with a loss below this number."""
        return int((self.finals() < below).sum())

    def typical(self) -> tuple[str, Run]:
        """(seed, run) in the middle of all, by their loss at the end."""
        order = np.argsort(self.finals(), kind="stable")
        return list(self.runs.items())[int(order[(len(order) - 1) // 2])]

    def answers(self, cells: int) -> FloatArray:
        """What the typical run says over the plane: (cells * cells, outputs), -1 to 1 where there
        is one output, else shares of classes."""
        _, run = self.typical()
        assert self.problem is not None
        assert self.model is not None
        points = features(grid(cells), self.problem.input_names)
        answers = self.model.predict(run.params, points)
        return 2 * answers - 1 if self.problem.loss == "binary_crossentropy" else answers

    def quartiles(self) -> FloatArray:
        """First quartile, median and third of the losses at the end."""
        return quantiles(self.finals())

    def curves(self) -> tuple[IntArray, FloatArray]:
        """(epochs, quartiles of the loss at each, shape (3, k)); a run that blew up is infinite
        from there on."""
        longest = max(self.runs.values(), key=lambda run: len(run.epochs))
        table = np.full((len(self.runs), len(longest.epochs)), np.inf)
        for row, run in zip(table, self.runs.values(), strict=True):
            losses = run.losses[:, -1]
            row[: len(losses)] = np.where(np.isfinite(losses), losses, np.inf)
        return longest.epochs, quantiles(table)


def final(run: Run) -> float:
    """The loss at the end of a run."""
    return math.inf if run.diverged else float(run.losses[-1, -1])


def quantiles(losses: FloatArray) -> FloatArray:
    """The quartiles along the first axis: of the values themselves, so that inf does no harm."""
    return np.quantile(losses, [0.25, 0.5, 0.75], axis=0, method="inverted_cdf")


class Sweep:
    """Trains the runs of a Variation, cell by cell."""

    def __init__(
        self, variation: Variation, engine: Engine | None = None, crew: Workers | None = None
    ) -> None:
        self.variation = variation
        self.seeds = seeds_from(variation.base.seed, variation.n_seeds)
        self.cells = [Cell(*each) for each in variation.cells]
        self.engine = usable(engine, variation.base)
        self.done, self.stopped = 0, False
        # By seed: those of the cell before, and the first weights that its network drew.
        self.problems: dict[str, Problem] = {}
        self.drawn: dict[str, tuple[Sequential, FloatArray]] = {}
        self.working = Working(self.setups(), variation.epochs, self.engine, crew)

    @property
    def total(self) -> int:
        return self.variation.n_runs

    @property
    def is_running(self) -> bool:
        return not self.stopped and self.done < self.total

    def setups(self) -> Iterator[Setup]:
        before = None
        for number, cell in enumerate(self.cells):
            if before is None or not same_problem(before, cell.settings):
                self.problems.clear()
                self.drawn.clear()
            before = cell.settings
            for seed in self.seeds:
                settings = replace(cell.settings, seed=seed)
                yield self.setup(settings, cell, {"cell": number, "seed": seed})

    def setup(self, s: Settings, cell: Cell, choice: dict[str, Any]) -> Setup:
        problem = self.problem(s)
        if cell.model is None:
            cell.problem, cell.model = outline(s), problem.model(s)
            self.working.pace.restart()
        model, params = self.drawn.get(s.seed, (None, None))
        setup = setup_of(s, problem, choice, cell.model, params if model == cell.model else None)
        if not s.shuffle and s.seed in self.problems:
            assert setup.params is not None, "setup_of draws them"
            self.drawn[s.seed] = cell.model, setup.params
        return setup

    def problem(self, s: Settings) -> Problem:
        """The problem of these settings: that of the cell before if it is about the same data."""
        if s.seed in self.problems:
            return self.problems[s.seed]
        problem = make_problem(s, self.engine)
        rows = len(problem.train.inputs) + len(problem.test.inputs)
        if rows * len(self.seeds) <= KEPT_ROWS:
            self.problems[s.seed] = problem
        return problem

    def work(self, deadline: Until) -> list[int]:
        """Train until the deadline, at least a little; return the numbers of cells with new
        runs."""
        news = set()
        for run in self.working.work(deadline):
            cell = self.cells[run.choice["cell"]]
            cell.runs[run.choice["seed"]] = run
            self.done += 1
            news.add(run.choice["cell"])
            if len(cell.runs) == len(self.seeds):  # workers answer in any order
                cell.runs = {seed: cell.runs[seed] for seed in self.seeds}
        if not self.is_running:
            self.forget()
        return sorted(news)

    def stop(self) -> None:
        self.stopped = True
        self.forget()

    def forget(self) -> None:
        """Let go of what only further runs would need."""
        self.working.close()
        self.problems.clear()
        self.drawn.clear()


def same_problem(old: Settings, new: Settings) -> bool:
    """Whether two settings ask for the same rows, targets, loss and output layer."""
    free = ("network_shape", "activation", "layer_activations")
    same = {name: getattr(old, name) for name in free}
    return invalidated(old, replace(new, **same)) == "nothing"


def row_of(cell: Cell, seed: str, run: Run) -> list[str]:
    """One run as a row of a table: what it was, and what became of it."""
    loss = [repr(float(value)) for value in run.losses[-1]]
    return [
        *cell.choice.values(), seed, str(run.epochs[-1]), loss[0], loss[1] if loss[1:] else "",
        "yes" if run.diverged else "no",
    ]  # fmt: skip


def names_of(variation: Variation) -> list[str]:
    """The keys of a link that are varied; a number of neurons is part of the network's shape."""
    return [
        "units" if name in (ONE_LAYER, UNITS) else KNOBS[name].metadata["key"]
        for name in variation.values
    ]

"""What training changes, and how one batch changes it.

A Learner holds the parameters in training, the optimizer's memory and the weights that L1 has
switched off, and applies batches to them. A Progress says where training stands after that; it is
also all that a Learner needs to go on from there. nncore.kernel has a learner of its own, which
does the same in compiled code.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from nncore.arrays import BoolArray, FloatArray, IntArray
from nncore.batches import Batches
from nncore.losses import Loss
from nncore.measuring import Measure, Measured, Meter
from nncore.model import Sequential
from nncore.optimizer import Optimizer, OptimizerState
from nncore.regularizers import Regularizer, shrink
from nncore.workspace import Workspace, buffer


class TakesOver(Protocol):
    """What train() asks of an engine."""

    def take_over(self, learner: Learner, batches: Batches) -> Learning:
        """Return what learns in place of `learner`, or `learner` itself."""


class Learning(Protocol):
    """What train() asks of a learner: numbers to hand out, and to apply batches and epochs."""

    params: FloatArray
    state: OptimizerState
    dead: BoolArray
    outputs: FloatArray | None
    engine: str

    @property
    def optimizer(self) -> Optimizer:
        """The one whose learning rate is used."""

    def learn(self, batches: Batches, start: int, stop: int, learning_rate: float) -> None:
        """Apply the batches of the rows from number `start` of the order up to `stop`."""

    def run(
        self, batches: Batches, rates: FloatArray, measure: Measure
    ) -> tuple[FloatArray, FloatArray | None]:
        """Train rounds of whole epochs, measuring after each; see Learner."""

    def restart(
        self, params: FloatArray, optimizer: Optimizer, regularizer: Regularizer | None
    ) -> None:
        """Begin anew with other numbers; see Learner."""


@dataclass(frozen=True)
class Progress:
    """Where training stands after an epoch, some batches, or many epochs.

    `params`, `state`, `dead` and `outputs` are live: copy what you want to keep.

    Attributes:
        epoch: Completed epochs.
        batch: Batches done in the current epoch; 0 when one was just completed.
        n_batches: Batches in this epoch.
        position: Rows done in the current epoch; 0 when one was just completed.
        rows: Indices of the rows just learned from; None for every="epoch".
        params: The parameters in training, (n_params,).
        state: What the optimizer remembers.
        dead: Mask of the weights that L1 switched off, (n_params,).
        order: The row order of this epoch, (n,).
        learning_rate: The one just used, schedule included.
        engine: What did the work; in brackets, why it was not the engine that was asked for.
        outputs: With keep_outputs, what each row of `order` gave just before the step that it was
            part of, (n_outputs, n).
        measured: A Measured where train() was given a Measure, else None.
    """

    epoch: int
    batch: int
    n_batches: int
    position: int
    rows: IntArray | None
    params: FloatArray
    state: OptimizerState
    dead: BoolArray
    order: IntArray
    learning_rate: float
    engine: str = "NumPy"
    outputs: FloatArray | None = None
    measured: Measured | None = None


class Learner:
    """Parameters, optimizer memory and dead weights, and how one batch changes them."""

    def __init__(
        self,
        model: Sequential,
        params: FloatArray,
        rule: Loss,
        optimizer: Optimizer,
        regularizer: Regularizer | None,
        frozen: BoolArray,
        start: Progress | None,
    ) -> None:
        self.model, self.rule = model, rule
        self.optimizer, self.regularizer, self.engine = optimizer, regularizer, "NumPy"
        self.outputs: FloatArray | None = None
        self.params, self.gradient = buffer(model.n_params), buffer(model.n_params)
        self.params[:] = params
        self.state = optimizer.init(model.n_params)
        self.dead = np.zeros(model.n_params, dtype=bool)
        self.prunable = ~frozen
        self.is_weight = model.is_weight.astype(np.float64)
        self.workspaces: dict[int, Workspace] = {}
        self.meter: Meter | None = None
        if start is not None:
            self.dead |= start.dead
            same_kind = start.state.optimizer == self.state.optimizer
            if same_kind and start.state.slots.shape == self.state.slots.shape:
                self.state = start.state.copy()
        self.params[self.dead] = 0.0
        self.held = frozen | self.dead  # these parameters are put back after every step
        self.held_values = self.params.copy()
        self.any_held = bool(self.held.any())

    def restart(
        self, params: FloatArray, optimizer: Optimizer, regularizer: Regularizer | None
    ) -> None:
        """Begin anew from other parameters, with objects of the same kinds; nothing is dead."""
        self.optimizer, self.regularizer = optimizer, regularizer
        self.params[:] = params
        self.state = optimizer.init(self.model.n_params)
        self.dead[:] = False
        self.held, self.held_values = ~self.prunable, self.params.copy()
        self.any_held = bool(self.held.any())

    def workspace(self, n_rows: int) -> Workspace:
        """Return the workspace for batches of n_rows, bound to the parameters and gradient."""
        if n_rows not in self.workspaces:
            self.workspaces[n_rows] = Workspace(self.model, n_rows)
            self.workspaces[n_rows].bind(self.params, self.gradient)
        return self.workspaces[n_rows]

    def learn(self, batches: Batches, start: int, stop: int, learning_rate: float) -> None:
        """Apply the batches of the rows from number `start` of the order up to `stop`."""
        params, gradient, rule = self.params, self.gradient, self.rule
        update, regularizer, kept = self.optimizer.update, self.regularizer, self.outputs
        for x_and_ones, targets in batches.pieces(start, stop):
            n_rows = targets.shape[1]
            workspace = self.workspace(n_rows)
            outputs = workspace.forward(x_and_ones)
            if kept is not None:
                kept[:, start : start + n_rows] = outputs
                start += n_rows
            workspace.backward(x_and_ones, targets, rule)
            if regularizer is None:
                update(params, gradient, self.state, learning_rate)
            else:
                slope = regularizer.slope(params) * self.is_weight
                update(params, gradient, self.state, learning_rate)
                self._prune(shrink(regularizer, params, slope, learning_rate))
            if self.any_held:
                np.copyto(params, self.held_values, where=self.held)

    def run(
        self, batches: Batches, rates: FloatArray, measure: Measure
    ) -> tuple[FloatArray, FloatArray | None]:
        """Train rounds of whole epochs, measuring after each.

        Args:
            rates: (rounds, epochs in a round) learning rates.
            measure: What is measured, and when it ends the rounds.

        Returns:
            results: (k, sets, 2), the loss and the number of right answers, with k < rounds where
            `measure` ends it. params: (k, n_params), or None.
        """
        if self.meter is None:
            self.meter = Meter(self.model, self.rule.name, measure.sets)
        results: list[FloatArray] = []
        params: list[FloatArray] = []
        for row in rates:
            for rate in row:
                self.learn(batches, 0, batches.n, rate)
            results.append(self.meter(self.params))
            if measure.keeps_params:
                params.append(self.params.copy())
            if measure.ends(results[-1][:, 0]):
                break
        return np.array(results), np.array(params) if measure.keeps_params else None

    def _prune(self, crossed: BoolArray | None) -> None:
        """Switch the weights off that the L1 pull took across zero (frozen ones stay)."""
        if crossed is None:
            return
        crossed &= self.prunable
        self.dead |= crossed
        self.held |= crossed
        self.held_values[crossed] = 0.0
        self.any_held = True

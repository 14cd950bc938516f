"""One step of training, written down: forward, backward, the optimizer's update.

A Recorder is given to train() as its engine. It lets train's own NumPy code do the work and keeps
copies of what that code computes: every sum, output and delta, the gradient, the optimizer's
memory before and after. Nothing is computed a second time, so what is shown is what trains; and
without a Recorder nothing of this is there, so it costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from nncore.activations import ACTIVATIONS
from nncore.arrays import ArrayLike, BoolArray, FloatArray, IntArray
from nncore.batches import Batches
from nncore.checks import invalid, whole_number
from nncore.learner import Learner, Progress
from nncore.measuring import Measure
from nncore.model import Sequential
from nncore.optimizer import Optimizer, OptimizerState
from nncore.regularizers import Regularizer
from nncore.training import train
from nncore.workspace import Network, Workspace

Backprop: TypeAlias = Callable[[FloatArray, FloatArray, FloatArray], object]


@dataclass(frozen=True, eq=False)
class LayerRecord:
    """What passed through one layer, forward and back, for the n samples of a batch.

    Attributes:
        inputs: (n_in, n), what the layer was given.
        z, a: (units, n), its sums and outputs.
        upstream: dloss/da, (units, n); None for an output layer whose loss is fused with its
            activation.
        slope: f'(z), (units, n); None likewise.
        delta: dloss/dz, (units, n), which is upstream times slope. In a batch, upstream and delta
            carry the factor 1/n of the mean.
    """

    inputs: FloatArray
    z: FloatArray
    a: FloatArray
    upstream: FloatArray | None
    slope: FloatArray | None
    delta: FloatArray


@dataclass(frozen=True, eq=False)
class StepRecord:
    """One step of training on a batch of n samples. All arrays are copies.

    Attributes:
        rows: Which rows of the data, (n,).
        targets: (n_outputs, n).
        loss: The loss before the step.
        gradient: dloss/dparams, (n_params,).
        before, stepped, after: The parameters before the step, after the optimizer's update, and
            after the regularizer's pull and what holds weights fixed.
        pull: What the regularizer subtracts, (n_params,); zeros without one.
        memory_before, memory_after: The optimizer's state.
        held: Mask of parameters that were put back.
        pruned: Mask of weights that L1 switched off in this step.
    """

    model: Sequential
    loss_name: str
    optimizer: Optimizer
    regularizer: Regularizer | None
    learning_rate: float
    rows: IntArray
    targets: FloatArray
    layers: tuple[LayerRecord, ...]
    loss: float
    gradient: FloatArray
    before: FloatArray
    stepped: FloatArray
    pull: FloatArray
    after: FloatArray
    memory_before: OptimizerState
    memory_after: OptimizerState
    held: BoolArray
    pruned: BoolArray

    def per_sample(self, index: int) -> FloatArray:
        """Return each sample's own gradient of parameter `index`, (n,); their mean is the batch's.

        n times input times delta: undoing the factor 1/n that delta carries.
        """
        layer, row, unit = place_of(self.model, index)
        record = self.layers[layer]
        n = record.z.shape[1]
        inputs = np.ones(n) if row == len(record.inputs) else record.inputs[row]
        gradients: FloatArray = n * inputs * record.delta[unit]
        return gradients

    def loss_under(self, params: FloatArray) -> float:
        """Return the loss of this batch under other parameters, such as `after`."""
        inputs, y = self.layers[0].inputs.T, self.targets.T
        return self.model.loss(params, inputs, y, self.loss_name)


def place_of(model: Sequential, index: int) -> tuple[int, int, int]:
    """Return (layer, row, unit) of parameter number `index`; the layer's last row are biases."""
    whole_number("index", index, 0, model.n_params - 1)
    for layer, (n_rows, n_out) in enumerate(model.shapes):
        if index < n_rows * n_out:
            return layer, *divmod(int(index), n_out)
        index -= n_rows * n_out
    raise AssertionError("index is checked above")


def index_of(model: Sequential, layer: int, row: int, unit: int) -> int:
    """Return the number of the parameter at (layer, row, unit): `place_of` the other way round."""
    whole_number("layer", layer, 0, len(model.layers) - 1)
    n_rows, n_out = model.shapes[layer]
    whole_number("row", row, 0, n_rows - 1)
    whole_number("unit", unit, 0, n_out - 1)
    before = sum(rows * columns for rows, columns in model.shapes[:layer])
    return before + row * n_out + unit


def record_step(
    model: Sequential, params: FloatArray, X: ArrayLike, y: ArrayLike, **options: Any
) -> tuple[StepRecord, Progress]:
    """Take the next step of train(model, params, X, y, **options), and write it down.

    Args:
        options: Those of train, but for `every`, `engine` and `epochs`. With `start`, the step is
            the one that follows that Progress, on its next batch.

    Returns:
        The record, and the Progress that train() yields after this step.
    """
    for name in ("every", "engine", "epochs"):
        if name in options:
            raise invalid("options", f"without {name!r}, which is record_step's own", options[name])
    recorder = Recorder()
    training = train(model, params, X, y, every="batch", engine=recorder, **options)
    progress = next(training)
    return recorder.steps[-1], progress


class Recorder:
    """An engine for train() that leaves the work to NumPy and keeps a StepRecord of every batch.

    Attributes:
        steps: The records, oldest first.
    """

    def __init__(self) -> None:
        self.steps: list[StepRecord] = []

    def take_over(self, learner: Learner, batches: Batches) -> _RecordingLearner:
        """Return a learner that does what `learner` does, and writes it down."""
        return _RecordingLearner(learner, self.steps)


class _RecordingLearner:
    """One of train()'s learners, watched: its passes, its optimizer and its regularizer."""

    def __init__(self, learner: Learner, steps: list[StepRecord]) -> None:
        self._learner, self._steps = learner, steps
        self.engine, self.optimizer = learner.engine, learner.optimizer
        self.outputs = learner.outputs
        self.params, self.state, self.dead = learner.params, learner.state, learner.dead
        self._regularizer, self._pull = learner.regularizer, None
        learner.optimizer = self._update = _WatchedUpdate(learner.optimizer)
        if learner.regularizer is not None:
            learner.regularizer = self._pull = _WatchedPull(learner.regularizer)

    def learn(self, batches: Batches, start: int, stop: int, learning_rate: float) -> None:
        for first in range(start, stop, batches.batch_size):
            self._record(batches, first, batches.stop(first, 1), learning_rate)

    def run(
        self, batches: Batches, rates: FloatArray, measure: Measure
    ) -> tuple[FloatArray, FloatArray | None]:
        raise invalid("measure", "None where single steps are written down", measure)

    def restart(
        self, params: FloatArray, optimizer: Optimizer, regularizer: Regularizer | None
    ) -> None:
        raise invalid("engine", "another where one learner trains many runs", "a Recorder")

    def _record(self, batches: Batches, start: int, stop: int, learning_rate: float) -> None:
        learner, n = self._learner, stop - start
        workspace = learner.workspaces.get(n)
        if not isinstance(workspace, _Listener):
            learner.workspaces[n] = workspace = _Listener(learner.model, n)
            workspace.bind(learner.params, learner.gradient)
        before, held, dead = learner.params.copy(), learner.held.copy(), learner.dead.copy()
        memory_before = learner.state.copy()
        learner.learn(batches, start, stop, learning_rate)
        ((x_and_ones, targets),) = batches.pieces(start, stop)
        last, rule = workspace.layers[-1], learner.rule
        pull = np.zeros(learner.model.n_params)
        if self._regularizer is not None and self._pull is not None:
            slope = self._pull.last * learner.is_weight
            pull = learning_rate * self._regularizer.rate * slope
        record = StepRecord(
            model=learner.model, loss_name=rule.name, optimizer=self.optimizer,
            regularizer=self._regularizer, learning_rate=learning_rate,
            rows=batches.order[start:stop].copy(), targets=targets.copy(),
            layers=_layers(workspace, x_and_ones),
            loss=rule.value(last.a, last.z, targets), gradient=learner.gradient.copy(),
            before=before, stepped=self._update.last, pull=pull, after=learner.params.copy(),
            memory_before=memory_before, memory_after=learner.state.copy(),
            held=held, pruned=learner.dead & ~dead,
        )  # fmt: skip
        self._steps.append(record)


def _layers(workspace: _Listener, x_and_ones: FloatArray) -> tuple[LayerRecord, ...]:
    """Return copies of what stands in the workspace after both passes."""
    records: list[LayerRecord] = []
    inputs = x_and_ones[:-1]
    for views, activation, upstream in zip(
        workspace.layers, workspace.activations, workspace.upstream, strict=True
    ):
        slope = None
        if upstream is not None and activation.backprop is not None:
            slope = np.ones(views.z.shape)
            activation.backprop(slope, views.z, views.a)
        z, a, delta = views.z.copy(), views.a.copy(), views.delta.copy()
        records.append(LayerRecord(inputs.copy(), z, a, upstream, slope, delta))
        inputs = a
    return tuple(records)


class _Listener(Workspace):
    """A workspace that keeps each layer's dloss/da, which the backward pass then overwrites.

    Attributes:
        upstream: One array per layer, or None where the pass never had it (a fused output layer).
    """

    def __init__(self, model: Network, n_rows: int) -> None:
        super().__init__(model, n_rows)
        self.activations = [ACTIVATIONS[layer.activation] for layer in model.layers]
        self.upstream: list[FloatArray | None] = [None] * len(model.layers)

    def bind(self, params: FloatArray, gradient: FloatArray | None = None) -> None:
        super().bind(params, gradient)
        last = len(self.layers) - 1
        self._output_backprop = self._listening(last, self._output_backprop)
        self._backward = [
            (slot, weights, before, self._listening(last - 1 - k, backprop))
            for k, (slot, weights, before, backprop) in enumerate(self._backward)
        ]

    def _listening(self, layer: int, backprop: Backprop) -> Backprop:
        def listen(delta: FloatArray, z: FloatArray, a: FloatArray) -> None:
            self.upstream[layer] = delta.copy()
            backprop(delta, z, a)

        return listen


class _WatchedUpdate(Optimizer):
    """An optimizer of which it is known what the parameters were right after its update."""

    name, last = "watched", np.empty(0)

    def __init__(self, optimizer: Optimizer) -> None:
        self._optimizer, self.learning_rate = optimizer, optimizer.learning_rate

    def update(
        self, params: FloatArray, grad: FloatArray, state: OptimizerState, learning_rate: float
    ) -> OptimizerState:
        state = self._optimizer.update(params, grad, state, learning_rate)
        self.last = params.copy()
        return state


class _WatchedPull:
    """A regularizer of which it is known what slope it gave last."""

    def __init__(self, regularizer: Regularizer) -> None:
        self._regularizer, self.last = regularizer, np.empty(0)
        self.rate, self.prunes = regularizer.rate, regularizer.prunes
        self.penalty = regularizer.penalty

    def slope(self, weights: FloatArray) -> FloatArray:
        slope = self._regularizer.slope(weights)
        self.last = np.array(slope)
        return slope

"""Training of a plain stack of Dense layers by nncore's own train(), compiled where possible.

Most models of a course are such stacks: a loss that nncore has, an optimizer that is its rule and
nothing else, no weights of samples, no penalties. What one epoch does is then exactly one epoch
of train(); it is cut where a twentieth of a second has passed, so that Python can look around.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import numpy as np

from nncore.activations import ACTIVATIONS
from nncore.arrays import BoolArray, FloatArray
from nncore.keras import config, losses
from nncore.keras.losses import Loss
from nncore.keras.models.book import Epoch
from nncore.keras.models.data import Rows
from nncore.keras.models.general import Look
from nncore.keras.operations import Activate, Drop, Operation, WeightedSums
from nncore.keras.targets import one_hot
from nncore.layers import Dense as CoreDense
from nncore.learner import Progress
from nncore.model import Sequential as CoreSequential
from nncore.training import train

SECONDS_AT_A_TIME = 0.05
SHORT_EPOCH = 5_000_000  # rows times parameters: a few hundredths of a second
MEANS = ("sum_over_batch_size", "mean", "auto")


def core_of(operations: list[Operation] | None) -> CoreSequential | None:
    """Return the nncore Sequential that does what the operations do, or None."""
    units: list[int] = []
    names: list[str] = []
    n_inputs = 0
    for each in operations or ():
        if isinstance(each, WeightedSums):
            n_inputs = n_inputs if units else each.core.n_inputs
            units.append(each.core.n_outputs)
            names.append("linear")
        elif isinstance(each, Activate) and units and names[-1] == "linear":
            rule = each.rule
            if ACTIVATIONS.get(rule.name) is not rule and rule.name != "softmax":
                return None
            names[-1] = rule.name
        elif not (type(each) is Drop and each.rate == 0):
            return None
    if not units or "softmax" in names[:-1]:
        return None
    layers = [CoreDense(*pair) for pair in zip(units, names, strict=True)]
    return CoreSequential(tuple(layers), n_inputs)


def core_loss(loss: Loss | None, activation: str) -> str | None:
    """Return nncore's name of a loss behind a last activation, or None where it has none."""
    if loss is None or type(loss).values is not Loss.values or loss.reduction not in MEANS:
        return None
    options = loss.options
    if options.get("from_logits") or options.get("label_smoothing"):
        return None
    if loss.function is losses.mean_squared_error and activation != "softmax":
        return "mse"
    if loss.function is losses.binary_crossentropy and activation == "sigmoid":
        return "binary_crossentropy"
    categorical = loss.function.value is losses.categorical_crossentropy.value
    return "categorical_crossentropy" if categorical and activation == "softmax" else None


class PlainLearner:
    """Trains `model` on `data` by nncore.train; `applies` says whether it can.

    Args:
        quiet: Whether nobody looks at the model between epochs: its weights then follow when
            training is finished, and short epochs are not cut.
    """

    def __init__(
        self, model: Any, data: Rows, batch_size: int, shuffle: bool, quiet: bool = False
    ) -> None:
        self.model, self.optimizer = model, model.optimizer
        self.progress: Progress | None = None
        self.whole = quiet and len(data.x) * model.params.size <= SHORT_EPOCH
        program = model.pack()
        self.core, self.name, self.engine = None, None, "NumPy"
        if "core" not in program.kept:
            program.kept["core"] = core_of(program.chain)
        core: Any = program.kept["core"]
        if core is None or not self.optimizer.plain or data.weights[0] is not None:
            return
        name = core_loss(model.losses_of_outputs[0], core.layers[-1].activation)
        y = data.y[0]
        if name is None or y is None or not _only_weights(model):
            return
        if model.losses_of_outputs[0].sparse:
            y = one_hot(y, core.n_outputs)
        if not _fits(name, data.x, y):
            return
        self.core, self.name = core, name
        self.run = self._run(core, name, data.x, y, batch_size, shuffle)

    @property
    def applies(self) -> bool:
        """Whether this is a stack, a loss, an optimizer and data that train() takes."""
        return self.core is not None

    def _run(
        self, core: Any, name: str, x: FloatArray, y: FloatArray, batch_size: int, shuffle: bool
    ) -> Iterator[Progress]:
        params, optimizer, self.batch_size = self.model.params, self.optimizer, batch_size
        state, n_batches = optimizer.bind(self.model, params.size), -(-len(x) // batch_size)
        order, dead = np.arange(len(x)), np.zeros(params.size, dtype=bool)
        start = Progress(0, 0, n_batches, 0, None, params, state, dead, order, 1.0)
        self.portion = n_batches
        held = _frozen(self.model)
        return train(
            core,
            params,
            x,
            y,
            loss=name,
            optimizer=optimizer.rule(),
            batch_size=batch_size,
            shuffle=shuffle,
            rng=config.generator() if shuffle else None,
            schedule=lambda epoch: optimizer.rate(0),
            frozen=held,
            every="epoch" if self.whole else lambda: self.portion,
            start=start,
            engine=config.engine(),
            keep_outputs=True,
        )

    def epoch(self, look: Look | None = None) -> Epoch:
        """Train one epoch.

        Args:
            look: `look(batch, rows done, logs)` is called where the epoch is cut.
        """
        if self.whole:
            self.progress = progress = next(self.run)
            return self._seen(progress, len(progress.order))
        began = time.perf_counter()
        for progress in self.run:
            if progress.position == 0:
                break
            now = time.perf_counter()
            slow = now - began > SECONDS_AT_A_TIME
            self.portion = max(1, self.portion // 2) if slow else 2 * self.portion
            began = now
            if look is not None:
                rows = progress.position
                seen = self._seen(progress, rows)
                look(progress.batch - 1, rows, lambda seen=seen: self._logs(seen))  # type: ignore[misc]
        self.progress = progress
        if time.perf_counter() - began > SECONDS_AT_A_TIME:
            self.portion = max(1, self.portion // 2)
        self._hand_over(progress)
        return self._seen(progress, len(progress.order))

    def _hand_over(self, progress: Progress) -> None:
        """Give the model what was learned so far."""
        self.model.params[:] = progress.params
        self.optimizer.state, self.engine = progress.state, progress.engine

    def _seen(self, progress: Progress, rows: int) -> Epoch:
        outputs = progress.outputs
        if outputs is None:
            raise RuntimeError("train() was not asked to keep outputs")
        return Epoch(progress.order[:rows], [outputs[:, :rows].copy()], self.batch_size)

    def _logs(self, seen: Epoch) -> dict[str, float]:
        found: dict[str, float] = self.model.book.logs(self.model.fitted, seen)
        return found

    def go_on(self) -> None:
        """Take over what a callback may have done to the model's weights."""
        if self.progress is not None:
            self.progress.params[:] = self.model.params

    def finish(self) -> None:
        """Give the model its weights, and let go of the engine's memory."""
        if self.whole and self.progress is not None:
            self._hand_over(self.progress)
        self.run.close()  # type: ignore[attr-defined]
        if self.optimizer.state is not None:
            self.optimizer.state = self.optimizer.state.copy()


def _only_weights(model: Any) -> bool:
    """Whether nothing is to be done to weights but the optimizer's step."""
    return not any(
        variable.regularizer is not None or variable.constraint is not None
        for layer, _ in model.places()
        for variable in layer.variables
    )


def _frozen(model: Any) -> BoolArray | None:
    """Return the mask of parameters that stay as they are, if there are such."""
    if all(layer.trainable and layer.use_bias for layer, _ in model.places()):
        return None
    mask = np.zeros(model.params.size, dtype=bool)
    for layer, start in model.places():
        for place, variable in layer.stored():
            held = not (layer.trainable and any(variable is each for each in layer.variables))
            mask[start + place.start : start + place.stop] = held
    return mask


def _fits(loss: str, x: FloatArray, y: FloatArray) -> bool:
    """Whether nncore's loss is defined for these targets, and all numbers are finite."""
    if not (np.isfinite(x).all() and np.isfinite(y).all()):
        return False
    if loss == "mse":
        return True
    inside = bool(y.min() >= 0 and y.max() <= 1)
    if loss == "binary_crossentropy":
        return inside
    return inside and bool(np.abs(y.sum(axis=1) - 1).max() <= 1e-6)

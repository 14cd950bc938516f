"""Training of any model that is here, batch by batch.

The passes are the model's Program; around them stand what the plain way (models.plain) does not
know: weights of samples, penalties, constraints, clipped gradients, rates that change from step
to step, several outputs, and callbacks that look at every batch.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from nncore.arrays import BoolArray, FloatArray, IntArray
from nncore.batches import Batches
from nncore.keras.config import generator
from nncore.keras.models.book import Epoch, targets_for_loss
from nncore.keras.models.data import Rows

Look = Callable[[int, int, Callable[[], dict[str, float]]], bool]


class GeneralLearner:
    """Trains `model` on `data`; the memory of the optimizer goes on where it stood.

    Attributes:
        every_batch: Whether callbacks look at every batch, and so where to stop in between.
    """

    engine = "NumPy"

    def __init__(self, model: Any, data: Rows, batch_size: int, shuffle: bool) -> None:
        self.model, self.data = model, data
        self.book, self.optimizer = model.book, model.optimizer
        self.program = model.pack()
        self.params: FloatArray = model.params
        self.gradient: FloatArray = model.gradient
        self.optimizer.bind(model, self.params.size)
        self.rule = self.optimizer.rule()
        self._read_layers()
        losses, sizes = model.losses_of_outputs, model.output_sizes
        columns = [
            targets_for_loss(loss, y, size)
            for loss, y, size in zip(losses, data.y, sizes, strict=True)
        ]
        weights = [np.empty((0, data.n)) if w is None else w[None] for w in data.weights]
        parts = [part for pair in zip(columns, weights, strict=True) for part in pair]
        stops = np.cumsum([len(part) for part in parts])
        self.cuts = [slice(b - len(p), b) for p, b in zip(parts, stops, strict=True)]
        stacked = np.vstack([part for part in parts if len(part)])
        self.batches = Batches(data.x, stacked, batch_size)
        self.shuffle, self.batch_size = shuffle, batch_size
        self.activations = [self.program.last_activation(k) for k in range(len(sizes))]

    def _read_layers(self) -> None:
        self.places: list[slice] = []
        self.penalties: list[tuple[slice, Any, tuple[int, ...]]] = []
        self.constraints: list[Any] = []
        self.held: BoolArray = np.zeros(self.params.size, dtype=bool)
        self.decays: BoolArray = np.zeros(self.params.size, dtype=bool)
        for layer, start in self.model.places():
            for place, variable in layer.stored():
                whole = slice(start + place.start, start + place.stop)
                kept = layer.trainable and any(variable is each for each in layer.variables)
                self.held[whole] = not kept
                if variable.regularizer is not None:
                    self.penalties.append((whole, variable.regularizer, variable.shape))
                if kept:
                    self.places.append(whole)
                    self.decays[whole] = self.optimizer.decays(variable)
                    if variable.constraint is not None:
                        self.constraints.append(variable)
        self.any_held = bool(self.held.any())

    def epoch(self, look: Look | None = None) -> Epoch:
        """Train one epoch.

        Args:
            look: `look(batch, rows done, logs)` is called after every batch; true stops.
        """
        batches, sizes = self.batches, self.model.output_sizes
        order = batches.new_order(generator() if self.shuffle else None)
        batches.arrange(order)
        outputs = [np.empty((size, batches.n)) for size in sizes]
        penalty = done = 0.0
        with np.errstate(all="ignore"):
            for number, (x_and_ones, targets) in enumerate(batches.pieces(0, batches.n)):
                n_rows = targets.shape[1]
                start, stop = int(done), int(done) + n_rows
                if look is not None and look(number, -1, dict):
                    break
                penalty += n_rows * self._batch(x_and_ones[:-1], targets, outputs, start, stop)
                done += n_rows
                if look is not None:
                    seen = self._seen(order, outputs, stop, penalty)
                    if look(number, stop, lambda seen=seen: self._logs(seen)):  # type: ignore[misc]
                        break
        stop = int(done)
        return self._seen(order, outputs, stop, penalty)

    def _seen(self, order: IntArray, outputs: list[FloatArray], stop: int, penalty: float) -> Epoch:
        found = [each[:, :stop] for each in outputs]
        return Epoch(order[:stop], found, self.batch_size, penalty / max(stop, 1))

    def _logs(self, seen: Epoch) -> dict[str, float]:
        found: dict[str, float] = self.book.logs(self.data, seen)
        return found

    def _batch(
        self, x: FloatArray, targets: FloatArray, kept: list[FloatArray], start: int, stop: int
    ) -> float:
        """Do one batch (forward, back, step); return the penalties that were part of its loss."""
        params, gradient = self.params, self.gradient
        outputs = self.program.forward(x, training=True)
        deltas, at_sums = [], []
        for place, output in enumerate(outputs):
            kept[place][:, start:stop] = output
            y, w = targets[self.cuts[2 * place]], targets[self.cuts[2 * place + 1]]
            weight = w[0] if len(w) else None
            slope = self.book.slope(place, y, output, weight, self.activations[place])
            deltas.append(slope[0])
            at_sums.append(slope[1])
        gradient[:] = 0.0
        self.program.backward(deltas, at_sums)
        penalty = float(sum(each.value for each in self.program.penalties))
        for where, regularizer, shape in self.penalties:
            values = params[where].reshape(shape)
            penalty += float(regularizer(values))
            gradient[where] += regularizer.slope(values).ravel()
        before = params[self.held] if self.any_held else None
        if before is not None:
            gradient[self.held] = 0.0
        self.optimizer.step(self.rule, params, gradient, self.places, self.decays)
        for variable in self.constraints:
            variable.array[...] = variable.constraint(variable.array)
        if before is not None:
            params[self.held] = before
        return penalty

    def go_on(self) -> None:
        """Nothing is left to do: callbacks and training share the model's own vector."""

    def finish(self) -> None:
        """Nothing is left to do: the model's own vector was trained."""

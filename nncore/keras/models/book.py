"""What is reported of training: loss and metrics of epochs, from their outputs.

Training keeps what each row gave just before its step; loss and metrics are functions of these
outputs, and several epochs can be reported at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from nncore.arrays import FloatArray, IntArray
from nncore.keras import losses, metrics
from nncore.keras.losses import Loss
from nncore.keras.metrics import Metric
from nncore.keras.models.data import Rows
from nncore.keras.targets import one_hot


@dataclass
class Epoch:
    """What an epoch left behind.

    Attributes:
        order: Its rows, (n,).
        outputs: For each output of the model (units, n), in that order.
        batch_size: Of its batches; the last may be smaller.
        penalty: The mean over the rows of what regularizers added to the loss.
    """

    order: IntArray
    outputs: list[FloatArray]
    batch_size: int
    penalty: float = 0.0


class Book:
    """Losses and metrics of a compiled model.

    Attributes:
        losses: One per output, or None.
        weights: How much each loss counts.
        metrics, weighted_metrics: What compile() was given, one list per output.
    """

    def __init__(
        self,
        losses_: Sequence[Loss | None],
        loss_weights: Sequence[float],
        wanted: Sequence[Sequence[Any]],
        weighted: Sequence[Sequence[Any]],
        names: Sequence[str],
        sizes: Sequence[int],
    ) -> None:
        self.losses, self.loss_weights = losses_, loss_weights
        self.names, self.sizes = names, sizes
        self._wanted, self._weighted = wanted, weighted
        self._made: list[list[tuple[str, Metric, bool]]] | None = None

    @property
    def made(self) -> list[list[tuple[str, Metric, bool]]]:
        """The metrics so far: (name in reports, metric, weighted) for each output."""
        return self._made or []

    def metrics(self, data: Rows) -> list[list[tuple[str, Metric, bool]]]:
        """Return (name in reports, metric, weighted) for each output; made with the first data."""
        if self._made is None:
            self._made = []
            several = len(self.names) > 1
            for place, name in enumerate(self.names):
                y = data.y[place]
                columns = 0 if y is None else y.shape[1]
                prefix = f"{name}_" if several else ""
                found = []
                for group, weighted in ((self._wanted, False), (self._weighted, True)):
                    for each in group[place]:
                        metric = metrics.metric_object(each, columns, self.sizes[place])
                        found.append((prefix + metric.name, metric, weighted))
                self._made.append(_numbered(found))
        return self._made

    def logs(self, data: Rows, epoch: Epoch) -> dict[str, Any]:
        """Return the report of an epoch, its names in alphabetical order."""
        return {name: values[0] for name, values in self.columns(data, [epoch]).items()}

    def columns(self, data: Rows, epochs: Sequence[Epoch]) -> dict[str, list[Any]]:
        """Return what is reported of the epochs, a list for each name, in alphabetical order."""
        found: dict[str, FloatArray] = {"loss": np.array([each.penalty for each in epochs])}
        several, size = len(self.names) > 1, epochs[0].batch_size
        for place, made in enumerate(self.metrics(data)):
            y, weights = data.y[place], data.weights[place]
            if y is None:
                continue
            order = np.concatenate([each.order for each in epochs])
            # rows to look at, columns in memory: sums over a sample's few numbers are quick then
            o = np.concatenate([each.outputs[place] for each in epochs], axis=1).T
            y, w = y.T.take(order, axis=1).T, None if weights is None else weights[order]
            loss = self.losses[place]
            if loss is not None:
                values = _weighted_losses(loss, y, o, w, len(epochs), size).reshape(len(epochs), -1)
                value = _mean(loss, values, size)
                found["loss"] = found["loss"] + self.loss_weights[place] * value
                if several:
                    found[f"{self.names[place]}_loss"] = value
            for name, metric, weighted in made:
                found[name] = metric.measure(y, o, w if weighted else None, len(epochs), size)
        return {name: _numbers(found[name]) for name in sorted(found)}

    def slope(
        self, place: int, y: FloatArray, o: FloatArray, w: FloatArray | None, activation: str | None
    ) -> tuple[FloatArray | None, bool]:
        """Return (slope of the batch's loss, whether it is with respect to the last sums).

        Args:
            y, o: Columns of one output's targets and outputs; the slope has their shape. For a
                cross-entropy of its own activation it is the short one, which keeps its digits.
        """
        loss = self.losses[place]
        if loss is None:
            return None, False
        factor = self.loss_weights[place] / (1.0 if loss.reduction == "sum" else o.shape[1])
        fused = _fused(loss, y, o, activation)
        slope = loss.slopes(y.T, o.T).T if fused is None else fused
        return slope * (factor if w is None else factor * w), fused is not None


def _fused(loss: Loss, y: FloatArray, o: FloatArray, activation: str | None) -> Any:
    """Return the slope with respect to the sums z for o = softmax(z) or sigmoid(z), else None."""
    if type(loss).values is not Loss.values or loss.options.get("from_logits"):
        return None
    smoothing = loss.options.get("label_smoothing", 0.0)
    if loss.function.value is losses.categorical_crossentropy.value and activation == "softmax":
        y = y * (1.0 - smoothing) + smoothing / len(y)
        return o * y.sum(axis=0) - y
    if loss.function is losses.binary_crossentropy and activation == "sigmoid":
        return (o - (y * (1.0 - smoothing) + 0.5 * smoothing)) / len(y)
    return None


def targets_for_loss(loss: Loss | None, y: FloatArray | None, n_outputs: int) -> FloatArray:
    """Return targets as columns, (outputs, n), class numbers as one-hot columns."""
    if y is None:
        return np.empty((0, 0))
    if loss is not None and loss.sparse:
        y = one_hot(y, n_outputs)
    return np.ascontiguousarray(y.T)


def _weighted_losses(
    loss: Loss, y: FloatArray, o: FloatArray, w: FloatArray | None, n_epochs: int, batch_size: int
) -> FloatArray:
    """Return the loss of each sample, times its weight."""
    y = one_hot(y, o.shape[1]) if loss.sparse else y
    if loss.one_for_all(y[:1], o[:1]):  # the reader's own, which looks at a batch as a whole
        n = len(o) // n_epochs
        ends = [epoch * n + min(start + batch_size, n)
                for epoch in range(n_epochs) for start in range(0, n, batch_size)]  # fmt: skip
        parts = zip(np.split(y, ends[:-1]), np.split(o, ends[:-1]), strict=True)
        values = np.concatenate([loss.values(*part) for part in parts])
    else:
        values = loss.values(y, o)
    return values if w is None else values * w


def _mean(loss: Loss, values: FloatArray, batch_size: int) -> FloatArray:
    """Return the loss of each epoch: the mean over its batches, each weighted by its rows."""
    if loss.reduction == "sum":
        rows = np.arange(values.shape[1])
        values = values * np.minimum(batch_size, rows.size - rows // batch_size * batch_size)
    return values.mean(axis=1)


def _numbered(found: list[tuple[str, Metric, bool]]) -> list[tuple[str, Metric, bool]]:
    """Return the same list, with names that come twice told apart: precision, precision_1."""
    seen: dict[str, int] = {}
    numbered = []
    for name, metric, weighted in found:
        count = seen.get(name, 0)
        seen[name] = count + 1
        numbered.append((f"{name}_{count}" if count else name, metric, weighted))
    return numbered


def _numbers(values: Any) -> list[Any]:
    """One per epoch: floats, or arrays of a metric that has several numbers."""
    return list(map(float, values)) if np.ndim(values) == 1 else list(values)

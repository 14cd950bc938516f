"""What metrics share: numbers gathered from batches, and a result at any time.

A metric is told of targets and outputs as often as one likes (`update_state`), says what it has
come to (`result`) and forgets (`reset_state`). Training asks for whole epochs at once (`measure`).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from nncore.arrays import Array, FloatArray
from nncore.keras.config import unique_name
from nncore.keras.metrics import functions
from nncore.keras.objects import Configurable
from nncore.keras.targets import matrix, one_hot
from nncore.keras.tensors import tensor


class Metric(Configurable):
    """What all share. One of the reader's own writes update_state, result and reset_state."""

    sparse = False

    def __init__(self, name: str | None = None, dtype: Any = None) -> None:
        self.name, self.dtype = name or unique_name(type(self).__name__), dtype

    def update_state(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> Any:
        """Take these targets and outputs into account, with a weight per sample or without."""
        raise NotImplementedError

    def result(self) -> Any:
        """Return what the metric has come to since it was made or reset."""
        raise NotImplementedError

    def reset_state(self) -> None:
        """Forget all."""
        raise NotImplementedError

    def reset_states(self) -> None:
        """Forget all (the name in Keras 2)."""
        self.reset_state()

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        self.update_state(*args, **kwargs)
        return self.result()

    @property
    def by_batch(self) -> bool:
        """Whether it must be told of each batch by itself: one of the reader's own may look at a
        batch as a whole.
        """
        return not type(self).__module__.startswith("nncore.keras.")

    def measure(
        self,
        y: Array,
        o: Array,
        weights: Array | None = None,
        epochs: int = 1,
        batch_size: int | None = None,
    ) -> FloatArray:
        """Return the metric of each of several epochs, whose rows come one after the other.

        Args:
            y: (rows, columns).
            o: (rows, outputs).
            weights: (rows,) or None.
            batch_size: Of each epoch; None for one batch.
        """
        results, n = np.empty(epochs), len(o) // epochs
        step = batch_size if batch_size and self.by_batch else n
        for epoch in range(epochs):
            self.reset_state()
            for start in range(0, n, step):
                part = slice(epoch * n + start, epoch * n + min(start + step, n))
                self.update_state(y[part], o[part], None if weights is None else weights[part])
            results[epoch] = self.result()
        return results

    def __repr__(self) -> str:
        return f"<{type(self).__name__} name={self.name}>"


class _Reduced(Metric):
    """A metric of numbers: their sum, and the sum of their weights."""

    def __init__(self, name: str | None = None, dtype: Any = None) -> None:
        super().__init__(name, dtype)
        self.reset_state()

    def reset_state(self) -> None:
        self.total = self.count = 0.0

    def add(self, values: Any, sample_weight: Any = None) -> None:
        """Add values to the sum, each with its weight."""
        values = np.asarray(values, dtype=np.float64)
        if sample_weight is None:
            self.total += float(values.sum())
            self.count += values.size
            return
        weights = np.asarray(sample_weight, dtype=np.float64)
        if values.ndim:
            weights = np.broadcast_to(weights, values.shape)
        self.total += float((values * weights).sum())
        self.count += float(weights.sum())


class Mean(_Reduced):
    """The mean of all values that it was given."""

    def update_state(self, values: Any, sample_weight: Any = None, _: Any = None) -> None:  # type: ignore[override]
        self.add(values, sample_weight)

    def result(self) -> Any:
        return self.total / self.count if self.count else 0.0


class Sum(Mean):
    """The sum of all values that it was given."""

    def result(self) -> Any:
        return self.total


class MeanMetricWrapper(Mean):
    """The mean over samples of a function of (y_true, y_pred)."""

    def __init__(self, fn: Any, name: str | None = None, dtype: Any = None, **options: Any) -> None:
        super().__init__(name or getattr(fn, "__name__", None), dtype)
        self.fn, self.options = fn, options

    @property
    def sparse(self) -> bool:  # type: ignore[override]
        """Whether targets are class numbers."""
        return bool(getattr(self.fn, "sparse", False))

    def update_state(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> None:  # type: ignore[override]
        y, o = matrix("y_true", y_true), matrix("y_pred", y_pred)
        self.add(self.values(y, o), sample_weight)

    def values(self, y: Array, o: Array) -> FloatArray:
        """Return the function's value for each sample, (n,), or its one value for all of them."""
        if isinstance(self.fn, functions.MetricFunction):
            functions.check(self.fn, y, o)
            return self.fn.value(y, o, **self.options)
        if hasattr(self.fn, "value"):  # a loss
            y = one_hot(y, o.shape[1]) if self.sparse else y
            return self.fn.value(y, o, **self.options)
        values = self.fn(tensor(y, "float64"), tensor(o, "float64"), **self.options)
        return np.asarray(values, dtype=np.float64)

    @property
    def by_batch(self) -> bool:
        return not hasattr(self.fn, "value")

    def measure(
        self,
        y: Array,
        o: Array,
        weights: Array | None = None,
        epochs: int = 1,
        batch_size: int | None = None,
    ) -> FloatArray:
        if self.by_batch:
            return super().measure(y, o, weights, epochs, batch_size)
        values = self.values(y, o).reshape(epochs, -1)
        if weights is None:
            return values.mean(axis=1)
        weights = weights.reshape(epochs, -1)
        total = weights.sum(axis=1)
        return (values * weights).sum(axis=1) / np.where(total == 0, 1.0, total)

    def get_config(self) -> dict[str, Any]:
        return {"fn": self.fn, "name": self.name, "dtype": self.dtype, **self.options}

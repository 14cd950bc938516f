"""Metrics that are the mean over the samples of a function: accuracies, and losses as metrics."""

from __future__ import annotations

from typing import Any

import numpy as np

from nncore.arrays import Array, FloatArray
from nncore.keras import losses
from nncore.keras.config import snake_case
from nncore.keras.metrics import functions
from nncore.keras.metrics.base import MeanMetricWrapper


def _kind(name: str, function: Any, **defaults: Any) -> type[MeanMetricWrapper]:
    """Return a metric class for `function`; `defaults` are its own options, the first ones in a
    call.
    """
    order = (*defaults, "name", "dtype")
    label = {"LogCoshError": "logcosh"}.get(name, snake_case(name))

    def __init__(self: MeanMetricWrapper, *args: Any, **given: Any) -> None:
        order_ = order if defaults else ("name", "dtype")
        given = {"name": label, **defaults, **dict(zip(order_, args, strict=False)), **given}
        MeanMetricWrapper.__init__(self, function, **given)

    def get_config(self: MeanMetricWrapper) -> dict[str, Any]:
        return {"name": self.name, "dtype": self.dtype, **self.options}

    members = {"__init__": __init__, "get_config": get_config, "__doc__": function.__doc__}
    return type(name, (MeanMetricWrapper,), members | {"__module__": __name__})


Accuracy = _kind("Accuracy", functions.accuracy)
BinaryAccuracy = _kind("BinaryAccuracy", functions.binary_accuracy)
CategoricalAccuracy = _kind("CategoricalAccuracy", functions.categorical_accuracy)
SparseCategoricalAccuracy = _kind(
    "SparseCategoricalAccuracy", functions.sparse_categorical_accuracy
)
TopKCategoricalAccuracy = _kind(
    "TopKCategoricalAccuracy", functions.top_k_categorical_accuracy, k=5
)
SparseTopKCategoricalAccuracy = _kind(
    "SparseTopKCategoricalAccuracy", functions.sparse_top_k_categorical_accuracy, k=5
)
MeanSquaredError = _kind("MeanSquaredError", losses.mean_squared_error)
MeanAbsoluteError = _kind("MeanAbsoluteError", losses.mean_absolute_error)
MeanAbsolutePercentageError = _kind(
    "MeanAbsolutePercentageError", losses.mean_absolute_percentage_error
)
MeanSquaredLogarithmicError = _kind(
    "MeanSquaredLogarithmicError", losses.mean_squared_logarithmic_error
)
LogCoshError = _kind("LogCoshError", losses.log_cosh)
Hinge = _kind("Hinge", losses.hinge)
SquaredHinge = _kind("SquaredHinge", losses.squared_hinge)
CategoricalHinge = _kind("CategoricalHinge", losses.categorical_hinge)
Poisson = _kind("Poisson", losses.poisson)
KLDivergence = _kind("KLDivergence", losses.kl_divergence)
BinaryCrossentropy = _kind("BinaryCrossentropy", losses.binary_crossentropy)
CategoricalCrossentropy = _kind("CategoricalCrossentropy", losses.categorical_crossentropy)
SparseCategoricalCrossentropy = _kind(
    "SparseCategoricalCrossentropy", losses.sparse_categorical_crossentropy
)


class CosineSimilarity(MeanMetricWrapper):
    """The mean cosine of the angle between targets and outputs (the loss is minus it)."""

    def __init__(self, name: str = "cosine_similarity", dtype: Any = None, axis: int = -1) -> None:
        super().__init__(losses.cosine_similarity, name, dtype, axis=axis)

    def get_config(self) -> dict[str, Any]:
        return {"name": self.name, "dtype": self.dtype, **self.options}

    def values(self, y: Array, o: Array) -> FloatArray:
        return -super().values(y, o)


class RootMeanSquaredError(MeanMetricWrapper):
    """The root of the mean squared error."""

    def __init__(self, name: str = "root_mean_squared_error", dtype: Any = None) -> None:
        super().__init__(losses.mean_squared_error, name, dtype)

    def result(self) -> Any:
        return float(np.sqrt(super().result()))

    def measure(
        self,
        y: Array,
        o: Array,
        weights: Array | None = None,
        epochs: int = 1,
        batch_size: int | None = None,
    ) -> FloatArray:
        return np.sqrt(super().measure(y, o, weights, epochs, batch_size))

    def get_config(self) -> dict[str, Any]:
        return {"name": self.name, "dtype": self.dtype}

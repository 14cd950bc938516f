"""Metrics of single samples: how often, and how far, outputs and targets agree.

Each is a function of (y_true, y_pred) that gives one value per sample; a metric object takes their
mean. y has shape (n, k), or class numbers (n, 1) for the sparse ones; o has shape (n, k).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from nncore.arrays import Array, FloatArray
from nncore.keras.losses import FUNCTIONS as LOSS_FUNCTIONS
from nncore.keras.targets import matrix
from nncore.keras.tensors import Tensor, tensor


class MetricFunction:
    """A metric as a function of (y_true, y_pred): one value per sample.

    Args:
        sparse: Whether y holds class numbers, (n, 1).
    """

    def __init__(self, name: str, value: Any, sparse: bool = False) -> None:
        self.__name__, self.value, self.sparse, self.__doc__ = name, value, sparse, value.__doc__

    def __call__(self, y_true: Any, y_pred: Any, **options: Any) -> Tensor:
        y, o = matrix("y_true", y_true), matrix("y_pred", y_pred)
        check(self, y, o)
        return tensor(self.value(y, o, **options))

    def __repr__(self) -> str:
        return f"<function {self.__name__}>"


def check(function: MetricFunction, y: Array, o: Array) -> None:
    """Raise ValueError if targets and outputs do not fit together."""
    wanted = (len(o), 1) if function.sparse else o.shape
    if y.shape != wanted:
        raise ValueError(
            f"{function.__name__} takes targets of shape {wanted} beside outputs of shape"
            f" {o.shape}. Received: y_true.shape={y.shape}"
        )


def _equal(y: Array, o: Array) -> FloatArray:
    """1 where target and output are the same number."""
    return (y == o).mean(axis=1)


def _binary(y: Array, o: Array, threshold: float = 0.5) -> FloatArray:
    """1 where the output lies on the target's side of the threshold."""
    return (y == (o > threshold)).mean(axis=1)


def _categorical(y: Array, o: Array) -> FloatArray:
    """1 where the largest output is the right class's."""
    return (y.argmax(axis=1) == o.argmax(axis=1)).astype(np.float64)


def _sparse(y: Array, o: Array) -> FloatArray:
    """1 where the largest output is the right class's."""
    return (y[:, 0] == o.argmax(axis=1)).astype(np.float64)


def _top_k(y: Array, o: Array, k: int = 5) -> FloatArray:
    """1 where the right class is among the k largest outputs."""
    return _sparse_top_k(y.argmax(axis=1)[:, None], o, k)


def _sparse_top_k(y: Array, o: Array, k: int = 5) -> FloatArray:
    """1 where the right class is among the k largest outputs."""
    right = np.take_along_axis(o, y.astype(np.intp), axis=1)
    return ((o > right).sum(axis=1) < k).astype(np.float64)


accuracy = MetricFunction("accuracy", _equal)
binary_accuracy = MetricFunction("binary_accuracy", _binary)
categorical_accuracy = MetricFunction("categorical_accuracy", _categorical)
sparse_categorical_accuracy = MetricFunction("sparse_categorical_accuracy", _sparse, sparse=True)
top_k_categorical_accuracy = MetricFunction("top_k_categorical_accuracy", _top_k)
sparse_top_k_categorical_accuracy = MetricFunction(
    "sparse_top_k_categorical_accuracy", _sparse_top_k, sparse=True
)
FUNCTIONS: dict[str, Any] = {
    each.__name__: each
    for each in (
        *(accuracy, binary_accuracy, categorical_accuracy, sparse_categorical_accuracy),
        *(top_k_categorical_accuracy, sparse_top_k_categorical_accuracy),
    )
} | LOSS_FUNCTIONS

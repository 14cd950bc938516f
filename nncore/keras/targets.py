"""Targets in the form that losses and metrics work on: two matrices of the same shape.

Keras takes class numbers or one-hot rows, vectors or matrices of one column; here they all become
(n, k) beside outputs of (n, k), or one clear sentence says why that cannot be.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from nncore.arrays import Array, FloatArray
from nncore.checks import numeric_array


def matrix(parameter: str, values: Any) -> FloatArray:
    """Return `values` as float64 of shape (n, k); a vector becomes one column."""
    array = numeric_array(parameter, values)
    if array.ndim == 0:
        raise ValueError(f"{parameter} must have rows. Received: {parameter}={values!r}")
    return array.reshape(len(array), -1)


def pair(y_true: Any, y_pred: Any, sparse: bool = False) -> tuple[FloatArray, FloatArray]:
    """Return (y, o), both (n, k).

    Args:
        sparse: Whether y_true holds class numbers 0 to k - 1.
    """
    o = matrix("y_pred", y_pred)
    y = matrix("y_true", y_true)
    if sparse:
        return one_hot(y, o.shape[1]), o
    if y.shape != o.shape:
        raise ValueError(
            "y_true and y_pred must have the same shape."
            f" Received: y_true.shape={np.shape(y_true)}, y_pred.shape={np.shape(y_pred)}"
        )
    return y, o


def one_hot(classes: Array, n_classes: int) -> FloatArray:
    """Return class numbers of shape (n,) or (n, 1) as one-hot rows, (n, n_classes)."""
    if classes.ndim > 1 and classes.shape[1] != 1:
        raise ValueError(
            "a sparse loss or metric takes one class number per row, not one-hot rows."
            f" Received: y_true.shape={classes.shape}"
        )
    numbers = classes.reshape(-1)
    wrong = ~((numbers >= 0) & (numbers < n_classes) & (numbers == np.floor(numbers)))
    if wrong.any():
        raise ValueError(
            f"class numbers must be whole, from 0 to {n_classes - 1} for {n_classes} outputs."
            f" Received: {float(numbers[wrong][0])!r} in row {int(np.argmax(wrong))}"
        )
    return np.eye(n_classes)[numbers.astype(np.intp)]

"""Arrays as readers give them and as passes take them.

Readers have one row per sample, of any shape; passes have one column per sample, in float64. What
cannot become numbers is said, with what was received.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from nncore.arrays import Array, FloatArray
from nncore.keras.missing import raise_missing
from nncore.keras.tensors import Shape, Tensor, tensor


def as_columns(rows: FloatArray) -> FloatArray:
    """Return rows (n, ...) as columns, (numbers per sample, n)."""
    return rows.reshape(len(rows), -1).T


def as_rows(columns: FloatArray, shape: Shape) -> Tensor:
    """Return columns as rows of the given shape, in the type of config.floatx()."""
    sizes = [1 if size is None else size for size in shape[1:]]
    return tensor(columns.T.reshape(columns.shape[1], *sizes))


def numbers(parameter: str, value: Any) -> FloatArray:
    """Return `value` (an array, a table of pandas, a list) as a float64 array with rows.

    Raises:
        ValueError: For text, for ragged lists and for a single number.
    """
    if hasattr(value, "to_numpy"):
        value = value.to_numpy()
    if callable(getattr(value, "as_numpy_iterator", None)) or hasattr(value, "__next__"):
        raise_missing(f"{parameter} is a stream of batches ({type(value).__name__}), and fit here"
                      " takes whole arrays")  # fmt: skip
    try:
        array: Array = np.asarray(value)
    except ValueError as error:
        raise ValueError(f"{parameter} must be one array of numbers: {error}") from None
    if array.dtype.kind == "O":
        array = _from_objects(parameter, array)
    if array.dtype.kind not in "fiub":
        raise ValueError(
            f"{parameter} must hold numbers. Received: an array of dtype {array.dtype}"
            f" (the first entry is {array.flat[0]!r})"
            if array.size
            else f"{parameter} must hold numbers. Received: {parameter}={value!r}"
        )
    if array.ndim == 0:
        raise ValueError(f"{parameter} must be an array with rows. Received: {parameter}={value!r}")
    if len(array) == 0:
        raise ValueError(f"{parameter} must have at least one row. Received: shape={array.shape}")
    return array.astype(np.float64, copy=False)


def _from_objects(parameter: str, array: Array) -> Array:
    try:
        return array.astype(np.float64)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{parameter} must hold numbers: {error}") from None


def one_of_one(parameter: str, value: Any) -> Any:
    """Return the array in a list of one array, or what was given."""
    if isinstance(value, dict) and len(value) == 1:
        return next(iter(value.values()))
    if isinstance(value, (list, tuple)) and value and all(hasattr(x, "shape") for x in value):
        if len(value) == 1 and np.ndim(value[0]) > 0:
            return value[0]
        if np.ndim(value[0]) > 1:
            raise_missing(f"{parameter} is a list of {len(value)} arrays, and a model here has one"
                          " input")  # fmt: skip
    return value

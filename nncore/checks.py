"""One way to say that an argument is wrong.

Every complaint of nncore names the parameter, the rule it breaks and the value that was given,
for example "activation must be one of 'linear', 'relu'; got 'relue'". The helpers here do the
checking that many modules share, so that the sentence is built in one place and reads the same
everywhere.
"""

from __future__ import annotations

import math
import numbers
from collections.abc import Callable, Iterable

import numpy as np

from nncore.arrays import ArrayLike, FloatArray, IntArray


def invalid(parameter: str, constraint: str, received: object) -> ValueError:
    """Return the error "{parameter} must be {constraint}; got {received!r}"; the caller raises."""
    return ValueError(f"{parameter} must be {constraint}; got {received!r}")


def one_of(parameter: str, value: object, names: Iterable[str]) -> str:
    """Return `value` if it is among `names` (any iterable), else raise ValueError listing them."""
    names = tuple(names)
    if not isinstance(value, str) or value not in names:
        raise invalid(parameter, "one of " + ", ".join(map(repr, names)), value)
    return value


def whole_number(parameter: str, value: object, least: int = 0, most: int | None = None) -> int:
    """Return `value` as an int if it is a whole number from `least` to `most` (None: no limit)."""
    if isinstance(value, numbers.Integral) and not isinstance(value, (bool, np.bool_)):
        number = int(value)
        if number >= least and (most is None or number <= most):
            return number
    upper = "" if most is None else f" and at most {most}"
    raise invalid(parameter, f"a whole number of at least {least}{upper}", value)


def real_number(
    parameter: str, value: object, constraint: str, accept: Callable[[float], bool]
) -> float:
    """Return `value` as a float if it is a finite real number and `accept(value)` is true."""
    if isinstance(value, numbers.Real) and not isinstance(value, (bool, np.bool_)):
        number = float(value)
        if math.isfinite(number) and accept(number):
            return number
    raise invalid(parameter, constraint, value)


def positive(parameter: str, value: object) -> float:
    """Return `value` if it is a finite number above 0."""
    return real_number(parameter, value, "a finite number above 0", lambda number: number > 0)


def not_negative(parameter: str, value: object) -> float:
    """Return `value` if it is a finite number of 0 or more."""
    return real_number(parameter, value, "a finite number of 0 or more", lambda number: number >= 0)


def fraction(parameter: str, value: object) -> float:
    """Return `value` if it lies in [0, 1], as shares of a whole do."""
    return real_number(parameter, value, "a number from 0 to 1", lambda number: 0 <= number <= 1)


def decay(parameter: str, value: object) -> float:
    """Return `value` if it lies in [0, 1), as momentum and the rates of running means do."""
    constraint = "a number from 0 up to but not including 1"
    return real_number(parameter, value, constraint, lambda number: 0 <= number < 1)


def numeric_array(parameter: str, value: ArrayLike) -> FloatArray:
    """Return `value` as a float64 array (no copy if it is one), or raise ValueError."""
    try:
        array = np.asarray(value)
        if array.dtype.kind not in "fiub":
            raise TypeError
        return array.astype(np.float64, copy=False)
    except (TypeError, ValueError):
        kind = type(value).__name__
        raise invalid(parameter, "an array of real numbers", kind) from None


def all_finite(parameter: str, array: FloatArray) -> FloatArray:
    """Return `array` if it holds neither NaN nor infinity; else name the first bad place."""
    finite = np.isfinite(array)
    if finite.all():
        return array
    place = tuple(int(i) for i in np.argwhere(~finite)[0])
    where = f"row {place[0]}, column {place[1]}" if len(place) == 2 else f"position {place[0]}"
    raise invalid(parameter, f"finite everywhere (it is not at {where})", float(array[place]))


def finite_matrix(parameter: str, value: ArrayLike, columns: int | None = None) -> FloatArray:
    """Return `value` as a float64 matrix of at least one row.

    Args:
        columns: The number of columns it must have; None leaves that open.

    Raises:
        ValueError: For anything else: another shape, no rows, text, NaN, infinity.
    """
    array = numeric_array(parameter, value)
    wanted = "of shape (n, columns)" if columns is None else f"of shape (n, {columns})"
    if array.ndim != 2 or (columns is not None and array.shape[1] != columns):
        raise invalid(parameter, wanted, array.shape)
    if array.shape[0] == 0:
        raise invalid(parameter, f"{wanted} with at least one row", array.shape)
    return all_finite(parameter, array)


def labels(parameter: str, value: ArrayLike, n_classes: int | None = None) -> IntArray:
    """Return `value` as a vector of class numbers 0, 1, ..., n_classes - 1 (int64).

    Args:
        n_classes: None leaves the number of classes open.

    Raises:
        ValueError: For fractions, negative numbers and numbers outside the classes.
    """
    array = all_finite(parameter, vector(parameter, value))
    upper = np.inf if n_classes is None else n_classes - 1
    bad = (array != np.floor(array)) | (array < 0) | (array > upper)
    if bad.any():
        last = "..." if n_classes is None else f"{n_classes - 1}"
        place = int(np.argmax(bad))
        rule = f"class numbers 0 to {last} (position {place} is not)"
        raise invalid(parameter, rule, float(array[place]))
    return array.astype(np.int64)


def vector(parameter: str, value: ArrayLike) -> FloatArray:
    """Return `value` as a float64 vector with at least one entry."""
    array = numeric_array(parameter, value)
    if array.ndim != 1 or array.size == 0:
        raise invalid(parameter, "of shape (n,) with at least one entry", array.shape)
    return array

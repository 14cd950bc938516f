"""How good is it, in numbers that people understand.

A loss is made for training; accuracy, R squared and the confusion matrix are made for reading.
They compare known labels or values with predicted ones.
"""

from __future__ import annotations

import numpy as np

from nncore.arrays import Array, ArrayLike, FloatArray, IntArray
from nncore.checks import all_finite, invalid, labels, numeric_array, vector, whole_number


def classify(outputs: ArrayLike, threshold: float = 0.0) -> Array:
    """Return the class that each row of a network's outputs stands for.

    Args:
        outputs: One output per row, (n,) or (n, 1), or one column per class, (n, k).
        threshold: From where on a single output counts as the upper class; 0 for the labels -1
            and +1 of the playground's sets, 0.5 for a sigmoid's output.

    Returns:
        For a single output, (n,) numbers +1.0 (at least `threshold`) and -1.0. For k columns,
        (n,) numbers of the largest column, from 0 to k - 1.

    Raises:
        ValueError: If `outputs` has another shape.
    """
    array = numeric_array("outputs", outputs)
    if array.ndim == 2 and array.shape[1] > 1:
        largest: IntArray = array.argmax(axis=1)
        return largest
    if array.ndim not in (1, 2):
        raise invalid("outputs", "of shape (n,) or (n, k)", array.shape)
    return np.where(array.reshape(-1) >= threshold, 1.0, -1.0)


def accuracy(y_true: ArrayLike, y_pred: ArrayLike) -> float:
    """Return the share of labels that are equal, from 0 to 1.

    Args:
        y_true: The labels, (n,).
        y_pred: The predicted labels, (n,).

    Raises:
        ValueError: If the shapes differ, or a label is not finite.
    """
    true, predicted = _pair(y_true, y_pred)
    return float(np.mean(true == predicted))


def r2_score(y_true: ArrayLike, y_pred: ArrayLike) -> float:
    """Return R squared, the share of the variance of y_true that y_pred explains.

    R2 = 1 - sum (y_true - y_pred)^2 / sum (y_true - mean)^2: 1 is perfect, 0 is no better than
    always saying the mean, below 0 is worse. For constant y_true it is 1 if the prediction is
    exact and 0 otherwise, as in scikit-learn.

    Args:
        y_true: The values, (n,) or (n, 1), in any unit.
        y_pred: The predicted values, of the same shape and unit.

    Raises:
        ValueError: If the shapes differ, or a value is not finite.
    """
    true, predicted = _pair(np.ravel(y_true), np.ravel(y_pred))
    residual = np.square(true - predicted).sum()
    total = np.square(true - true.mean()).sum()
    if total == 0:
        return 1.0 if residual == 0 else 0.0
    return float(1 - residual / total)


def confusion_matrix(
    y_true: ArrayLike, y_pred: ArrayLike, n_classes: int | None = None
) -> IntArray:
    """Return how often each class was taken for which.

    Args:
        y_true: The class numbers 0, 1, ..., n_classes - 1, (n,).
        y_pred: The predicted ones, (n,).
        n_classes: The number of classes; None takes the largest number + 1.

    Returns:
        Counts, (n_classes, n_classes): a row for each true class, a column for each predicted one.

    Raises:
        ValueError: If the shapes differ, or a number is not one of the classes.
    """
    if n_classes is not None:
        whole_number("n_classes", n_classes, 1)
    true, predicted = labels("y_true", y_true, n_classes), labels("y_pred", y_pred, n_classes)
    _pair(true, predicted)
    k = int(max(true.max(), predicted.max())) + 1 if n_classes is None else n_classes
    pairs = (true * k + predicted).astype(np.intp)
    return np.bincount(pairs, minlength=k * k).reshape(k, k)


def _pair(y_true: ArrayLike, y_pred: ArrayLike) -> tuple[FloatArray, FloatArray]:
    true = all_finite("y_true", vector("y_true", y_true))
    predicted = vector("y_pred", y_pred)
    if true.shape != predicted.shape:
        raise invalid("y_pred", f"of shape {true.shape}, like y_true", predicted.shape)
    return true, predicted

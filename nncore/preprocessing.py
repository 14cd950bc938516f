"""Getting data ready: scaling, encoding labels, holding rows back for testing.

Columns in different units are brought to one scale, many columns are summed up in a few, class
numbers become one-hot rows, and a part of the rows is kept out of training to see how the network
does on what it has not seen.
Everything that draws takes the source of random numbers.
"""

from __future__ import annotations

import numpy as np

from nncore.arrays import Array, ArrayLike, FloatArray, IntArray, RandomSource, distinct
from nncore.checks import finite_matrix, fraction, invalid, labels, real_number, whole_number


def standardize(X: ArrayLike) -> FloatArray:
    """Return X with every column shifted and scaled to mean 0 and standard deviation 1.

    Z = (X - mean) / std, with the population standard deviation (divided by n), as scikit-learn's
    StandardScaler. A column that is constant becomes 0 throughout.

    Args:
        X: The rows, (n, columns), each column in its own unit.

    Returns:
        Numbers without a unit, (n, columns).

    Raises:
        ValueError: If X has another shape or no rows, or is not finite everywhere.
    """
    rows = finite_matrix("X", X)
    centred: FloatArray = rows - rows.mean(axis=0)
    constant = rows.max(axis=0) == rows.min(axis=0)
    centred[:, constant] = 0.0
    std = np.sqrt(np.square(centred).mean(axis=0))
    return centred / np.where(constant, 1.0, std)


def principal_components(X: ArrayLike, n_components: int = 2) -> tuple[FloatArray, FloatArray]:
    """Return the mean row of X, and the directions in which its rows differ most.

    The first direction has the largest variance of (X - mean) @ direction; each further one has
    the largest of those at right angles to all before. They are the right singular vectors of
    X - mean, with the sign that makes each one's largest entry positive. The rows' coordinates,
    called scores, are (X - mean) @ directions.T; those of new rows are found the same way.

    Args:
        X: The rows, (n, columns).
        n_components: How many directions; from 1 to min(n, columns).

    Returns:
        The mean, (columns,), and the directions, (n_components, columns), of length 1.

    Raises:
        ValueError: If there are not so many directions, or X is not a finite matrix.

    Source: K. Pearson (1901), On lines and planes of closest fit to systems of points in space,
    Philosophical Magazine 2(11).
    """
    rows = finite_matrix("X", X)
    whole_number("n_components", n_components, 1, min(rows.shape))
    mean: FloatArray = rows.mean(axis=0)
    directions = np.linalg.svd(rows - mean, full_matrices=False)[2][:n_components]
    largest = np.abs(directions).argmax(axis=1)
    signs = np.where(directions[np.arange(n_components), largest] < 0, -1.0, 1.0)
    return mean, directions * signs[:, None]


def one_hot(y: ArrayLike, n_classes: int | None = None) -> FloatArray:
    """Return a row for each label, with 1 in the label's column and 0 elsewhere.

    Args:
        y: The class numbers 0, 1, ..., n_classes - 1, (n,).
        n_classes: The number of classes; None takes the largest label + 1.

    Returns:
        Zeros and ones, (n, n_classes).

    Raises:
        ValueError: If a label is not one of the classes.
    """
    if n_classes is not None:
        whole_number("n_classes", n_classes, 1)
    classes = labels("y", y, n_classes)
    return np.eye(int(classes.max()) + 1 if n_classes is None else n_classes)[classes]


def shuffle_split(
    X: ArrayLike, y: ArrayLike, train_share: float, rng: RandomSource
) -> tuple[FloatArray, FloatArray, Array, Array]:
    """Shuffle the rows, then take the first floor(n * train_share) of them for training.

    Fisher and Yates's shuffle from the last row down: row k changes places with row
    floor(u (k + 1)), one draw u each, as in TensorFlow Playground.

    Args:
        X: The rows, (n, columns).
        y: What belongs to each, (n,) or (n, outputs).
        train_share: The share of rows for training; from 0 to 1.
        rng: The source of random numbers.

    Returns:
        X_train, X_test, y_train, y_test; either part may be empty.

    Raises:
        ValueError: If X and y do not fit together, or the share is outside its range.
    """
    rows, targets = _rows_and_targets(X, y)
    n = len(rows)
    fraction("train_share", train_share)
    order = rng.shuffled(n) if hasattr(rng, "shuffled") else _shuffled(n, rng)
    n_train = int(n * train_share + 1e-9)  # 0.29 * 100 is 28.999999999999996
    train, test = order[:n_train], order[n_train:]
    return rows[train], rows[test], targets[train], targets[test]


def _shuffled(n: int, rng: RandomSource) -> list[int]:
    """Return 0 to n - 1, shuffled; a compiled stream can do that itself, and does the same."""
    order = list(range(n))
    others = (rng.random(n) * np.arange(n, 0, -1)).astype(int).tolist()
    for k, other in zip(reversed(range(n)), others, strict=True):
        order[k], order[other] = order[other], order[k]
    return order


def stratified_split(
    X: ArrayLike, y: ArrayLike, validation_share: float, rng: RandomSource
) -> tuple[FloatArray, FloatArray, IntArray, IntArray]:
    """Hold back the same share of every class, chosen at random.

    Of a class with m rows, round(m * validation_share) are held back, but at least one, and one at
    least stays.

    Args:
        X: The rows, (n, columns).
        y: Their class numbers, (n,).
        validation_share: The share that is held back; above 0 and below 1.
        rng: The source of random numbers.

    Returns:
        X_train, X_validation, y_train, y_validation, the rows in their original order.

    Raises:
        ValueError: If a class has a single row, which cannot be on both sides, or the arguments do
            not fit together.
    """
    rows, targets = _rows_and_targets(X, y)
    classes = labels("y", targets)
    constraint = "a number above 0 and below 1"
    real_number("validation_share", validation_share, constraint, lambda number: 0 < number < 1)
    held_back = np.zeros(len(classes), dtype=bool)
    for label in distinct(classes):
        members = np.flatnonzero(classes == label)
        if members.size < 2:
            rule = f"labels with two rows or more of each class (class {label} has one)"
            raise invalid("y", rule, int(label))
        count = min(max(round(members.size * validation_share), 1), members.size - 1)
        held_back[members[np.argsort(rng.random(members.size))[:count]]] = True
    return rows[~held_back], rows[held_back], classes[~held_back], classes[held_back]


def _rows_and_targets(X: ArrayLike, y: ArrayLike) -> tuple[FloatArray, Array]:
    rows, targets = finite_matrix("X", X), np.asarray(y)
    if targets.ndim == 0 or len(targets) != len(rows):
        raise invalid("y", f"of length {len(rows)}, one entry per row of X", targets.shape)
    return rows, targets

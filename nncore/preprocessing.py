"""Getting data ready: scaling, encoding labels, holding rows back for testing.

Columns in different units are brought to one scale, many columns are summed up in a few, class
numbers become one-hot rows, and a part of the rows is kept out of training to see how the network
does on what it has not seen.
Everything that draws takes the source of random numbers.
"""

import numpy as np

from nncore.checks import finite_matrix, fraction, invalid, labels, real_number, whole_number


def standardize(X) -> np.ndarray:
    """Return X with every column shifted and scaled to mean 0 and standard deviation 1.

    Z = (X - mean) / std, with the population standard deviation (divided by n), as scikit-learn's
    StandardScaler. A column that is constant becomes 0 throughout.
    X: (n, columns). Raises ValueError for other shapes, no rows, NaN or infinity.
    """
    X = finite_matrix("X", X)
    centred = X - X.mean(axis=0)
    constant = X.max(axis=0) == X.min(axis=0)
    centred[:, constant] = 0.0
    std = np.sqrt(np.square(centred).mean(axis=0))
    return centred / np.where(constant, 1.0, std)


def principal_components(X, n_components: int = 2) -> tuple[np.ndarray, np.ndarray]:
    """Return (mean, directions): the mean row of X, and the directions in which rows differ most.

    The first direction has the largest variance of (X - mean) @ direction; each further one has
    the largest of those at right angles to all before. They are the right singular vectors of
    X - mean, with the sign that makes each one's largest entry positive. The rows' coordinates,
    called scores, are (X - mean) @ directions.T; those of new rows are found the same way.
    X: (n, columns). Returns shapes (columns,) and (n_components, columns).
    Raises ValueError for more components than min(n, columns). Source: K. Pearson (1901), On lines
    and planes of closest fit to systems of points in space, Philosophical Magazine 2(11).
    """
    X = finite_matrix("X", X)
    whole_number("n_components", n_components, 1, min(X.shape))
    mean = X.mean(axis=0)
    directions = np.linalg.svd(X - mean, full_matrices=False)[2][:n_components]
    largest = np.abs(directions).argmax(axis=1)
    signs = np.where(directions[np.arange(n_components), largest] < 0, -1.0, 1.0)
    return mean, directions * signs[:, None]


def one_hot(y, n_classes: int | None = None) -> np.ndarray:
    """Return a row for each label, with 1 in the label's column and 0 elsewhere.

    y: (n,) class numbers 0, 1, ..., n_classes - 1. n_classes: None takes the largest label + 1.
    Returns shape (n, n_classes). Raises ValueError for labels outside the classes.
    """
    if n_classes is not None:
        whole_number("n_classes", n_classes, 1)
    y = labels("y", y, n_classes)
    return np.eye(y.max() + 1 if n_classes is None else n_classes)[y]


def shuffle_split(X, y, train_share: float, rng):
    """Shuffle the rows, then take the first floor(n * train_share) of them for training.

    Fisher and Yates's shuffle from the last row down: row k changes places with row
    floor(u (k + 1)), one draw u each, as in TensorFlow Playground.
    train_share: from 0 to 1. Returns X_train, X_test, y_train, y_test; either part may be empty.
    """
    X, y = _rows_and_targets(X, y)
    fraction("train_share", train_share)
    order = rng.shuffled(len(X)) if hasattr(rng, "shuffled") else _shuffled(len(X), rng)
    n_train = int(len(X) * train_share + 1e-9)  # 0.29 * 100 is 28.999999999999996
    train, test = order[:n_train], order[n_train:]
    return X[train], X[test], y[train], y[test]


def _shuffled(n, rng):
    """The numbers 0 to n - 1, shuffled; a compiled stream can do that itself, and does the same."""
    order = list(range(n))
    others = (rng.random(n) * np.arange(n, 0, -1)).astype(int).tolist()
    for k, other in zip(reversed(range(n)), others, strict=True):
        order[k], order[other] = order[other], order[k]
    return order


def stratified_split(X, y, validation_share: float, rng):
    """Hold back the same share of every class, chosen at random.

    y: (n,) class numbers. validation_share: above 0 and below 1. Of a class with m rows,
    round(m * validation_share) are held back, but at least one, and one at least stays.
    Returns X_train, X_validation, y_train, y_validation, rows in their original order.
    Raises ValueError for a class with a single row: it cannot be on both sides.
    """
    X, y = _rows_and_targets(X, y)
    y = labels("y", y)
    constraint = "a number above 0 and below 1"
    real_number("validation_share", validation_share, constraint, lambda number: 0 < number < 1)
    held_back = np.zeros(len(y), dtype=bool)
    for label in np.unique(y):
        rows = np.flatnonzero(y == label)
        if rows.size < 2:
            rule = f"labels with two rows or more of each class (class {label} has one)"
            raise invalid("y", rule, int(label))
        count = min(max(round(rows.size * validation_share), 1), rows.size - 1)
        held_back[rows[np.argsort(rng.random(rows.size))[:count]]] = True
    return X[~held_back], X[held_back], y[~held_back], y[held_back]


def _rows_and_targets(X, y):
    X, y = finite_matrix("X", X), np.asarray(y)
    if y.ndim == 0 or len(y) != len(X):
        raise invalid("y", f"of length {len(X)}, one entry per row of X", y.shape)
    return X, y

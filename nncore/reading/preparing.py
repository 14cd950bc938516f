"""From a Reading to what a network learns from, without a test row having a say in it.

First the rows are split: so that every class keeps its share, by a column of groups, or by order.
Only then missing values are filled in and columns are scaled, with numbers that the training rows
alone have given. Rows that repeat others stay on the side of their original.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass

import numpy as np

from nncore.arrays import Array, FloatArray, IntArray, RandomSource, distinct
from nncore.checks import real_number
from nncore.pauses import result_of
from nncore.preprocessing import shuffle_split, stratified_split
from nncore.reading.encoding import AT_RANDOM, BY_ORDER, LEAST_ROWS, LEAVE_OUT, Encoded, encode
from nncore.reading.reader import Reading

PORTION = 200_000  # numbers that are worked on between two pauses


@dataclass(frozen=True, eq=False)
class Prepared:
    """Training and test rows, ready for `train`.

    Attributes:
        encoded: Where they come from.
        train, test: (n_train,), (n_test,) places in `encoded`.
        X: (n, n_inputs) with missing values filled in, in the columns' own units.
        inputs: (n, n_inputs) as the network gets them: X, or X scaled by the training rows.
        y: (n,) class numbers, or values scaled by the training rows.
        mean, std: (n_inputs,) of the training rows; std is 0 for a column that is constant there.
        y_mean, y_std: Of a target that is a number: value = y * y_std + y_mean.
    """

    encoded: Encoded
    train: IntArray
    test: IntArray
    X: FloatArray
    inputs: FloatArray
    y: Array
    mean: FloatArray
    std: FloatArray
    y_mean: float = 0.0
    y_std: float = 1.0

    @property
    def X_train(self) -> FloatArray:
        """The inputs of the training rows, (n_train, n_inputs)."""
        return self.inputs[self.train]

    @property
    def X_test(self) -> FloatArray:
        """The inputs of the test rows, (n_test, n_inputs)."""
        return self.inputs[self.test]

    @property
    def y_train(self) -> Array:
        """The labels or values of the training rows, (n_train,)."""
        return self.y[self.train]

    @property
    def y_test(self) -> Array:
        """The labels or values of the test rows, (n_test,)."""
        return self.y[self.test]


def split(
    encoded: Encoded, test_share: float, rng: RandomSource, used: IntArray | None = None
) -> tuple[IntArray, IntArray]:
    """Return (training rows, test rows), as places in `encoded`, in ascending order.

    Args:
        encoded: The table; `by` and `together` say how it is split.
        test_share: The share of rows that is held back; from 0 to below 1.
        rng: Draws them, but for a split by order.
        used: The places that take part; None for all.
    """
    real_number("test_share", test_share, "a number from 0 to below 1", lambda s: 0 <= s < 1)
    places: IntArray = np.arange(len(encoded.X)) if used is None else used
    n = len(places)
    n_test = min(max(round(n * test_share), 1), n - 1)
    if test_share == 0 or n < 2:
        return places, places[:0]
    if encoded.by == BY_ORDER:
        return places[: n - n_test], places[n - n_test :]
    together = encoded.together[places]
    if (np.diff(together) > 0).all():  # all are different
        first = group = np.arange(n)
    else:
        different = distinct(together)
        group = np.searchsorted(different, together)
        first = np.empty(len(different), np.int64)
        first[group[::-1]] = np.arange(len(together))[::-1]  # the last that is written stays
    if encoded.by == AT_RANDOM:
        held = _held_back(encoded, places[first], test_share, rng)
    else:
        held = _held_groups(group, n_test, rng)
    test = held[group]
    return places[~test], places[test]


def _held_back(encoded: Encoded, originals: IntArray, share: float, rng: RandomSource) -> Array:
    """Which of the different rows are held back: every class keeps its share, if it can."""
    numbers = np.arange(len(originals))
    y = encoded.y[originals]
    held = np.zeros(len(originals), dtype=bool)
    if not encoded.class_names:
        held[shuffle_split(numbers[:, None], y, 1 - share, rng)[1][:, 0].astype(int)] = True
        return held
    many = np.bincount(y)[y] > 1
    if many.any():
        chosen = stratified_split(numbers[many, None], y[many], share, rng)[1]
        held[chosen[:, 0].astype(int)] = True
    return held


def _held_groups(group: IntArray, n_test: int, rng: RandomSource) -> Array:
    """Which groups are held back: some at random, of about n_test rows; one stays at least."""
    sizes = np.bincount(group)
    order = np.argsort(rng.random(len(sizes)), kind="stable")
    before = np.cumsum(sizes[order]) - sizes[order]
    held = np.zeros(len(sizes), dtype=bool)
    held[order[before + sizes[order] / 2 <= n_test]] = True
    if not held.any():
        held[order[0]] = True
    if held.all():
        held[order[-1]] = False
    return held


def fill_values(encoded: Encoded, train: IntArray) -> FloatArray:
    """Return what missing values become, (n_inputs,): means, and the most frequent categories.

    Only the training rows are asked. A column that has no value in them becomes 0.
    """
    values = np.zeros(encoded.X.shape[1])
    for (start, end), hot in zip(encoded.blocks, encoded.one_hot, strict=True):
        block = encoded.X[train, start:end]
        block = block[~np.isnan(block[:, 0])]
        if not len(block):
            continue
        mean = block.mean(axis=0)
        if hot and end - start == 1:
            values[start] = float(mean[0] > 0.5)
        elif hot:
            values[start + int(mean.argmax())] = 1.0
        else:
            values[start] = mean[0]
    return values


def filled(encoded: Encoded, train: IntArray) -> FloatArray:
    """Return X with missing values filled in by the training rows, (n, n_inputs)."""
    gaps = np.isnan(encoded.X)
    if not gaps.any():
        return encoded.X
    return np.where(gaps, fill_values(encoded, train), encoded.X)


def scaling(X: FloatArray, train: IntArray) -> Generator[None, None, tuple[FloatArray, FloatArray]]:
    """Return (mean, std) of the training rows; std, divided by n, is 0 where all are the same.

    There is a pause after each column.
    """
    mean, std = np.empty(X.shape[1]), np.empty(X.shape[1])
    for place in range(X.shape[1]):
        mean[place], std[place] = _scale(X[train, place])
        yield
    return mean, std


def _scale(values: FloatArray) -> tuple[float, float]:
    """(mean, std) of a column's training rows."""
    if values.max() == values.min():
        return float(values.mean()), 0.0
    return float(values.mean()), float(values.std())


def scaled(X: FloatArray, mean: FloatArray, std: FloatArray) -> FloatArray:
    """Return (X - mean) / std, and 0 where std is 0."""
    return np.where(std == 0, 0.0, (X - mean) / np.where(std == 0, 1.0, std))


def prepare(
    reading: Reading, test_share: float, rng: RandomSource, *, missing: str = LEAVE_OUT,
    by: str = AT_RANDOM, standardize: bool = True, left_out: Sequence[int] = (),
    least_rows: int = LEAST_ROWS,
) -> Prepared:  # fmt: skip
    """Split a table, fill in what is missing and scale it, in this order.

    Args:
        reading: The table, with its roles.
        test_share: The share of rows that is held back; from 0 to below 1.
        rng: Draws them.
        missing: "leave_out" or "fill".
        by: "random", "order", or a column whose rows stay together.
        standardize: Whether columns get mean 0 and standard deviation 1 on the training rows. A
            target that is a number gets them anyway.
        left_out: Places in the encoded table that take no part.
        least_rows: Rows that there must be.

    Raises:
        TableError: As `encode`.
    """
    encoded = encode(reading, missing, by, least_rows)
    return prepared(encoded, test_share, rng, standardize, left_out)


def prepared(
    encoded: Encoded, test_share: float, rng: RandomSource, standardize: bool = True,
    left_out: Sequence[int] = (),
) -> Prepared:  # fmt: skip
    """Return what `prepare` does, of a table that is encoded already, in one go."""
    return result_of(preparing(encoded, test_share, rng, standardize, left_out))


def preparing(
    encoded: Encoded, test_share: float, rng: RandomSource, standardize: bool = True,
    left_out: Sequence[int] = (),
) -> Generator[None, None, Prepared]:  # fmt: skip
    """Return what `prepared` does; pauses after every few hundred thousand numbers."""
    used = np.delete(np.arange(len(encoded.X)), left_out)
    train, test = split(encoded, test_share, rng, used)
    yield
    X = filled(encoded, train)
    yield
    mean, std = yield from scaling(X, train)
    inputs = X
    if standardize:
        inputs = np.empty_like(X)
        size = max(PORTION // max(X.shape[1], 1), 1)
        for start in range(0, len(X), size):
            inputs[start : start + size] = scaled(X[start : start + size], mean, std)
            yield
    if encoded.class_names:
        return Prepared(encoded, train, test, X, inputs, encoded.y, mean, std)
    y_mean, y_std = _scale(encoded.y[train])
    y = scaled(encoded.y, np.array(y_mean), np.array(y_std))
    return Prepared(encoded, train, test, X, inputs, y, mean, std, y_mean, y_std)

"""Which rows of a table are learned from, which are held back, and what is wrong with that.

A reader may leave rows out and hold a share back for validation. Not every such choice can be
followed: a class with a single row cannot be on both sides, and a column that is the same in
all rows cannot be scaled. Then as much is done as can be, and a fault says what was not.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from explorer.settings.settings import Settings
from nncore import Table, shuffle_split, standardize, stratified_split
from nncore.arrays import FloatArray, IntArray, RandomSource

FEWEST = 2  # rows that there must be


@dataclass(frozen=True)
class Fault:
    """Something about the data that the reader should know; `explorer.text.wine` has the texts."""

    kind: str  # "none_left", "too_few", "single" or "constant"
    names: tuple[str, ...] = ()  # the classes or columns that it is about
    count: int = 0  # the rows in use


@dataclass(frozen=True)
class Split:
    """The rows of a table as they are used. Numbers are places in the table, from 0."""

    train: IntArray  # (n,) numbers of the rows to learn from
    test: IntArray  # (m,) numbers of the rows held back
    inputs: FloatArray  # (rows, columns) of the whole table, as the network gets them
    mean: FloatArray  # (columns,) over the rows in use
    std: FloatArray  # (columns,) population standard deviation over the rows in use
    faults: tuple[Fault, ...]
    y_mean: float = 0.0  # of a target that is a number: value = label * y_std + y_mean
    y_std: float = 1.0


def split_table(table: Table, settings: Settings, rng: RandomSource) -> Split:
    """The split of `table` that the settings ask for. rng draws which rows are held back."""
    left_out = [number - 1 for number in settings.left_out if number <= len(table.X)]
    used: IntArray = np.delete(np.arange(len(table.X)), left_out)
    faults: list[Fault] = []
    if len(used) < FEWEST:
        faults.append(Fault("none_left", count=len(used)))
        used = np.arange(len(table.X))
    train, test, fault = hold_back(used, table, (100 - settings.train_share) / 100, rng)
    mean, std = table.X[used].mean(axis=0), table.X[used].std(axis=0)
    constant = table.X[used].min(axis=0) == table.X[used].max(axis=0)
    names = tuple(n for n, same in zip(table.feature_names, constant, strict=True) if same)
    faults += [fault] if fault else []
    faults += [Fault("constant", names, len(used))] if names else []
    inputs = table.X
    if settings.standardize:
        inputs = np.where(constant, 0.0, (table.X - mean) / np.where(constant, 1.0, std))
        inputs[used] = standardize(table.X[used])
    y = (0.0, 1.0) if table.class_names else (float(table.y.mean()), float(table.y.std()))
    return Split(train, test, inputs, mean, np.where(constant, 0.0, std), tuple(faults), *y)


def hold_back(
    used: IntArray, table: Table, share: float, rng: RandomSource
) -> tuple[IntArray, IntArray, Fault | None]:
    """(training rows, rows held back, fault or None): every class keeps its share.

    A class with a single row stays in the training data.
    """
    none = used[:0]
    if share <= 0:
        return used, none, None
    if not table.class_names:
        y = table.y[used]
        shares = shuffle_split(used.reshape(-1, 1), y, 1 - share, rng)[:2]
        train, test = (numbers[:, 0].astype(int) for numbers in shares)
        if not len(train) or not len(test):
            return used, none, Fault("too_few", count=len(used))
        return train, test, None
    counts = np.bincount(table.y[used], minlength=table.n_classes)
    alone = counts[table.y[used]] == 1
    names = tuple(table.class_names[label] for label in np.flatnonzero(counts == 1))
    many = used[~alone]
    if not len(many):
        return used, none, Fault("too_few", count=len(used))
    shares = stratified_split(many.reshape(-1, 1), table.y[many], share, rng)[:2]
    train, test = (numbers[:, 0].astype(int) for numbers in shares)
    train = np.sort(np.concatenate([train, used[alone]]))
    return train, test, Fault("single", names, len(used)) if names else None

"""The inputs and the target of a table as numbers: categories become one-hot columns.

What cannot be learned from is refused here, with a sentence that says what to change. Nothing is
computed over rows: that comes after the split, in `preparing`.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from nncore.arrays import Array, BoolArray, FloatArray, IntArray, distinct
from nncore.checks import one_of
from nncore.pauses import result_of
from nncore.reading.columns import Column
from nncore.reading.faults import refusal
from nncore.reading.reader import Reading
from nncore.reading.roles import ROWS, rows_as_bytes
from nncore.reading.targets import MOST_CLASSES

MOST_INPUTS = 60
LEAST_ROWS, MOST_ROWS = 10, 100_000
LEAVE_OUT, FILL = "leave_out", "fill"
MISSING = (LEAVE_OUT, FILL)
AT_RANDOM, BY_ORDER = "random", "order"


@dataclass(frozen=True, eq=False)
class Encoded:
    """The inputs and the target of a table as numbers, not yet split, filled in or scaled.

    Attributes:
        X: (n, n_inputs); NaN where a value is missing that is to be filled in.
        y: (n,) class numbers (int64), or values where class_names is empty.
        feature_names: One for each column of X: the column's name, or "name: category".
        class_names: One for each class; () for a number.
        target_name: The target column's name.
        rows: (n,) which rows of the file these are, counted from 0.
        blocks: (first, behind the last) columns of X of each column of the table.
        one_hot: Whether each block is a category, spread out.
        together: (n,) rows of one number must stay on one side: repetitions, or a group.
        by: "random" or "order", or the name of the column of groups.
    """

    X: FloatArray
    y: Array
    feature_names: tuple[str, ...]
    class_names: tuple[str, ...]
    target_name: str
    rows: IntArray
    blocks: tuple[tuple[int, int], ...]
    one_hot: tuple[bool, ...]
    together: IntArray
    by: str = AT_RANDOM


def encode(
    reading: Reading, missing: str = LEAVE_OUT, by: str = AT_RANDOM, least_rows: int = LEAST_ROWS
) -> Encoded:
    """Return inputs and target as numbers, in one go; see `encoding`."""
    return result_of(encoding(reading, missing, by, least_rows))


def encoding(
    reading: Reading, missing: str = LEAVE_OUT, by: str = AT_RANDOM, least_rows: int = LEAST_ROWS
) -> Generator[None, None, Encoded]:
    """Return inputs and target as numbers: categories become one-hot columns.

    A category of two values becomes one column, which is 1 for the second of them. There is a
    pause after each column.

    Args:
        reading: The table, with its roles.
        missing: "leave_out" rows with missing values, or "fill" them in after the split.
        by: How rows will be split: "random", "order", or a column whose rows stay together.
        least_rows: Rows that must be left.

    Raises:
        TableError: If there are no inputs or no target, too many inputs or classes, or too few
            rows; the message says what to change.
    """
    one_of("missing", missing, MISSING)
    target, inputs = reading.target, reading.inputs
    if not inputs:
        raise refusal("no_inputs")
    if target is None:
        if len(inputs) == 1:
            raise refusal("single", column=inputs[0].name)
        raise refusal("no_target")
    rows = np.flatnonzero(_complete(reading, missing) & ~target.missing)
    if reading.n_rows < least_rows:
        raise refusal("short", count=reading.n_rows, most=least_rows)
    if len(rows) < least_rows:
        worst = max(inputs, key=lambda column: int(column.missing.sum()))
        raise refusal("few_rows", count=len(rows), most=least_rows, column=worst.name)
    if len(rows) > MOST_ROWS:
        raise refusal("many_rows", count=f"{len(rows):,}", most=f"{MOST_ROWS:,}")
    yield
    y, class_names = _target(target, rows)
    yield
    columns = {column.name for column in inputs}
    parts, names = yield from _inputs(reading, rows)
    X = yield from _side_by_side(parts)
    if by not in (AT_RANDOM, BY_ORDER):
        groups = _groups(reading, by, rows)
    elif len(reading.different_by) > 1 and {*reading.different_by} <= {target.name, *columns}:
        groups = np.arange(len(rows))
    else:
        groups = yield from _together(X, y)
    blocks = tuple(pairwise(np.cumsum([0, *(part.shape[1] for part in parts)]).tolist()))
    one_hot = tuple(bool(column.categories) for column in inputs)
    return Encoded(X, y, names, class_names, target.name, rows, blocks, one_hot, groups, by)


def encode_inputs(reading: Reading, missing: str) -> tuple[FloatArray, tuple[str, ...]]:
    """Return (X, its names) of a table without a target, as `encode` does."""
    if not reading.inputs:
        raise refusal("no_inputs")
    rows = np.flatnonzero(_complete(reading, missing))
    parts, names = result_of(_inputs(reading, rows))
    return np.hstack(parts), names


def _complete(reading: Reading, missing: str) -> BoolArray:
    """Which rows have all inputs, (n,): all where missing values are to be filled in."""
    complete = np.ones(reading.n_rows, dtype=bool)
    for column in reading.inputs if missing == LEAVE_OUT else ():
        complete &= ~column.missing
    return complete


def _inputs(
    reading: Reading, rows: IntArray
) -> Generator[None, None, tuple[list[FloatArray], tuple[str, ...]]]:
    """(columns of X for each input, the names of all of them)."""
    parts, names = [], []
    for column in reading.inputs:
        part, some = _input(column, rows)
        parts.append(part)
        names += some
        yield
    if len(names) > MOST_INPUTS:
        raise refusal("many_inputs", count=len(names), most=MOST_INPUTS)
    return parts, tuple(names)


def _side_by_side(parts: list[FloatArray]) -> Generator[None, None, FloatArray]:
    """Return the columns as one matrix, filled row by row."""
    X = np.empty((len(parts[0]), sum(part.shape[1] for part in parts)))
    for start in range(0, len(X), ROWS):
        X[start : start + ROWS] = np.hstack([part[start : start + ROWS] for part in parts])
        yield
    return X


def _target(target: Column, rows: IntArray) -> tuple[Array, tuple[str, ...]]:
    """(y, class names): classes that no row has any more are forgotten."""
    if not target.categories:
        return target.values[rows].copy(), ()
    places = target.values[rows].astype(np.int64)
    found = distinct(places)
    names = tuple(target.categories[k] for k in found.tolist())
    if len(names) == 1:
        raise refusal("one_class", column=target.name, values=names[0])
    if len(names) > MOST_CLASSES:
        raise refusal("many_classes", column=target.name, count=len(names), most=MOST_CLASSES)
    return np.searchsorted(found, places).astype(np.int64), names


def _input(column: Column, rows: IntArray) -> tuple[FloatArray, list[str]]:
    """(columns of X, their names) of an input."""
    values = column.values[rows]
    if not column.categories:
        return values[:, None].copy(), [column.name]
    here = ~np.isnan(values)
    found = distinct(values[here]).astype(np.int64)
    names = [f"{column.name}: {column.categories[k]}" for k in found.tolist()]
    if len(names) > MOST_INPUTS:  # too many, and to spread them out may take all memory
        return np.empty((len(rows), 0)), names
    places = np.searchsorted(found, np.where(here, values, found[:1] if len(found) else 0))
    hot = np.eye(max(len(found), 1))[places]
    if not names:  # no row that is left has a value
        names = [column.name]
    if len(found) == 2:
        hot, names = hot[:, 1:], names[1:]
    hot[~here] = np.nan
    return hot, names


def _together(X: FloatArray, y: Array) -> Generator[None, None, IntArray]:
    """Return the same number for rows that are equal, inputs and target."""
    numbers: dict[bytes, int] = {}
    together = np.empty(len(X), np.int64)
    for start in range(0, len(X), ROWS):
        some = slice(start, start + ROWS)
        rows = rows_as_bytes([*X[some].T, y[some].astype(float)])
        together[some] = [numbers.setdefault(row, len(numbers)) for row in rows]
        yield
    return together


def _groups(reading: Reading, by: str, rows: IntArray) -> IntArray:
    column = next((c for c in reading.columns if c.name == by), None)
    if column is None:
        names = ", ".join(c.name for c in reading.columns[:20])
        raise refusal("no_column", values=by, columns=names)
    values = column.values[rows]
    alone = np.isnan(values)  # a row without a group is one of its own
    values = np.where(alone, -1.0, values)
    groups = np.searchsorted(distinct(values), values).astype(np.int64)
    groups[alone] = groups.max() + 1 + np.arange(alone.sum())
    if len(distinct(groups)) < 2:
        raise refusal("one_group", column=by)
    return groups

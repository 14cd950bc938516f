"""What other programs have done to a column before it came here, as far as its numbers tell.

Spreadsheets turn decimals into dates, or 0.125 into 125 where a point groups thousands; old data
write 0 for what was not measured. None of it can be undone for sure, so it is only said.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from nncore.arrays import distinct
from nncore.reading.columns import Column, written
from nncore.reading.faults import Doubt

SERIALS = (20_000, 50_000)  # days since 1900 that spreadsheets make of dates from 1954 to 2036
SMALL = 100.0  # what the other values of such a column stay below
SENTINELS = (-9, -99, -999, -9999, -99999, 99, 999, 9999, 99999, 999999)  # for missing values
MOST_ZEROS = 1 / 2
STEPS = 4  # how many times as far from 0 the least value is as the LOWEST are from one another
LOWEST = 10
FAR = 0.3  # of the median: how far from 0 all other values are


def damage(column: Column) -> list[Doubt]:
    """Return the doubts about a column of numbers that is used."""
    if column.kind != "number" or column.role == "out":
        return []
    here = np.flatnonzero(~column.missing)
    values = column.values[here]
    found = [date_serials(column, here, values), zeros(column, values)]
    found.append(sentinel(column, here, values))
    if found[0] is None:
        found.append(thousandfold(column, here, values))
    return [doubt for doubt in found if doubt]


def date_serials(column: Column, here: np.ndarray, values: np.ndarray) -> Doubt | None:
    whole = (values == np.floor(values)) & (values >= SERIALS[0]) & (values <= SERIALS[1])
    others = values[~whole]
    if not whole.any() or not len(others) or np.abs(others).max() >= SMALL:
        return None
    return about("date_serial", column, here, values, whole)


def thousandfold(column: Column, here: np.ndarray, values: np.ndarray) -> Doubt | None:
    """Whole numbers from 100 up beside small fractions that they would be among, divided."""
    whole = (values == np.floor(values)) & (values >= 100)
    others = values[~whole]
    fractions = others[others != np.floor(others)]
    if not whole.any() or not len(fractions) or len(fractions) < len(others) / 2:
        return None
    low, high = fractions.min() / 3, fractions.max() * 3
    divided = values[whole] / 1000
    if np.abs(others).max() >= 20 or (divided < low).any() or (divided > high).any():
        return None
    return about("thousandfold", column, here, values, whole)


def zeros(column: Column, values: np.ndarray) -> Doubt | None:
    """Zeros in a column whose other values stay away from 0."""
    others = values[values != 0]
    count = len(values) - len(others)
    if not 0 < count <= MOST_ZEROS * len(values) or others.min() <= 0:
        return None
    different, least = distinct(others), others.min()
    if len(different) < 3:
        return None
    steps = np.diff(different[:LOWEST])
    away = least >= FAR * np.sort(others)[len(others) // 2] and least > 2 * steps.min()
    if not away and (least < STEPS * np.median(steps) or len(different) < LOWEST):
        return None
    least = written(others.min(keepdims=True))[0]
    return Doubt("zeros", column.name, count=count, reading=least)


def sentinel(column: Column, here: np.ndarray, values: np.ndarray) -> Doubt | None:
    """Return a number such as -999 that stands several times, far from all others."""
    for end in (values.min(initial=0), values.max(initial=0)):
        which = values == end
        others = values[~which]
        if end in SENTINELS and which.sum() > 1 and len(others) > 2:
            low, high = others.min(), others.max()
            if max(low - end, end - high) > max(high - low, 1.0):
                rows = tuple((here[which] + 1).tolist())
                return Doubt("sentinel", column.name, rows, written(np.array([end])), len(rows))
    return None


def about(
    kind: str, column: Column, here: np.ndarray, values: np.ndarray, which: np.ndarray
) -> Doubt:
    rows = tuple(int(row) + 1 for row in here[which])
    names = tuple(dict.fromkeys(written(values[which])))
    return Doubt(kind, column.name, rows, names, len(rows))


def spread_categories(columns: list[Column]) -> list[list[str]]:
    """Return the names of two-valued inputs of one prefix of which one is on in each row."""
    families = defaultdict(list)
    for column in columns:
        prefix, mark, _ = column.name.rpartition("_")
        if mark and prefix and column.role == "input":
            families[prefix].append(column)
    two = {prefix: [c for c in family if is_two_valued(c)] for prefix, family in families.items()}
    return [
        [column.name for column in family]
        for family in two.values()
        if len(family) > 1 and (np.sum([is_on(c) for c in family], axis=0) == 1).all()
    ]


def is_two_valued(column: Column) -> bool:
    """Whether a column has two values at most; the first rows mostly tell already."""
    first = column.values[:200]
    return len(distinct(first[~np.isnan(first)])) <= 2 and column.n_different <= 2


def is_on(column: Column) -> np.ndarray:
    """1 where a two-valued column is on (1, True, yes), else 0."""
    if column.categories:
        words = [i for i, c in enumerate(column.categories) if c.lower() in ("true", "yes", "1")]
        return np.isin(column.values, words).astype(int)
    on: np.ndarray = column.values == 1
    return on.astype(int)

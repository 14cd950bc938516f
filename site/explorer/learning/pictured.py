"""Which rows a picture shows where there are more than it could: some, evenly chosen.

A plane with 100,000 marks would be one blot, and take seconds to draw. Numbers are about all rows;
only marks and barcodes are about those that are pictured.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from explorer.learning.problem import MOST_PICTURED, Problem, Rows
from nncore.arrays import IntArray, distinct

_last: list[tuple[Problem, Problem]] = []  # the last problem, and what is pictured of it


def pictured(problem: Problem) -> Problem:
    """The problem with no more rows of a table than pictures show; else the problem itself."""
    split = problem.split
    if split is None or max(len(split.train), len(split.test)) <= MOST_PICTURED:
        return problem
    if not _last or _last[0][0] is not problem:
        train, test = evenly(len(split.train)), evenly(len(split.test))
        fewer = replace(split, train=split.train[train], test=split.test[test])
        _last[:] = [
            (
                problem,
                replace(
                    problem, split=fewer,
                    train=some(problem.train, train), test=some(problem.test, test),
                ),
            )
        ]  # fmt: skip
    return _last[0][1]


def evenly(n: int) -> IntArray:
    """The places of at most MOST_PICTURED of n rows."""
    return distinct(np.linspace(0, max(n - 1, 0), min(n, MOST_PICTURED)).astype(np.int64))


def some(rows: Rows, places: IntArray) -> Rows:
    """Those rows of a share."""
    return Rows(None, rows.inputs[places], rows.labels[places], rows.targets[places])

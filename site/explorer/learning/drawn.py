"""Points that the reader draws on the plane, and what a brush, an eraser and a hand do to them.

A drawing never changes: each stroke gives another one. As soon as it can be learned from it is a
table of the reader's own, with a CSV file as its content, so that links, files and programs treat
it like any other. Points are kept as that file has them, with two decimals.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from explorer.learning.own_table import BRUSHES, OwnTable, Recipe, TableError, own_table
from explorer.learning.problem import EXTENT, Problem
from nncore.arrays import FloatArray, IntArray, RandomSource
from nncore.reading.reader import read

__all__ = ["BRUSHES", "Drawing", "of_problem", "of_table"]

MOST = 1000  # points
FROM = 500  # points that a drawing takes over from a data set
FILE = "drawing.csv"
DECIMALS = 2
X1, X2, LABEL, VALUE = "x1", "x2", "class", "value"  # the columns


@dataclass(frozen=True, eq=False)
class Drawing:
    """Points of the plane with what they are.

    Attributes:
        X: (n, 2) places within [-6, 6].
        values: (n,) classes 1, 2 and 3, or values from -1 to 1.
        is_number: Whether they are values.
    """

    X: FloatArray
    values: FloatArray
    is_number: bool = False

    def __len__(self) -> int:
        return len(self.X)

    def with_points(self, places: Sequence[tuple[float, float]], value: float) -> Drawing:
        """This drawing with more points, as many as there is room for."""
        new = np.array(places, float).reshape(-1, 2)[: MOST - len(self)]
        if not len(new):
            return self
        values = np.full(len(new), value, float)
        return replace(
            self, X=np.vstack([self.X, kept(new)]), values=np.concatenate([self.values, values])
        )

    def without(self, place: tuple[float, float], size: float) -> Drawing:
        """This drawing without the points that are within `size` of a place."""
        stays = self.distances(place) > size
        return self if stays.all() else replace(self, X=self.X[stays], values=self.values[stays])

    def nearest(self, place: tuple[float, float], reach: float) -> int | None:
        """Which point is nearest to a place; None if none is within reach."""
        far = self.distances(place)
        return int(far.argmin()) if len(self) and far.min() <= reach else None

    def moved(self, which: int, place: tuple[float, float]) -> Drawing:
        """This drawing with a point elsewhere."""
        X = self.X.copy()
        X[which] = kept(np.array(place))
        return replace(self, X=X)

    def turned(self, is_number: bool) -> Drawing:
        """The same points with values for their classes, or classes for their values."""
        if is_number == self.is_number:
            return self
        if is_number:
            values = np.array([0.0, 1.0, -1.0, 0.0])[self.values.astype(int)]
        else:
            values = np.where(self.values >= 0, 1.0, 2.0)
        return replace(self, values=values, is_number=is_number)

    def distances(self, place: tuple[float, float]) -> FloatArray:
        far: FloatArray = np.hypot(*(self.X - place).T)
        return far

    @property
    def counts(self) -> IntArray:
        """How many points each class has, (BRUSHES,)."""
        return np.bincount(self.values.astype(int), minlength=BRUSHES + 1)[1:]

    def content(self) -> bytes:
        """The drawing as a CSV file."""
        form = "{:.2f}" if self.is_number else "{:.0f}"
        rows = zip(self.X.tolist(), self.values.tolist(), strict=True)
        lines = [f"{x:.2f},{y:.2f},{form.format(value)}" for (x, y), value in rows]
        return "\n".join([f"{X1},{X2},{VALUE if self.is_number else LABEL}", *lines, ""]).encode()

    def table(self) -> OwnTable | None:
        """The drawing as a table, or None while nothing can be learned from it."""
        columns = {X1: ("number", "input"), X2: ("number", "input")}
        if self.is_number:
            columns[VALUE] = "number", "target"
        else:
            columns[LABEL] = "category", "target"
        try:
            content = self.content()
            return own_table(FILE, content, Recipe(columns, drawn=True), read(content))
        except TableError:
            return None


def dab(
    place: tuple[float, float], size: float, count: int, rng: RandomSource
) -> list[tuple[float, float]]:
    """Places of `count` points, evenly spread over the disc of a brush."""
    radius, angle = size * np.sqrt(rng.random(count)), 2 * np.pi * rng.random(count)
    xs, ys = place[0] + radius * np.cos(angle), place[1] + radius * np.sin(angle)
    return list(zip(xs.tolist(), ys.tolist(), strict=True))


def kept(X: FloatArray) -> FloatArray:
    """Places as they are kept: on the plane, rounded, and 0 without a sign."""
    places: FloatArray = np.clip(X, -EXTENT, EXTENT).round(DECIMALS) + 0.0
    return places


def of_table(table: OwnTable) -> Drawing:
    """The drawing that a table was made of."""
    encoded = table.encoded
    if encoded.class_names:
        return Drawing(encoded.X, encoded.y + 1.0)
    return Drawing(encoded.X, encoded.y, is_number=True)


def of_problem(problem: Problem) -> Drawing:
    """The points of a data set of the plane, to begin with; none where it has too many classes."""
    shares = [rows for rows in (problem.train, problem.test) if rows.points is not None]
    if len(problem.class_names) > BRUSHES or not shares:
        return Drawing(np.empty((0, 2)), np.empty(0))
    X = np.vstack([rows.points for rows in shares if rows.points is not None])[:FROM]
    labels = np.concatenate([rows.labels for rows in shares])[:FROM].astype(float)
    if problem.task == "regression":
        return Drawing(kept(X), np.round(np.clip(labels, -1, 1), DECIMALS) + 0.0, is_number=True)
    values = labels + 1 if problem.task == "multiclass" else np.where(labels > 0, 1.0, 2.0)
    return Drawing(kept(X), values)

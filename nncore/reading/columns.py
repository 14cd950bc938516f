"""A column of a table: what it was taken for, its values, and what else it could be taken for.

Numbers are kept as numbers. Categories and texts are kept as places in the list of their different
values, dates as days, so that a column of 100,000 rows is one array, whatever it holds. Missing
values are NaN throughout.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from nncore.arrays import BoolArray, FloatArray, distinct
from nncore.checks import invalid
from nncore.reading.faults import refusal

KINDS = ("number", "category", "date", "text", "index")
ROLES = ("input", "target", "out")
SLICE = 10_000  # fields of a column that are worked on between two pauses
HEAD = 8  # rows of which the text is kept as it stood in the file


@dataclass(frozen=True, eq=False)
class Column:
    """A column of a table.

    Attributes:
        name: As in the header.
        kind: One of KINDS, or "empty".
        values: (n,) numbers; days since 1970 for dates; places in `categories` for categories and
            texts; NaN where the value is missing.
        categories: The different values of a category or a text, as written.
        role: One of ROLES.
        head: The first values as they stood in the file.
    """

    name: str
    kind: str
    values: FloatArray
    categories: tuple[str, ...] = ()
    role: str = "out"
    head: tuple[str, ...] = ()

    @cached_property
    def missing(self) -> BoolArray:
        """Which values are missing, (n,)."""
        found: BoolArray = np.isnan(self.values)
        return found

    @cached_property
    def n_different(self) -> int:
        """How many different values there are."""
        return len(self.categories) or len(distinct(self.values[~self.missing]))

    def without(self, value: str) -> Column:
        """Return this column with a value taken for missing, wherever it stands."""
        if value in self.categories:
            place = self.categories.index(value)
            values = np.where(self.values == place, np.nan, self.values - (self.values > place))
            left = self.categories[:place] + self.categories[place + 1 :]
            kind = self.kind if left else "empty"
            return replace(self, kind=kind, values=values, categories=left)
        number = np.nan if self.categories else _number(value)
        return replace(self, values=np.where(self.values == number, np.nan, self.values))

    def gathered(self, most: int, name: str) -> Column:
        """Return this category with no more than `most` values: the most frequent ones stay, in
        their order, and all others become one, called `name`.

        Of equally frequent ones the first stay. A value that has that name already joins them.

        Raises:
            ValueError: If the column is no category.
        """
        if not self.categories:
            raise invalid("column", "a category", self.kind)
        if len(self.categories) <= most:
            return self
        here = ~self.missing
        places = self.values[here].astype(int)
        counts = np.bincount(places, minlength=len(self.categories))
        often = np.argsort(-counts, kind="stable").tolist()
        kept = sorted([k for k in often if self.categories[k] != name][: most - 1])
        new = np.full(len(self.categories), float(len(kept)))
        new[kept] = np.arange(len(kept))
        values = np.full(len(self.values), np.nan)
        values[here] = new[places]
        return replace(self, values=values, categories=(*(self.categories[k] for k in kept), name))

    def taken_for(self, kind: str) -> Column:
        """Return this column as another kind.

        Raises:
            TableError: If a value is no number; it names the row.
        """
        if kind == self.kind:
            return self
        if kind in ("category", "text"):
            if self.categories:
                return replace(self, kind=kind)
            different = distinct(self.values[~self.missing])
            places = np.searchsorted(different, self.values)
            values = np.where(self.missing, np.nan, places.astype(float))
            return replace(self, kind=kind, values=values, categories=written(different))
        if not self.categories:
            return replace(self, kind=kind)
        numbers = np.array([_number(text) for text in self.categories])
        bad = np.flatnonzero(np.isin(self.values, np.flatnonzero(np.isnan(numbers))))
        if len(bad):
            text = self.categories[int(self.values[bad[0]])]
            raise refusal("not_number", row=int(bad[0]) + 1, column=self.name, values=text)
        values = np.full(len(self.values), np.nan)
        values[~self.missing] = numbers[self.values[~self.missing].astype(int)]
        return replace(self, kind=kind, values=values, categories=())


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return np.nan


def written(numbers: FloatArray) -> tuple[str, ...]:
    """Numbers as short texts: 3 and not 3.0."""
    return tuple(f"{number:.15g}" for number in numbers.tolist())


def placed(
    values: Sequence[float] | FloatArray, here: list[int], n: int
) -> Generator[None, None, FloatArray]:
    """Return n values: these in the rows `here`, and NaN in all others; pauses in between."""
    found = np.full(n, np.nan)
    for start in range(0, len(here), SLICE):
        found[here[start : start + SLICE]] = values[start : start + SLICE]
        yield
    return found

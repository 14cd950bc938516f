"""A table of the reader's own as a problem to learn: read, prepared, and known by a name.

The table is split first; what fills its gaps and scales its columns is then taken from the training
rows alone. The same table with the same choices has the same name, so that links, undo and kept
runs find it again.
"""

from __future__ import annotations

import zlib
from collections.abc import Generator
from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np

from explorer.learning import features
from explorer.learning.own_recipe import Recipe, recipe_of
from explorer.learning.problem import (
    Axis,
    Problem,
    Rows,
    generator,
    output_layer,
    own_tables,
    targets,
)
from explorer.learning.split import Fault, Split
from explorer.settings import own
from explorer.settings.settings import Settings
from nncore import Table
from nncore.arrays import Array, FloatArray, IntArray
from nncore.pauses import result_of
from nncore.reading.columns import KINDS
from nncore.reading.encoding import (
    AT_RANDOM,
    BY_ORDER,
    FILL,
    LEAST_ROWS,
    LEAVE_OUT,
    MOST_INPUTS,
    Encoded,
    encoding,
)
from nncore.reading.faults import TableError
from nncore.reading.preparing import Prepared, preparing
from nncore.reading.reader import OTHER, Reading, reading
from nncore.reading.targets import MOST_CLASSES

# What the application needs of the core to read a table and to offer its choices.
__all__ = [
    "AT_RANDOM", "BY_ORDER", "FILL", "KINDS", "LEAVE_OUT", "MOST_CLASSES", "MOST_INPUTS", "OTHER",
    "OwnTable", "Recipe", "TableError", "making", "own_table", "reading", "recipe_of",
]  # fmt: skip

FEWEST = 2  # rows that there must be
REACH = 5.0  # of the plane, which goes on to 6: the training rows
ROWS = 10_000  # that are copied between two pauses
PORTION = 1_000_000  # bytes of a file that its name is made of, between two pauses
BRUSHES = 3  # classes of a drawing


@dataclass(frozen=True, eq=False)
class OwnTable:
    """A table that was opened.

    Attributes:
        name: What settings call it: the same for the same content and recipe.
        file: The name of its file.
        content: The file's content, as it was.
        reading: What was read, with the recipe.
    """

    name: str
    file: str
    content: bytes
    recipe: Recipe
    reading: Reading
    encoded: Encoded

    @property
    def n_rows(self) -> int:
        """How many rows can be learned from."""
        return len(self.encoded.X)

    reach: ClassVar[float] = REACH

    @property
    def is_plane(self) -> bool:
        """Whether it has two inputs that are numbers, which make a plane."""
        return self.encoded.one_hot == (False, False)

    def register(self) -> None:
        """Make it known: settings may name it from now on."""
        title = self.file.rpartition(".")[0] or self.file
        own.register(self.name, title, self.is_plane, not self.encoded.class_names)
        own_tables[self.name] = self

    def problem(self, settings: Settings) -> Problem:
        """What a network is to learn from it, in one go; see `preparing`."""
        return result_of(self.preparing(settings))

    def preparing(self, settings: Settings) -> Generator[None, None, Problem]:
        """Make what a network is to learn from it, in parts."""
        encoded, rng = self.encoded, generator(settings.seed)
        if settings.view == "playground":
            return (yield from self.preparing_plane(settings, rng))
        left_out = [number - 1 for number in settings.left_out if number <= self.n_rows]
        faults = []
        if self.n_rows - len(left_out) < FEWEST:
            faults.append(Fault("none_left", count=self.n_rows - len(left_out)))
            left_out = []
        share = (100 - settings.train_share) / 100
        ready = yield from preparing(encoded, share, rng, settings.standardize, left_out)
        split = Split(
            ready.train, ready.test, ready.inputs, ready.mean, ready.std,
            (*faults, *self.faults(ready, share)), ready.y_mean, ready.y_std,
        )  # fmt: skip
        task = "multiclass" if encoded.class_names else "regression"
        count = len(encoded.class_names)
        loss, output = output_layer(task, count, settings)

        def rows(places: IntArray) -> Generator[None, None, Rows]:
            labels = ready.y[places]
            inputs = yield from taken(ready.inputs, places)
            return Rows(None, inputs, labels, targets(task, count, loss, labels))

        yield
        train = yield from rows(ready.train)
        test = yield from rows(ready.test)
        table = Table(
            self.name, ready.X, encoded.y, encoded.feature_names, encoded.class_names,
            encoded.target_name, self.file, self.reading.columns,
        )  # fmt: skip
        return Problem(
            task, train, test, encoded.feature_names, encoded.class_names, loss, output, rng,
            table, split,
        )  # fmt: skip

    def preparing_plane(
        self, settings: Settings, rng: np.random.Generator
    ) -> Generator[None, None, Problem]:
        """The two inputs as a plane: the training rows reach from -REACH to REACH both ways."""
        encoded, names = self.encoded, features.chosen(settings)
        share = (100 - settings.train_share) / 100
        ready = yield from preparing(encoded, share, rng, standardize=False)
        drawn = self.recipe.drawn
        middle, unit = (np.zeros(2), np.ones(2)) if drawn else plane_of(ready.X_train)
        points = (ready.inputs - middle) / unit
        yield
        count = len(encoded.class_names)
        task = {0: "regression", 2: "binary"}.get(count, "multiclass")
        y = self.on_plane(ready, task)
        loss, output = output_layer(task, count, settings)

        def rows(places: IntArray) -> Rows:
            X, labels = points[places], y[places]
            return Rows(X, features.features(X, names), labels, targets(task, count, loss, labels))

        train = rows(ready.train)
        yield
        test, axes = rows(ready.test), None
        yield
        if not drawn:
            across, up = zip(encoded.feature_names, middle.tolist(), unit.tolist(), strict=True)
            axes = Axis(*across), Axis(*up)
        return Problem(
            task, train, test, names, encoded.class_names, loss, output, rng, axes=axes,
        )  # fmt: skip

    def on_plane(self, ready: Prepared, task: str) -> Array:
        """Labels as the plane has them: -1 and 1 for two classes. Of a drawing the first class is
        the blue one, and a value stays as it was drawn."""
        if task == "binary":
            return 1 - 2 * ready.y if self.recipe.drawn else 2 * ready.y - 1
        if task == "regression" and self.recipe.drawn:
            return ready.y * ready.y_std + ready.y_mean
        return ready.y

    def faults(self, ready: Prepared, share: float) -> list[Fault]:
        """What is wrong with the rows in use."""
        encoded = self.encoded
        amounts = [
            start
            for (start, _), hot in zip(encoded.blocks, encoded.one_hot, strict=True)
            if not hot
        ]  # a rare category that no row in use has is no fault
        constant = tuple(encoded.feature_names[k] for k in amounts if ready.std[k] == 0)
        used = len(ready.train) + len(ready.test)
        faults = []
        if share > 0 and not len(ready.test):
            faults.append(Fault("too_few", count=used))
        elif share > 0 and self.encoded.class_names:
            counts = np.bincount(self.encoded.y[np.concatenate([ready.train, ready.test])])
            single = tuple(self.encoded.class_names[k] for k in np.flatnonzero(counts == 1))
            faults += [Fault("single", single, used)] if single else []
        return faults + ([Fault("constant", constant, len(ready.train))] if constant else [])


def plane_of(X: FloatArray) -> tuple[FloatArray, FloatArray]:
    """(middle, unit) of the columns: place = (value - middle) / unit lies within ±REACH."""
    low, high = X.min(axis=0), X.max(axis=0)
    return (low + high) / 2, np.where(high > low, (high - low) / 2 / REACH, 1.0)


def taken(X: FloatArray, places: IntArray) -> Generator[None, None, FloatArray]:
    """Return X[places], in parts."""
    found = np.empty((len(places), X.shape[1]))
    for start in range(0, len(places), ROWS):
        np.take(X, places[start : start + ROWS], axis=0, out=found[start : start + ROWS])
        yield
    return found


def own_table(file: str, content: bytes, recipe: Recipe, found: Reading) -> OwnTable:
    """Return the OwnTable of a reading, in one go; see `making`."""
    return result_of(making(file, content, recipe, recipe.applied(found)))


def making(
    file: str, content: bytes, recipe: Recipe, reading: Reading
) -> Generator[None, None, OwnTable]:
    """Make the OwnTable of a reading to which the recipe has been applied, in parts.

    Raises:
        TableError: If nothing can be learned from it so.
    """
    least = FEWEST if recipe.drawn else LEAST_ROWS
    yield
    encoded = yield from encoding(reading, recipe.missing, recipe.by, least)
    if recipe.drawn:
        encoded = with_all_classes(encoded)
    check = 0
    for start in range(0, len(content), PORTION):
        check = zlib.crc32(content[start : start + PORTION], check)
        yield
    check = zlib.crc32(recipe.as_text().encode(), check)
    return OwnTable(f"{own.PREFIX}{check:08x}", file, content, recipe, reading, encoded)


def with_all_classes(encoded: Encoded) -> Encoded:
    """The rows of a drawing with all classes up to the last one, also those without a point.

    Raises:
        ValueError: If these are no rows of a drawing.
    """
    numbers = [int(name) for name in encoded.class_names]
    if encoded.one_hot != (False, False) or not {*numbers} <= {*range(1, BRUSHES + 1)}:
        raise ValueError("no drawing")
    if not numbers:
        return encoded
    y = np.array(numbers)[encoded.y] - 1
    return replace(encoded, y=y, class_names=tuple(map(str, range(1, max(numbers) + 1))))

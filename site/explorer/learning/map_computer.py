"""What every neuron answers, over the plane and to the training rows, for any parameters.

The data are laid out for the compiled network once, and kept here as long as the network lasts;
without an engine NumPy does the arithmetic. Many points are worked through in parts, so that the
page need not wait for all of them.
"""

from __future__ import annotations

import functools
from collections.abc import Generator, Iterator

import numpy as np

from explorer.learning.evaluation import rows_at_once, spans
from explorer.learning.features import features
from explorer.learning.problem import EXTENT, Problem
from explorer.settings.settings import INPUT_NAMES
from nncore import Sequential, Workspace
from nncore.arrays import FloatArray
from nncore.kernel.columns import Columns
from nncore.kernel.compiled import CompiledModel
from nncore.pauses import result_of


@functools.lru_cache(maxsize=4)
def grid(cells: int, low: float = -EXTENT, high: float = EXTENT) -> FloatArray:
    """(cells * cells, 2) points of the square [low, high]^2 in reading order, top row first."""
    side = np.linspace(low, high, cells)
    x1, x2 = np.meshgrid(side, side[::-1])
    return np.column_stack([x1.ravel(), x2.ravel()])


@functools.lru_cache(maxsize=4)
def input_maps(cells: int, names: tuple[str, ...] = INPUT_NAMES) -> FloatArray:
    """(cells * cells, n): input features over the plane."""
    return features(grid(cells), names)


@functools.lru_cache(maxsize=4)
def workspace(model: Sequential, rows: int) -> Workspace:
    """Buffers for forward passes that come again every frame."""
    return Workspace(model, rows)


class MapComputer:
    """Computes maps and responses of one network. Parameters are handed in, never kept.

    Args:
        compiled: The network for the engine, or None.
        problem: It says which inputs the network has, and its loss; new points of the same inputs
            make no difference.
    """

    def __init__(self, model: Sequential, compiled: CompiledModel | None, problem: Problem) -> None:
        self.model, self.compiled = model, compiled
        self.input_names, self.loss = problem.input_names, problem.loss
        self.columns: dict[int, Columns] = {}  # the plane for the engine, by cells along a side
        self.rows: tuple[FloatArray, Columns] | None = None  # the training rows, and laid out

    def maps(self, params: FloatArray, cells: int) -> list[FloatArray]:
        """Every neuron over the plane: per layer (cells * cells, units), outputs in [-1, 1]."""
        return result_of(self.parts(params, cells))

    def parts(self, params: FloatArray, cells: int) -> Generator[None, None, list[FloatArray]]:
        """The same, part by part: a generator that waits before every further part."""
        forward = self._compiled_maps if self.compiled is not None else self._numpy_maps
        layers: list[FloatArray] = []
        for found in forward(params, cells, spans(cells * cells, rows_at_once(self.model))):
            if found is None:
                yield
            else:
                layers = found
        if self.loss == "binary_crossentropy":
            layers = [*layers[:-1], 2 * layers[-1] - 1]
        return layers

    def responses(self, params: FloatArray, inputs: FloatArray) -> list[FloatArray]:
        """Every neuron's answer to every row of `inputs`: per layer (n, units)."""
        if self.compiled is None:
            return self.model.forward(params, inputs)
        if self.rows is None or self.rows[0] is not inputs:
            self.rows = inputs, Columns(self.compiled.engine, inputs)
        return [layer.T for layer in self.compiled.forward(params, self.rows[1])]

    def _compiled_maps(
        self, params: FloatArray, cells: int, parts: list[tuple[int, int]]
    ) -> Iterator[list[FloatArray] | None]:
        """Give None after each part but the last, then the maps."""
        assert self.compiled is not None, "who has a compiled network asks"
        if cells not in self.columns:
            X = features(grid(cells), self.input_names)
            self.columns[cells] = Columns(self.compiled.engine, X)
        for start, stop in parts:
            layers = self.compiled.forward(params, self.columns[cells], start, stop)
            yield None if stop < cells * cells else [layer.T for layer in layers]

    def _numpy_maps(
        self, params: FloatArray, cells: int, parts: list[tuple[int, int]]
    ) -> Iterator[list[FloatArray] | None]:
        """Give None after each part but the last, then the maps."""
        X = features(grid(cells), self.input_names)
        whole = [np.empty((layer.units, len(X))).T for layer in self.model.layers]
        for start, stop in parts:
            place = workspace(self.model, stop - start)
            layers = self.model.forward(params, X[start:stop], workspace=place)
            if len(parts) == 1:
                yield layers
                return
            for all_rows, some in zip(whole, layers, strict=True):
                all_rows[start:stop] = some
            yield None if stop < len(X) else whole

"""What the views may know of an experiment at one moment: arrays and numbers, nothing to call.

Costly arrays are worked out when a view first asks for them. A snapshot belongs to one frame:
take it, draw it, let it go.
"""

from __future__ import annotations

import functools
from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING

import numpy as np

from explorer.learning.evaluation import rows_at_once, run_to_end, spans
from explorer.learning.features import features
from explorer.learning.problem import EXTENT
from explorer.settings.settings import INPUT_NAMES
from nncore import Sequential, Workspace
from nncore.arrays import FloatArray, IntArray
from nncore.kernel.compiled import Columns

if TYPE_CHECKING:
    from explorer.learning.experiment import Experiment


PLANE_CELLS = 80  # cells along a side of the feature plane


@functools.lru_cache(maxsize=4)
def grid(cells: int, low: float = -EXTENT, high: float = EXTENT) -> FloatArray:
    """(cells * cells, 2) points of the square [low, high]^2 in reading order, top row first."""
    side = np.linspace(low, high, cells)
    x1, x2 = np.meshgrid(side, side[::-1])
    return np.column_stack([x1.ravel(), x2.ravel()])


@functools.lru_cache(maxsize=4)
def input_maps(cells: int) -> FloatArray:
    """(cells * cells, 7): every input feature over the plane."""
    return features(grid(cells), INPUT_NAMES)


@functools.lru_cache(maxsize=4)
def workspace(model: Sequential, rows: int) -> Workspace:
    """Buffers for forward passes that come again every frame."""
    return Workspace(model, rows)


class Snapshot:
    """One moment of an experiment."""

    def __init__(self, experiment: Experiment) -> None:
        self.settings = experiment.settings
        self.problem = experiment.problem
        self.model = experiment.model
        self.params = experiment.params
        self.epoch = experiment.epoch
        self.batch = experiment.batch
        self.batch_rows = experiment.batch_rows
        self.last = experiment.shown
        self.diverged_at = experiment.diverged_at
        self.engine_name = experiment.engine_name
        self.compiled, self.columns = experiment.compiled, experiment.columns

    @property
    def weights(self) -> FloatArray:
        """All weights, layer by layer, source unit by source unit; no biases."""
        return self.params[self.model.is_weight]

    @functools.cached_property
    def by_label(self) -> IntArray:
        """The training rows sorted by class or value, as barcodes show them."""
        return np.argsort(self.problem.train.labels, kind="stable")

    @property
    def biases(self) -> FloatArray:
        """(n_units,) the biases of all layers, one after the other."""
        return self.params[~self.model.is_weight]

    def maps(self, cells: int) -> list[FloatArray]:
        """Every neuron over the plane: per layer (cells * cells, units), outputs in [-1, 1]."""
        return run_to_end(self.map_parts(cells))

    def map_parts(self, cells: int) -> Generator[None, None, list[FloatArray]]:
        """The same, part by part: a generator that waits before every further part."""
        parts = spans(cells * cells, rows_at_once(self.model))
        forward = self.compiled_maps if self.compiled is not None else self.numpy_maps
        layers: list[FloatArray] = []
        for found in forward(cells, parts):
            if found is None:
                yield
            else:
                layers = found
        if self.problem.loss == "binary_crossentropy":
            layers = [*layers[:-1], 2 * layers[-1] - 1]
        return layers

    def compiled_maps(
        self, cells: int, parts: list[tuple[int, int]]
    ) -> Iterator[list[FloatArray] | None]:
        """Gives None after each part but the last, then the maps."""
        assert self.compiled is not None, "who has a compiled network asks"
        if cells not in self.columns:
            X = features(grid(cells), self.problem.input_names)
            self.columns[cells] = Columns(self.compiled.engine, X)
        for start, stop in parts:
            layers = self.compiled.forward(self.params, self.columns[cells], start, stop)
            yield None if stop < cells * cells else [layer.T for layer in layers]

    def numpy_maps(
        self, cells: int, parts: list[tuple[int, int]]
    ) -> Iterator[list[FloatArray] | None]:
        """Gives None after each part but the last, then the maps."""
        X = features(grid(cells), self.problem.input_names)
        whole = [np.empty((layer.units, len(X))).T for layer in self.model.layers]
        for start, stop in parts:
            place = workspace(self.model, stop - start)
            layers = self.model.forward(self.params, X[start:stop], workspace=place)
            if len(parts) == 1:
                yield layers
                return
            for all_rows, some in zip(whole, layers, strict=True):
                all_rows[start:stop] = some
            yield None if stop < len(X) else whole

    @functools.cached_property
    def responses(self) -> list[FloatArray]:
        """Every neuron's answer to every training row: per layer (n, units)."""
        inputs = self.problem.train.inputs
        if self.compiled is None:
            return self.model.forward(self.params, inputs)
        if self.columns.get("train", (None,))[0] is not inputs:
            self.columns["train"] = inputs, Columns(self.compiled.engine, inputs)
        layers = self.compiled.forward(self.params, self.columns["train"][1])
        return [layer.T for layer in layers]

"""What the views may know of an experiment at one moment: arrays and numbers, nothing to call.

Costly arrays are worked out when a view first asks for them, by the experiment's MapComputer. A
snapshot writes nothing; it belongs to one frame: take it, draw it, let it go.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Generator
from typing import TYPE_CHECKING

import numpy as np

from explorer.learning.pictured import pictured
from explorer.learning.problem import Problem
from nncore.arrays import Array, FloatArray, IntArray

if TYPE_CHECKING:
    from explorer.learning.experiment import Experiment


PLANE_CELLS = 80  # cells along a side of the feature plane


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
        self.compiled, self.computer = experiment.compiled, experiment.computer

    @property
    def pictured(self) -> Problem:
        """The problem with the rows that pictures show: all, unless there are very many."""
        return pictured(self.problem)

    @property
    def weights(self) -> FloatArray:
        """All weights, layer by layer, source unit by source unit; no biases."""
        return self.params[self.model.is_weight]

    @functools.cached_property
    def by_label(self) -> IntArray:
        """The training rows that are pictured, by class or value, as barcodes show them."""
        return np.argsort(self.pictured.train.labels, kind="stable")

    @property
    def biases(self) -> FloatArray:
        """(n_units,) the biases of all layers, one after the other."""
        return self.params[~self.model.is_weight]

    def maps(self, cells: int) -> list[FloatArray]:
        """Every neuron over the plane: per layer (cells * cells, units), outputs in [-1, 1]."""
        return self.computer.maps(self.params, cells)

    def map_parts(self, cells: int) -> Generator[None, None, list[FloatArray]]:
        """The same, part by part: a generator that waits before every further part."""
        return self.computer.parts(self.params, cells)

    @property
    def shader(self) -> Callable[[FloatArray, Array], Array] | None:
        """What colours numbers from -1 to 1, in rows, by a table of shades; None where nothing is
        compiled."""
        return None if self.compiled is None else self._shade

    def _shade(self, values: FloatArray, table: Array) -> Array:
        assert self.compiled is not None, "see `shader`"
        return self.compiled.shade(self.compiled.engine.place(values), table)

    @functools.cached_property
    def responses(self) -> list[FloatArray]:
        """Every neuron's answer to every training row that is pictured: per layer (n, units)."""
        return self.computer.responses(self.params, self.pictured.train.inputs)

"""The loss around a network: over two of its numbers, or over the plane of its run's own path.

The map is worked out part by part, by the compiled kernel where it can be had. What is drawn on
it comes from training itself: the gradient of the loss on the training rows, and the steps that
the optimizer takes from here with its learning rate and momentum, all other numbers held fixed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from explorer.learning.trainer import optimizer_of, regularizer_of
from explorer.learning.until import Until
from nncore import train
from nncore.arrays import FloatArray
from nncore.kernel.compiled import Columns
from nncore.kernel.plan import Unsupported
from nncore.kernel.plane import CompiledPlane
from nncore.landscape import path_plane, plane_losses, weight_plane

if TYPE_CHECKING:
    from explorer.learning.experiment import Experiment

SIDE = 48  # points of the map along a side
REACH = 3.0  # how far the map reaches at least from its middle, for two weights
ROOM = 0.25  # beside a path, of its extent
ROWS = 1000  # training rows that are looked at, evenly chosen where there are more


class NoPlane(Exception):
    """The run has no plane of its own yet."""


class Landscape:
    """The loss over one plane of an experiment's parameters.

    Attributes:
        axes: The numbers of two parameters, or None for the plane of the run's path.
        losses: (SIDE, SIDE), row by row from the lowest t; NaN where it is not yet worked out.
    """

    def __init__(self, experiment: Experiment, axes: tuple[int, int] | None = None) -> None:
        self.experiment, self.axes, self.model = experiment, axes, experiment.model
        self.problem = experiment.problem
        rows = experiment.problem.train
        every = -(-len(rows.inputs) // ROWS)
        self.inputs, self.targets = rows.inputs[::every], rows.targets[::every]
        self.is_partial = every > 1
        if axes is None:
            path = np.array([record.params for record in experiment.history.records])
            try:
                self.plane = path_plane(path)
            except ValueError:
                raise NoPlane from None
            self.path: FloatArray | None = self.plane.place(path)
        else:
            self.plane = weight_plane(experiment.params, *axes)
            self.path = None
        self.rest = self.others(experiment.params)
        self.window()
        self.begin()

    def others(self, params: FloatArray) -> FloatArray:
        """What the map depends on: all parameters but the two, or the path's end."""
        rest = params.copy()
        if self.axes is not None:
            rest[list(self.axes)] = 0.0
        return rest

    def is_of(self, experiment: Experiment) -> bool:
        """Whether the map still holds: nothing has changed but the two numbers."""
        return (
            experiment is self.experiment
            and experiment.model is self.model
            and experiment.problem is self.problem
            and np.array_equal(self.others(experiment.params), self.rest)
        )

    def window(self) -> None:
        """Choose the part of the plane that is shown: a square, for equal steps both ways."""
        if self.path is None:
            middle, reach = np.zeros(2), max(REACH, 1.5 * float(np.abs(self.here).max()))
        else:
            first, last = self.path.min(axis=0), self.path.max(axis=0)
            middle, reach = (first + last) / 2, float((last - first).max()) * (0.5 + ROOM)
        self.low, self.high = middle - reach, middle + reach
        self.s, self.t = (np.linspace(a, b, SIDE) for a, b in zip(self.low, self.high, strict=True))

    @property
    def here(self) -> FloatArray:
        """Where the network is on the plane: (s, t)."""
        return self.plane.place(self.experiment.params)

    # The map --------------------------------------------------------------------------------

    def begin(self) -> None:
        self.losses = np.full((SIDE, SIDE), np.nan)
        self.row = 0
        self.compiled: CompiledPlane | None = None
        engine = self.experiment.wanted_engine
        if engine is not None:
            try:
                self.compiled = CompiledPlane(engine, self.model, self.problem.loss)
                self.columns = Columns(engine, self.inputs, self.targets)
            except Unsupported:
                self.compiled = None

    @property
    def complete(self) -> bool:
        return self.row == SIDE

    def work(self, deadline: Until) -> None:
        """Work out the next rows of the map until `deadline`."""
        while not self.complete:
            self.losses[self.row] = self.losses_of(self.t[self.row : self.row + 1])
            self.row += 1
            if not deadline.left():
                return

    def losses_of(self, t: FloatArray) -> FloatArray:
        if self.compiled is not None:
            return self.compiled.losses(self.plane, self.s, t, self.columns)
        data = self.inputs, self.targets, self.problem.loss
        return plane_losses(self.model, self.plane, self.s, t, *data)

    # Where the network is -------------------------------------------------------------------

    def slope(self) -> tuple[float, FloatArray]:
        """(loss, gradient within the plane) where the network is."""
        loss, gradient = self.model.loss_and_gradient(
            self.experiment.params, self.inputs, self.targets, self.problem.loss
        )
        return loss, self.plane.along(gradient)

    def steps(self, count: int) -> FloatArray:
        """(count + 1, 2) where the optimizer goes from here, step by step on all rows: for two
        weights with all others held fixed, else in all directions, seen in this plane."""
        e, s = self.experiment, self.experiment.settings
        frozen = e.frozen.copy()
        if self.axes is not None:
            frozen[:] = True
            frozen[list(self.axes)] = e.frozen[list(self.axes)]
        training = train(
            self.model, e.params, self.inputs, self.targets, loss=self.problem.loss,
            optimizer=optimizer_of(s), regularizer=regularizer_of(s),
            batch_size=len(self.inputs), frozen=frozen, epochs=count,
        )  # fmt: skip
        places = [self.here, *(self.plane.place(progress.params) for progress in training)]
        return np.array(places)

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
from nncore.kernel.columns import Columns
from nncore.kernel.plan import Unsupported
from nncore.kernel.plane import CompiledPlane
from nncore.landscape import path_plane, plane_losses, weight_plane
from nncore.measuring import Measure

if TYPE_CHECKING:
    from explorer.learning.experiment import Experiment

SIDES = 26, 51, 101  # points of the map along a side: soon there, then finer
BY_NUMPY = 2  # as many of these are worked out without the kernel
REACH = 3.0  # how far the map reaches at least from its middle, for two weights
ROOM = 0.25  # beside a path, of its extent
PART = 500  # points that are worked out at a time, at least a row of them
ROWS = 1000  # training rows that are looked at, evenly chosen where there are more


class NoPlane(Exception):
    """The run has no plane of its own yet."""


class Landscape:
    """The loss over one plane of an experiment's parameters.

    `zoom` is how much closer than usual it is looked at, around where the network is.

    Attributes:
        axes: The numbers of two parameters, or None for the plane of the run's path.
        losses: (n, n), row by row from the lowest t; None until the coarsest map is there.
    """

    def __init__(
        self, experiment: Experiment, axes: tuple[int, int] | None = None, zoom: int = 1
    ) -> None:
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
        self.window(zoom)
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

    def window(self, zoom: int) -> None:
        """Choose the part of the plane that is shown: a square, for equal steps both ways."""
        if self.path is None:
            middle, reach = np.zeros(2), max(REACH, 1.5 * float(np.abs(self.here).max()))
        else:
            first, last = self.path.min(axis=0), self.path.max(axis=0)
            middle, reach = (first + last) / 2, float((last - first).max()) * (0.5 + ROOM)
        if zoom > 1:
            middle, reach = self.here, reach / zoom
        self.low, self.high = middle - reach, middle + reach

    @property
    def here(self) -> FloatArray:
        """Where the network is on the plane: (s, t)."""
        return self.plane.place(self.experiment.params)

    @property
    def shows_here(self) -> bool:
        """Whether the network is in the part that is shown."""
        here, edge = self.here, 1e-6 * (self.high - self.low)
        return bool(((here >= self.low - edge) & (here <= self.high + edge)).all())

    # The map --------------------------------------------------------------------------------

    def begin(self) -> None:
        self.losses: FloatArray | None = None
        self.level = 0
        self.rows: list[FloatArray] = []  # of the map under way
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
        return self.level == (BY_NUMPY if self.compiled is None else len(SIDES))

    def work(self, deadline: Until) -> None:
        """Work on the map, and then on the next finer one, until `deadline`."""
        while not self.complete:
            side = SIDES[self.level]
            s, t = (np.linspace(a, b, side) for a, b in zip(self.low, self.high, strict=True))
            rows = PART // side
            self.rows.extend(self.losses_of(s, t[len(self.rows) : len(self.rows) + rows]))
            if len(self.rows) == side:
                self.losses, self.rows = np.array(self.rows), []
                self.level += 1
            if not deadline.left():
                return

    def losses_of(self, s: FloatArray, t: FloatArray) -> FloatArray:
        if self.compiled is not None:
            return self.compiled.losses(self.plane, s, t, self.columns)
        data = self.inputs, self.targets, self.problem.loss
        return plane_losses(self.model, self.plane, s, t, *data)

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
        one_row = self.inputs[:1], self.targets[:1]  # a Measure has to measure something
        training = train(
            self.model, e.params, self.inputs, self.targets, loss=self.problem.loss,
            optimizer=optimizer_of(s), regularizer=regularizer_of(s),
            batch_size=len(self.inputs), frozen=frozen, epochs=count, engine=e.wanted_engine,
            measure=Measure([one_row], rounds=count, keeps_params=True),
        )  # fmt: skip
        places = [self.here[np.newaxis]]
        measured = [progress.measured for progress in training]
        places += [self.plane.place(m.params) for m in measured if m and m.params is not None]
        return np.concatenate(places)

"""What a layer makes of the rows, as places of a plane.

Two units are a plane by themselves, and one unit is a line. Of more units one looks at two, or at
their two principal components. What the layers behind say about every place can be drawn only
where the place decides it: where the layer has no more than two units.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from explorer.learning.features import features
from explorer.learning.map_computer import grid
from explorer.learning.problem import EXTENT, Problem, Rows, make_problem
from explorer.learning.snapshot import Snapshot
from explorer.settings.settings import Settings
from nncore import ACTIVATIONS, Sequential, principal_components
from nncore.arrays import Array, FloatArray

MARGIN = 1.2  # the picture reaches a little beyond the activation's range
LINE_STEPS = 49  # points along a line of the grid
PULLS = np.array([-3.0, 1.0, 2.0])  # per class: unequal, so that they seldom cancel out
NICE = (1.0, 1.25, 1.6, 2.0, 2.5, 3.2, 4.0, 5.0, 6.3, 8.0, 10.0)  # steps of a picture's reach


@dataclass(frozen=True)
class Plane:
    """The rows of a problem as a layer of the network sees them."""

    kind: str  # "two" units, "one" unit, two chosen "units" of more, or "components"
    layer: int  # the hidden layer, from 1; 0 stands for the inputs themselves
    units: int  # how many units that layer has
    axes: tuple[int, int]  # the units or components across and up, from 1
    train: FloatArray  # (n, 2)
    test: FloatArray  # (m, 2)
    reach: float  # the picture shows [-reach, reach] both ways
    bounded: bool  # whether the layer's answers stay within [-1, 1]
    behind: Sequential  # the layers behind, from this layer's answers to the output
    params: FloatArray  # their parameters

    @property
    def decides(self) -> bool:
        """Whether a place of the plane decides what the network says."""
        return self.kind in ("one", "two")

    def outputs(self, cells: int) -> FloatArray:
        """(cells * cells, n_outputs) over the picture in reading order, top row first."""
        places = grid(cells, -self.reach, self.reach)
        return self.behind.predict(self.params, places[:, : self.units])

    @property
    def weighing(self) -> tuple[FloatArray, FloatArray] | None:
        """(weights (2, k), biases (k,)) of the scores that the output layer compares, or None.

        None unless the output layer follows at once and the largest score wins.
        """
        if not self.decides or len(self.behind.layers) > 1 or self.behind.n_outputs < 2:
            return None
        [(weights, biases)] = self.behind.unflatten(self.params)
        return np.vstack([weights, np.zeros_like(weights[:1])])[:2], biases


def plane_of(
    model: Sequential,
    problem: Problem,
    settings: Settings,
    params: FloatArray,
    layer: int | None = None,
) -> Plane:
    """The plane of hidden layer `layer` (None: the last one) under `params`."""
    layer = len(model.layers) - 1 if layer is None else layer
    shares = problem.train, problem.test
    train, test = (answers(model, params, rows.inputs, layer) for rows in shares)
    units = train.shape[1]
    bounded = layer > 0 and ACTIVATIONS[model.layers[layer - 1].activation].is_bounded
    behind = Sequential(model.layers[layer:], n_inputs=units)
    axes, kind = (1, 2), {1: "one", 2: "two"}.get(units)
    if kind == "one":
        train = on_a_line(train, problem.train.labels, problem)
        test = on_a_line(test, problem.test.labels, problem)
    elif kind is None and settings.projection == "units":
        kind, axes = "units", (min(settings.unit_x, units), min(settings.unit_y, units))
        train, test = (a[:, [axes[0] - 1, axes[1] - 1]] for a in (train, test))
    elif kind is None:
        kind, bounded = "components", False
        train, test = components(train, test, problem.train.labels, problem.task)
    reach = MARGIN if bounded else nice(max(1.0, largest(train), largest(test))) * 1.05
    return Plane(
        kind, layer, units, axes, train, test, reach, bounded, behind,
        params[model.n_params - behind.n_params :],
    )  # fmt: skip


def plane_of_run(
    settings: Settings, params: FloatArray, looks: Settings | None = None
) -> tuple[Plane, Problem]:
    """(the plane of a run's network, its Problem): of another experiment than the one shown.

    Args:
        looks: The settings that say which plane is looked at; None for those of the run.
    """
    problem, looks = make_problem(settings), looks or settings
    model = problem.model(settings)
    return plane_of(model, problem, looks, params, shown_layer(looks, model)), problem


def shown_layer(settings: Settings, model: Sequential) -> int | None:
    """The hidden layer that the reader wants to see (from 1), or None for the usual picture."""
    return settings.plane_layer if 0 < settings.plane_layer < len(model.layers) else None


@functools.cache
def net() -> FloatArray:
    """(n_lines * LINE_STEPS, 2) points along the lines of the plane's grid, line by line."""
    along = np.linspace(-EXTENT, EXTENT, LINE_STEPS)
    lines = np.arange(-EXTENT, EXTENT + 1)
    across = [np.column_stack([np.full(LINE_STEPS, line), along]) for line in lines]
    return np.vstack([*across, *(points[:, ::-1] for points in across)])


def warped(snapshot: Snapshot, layer: int) -> Plane:
    """The plane of a hidden layer, with the bent grid of the inputs' plane as its test rows."""
    problem, points = snapshot.problem, net()
    inputs = features(points, problem.input_names)
    grid_rows = Rows(points, inputs, np.zeros(len(points)), problem.test.targets)
    problem = replace(problem, test=grid_rows)
    return plane_of(snapshot.model, problem, snapshot.settings, snapshot.params, layer)


def answers(model: Sequential, params: FloatArray, inputs: FloatArray, layer: int) -> FloatArray:
    """(n, units) what hidden layer `layer` answers; layer 0 gives the inputs themselves."""
    if not len(inputs):
        return np.empty((0, model.layers[layer - 1].units if layer else model.n_inputs))
    return inputs if layer == 0 else model.features(params, inputs, layer - 1)


def on_a_line(values: FloatArray, labels: Array, problem: Problem) -> FloatArray:
    """One unit: its answer across; upwards only the classes are kept apart, the first on top."""
    height = np.zeros(len(values))
    if problem.task != "regression":
        heights = np.linspace(0.6, -0.6, len(problem.class_names))
        height = heights[labels.astype(int)]
    return np.column_stack([values[:, 0], height])


def components(
    train: FloatArray, test: FloatArray, labels: Array, task: str
) -> Iterable[FloatArray]:
    """Both shares in the plane of the training rows' first two principal components.

    The signs are chosen so that the picture does not flip from epoch to epoch: by where the
    classes lie, each with a weight of its own, or by the values.
    """
    train, test = (np.clip(np.nan_to_num(a), -1e100, 1e100) for a in (train, test))
    count = min(2, *train.shape)
    if count < 2:
        return (np.column_stack([a[:, :1], np.zeros(len(a))]) for a in (train, test))
    mean, directions = principal_components(train, count)
    pull = labels if task == "regression" else PULLS[labels.astype(int) % len(PULLS)]
    turned = pull @ ((train - mean) @ directions.T) < 0
    directions = np.where(turned[:, None], -directions, directions)
    return (train - mean) @ directions.T, (test - mean) @ directions.T


def largest(points: FloatArray) -> float:
    return float(np.abs(np.nan_to_num(points)).max(initial=0.0))


def nice(value: float) -> float:
    """The next of some round numbers, so that a picture's scale does not change every frame."""
    power = 10.0 ** np.floor(np.log10(value))
    return float(next(step for step in NICE if step * power >= value * (1 - 1e-9)) * power)

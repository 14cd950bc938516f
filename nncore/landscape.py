"""The loss as a landscape over a plane that is laid through the space of parameters.

A plane is a point and two directions. Two weights give one that is exact and has a meaning; the
two principal directions of a run's own path show as much of that path as any plane can, and how
much they leave out is part of the answer. Directions drawn at random are not offered: most of
what such a picture shows is the choice of the scale.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nncore.arrays import ArrayLike, FloatArray
from nncore.checks import all_finite, finite_matrix, invalid, whole_number
from nncore.model import Sequential
from nncore.workspace import Workspace


@dataclass(frozen=True, eq=False)
class Plane:
    """All parameter vectors origin + s u + t v.

    Attributes:
        origin: (n_params,).
        directions: (2, n_params), u and v, of length 1 and at right angles.
        unexplained: The share of the path's variance that the plane does not show; 0 for two
            weights.
    """

    origin: FloatArray
    directions: FloatArray
    unexplained: float = 0.0

    def point(self, s: float, t: float) -> FloatArray:
        """Return the parameters at (s, t), (n_params,)."""
        u, v = self.directions
        params: FloatArray = self.origin + s * u + t * v
        return params

    def place(self, params: ArrayLike) -> FloatArray:
        """Return (s, t) of the plane's points nearest to `params`, (n_params,) or (n, n_params)."""
        places: FloatArray = (np.asarray(params) - self.origin) @ self.directions.T
        return places

    def along(self, vector: ArrayLike) -> FloatArray:
        """Return the part of `vector` (a gradient, a step) that lies in the plane, as (s, t)."""
        parts: FloatArray = np.asarray(vector) @ self.directions.T
        return parts


def weight_plane(params: ArrayLike, first: int, second: int) -> Plane:
    """Return the plane in which parameters number `first` and `second` vary and no other.

    s and t are their values: the origin is `params` with 0 for the two.

    Raises:
        ValueError: If the two are one, or `params` are not finite.
    """
    origin = all_finite("params", np.array(params, dtype=float))
    last = len(origin) - 1
    first = whole_number("first", first, 0, last)
    second = whole_number("second", second, 0, last)
    if first == second:
        raise invalid("second", "another parameter than the first", second)
    directions = np.zeros((2, len(origin)))
    directions[[0, 1], [first, second]] = 1.0
    origin[[first, second]] = 0.0
    return Plane(origin, directions)


def path_plane(path: ArrayLike) -> Plane:
    """Return the plane of the two directions in which a run's parameters varied most.

    Args:
        path: (n, n_params), the parameters at n moments of a run, the last of them where it is now:
            the plane's origin.

    Returns:
        The plane. Its directions are the first two principal components of the path, and it leaves
        unexplained 1 - (l_1 + l_2) / sum l, with the variances l along all components.

    Raises:
        ValueError: For a path that does not leave a straight line: it has no plane.

    Source: Li, Xu, Taylor, Studer, Goldstein (2018), arXiv:1712.09913, section 7.
    """
    moments = finite_matrix("path", path)
    centred = moments - moments.mean(axis=0)
    _, lengths, components = np.linalg.svd(centred, full_matrices=False)
    variances = np.square(lengths)
    if len(variances) < 2 or variances[1] <= 1e-20 * max(variances[0], 1e-300):
        raise invalid("path", "one that leaves a straight line", f"{len(moments)} moments")
    directions = components[:2]
    ahead = directions @ (moments[-1] - moments[0]) < 0
    directions[ahead] *= -1  # the path goes to the right and up
    left_out = float(variances[2:].sum() / variances.sum())
    return Plane(moments[-1].copy(), directions, left_out)


def plane_losses(
    model: Sequential,
    plane: Plane,
    s: Sequence[float] | FloatArray,
    t: Sequence[float] | FloatArray,
    X: ArrayLike,
    y: ArrayLike,
    loss: str,
) -> FloatArray:
    """Return the loss at every point of the plane's grid, shape (len(t), len(s)).

    Args:
        s, t: The coordinates of columns and rows.
        X: (n, n_inputs).
        y: (n, n_outputs). nncore.kernel.plane does the same compiled.
    """
    rule, rows, targets = model.check_data(X, y, loss)
    workspace, params = Workspace(model, len(rows)), np.empty(model.n_params)
    workspace.bind(params)
    x_and_ones, last = workspace.load(rows), workspace.layers[-1]
    losses = np.empty((len(t), len(s)))
    with np.errstate(all="ignore"):
        for row, t_value in enumerate(t):
            for column, s_value in enumerate(s):
                params[:] = plane.point(s_value, t_value)
                workspace.forward(x_and_ones)
                losses[row, column] = rule.value(last.a, last.z, targets)
    return losses

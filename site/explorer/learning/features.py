"""The seven input features that a point (x1, x2) of the plane can be given as."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from explorer.settings.settings import INPUT_NAMES, Settings
from nncore.arrays import FloatArray

FORMULAS: dict[str, Callable[[FloatArray, FloatArray], FloatArray]] = {
    "x": lambda x1, x2: x1,
    "y": lambda x1, x2: x2,
    "x_squared": lambda x1, x2: x1 * x1,
    "y_squared": lambda x1, x2: x2 * x2,
    "x_times_y": lambda x1, x2: x1 * x2,
    "sin_x": lambda x1, x2: np.sin(x1),
    "sin_y": lambda x1, x2: np.sin(x2),
}


def chosen(settings: Settings) -> tuple[str, ...]:
    """The names of the inputs that are switched on, in their order on the page."""
    return tuple(name for name in INPUT_NAMES if getattr(settings, name))


def features(points: FloatArray, names: Sequence[str]) -> FloatArray:
    """The named inputs of each point: (n, 2) points to (n, len(names)) columns."""
    columns = np.empty((len(points), len(names)))
    for i, name in enumerate(names):
        columns[:, i] = FORMULAS[name](points[:, 0], points[:, 1])
    return columns

"""The seven input features that a point (x1, x2) of the plane can be given as, and an own one."""

from __future__ import annotations

import functools
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


@functools.lru_cache(maxsize=8)
def function_of(name: str) -> Callable[[FloatArray, FloatArray], FloatArray]:
    """What an input computes: one of the seven, or the reader's own formula."""
    if name in FORMULAS:
        return FORMULAS[name]
    from nncore.formulas import formula  # fetched with the first one

    return formula(name)


def chosen(settings: Settings) -> tuple[str, ...]:
    """The names of the inputs that are switched on, in their order on the page."""
    names = [name for name in INPUT_NAMES if getattr(settings, name)]
    return (*names, settings.formula) if settings.formula else tuple(names)


def features(points: FloatArray, names: Sequence[str]) -> FloatArray:
    """The named inputs of each point: (n, 2) points to (n, len(names)) columns."""
    columns = np.empty((len(points), len(names)))
    for i, name in enumerate(names):
        columns[:, i] = function_of(name)(points[:, 0], points[:, 1])
    return columns

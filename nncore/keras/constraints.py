"""keras.constraints: what weights are brought back to after each step of the optimizer.

A constraint takes an array of weights and returns the nearest (or a rescaled) one that is allowed.
`axis` is the one along which lengths are measured: 0 for the inputs of each unit.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from nncore.arrays import FloatArray
from nncore.keras import config
from nncore.keras.objects import Configurable, lookup


class Constraint(Configurable):
    """What all share: `constraint(w)` returns weights that are allowed."""

    def __call__(self, w: Any) -> Any:
        raise NotImplementedError


def _lengths(w: FloatArray, axis: Any) -> FloatArray:
    lengths: FloatArray = np.sqrt(np.square(w).sum(axis=axis, keepdims=True))
    return lengths


class MaxNorm(Constraint):
    """No unit's weights are longer than max_value."""

    def __init__(self, max_value: float = 2, axis: Any = 0) -> None:
        self.max_value, self.axis = max_value, axis

    def __call__(self, w: Any) -> Any:
        norms = _lengths(w, self.axis)
        return w * (np.clip(norms, 0, self.max_value) / (config.epsilon() + norms))


class NonNeg(Constraint):
    """No weight is below 0."""

    def __call__(self, w: Any) -> Any:
        return w * (w >= 0)


class UnitNorm(Constraint):
    """Every unit's weights have length 1."""

    def __init__(self, axis: Any = 0) -> None:
        self.axis = axis

    def __call__(self, w: Any) -> Any:
        return w / (config.epsilon() + _lengths(w, self.axis))


class MinMaxNorm(Constraint):
    """Every unit's weights have a length from min_value to max_value, reached at `rate`."""

    def __init__(
        self, min_value: float = 0.0, max_value: float = 1.0, rate: float = 1.0, axis: Any = 0
    ) -> None:
        self.min_value, self.max_value, self.rate, self.axis = min_value, max_value, rate, axis

    def __call__(self, w: Any) -> Any:
        norms = _lengths(w, self.axis)
        goal = self.rate * np.clip(norms, self.min_value, self.max_value)
        return w * ((goal + (1 - self.rate) * norms) / (config.epsilon() + norms))


max_norm, non_neg, unit_norm, min_max_norm = MaxNorm, NonNeg, UnitNorm, MinMaxNorm
maxnorm, nonneg, unitnorm = MaxNorm, NonNeg, UnitNorm
KINDS: dict[str, Any] = {
    kind.__name__: kind for kind in (MaxNorm, NonNeg, UnitNorm, MinMaxNorm)
}  # fmt: skip
SHORT = {"maxnorm": "MaxNorm", "nonneg": "NonNeg", "unitnorm": "UnitNorm"}


def get(identifier: Any) -> Any:
    """Return the constraint of a name, a config, a class or an object (itself)."""
    return lookup("constraint", identifier, KINDS, SHORT)


deserialize = get

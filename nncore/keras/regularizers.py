"""keras.regularizers: what is added to the loss for large weights, and its slope.

Unlike nncore.regularizers, whose pull comes after the optimizer's step, Keras's penalty is part of
the loss: its slope goes through the optimizer, and its value into the reported loss.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from nncore.arrays import FloatArray
from nncore.checks import not_negative
from nncore.keras.objects import Configurable, lookup


class Regularizer(Configurable):
    """What all share. One of the reader's own has to have `slope` beside `__call__`."""

    def __call__(self, x: Any) -> float:
        raise NotImplementedError

    def slope(self, x: FloatArray) -> FloatArray:
        """Return the penalty's derivative with respect to each number of x."""
        raise NotImplementedError


class L1L2(Regularizer):
    """l1 sum |w| + l2 sum w^2; the slope is l1 sign(w) + 2 l2 w."""

    def __init__(self, l1: float = 0.0, l2: float = 0.0) -> None:
        self.l1 = not_negative("l1", 0.0 if l1 is None else l1)
        self.l2 = not_negative("l2", 0.0 if l2 is None else l2)

    def __call__(self, x: Any) -> float:
        x = np.asarray(x, dtype=np.float64)
        return float(self.l1 * np.abs(x).sum() + self.l2 * np.square(x).sum())

    def slope(self, x: FloatArray) -> FloatArray:
        return self.l1 * np.sign(x) + 2.0 * self.l2 * x


class L1(L1L2):
    """l1 sum |w|."""

    def __init__(self, l1: float = 0.01, **old: float) -> None:
        super().__init__(l1=old.get("l", l1))

    def get_config(self) -> dict[str, Any]:
        return {"l1": self.l1}


class L2(L1L2):
    """l2 sum w^2."""

    def __init__(self, l2: float = 0.01, **old: float) -> None:
        super().__init__(l2=old.get("l", l2))

    def get_config(self) -> dict[str, Any]:
        return {"l2": self.l2}


def l1_l2(l1: float = 0.01, l2: float = 0.01) -> L1L2:
    """Return L1L2(l1, l2), with 0.01 for each as in Keras 2."""
    return L1L2(l1, l2)


l1, l2 = L1, L2
KINDS: dict[str, Any] = {"L1L2": L1L2, "L1": L1, "L2": L2}


def get(identifier: Any) -> Any:
    """Return the regularizer of a name, a config, a class or an object (itself)."""
    found = lookup("regularizer", identifier, KINDS, {"l1l2": "L1L2", "l1_l2": "L1L2"})
    if found is not None and not hasattr(found, "slope"):
        raise TypeError(
            "a regularizer of one's own must be a class with __call__(x) and slope(x), for there"
            f" is no automatic differentiation here. Received: {found!r}"
        )
    return found


deserialize = get

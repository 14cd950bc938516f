"""Regularizers: a pull on the weights towards zero.

Large weights make a network that follows every point; a penalty on their size smooths it. The
penalty's slope is applied as a step of its own after the optimizer's step, on weights only, never
on biases. An L1 penalty that would push a weight across zero switches the weight off for good, so
L1 also prunes: what is left shows which links the network needs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Protocol

import numpy as np

from nncore.arrays import BoolArray, FloatArray
from nncore.checks import not_negative


class Regularizer(Protocol):
    """What train asks of a regularizer; L1 and L2 have it."""

    @property
    def rate(self) -> float:
        """How strongly it pulls."""

    @property
    def prunes(self) -> bool:
        """Whether a weight that is pulled across zero stays there."""

    def penalty(self, weights: FloatArray) -> float:
        """Return the sum of R(w), without the rate."""

    def slope(self, weights: FloatArray) -> FloatArray:
        """Return R'(w) for each weight."""


@dataclass(frozen=True)
class L1:
    """The sum of absolute weights: R(w) = |w|, R'(w) = sign(w). Makes weights exactly zero.

    Args:
        rate: How strongly it pulls; 0 or more.

    Raises:
        ValueError: If `rate` is below 0 or not finite.
    """

    rate: float = 0.0
    prunes: ClassVar[bool] = True

    def __post_init__(self) -> None:
        not_negative("rate", self.rate)

    def penalty(self, weights: FloatArray) -> float:
        """Return the sum of |w|, without the rate."""
        return float(np.abs(weights).sum())

    def slope(self, weights: FloatArray) -> FloatArray:
        """Return R'(w) for each weight; 0 at 0."""
        return np.sign(weights)


@dataclass(frozen=True)
class L2:
    """Half the sum of squared weights: R(w) = w^2 / 2, R'(w) = w. Makes weights small.

    Args:
        rate: How strongly it pulls; 0 or more.

    Raises:
        ValueError: If `rate` is below 0 or not finite.
    """

    rate: float = 0.0
    prunes: ClassVar[bool] = False

    def __post_init__(self) -> None:
        not_negative("rate", self.rate)

    def penalty(self, weights: FloatArray) -> float:
        """Return the sum of w^2 / 2, without the rate."""
        return float(0.5 * np.square(weights).sum())

    def slope(self, weights: FloatArray) -> FloatArray:
        """Return R'(w) for each weight."""
        return weights


REGULARIZERS: dict[str, type[L1 | L2]] = {"l1": L1, "l2": L2}


def shrink(
    regularizer: Regularizer, params: FloatArray, slope: FloatArray, learning_rate: float
) -> BoolArray | None:
    """Take the penalty's step in place: w2 = w1 - learning_rate * rate * slope.

    Args:
        regularizer: The choice of R and its rate.
        params: The flat vector w1 after the optimizer's step, (n_params,); it becomes w2.
        slope: R' at the weights before the optimizer's step, and 0 for biases, (n_params,).
        learning_rate: The one of this step.

    Returns:
        A mask of the weights that were pushed across zero, (n_params,), or None where nothing is
        pruned: with L2, or where no weight crossed zero.

    Source: TensorFlow Playground, src/nn.ts, updateWeights.
    """
    step = learning_rate * regularizer.rate * slope
    if not regularizer.prunes:
        params -= step
        return None
    before = params.copy()
    params -= step
    crossed: BoolArray = before * params < 0
    return crossed if crossed.any() else None

"""Regularizers: a pull on the weights towards zero.

Large weights make a network that follows every point; a penalty on their size smooths it. The
penalty's slope is applied as a step of its own after the optimizer's step, on weights only, never
on biases. An L1 penalty that would push a weight across zero switches the weight off for good, so
L1 also prunes: what is left shows which links the network needs.
"""

from dataclasses import dataclass

import numpy as np

from nncore.checks import not_negative


@dataclass(frozen=True)
class L1:
    """The sum of absolute weights: R(w) = |w|, R'(w) = sign(w). Makes weights exactly zero.

    rate: how strongly it pulls, 0 or more.
    """

    rate: float = 0.0
    prunes = True

    def __post_init__(self):
        not_negative("rate", self.rate)

    def penalty(self, weights) -> float:
        """Return the sum of |w|, without the rate."""
        return float(np.abs(weights).sum())

    def slope(self, weights) -> np.ndarray:
        """Return R'(w) for each weight; 0 at 0."""
        return np.sign(weights)


@dataclass(frozen=True)
class L2:
    """Half the sum of squared weights: R(w) = w^2 / 2, R'(w) = w. Makes weights small.

    rate: how strongly it pulls, 0 or more.
    """

    rate: float = 0.0
    prunes = False

    def __post_init__(self):
        not_negative("rate", self.rate)

    def penalty(self, weights) -> float:
        """Return the sum of w^2 / 2, without the rate."""
        return float(0.5 * np.square(weights).sum())

    def slope(self, weights) -> np.ndarray:
        """Return R'(w) for each weight."""
        return weights


REGULARIZERS = {"l1": L1, "l2": L2}


def shrink(regularizer, params, slope, learning_rate: float):
    """Take the penalty's step in place; return a mask of the weights it pushed across zero.

    params: the flat vector w1 after the optimizer's step. It becomes
        w2 = w1 - learning_rate * rate * slope,
    slope: R' at the weights before the optimizer's step, and 0 for biases.
    The mask is None where nothing is pruned (L2, or no weight crossed zero).
    Source: TensorFlow Playground, src/nn.ts, updateWeights.
    """
    step = learning_rate * regularizer.rate * slope
    if not regularizer.prunes:
        params -= step
        return None
    before = params.copy()
    params -= step
    crossed = before * params < 0
    return crossed if crossed.any() else None

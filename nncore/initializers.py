"""Where the weights start.

If all started equal, all units of a layer would stay equal; so weights are drawn at random, and
the spread is chosen such that signals neither die out nor blow up from layer to layer. Biases
start at 0, except in the playground's own scheme. Only `rng.random` is asked of the generator,
so NumPy's generators and SeedRandom both serve.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nncore.arrays import FloatArray, RandomSource

TRUNCATED_STD = 0.87962566103423978  # standard deviation of a normal number cut off at +-2


@dataclass(frozen=True)
class Initializer:
    """A named way to draw a layer's first weights.

    Attributes:
        name: How settings and errors call it.
        draw: `draw(rng, n_in, n_out)` returns weights of shape (n_in, n_out).
        bias: The value at which every bias of the layer starts; it is not drawn.
    """

    name: str
    draw: Callable[[RandomSource, int, int], FloatArray]
    bias: float = 0.0


def _zeros(rng: RandomSource, n_in: int, n_out: int) -> FloatArray:
    return np.zeros((n_in, n_out))


def _uniform(rng: RandomSource, n_in: int, n_out: int) -> FloatArray:
    """Draw from U(-0.5, 0.5), unit by unit, then over that unit's inputs, as in the playground."""
    return rng.random((n_out, n_in)).T - 0.5


def _glorot_uniform(rng: RandomSource, n_in: int, n_out: int) -> FloatArray:
    """Draw from U(-limit, limit) with limit = sqrt(6 / (n_in + n_out))."""
    limit = math.sqrt(6 / (n_in + n_out))
    return limit * (2 * rng.random((n_in, n_out)) - 1)


def _he_uniform(rng: RandomSource, n_in: int, n_out: int) -> FloatArray:
    """Draw from U(-limit, limit) with limit = sqrt(6 / n_in)."""
    limit = math.sqrt(6 / max(n_in, 1))
    return limit * (2 * rng.random((n_in, n_out)) - 1)


def _glorot_normal(rng: RandomSource, n_in: int, n_out: int) -> FloatArray:
    """Draw from the truncated normal of standard deviation sqrt(2 / (n_in + n_out))."""
    sigma = math.sqrt(2 / (n_in + n_out))
    return sigma / TRUNCATED_STD * truncated_normal(rng, (n_in, n_out))


def _he_normal(rng: RandomSource, n_in: int, n_out: int) -> FloatArray:
    """Draw from the truncated normal of standard deviation sqrt(2 / n_in)."""
    sigma = math.sqrt(2 / max(n_in, 1))
    return sigma / TRUNCATED_STD * truncated_normal(rng, (n_in, n_out))


def truncated_normal(rng: RandomSource, shape: tuple[int, ...]) -> FloatArray:
    """Return standard normal numbers without those beyond +-2 (their std is TRUNCATED_STD).

    Rejection: throw points (x, h) into the box [-2, 2] x [0, 1] and keep the x of those that fall
    under the bell h < exp(-x^2 / 2), three in five. A kept number is an exact multiple of what
    `rng` gave, so weights are the same on every machine, whatever its logarithm or cosine.
    """
    missing = int(np.prod(shape))
    kept = [np.empty(0)]
    while missing > 0:
        u, h = rng.random((2, missing))
        x = 4 * u - 2
        x = x[h < np.exp(-0.5 * x * x)]
        kept.append(x)
        missing -= x.size
    return np.concatenate(kept).reshape(shape)


_ALL = (
    Initializer("zeros", _zeros),
    # TensorFlow Playground, src/nn.ts: every bias starts at 0.1.
    Initializer("uniform", _uniform, bias=0.1),
    # Glorot, Bengio (2010), Understanding the difficulty of training deep feedforward networks.
    Initializer("glorot_uniform", _glorot_uniform),
    Initializer("glorot_normal", _glorot_normal),
    # He, Zhang, Ren, Sun (2015), Delving deep into rectifiers, arXiv:1502.01852.
    Initializer("he_uniform", _he_uniform),
    Initializer("he_normal", _he_normal),
)
INITIALIZERS = {initializer.name: initializer for initializer in _ALL}

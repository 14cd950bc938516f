"""Keras's activation functions with their slopes, as nncore's Activation objects.

Where Keras and nncore agree, nncore's own is taken. Each function below gives one for its numbers
(a threshold, a slope below zero). Formulas as in keras.activations of Keras 3; arrays have one
row per unit and one column per sample.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache

import numpy as np

from nncore.activation import Activation
from nncore.activations import ACTIVATIONS
from nncore.arrays import Array, FloatArray
from nncore.keras.config import exactly

ERF = np.frompyfunc(math.erf, 1, 1)
SELU_ALPHA, SELU_SCALE = 1.6732632423543772, 1.0507009873554805
Function = Callable[[FloatArray], FloatArray]


def elementwise(name: str, function: Function, slope: Function, formula: str) -> Activation:
    """Return an Activation from f(z) and f'(z), each a function of one array."""

    def into(z: FloatArray, out: FloatArray) -> None:
        out[...] = function(z)

    def backprop(delta: FloatArray, z: FloatArray, a: FloatArray) -> None:
        delta *= slope(z)

    return Activation(name, into, backprop, formula)


def numerical(name: str, function: Callable[[FloatArray], object]) -> Activation:
    """Return an Activation for a reader's own f, applied number by number.

    Its slope is taken by central differences, (f(z + h) - f(z - h)) / 2h with h = 6e-6 max(1, |z|);
    5e-3 max(1, |z|) if f gives no more than float32.
    """

    def given(z: FloatArray) -> Array:
        with exactly():
            return np.asarray(function(z))

    def value(z: FloatArray) -> FloatArray:
        return given(z).astype(np.float64)

    def slope(z: FloatArray) -> FloatArray:
        step = (6e-6 if given(z).dtype.itemsize >= 8 else 5e-3) * np.maximum(1.0, np.abs(z))
        return (value(z + step) - value(z - step)) / (2 * step)

    return elementwise(name, value, slope, "the reader's own")


def _softmax_back(delta: FloatArray, z: FloatArray, a: FloatArray) -> None:
    delta -= (delta * a).sum(axis=0)
    delta *= a


def _softmax() -> Activation:
    core = ACTIVATIONS["softmax"]
    return Activation("softmax", core.function, _softmax_back, core.formula)


def _log_softmax() -> Activation:
    def into(z: FloatArray, out: FloatArray) -> None:
        np.subtract(z, z.max(axis=0), out=out)
        out -= np.log(np.exp(out).sum(axis=0))

    def backprop(delta: FloatArray, z: FloatArray, a: FloatArray) -> None:
        delta -= np.exp(a) * delta.sum(axis=0)

    return Activation("log_softmax", into, backprop, "z - ln(sum over units j of exp(z_j))")


def _sigmoid(z: FloatArray) -> FloatArray:
    out = np.empty_like(z)
    ACTIVATIONS["sigmoid"].function(z, out)
    return out


def relu(
    negative_slope: float = 0.0, max_value: float | None = None, threshold: float = 0.0
) -> Activation:
    """z from `threshold` to `max_value`, negative_slope (z - threshold) below it."""
    if (negative_slope, max_value, threshold) == (0.0, None, 0.0):
        return ACTIVATIONS["relu"]
    most = np.inf if max_value is None else max_value

    def value(z: FloatArray) -> FloatArray:
        above = np.minimum(np.where(z > threshold, z, 0.0), most)
        return above - negative_slope * np.maximum(threshold - z, 0.0)

    def slope(z: FloatArray) -> FloatArray:
        return np.where(z > threshold, z < most, negative_slope * (z < threshold))

    return elementwise("relu", value, slope, "z if z > threshold, else slope (z - threshold)")


def elu(alpha: float = 1.0) -> Activation:
    """z if z > 0, else alpha (exp(z) - 1)."""
    if alpha == 1.0:
        return ACTIVATIONS["elu"]
    return elementwise(
        "elu",
        lambda z: np.where(z > 0, z, alpha * np.expm1(np.minimum(z, 0.0))),
        lambda z: np.where(z > 0, 1.0, alpha * np.exp(np.minimum(z, 0.0))),
        "z if z > 0, else alpha (exp(z) - 1)",
    )


def celu(alpha: float = 1.0) -> Activation:
    """z if z > 0, else alpha (exp(z / alpha) - 1)."""
    return elementwise(
        "celu",
        lambda z: np.maximum(z, 0.0) + alpha * np.expm1(np.minimum(z, 0.0) / alpha),
        lambda z: np.exp(np.minimum(z, 0.0) / alpha),
        "z if z > 0, else alpha (exp(z / alpha) - 1)",
    )


def gelu(approximate: bool = False) -> Activation:
    """z Phi(z), with Phi the share of a normal distribution below z; or its tanh approximation."""
    if approximate:
        return ACTIVATIONS["gelu"]

    def share(z: FloatArray) -> FloatArray:
        erf: FloatArray = np.asarray(ERF(z / math.sqrt(2.0)), dtype=np.float64)
        return 0.5 * (1.0 + erf)

    def slope(z: FloatArray) -> FloatArray:
        return share(z) + z * np.exp(-0.5 * z * z) / math.sqrt(2 * math.pi)

    return elementwise("gelu", lambda z: z * share(z), slope, "z Phi(z)")


def hard_shrink(threshold: float = 0.5) -> Activation:
    """z where |z| > threshold, else 0."""
    return elementwise(
        "hard_shrink",
        lambda z: np.where(np.abs(z) > threshold, z, 0.0),
        lambda z: np.where(np.abs(z) > threshold, 1.0, 0.0),
        "z if |z| > threshold, else 0",
    )


def soft_shrink(threshold: float = 0.5) -> Activation:
    """z moved towards 0 by threshold, 0 where it would cross."""
    return elementwise(
        "soft_shrink",
        lambda z: np.sign(z) * np.maximum(np.abs(z) - threshold, 0.0),
        lambda z: np.where(np.abs(z) > threshold, 1.0, 0.0),
        "sign(z) max(|z| - threshold, 0)",
    )


def threshold(threshold: float, default_value: float) -> Activation:
    """z where z > threshold, else default_value."""
    return elementwise(
        "threshold",
        lambda z: np.where(z > threshold, z, default_value),
        lambda z: np.where(z > threshold, 1.0, 0.0),
        "z if z > threshold, else default_value",
    )


def squareplus(b: float = 4.0) -> Activation:
    """(z + sqrt(z^2 + b)) / 2, a smooth relu."""
    return elementwise(
        "squareplus",
        lambda z: 0.5 * (z + np.sqrt(z * z + b)),
        lambda z: 0.5 * (1.0 + z / np.sqrt(z * z + b)),
        "(z + sqrt(z^2 + b)) / 2",
    )


def _hard_sigmoid(z: FloatArray) -> FloatArray:
    return np.clip(z / 6.0 + 0.5, 0.0, 1.0)


def _hard_sigmoid_slope(z: FloatArray) -> FloatArray:
    return np.where(np.abs(z) < 3.0, 1.0 / 6.0, 0.0)


def _sparse_plus(z: FloatArray) -> FloatArray:
    return np.where(z >= 1.0, z, np.where(z <= -1.0, 0.0, 0.25 * np.square(z + 1.0)))


def _mish_slope(z: FloatArray) -> FloatArray:
    t = np.tanh(np.logaddexp(0.0, z))
    return t + z * (1.0 - t * t) * _sigmoid(z)


def _selu(z: FloatArray) -> FloatArray:
    return SELU_SCALE * np.where(z > 0, z, SELU_ALPHA * np.expm1(np.minimum(z, 0.0)))


def _selu_slope(z: FloatArray) -> FloatArray:
    return SELU_SCALE * np.where(z > 0, 1.0, SELU_ALPHA * np.exp(np.minimum(z, 0.0)))


_FIXED = (
    elementwise("exponential", np.exp, np.exp, "exp(z)"),
    elementwise("selu", _selu, _selu_slope, "1.0507 z if z > 0, else 1.7581 (exp(z) - 1)"),
    elementwise(
        "mish", lambda z: z * np.tanh(np.logaddexp(0.0, z)), _mish_slope, "z tanh(softplus(z))"
    ),
    elementwise("hard_sigmoid", _hard_sigmoid, _hard_sigmoid_slope, "z / 6 + 1/2, within 0 to 1"),
    elementwise(
        "hard_silu",
        lambda z: z * _hard_sigmoid(z),
        lambda z: _hard_sigmoid(z) + z * _hard_sigmoid_slope(z),
        "z hard_sigmoid(z)",
    ),
    elementwise(
        "hard_tanh",
        lambda z: np.clip(z, -1.0, 1.0),
        lambda z: np.where(np.abs(z) < 1.0, 1.0, 0.0),
        "z, within -1 to 1",
    ),
    elementwise(
        "log_sigmoid", lambda z: -np.logaddexp(0.0, -z), lambda z: _sigmoid(-z), "ln(sigmoid(z))"
    ),
    elementwise(
        "softsign",
        lambda z: z / (1.0 + np.abs(z)),
        lambda z: 1.0 / np.square(1.0 + np.abs(z)),
        "z / (1 + |z|)",
    ),
    elementwise(
        "sparse_plus",
        _sparse_plus,
        lambda z: np.clip(0.5 * (z + 1.0), 0.0, 1.0),
        "0 below -1, (z + 1)^2 / 4 between, z above 1",
    ),
    elementwise(
        "sparse_sigmoid",
        lambda z: np.clip(0.5 * (z + 1.0), 0.0, 1.0),
        lambda z: np.where(np.abs(z) < 1.0, 0.5, 0.0),
        "(z + 1) / 2, within 0 to 1",
    ),
    elementwise(
        "tanh_shrink", lambda z: z - np.tanh(z), lambda z: np.square(np.tanh(z)), "z - tanh(z)"
    ),
    _softmax(),
    _log_softmax(),
)
FIXED = {rule.name: rule for rule in _FIXED} | {
    name: ACTIVATIONS[name] for name in ("linear", "silu", "softplus", "sigmoid", "tanh")
}


@lru_cache(maxsize=64)
def relu6() -> Activation:
    """z, within 0 to 6."""
    return relu(max_value=6.0)

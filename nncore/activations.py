"""Activation functions: what a unit does to the weighted sum of its inputs.

Each comes with the one thing that backpropagation asks of it: turn the loss's slope with respect
to the unit's output a into the slope with respect to its sum z, that is, multiply by f'(z). Both
z and a = f(z) are at hand, so each function uses whichever gives the shorter formula. Arrays have
one row per unit and one column per sample; nothing here warns when numbers overflow.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nncore.arrays import ArrayLike, FloatArray

LEAK = 0.01
GELU_SCALE, GELU_CUBE = math.sqrt(2 / math.pi), 0.044715


@dataclass(frozen=True)
class Activation:
    """A named function of the weighted sum, with its derivative.

    name: how settings and errors call it.
    function: `function(z, out)` writes f(z) into `out`, an array that is not z.
    backprop: `backprop(delta, z, a)` multiplies `delta` in place by f'(z), where a = f(z);
    None where the derivative only exists together with a loss (softmax).
    formula: f(z) in plain text.
    """

    name: str
    function: Callable[[FloatArray, FloatArray], object]
    backprop: Callable[[FloatArray, FloatArray, FloatArray], object] | None
    formula: str

    def __call__(self, z: ArrayLike) -> FloatArray:
        """Return f(z) as a new array; z has shape (units, samples), or any for all but softmax."""
        sums = np.asarray(z, dtype=np.float64)
        out = np.empty_like(sums)
        with np.errstate(all="ignore"):
            self.function(sums, out)
        return out


def _linear_back(delta: FloatArray, z: FloatArray, a: FloatArray) -> None:
    pass


def _relu(z: FloatArray, out: FloatArray) -> None:
    np.maximum(z, 0.0, out=out)


def _relu_back(delta: FloatArray, z: FloatArray, a: FloatArray) -> None:
    delta *= np.sign(a)  # 1 where the unit is on, 0 where it is off and at z = 0


def _leaky_relu(z: FloatArray, out: FloatArray) -> None:
    np.multiply(z, LEAK, out=out)
    np.maximum(z, out, out=out)


def _leaky_relu_back(delta: FloatArray, z: FloatArray, a: FloatArray) -> None:
    delta *= np.where(z > 0, 1.0, LEAK)


def _elu(z: FloatArray, out: FloatArray) -> None:
    np.minimum(z, 0.0, out=out)
    np.expm1(out, out=out)
    np.maximum(z, out, out=out)  # z > exp(z) - 1 never holds below 0


def _elu_back(delta: FloatArray, z: FloatArray, a: FloatArray) -> None:
    delta *= np.minimum(a, 0.0) + 1.0  # below 0: exp(z) = a + 1


def _sigmoid(z: FloatArray, out: FloatArray) -> None:
    np.negative(z, out=out)
    np.exp(out, out=out)
    np.add(out, 1.0, out=out)
    np.reciprocal(out, out=out)


def _sigmoid_back(delta: FloatArray, z: FloatArray, a: FloatArray) -> None:
    delta *= a * (1.0 - a)


def _silu(z: FloatArray, out: FloatArray) -> None:
    _sigmoid(z, out)
    np.multiply(z, out, out=out)


def _silu_back(delta: FloatArray, z: FloatArray, a: FloatArray) -> None:
    s = np.empty_like(z)
    _sigmoid(z, s)
    delta *= s + a * (1.0 - s)


def _gelu_tanh(z: FloatArray) -> FloatArray:
    return np.tanh(GELU_SCALE * (z + GELU_CUBE * z * z * z))


def _gelu(z: FloatArray, out: FloatArray) -> None:
    np.multiply(0.5 * z, 1.0 + _gelu_tanh(z), out=out)


def _gelu_back(delta: FloatArray, z: FloatArray, a: FloatArray) -> None:
    t = _gelu_tanh(z)
    inner = GELU_SCALE * (1.0 + 3 * GELU_CUBE * z * z)
    delta *= 0.5 * (1.0 + t) + 0.5 * z * (1.0 - t * t) * inner


def _softplus(z: FloatArray, out: FloatArray) -> None:
    np.logaddexp(0.0, z, out=out)


def _softplus_back(delta: FloatArray, z: FloatArray, a: FloatArray) -> None:
    delta *= -np.expm1(-a)  # the sigmoid of z


def _tanh_back(delta: FloatArray, z: FloatArray, a: FloatArray) -> None:
    delta -= delta * a * a  # times 1 - a^2


def _sin_back(delta: FloatArray, z: FloatArray, a: FloatArray) -> None:
    delta *= np.cos(z)


def _softmax(z: FloatArray, out: FloatArray) -> None:
    np.subtract(z, z.max(axis=0), out=out)  # the same shares, and exp cannot overflow
    np.exp(out, out=out)
    out /= out.sum(axis=0)


_ALL = (
    Activation("linear", np.positive, _linear_back, "z"),
    Activation("relu", _relu, _relu_back, "max(z, 0), with slope 0 at z = 0"),
    # Slope 0.01 below zero as in PyTorch; Keras 3 takes 0.3 (layer) and 0.2 (function).
    Activation("leaky_relu", _leaky_relu, _leaky_relu_back, "z if z > 0, else 0.01 z"),
    # Clevert, Unterthiner, Hochreiter (2016), arXiv:1511.07289, with alpha = 1.
    Activation("elu", _elu, _elu_back, "z if z > 0, else exp(z) - 1"),
    # Elfwing, Uchibe, Doya (2018), arXiv:1702.03118; Ramachandran et al. call it swish.
    Activation("silu", _silu, _silu_back, "z / (1 + exp(-z))"),
    # Hendrycks, Gimpel (2016), arXiv:1606.08415: their tanh approximation, Keras's
    # approximate=True. The exact form needs the error function, which NumPy does not have;
    # the two differ by less than 0.0005.
    Activation("gelu", _gelu, _gelu_back, "z/2 (1 + tanh(sqrt(2/pi) (z + 0.044715 z^3)))"),
    # Glorot, Bordes, Bengio (2011), a smooth relu.
    Activation("softplus", _softplus, _softplus_back, "ln(1 + exp(z))"),
    Activation("sigmoid", _sigmoid, _sigmoid_back, "1 / (1 + exp(-z))"),
    Activation("tanh", np.tanh, _tanh_back, "tanh(z)"),
    Activation("sin", np.sin, _sin_back, "sin(z)"),
    Activation("softmax", _softmax, None, "exp(z_k) / sum over units j of exp(z_j)"),
)
ACTIVATIONS = {activation.name: activation for activation in _ALL}

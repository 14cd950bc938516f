"""Activation functions: what a unit does to the weighted sum of its inputs.

An entry of ACTIVATIONS is all there is to know of an activation: nothing else lists them by name.
What it consists of is said in nncore.activation. Nothing here warns when numbers overflow.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from nncore.activation import Activation
from nncore.arrays import FloatArray

LEAK = 0.01
GELU_SCALE, GELU_CUBE = math.sqrt(2 / math.pi), 0.044715


def _linear_back(delta: FloatArray, z: FloatArray, a: FloatArray) -> None:
    pass


def _linear_compiled(f: Any, z: Any, m: Any) -> tuple[Any, Any]:
    return z, f.number(1.0)


def _relu(z: FloatArray, out: FloatArray) -> None:
    np.maximum(z, 0.0, out=out)


def _relu_back(delta: FloatArray, z: FloatArray, a: FloatArray) -> None:
    delta *= np.sign(a)  # 1 where the unit is on, 0 where it is off and at z = 0


def _relu_compiled(f: Any, z: Any, m: Any) -> tuple[Any, Any]:
    a = f.let(z.maximum(0.0))
    return a, (a > 0.0).where(1.0, f.number(0.0))


def _leaky_relu(z: FloatArray, out: FloatArray) -> None:
    np.multiply(z, LEAK, out=out)
    np.maximum(z, out, out=out)


def _leaky_relu_back(delta: FloatArray, z: FloatArray, a: FloatArray) -> None:
    delta *= np.where(z > 0, 1.0, LEAK)


def _leaky_relu_compiled(f: Any, z: Any, m: Any) -> tuple[Any, Any]:
    return z.maximum(z * LEAK), (z > 0.0).where(1.0, f.number(LEAK))


def _elu(z: FloatArray, out: FloatArray) -> None:
    np.minimum(z, 0.0, out=out)
    np.expm1(out, out=out)
    np.maximum(z, out, out=out)  # z > exp(z) - 1 never holds below 0


def _elu_back(delta: FloatArray, z: FloatArray, a: FloatArray) -> None:
    delta *= np.minimum(a, 0.0) + 1.0  # below 0: exp(z) = a + 1


def _elu_compiled(f: Any, z: Any, m: Any) -> tuple[Any, Any]:
    below = f.let(z.minimum(0.0))
    a = f.let(z.maximum(m.expm1(f, below)))
    return a, a.minimum(0.0) + 1.0


def _sigmoid(z: FloatArray, out: FloatArray) -> None:
    np.negative(z, out=out)
    np.exp(out, out=out)
    np.add(out, 1.0, out=out)
    np.reciprocal(out, out=out)


def _sigmoid_back(delta: FloatArray, z: FloatArray, a: FloatArray) -> None:
    delta *= a * (1.0 - a)


def _sigmoid_compiled(f: Any, z: Any, m: Any) -> tuple[Any, Any]:
    a = f.let(m.sigmoid(f, z))
    return a, a * (1.0 - a)


def _silu(z: FloatArray, out: FloatArray) -> None:
    _sigmoid(z, out)
    np.multiply(z, out, out=out)


def _silu_back(delta: FloatArray, z: FloatArray, a: FloatArray) -> None:
    s = np.empty_like(z)
    _sigmoid(z, s)
    delta *= s + a * (1.0 - s)


def _silu_compiled(f: Any, z: Any, m: Any) -> tuple[Any, Any]:
    s = f.let(m.sigmoid(f, z))
    a = f.let(z * s)
    return a, s + a * (1.0 - s)


def _gelu_tanh(z: FloatArray) -> FloatArray:
    return np.tanh(GELU_SCALE * (z + GELU_CUBE * z * z * z))


def _gelu(z: FloatArray, out: FloatArray) -> None:
    np.multiply(0.5 * z, 1.0 + _gelu_tanh(z), out=out)


def _gelu_back(delta: FloatArray, z: FloatArray, a: FloatArray) -> None:
    t = _gelu_tanh(z)
    inner = GELU_SCALE * (1.0 + 3 * GELU_CUBE * z * z)
    delta *= 0.5 * (1.0 + t) + 0.5 * z * (1.0 - t * t) * inner


def _gelu_compiled(f: Any, z: Any, m: Any) -> tuple[Any, Any]:
    inner = f.let((z + z * GELU_CUBE * z * z) * GELU_SCALE)
    t = f.let(m.tanh(f, inner))
    slope = (z * z * (3 * GELU_CUBE) + 1.0) * GELU_SCALE
    half = f.let(z * 0.5)
    return half * (t + 1.0), (t + 1.0) * 0.5 + half * (1.0 - t * t) * slope


def _softplus(z: FloatArray, out: FloatArray) -> None:
    np.logaddexp(0.0, z, out=out)


def _softplus_back(delta: FloatArray, z: FloatArray, a: FloatArray) -> None:
    delta *= -np.expm1(-a)  # the sigmoid of z


def _softplus_compiled(f: Any, z: Any, m: Any) -> tuple[Any, Any]:
    return m.softplus(f, z), m.sigmoid(f, z)


def _tanh_back(delta: FloatArray, z: FloatArray, a: FloatArray) -> None:
    delta -= delta * a * a  # times 1 - a^2


def _tanh_compiled(f: Any, z: Any, m: Any) -> tuple[Any, Any]:
    a = f.let(m.tanh(f, z))
    return a, 1.0 - a * a


def _sin_back(delta: FloatArray, z: FloatArray, a: FloatArray) -> None:
    delta *= np.cos(z)


def _sin_compiled(f: Any, z: Any, m: Any) -> tuple[Any, Any]:
    sine, cosine = m.sin_cos(f, z)
    return sine, cosine


def _softmax(z: FloatArray, out: FloatArray) -> None:
    np.subtract(z, z.max(axis=0), out=out)  # the same shares, and exp cannot overflow
    np.exp(out, out=out)
    out /= out.sum(axis=0)


_ALL = (
    Activation(
        "linear", np.positive, _linear_back, "z", "1", _linear_compiled,
        title="Linear", numpy="{z}", keras='"linear"', torch="nn.Identity()", sklearn="identity",
    ),
    Activation(
        "relu", _relu, _relu_back, "max(z, 0)", "1 if z > 0 else 0", _relu_compiled,
        title="ReLU", numpy="np.maximum({z}, 0)", keras='"relu"', torch="nn.ReLU()",
        sklearn="relu",
    ),
    # Slope 0.01 below zero as in PyTorch; Keras 3 takes 0.3 (layer) and 0.2 (function).
    Activation(
        "leaky_relu", _leaky_relu, _leaky_relu_back,
        "max(z, 0.01 * z)", "1 if z > 0 else 0.01", _leaky_relu_compiled,
        title="Leaky ReLU", numpy='ACTIVATIONS["leaky_relu"]({z})',
        keras="layers.LeakyReLU(negative_slope=0.01)", torch="nn.LeakyReLU(0.01)",
        sklearn="relu",
    ),
    # Clevert, Unterthiner, Hochreiter (2016), arXiv:1511.07289, with alpha = 1.
    Activation(
        "elu", _elu, _elu_back,
        "z if z > 0 else exp(z) - 1", "1 if z > 0 else a + 1", _elu_compiled,
        title="ELU", numpy='ACTIVATIONS["elu"]({z})',
        keras='"elu"', torch="nn.ELU()", sklearn="relu",
    ),
    # Elfwing, Uchibe, Doya (2018), arXiv:1702.03118; Ramachandran et al. call it swish.
    Activation(
        "silu", _silu, _silu_back,
        "z / (1 + exp(-z))", "s = 1 / (1 + exp(-z)); s + a * (1 - s)", _silu_compiled,
        title="SiLU", numpy='ACTIVATIONS["silu"]({z})', keras='"silu"', torch="nn.SiLU()",
        sklearn="relu",
    ),
    # Hendrycks, Gimpel (2016), arXiv:1606.08415: their tanh approximation, Keras's
    # approximate=True. The exact form needs the error function, which NumPy does not have;
    # the two differ by less than 0.0005.
    Activation(
        "gelu", _gelu, _gelu_back,
        "z / 2 * (1 + tanh(sqrt(2 / pi) * (z + 0.044715 * z**3)))",
        "T = tanh(sqrt(2 / pi) * (z + 0.044715 * z**3)); "
        "1 / 2 * (1 + T) + z / 2 * (1 - T**2) * sqrt(2 / pi) * (1 + 3 * 0.044715 * z**2)",
        _gelu_compiled, title="GELU", numpy='ACTIVATIONS["gelu"]({z})',
        keras="lambda z: keras.activations.gelu(z, approximate=True)",
        torch='nn.GELU(approximate="tanh")', sklearn="relu",
    ),
    # Glorot, Bordes, Bengio (2011), a smooth relu.
    Activation(
        "softplus", _softplus, _softplus_back,
        "ln(1 + exp(z))", "1 / (1 + exp(-z))", _softplus_compiled,
        title="Softplus", numpy="np.logaddexp({z}, 0)", keras='"softplus"', torch="nn.Softplus()",
        sklearn="relu",
    ),
    Activation(
        "sigmoid", _sigmoid, _sigmoid_back, "1 / (1 + exp(-z))", "a * (1 - a)", _sigmoid_compiled,
        title="Sigmoid", numpy="1 / (1 + np.exp(-({z})))", keras='"sigmoid"',
        torch="nn.Sigmoid()", sklearn="logistic",
    ),
    Activation(
        "tanh", np.tanh, _tanh_back, "tanh(z)", "1 - a**2", _tanh_compiled,
        title="Tanh", numpy="np.tanh({z})", keras='"tanh"', torch="nn.Tanh()", sklearn="tanh",
    ),
    Activation(
        "sin", np.sin, _sin_back, "sin(z)", "cos(z)", _sin_compiled,
        title="Sine", numpy="np.sin({z})", keras="keras.ops.sin", torch="torch.sin",
        sklearn="tanh",
    ),
    # For the last layer only.
    Activation(
        "softmax", _softmax, None, "exp(z_k) / sum over units j of exp(z_j)",
        title="Softmax", numpy='ACTIVATIONS["softmax"]({z})', keras='"softmax"',
        torch="nn.Softmax(dim=1)",
    ),
)  # fmt: skip
ACTIVATIONS = {activation.name: activation for activation in _ALL}

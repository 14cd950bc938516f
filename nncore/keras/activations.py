"""keras.activations: functions by name, on arrays whose last axis is the units'.

Each is an object that can be called like a function, and that can say its slope to training. A
function of the reader's own goes as well, if it works number by number: its slope is taken by
differences.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from nncore.activation import Activation
from nncore.checks import one_of
from nncore.keras import activation_rules as rules
from nncore.keras.tensors import Tensor, tensor

ACROSS_UNITS = ("softmax", "log_softmax")


class ActivationFunction:
    """An activation function: call it on an array, with the numbers it takes.

    rule(...) gives the nncore Activation for the same numbers.
    """

    def __init__(self, name: str, rule: Callable[..., Activation]) -> None:
        self.__name__, self.rule = name, rule
        self.__doc__ = rule.__doc__

    def __call__(self, x: Any, *args: Any, **kwargs: Any) -> Tensor:
        return apply(self.rule(*args, **kwargs), x)

    def __repr__(self) -> str:
        return f"<function {self.__name__}>"


def apply(rule: Activation, x: Any, axis: int = -1) -> Tensor:
    """Return f(x); `axis` is the units', for functions that look at all units of a sample."""
    z = np.moveaxis(np.asarray(x, dtype=np.float64), axis, 0) if np.ndim(x) else np.array([x])
    a = rule(z)
    return tensor(np.moveaxis(a, 0, axis) if np.ndim(x) else a[0])


class _AcrossUnits(ActivationFunction):
    """softmax and log_softmax: every output depends on all units of the sample."""

    def __call__(self, x: Any, axis: int = -1) -> Tensor:
        if np.ndim(x) == 0:
            raise ValueError(f"{self.__name__} needs at least one axis. Received: x={x!r}")
        return apply(self.rule(), x, axis)


def _fixed(name: str) -> ActivationFunction:
    rule = rules.FIXED[name]
    kind = _AcrossUnits if name in ACROSS_UNITS else ActivationFunction

    def make() -> Activation:
        return rule

    make.__doc__ = rule.formula
    return kind(name, make)


def _leaky(negative_slope: float = 0.2) -> Activation:
    """z if z > 0, else negative_slope z."""
    return rules.relu(negative_slope)


relu = ActivationFunction("relu", rules.relu)
relu6 = ActivationFunction("relu6", rules.relu6)
leaky_relu = ActivationFunction("leaky_relu", _leaky)
elu = ActivationFunction("elu", rules.elu)
celu = ActivationFunction("celu", rules.celu)
gelu = ActivationFunction("gelu", rules.gelu)
hard_shrink = ActivationFunction("hard_shrink", rules.hard_shrink)
soft_shrink = ActivationFunction("soft_shrink", rules.soft_shrink)
threshold = ActivationFunction("threshold", rules.threshold)
squareplus = ActivationFunction("squareplus", rules.squareplus)
linear, exponential, sigmoid, tanh = map(_fixed, ("linear", "exponential", "sigmoid", "tanh"))
selu, mish, silu = map(_fixed, ("selu", "mish", "silu"))
softplus, softsign, tanh_shrink = map(_fixed, ("softplus", "softsign", "tanh_shrink"))
hard_sigmoid, hard_silu, hard_tanh = map(_fixed, ("hard_sigmoid", "hard_silu", "hard_tanh"))
log_sigmoid, sparse_plus = _fixed("log_sigmoid"), _fixed("sparse_plus")
sparse_sigmoid = _fixed("sparse_sigmoid")
softmax, log_softmax = _fixed("softmax"), _fixed("log_softmax")
swish, hard_swish = silu, hard_silu


def glu(x: Any, axis: int = -1) -> Tensor:
    """Return the first half of the units times the sigmoid of the second half."""
    first, second = np.split(np.asarray(x, dtype=np.float64), 2, axis=axis)
    return tensor(first * np.asarray(apply(rules.FIXED["sigmoid"], second), dtype=np.float64))


_NAMES = (
    *("celu", "elu", "exponential", "gelu", "glu", "hard_shrink", "hard_sigmoid", "hard_silu"),
    *("hard_swish", "hard_tanh", "leaky_relu", "linear", "log_sigmoid", "log_softmax", "mish"),
    *("relu", "relu6", "selu", "sigmoid", "silu", "softmax", "soft_shrink", "softplus"),
    *("softsign", "sparse_plus", "sparse_sigmoid", "squareplus", "swish", "tanh"),
    *("tanh_shrink", "threshold"),
)
FUNCTIONS: dict[str, Callable[..., Any]] = {name: globals()[name] for name in _NAMES}


def get(identifier: Any) -> Callable[..., Any]:
    """Return the function of a name, of None (linear) or of a function (itself)."""
    if identifier is None:
        return linear
    if callable(identifier):
        return identifier
    return FUNCTIONS[one_of("activation", identifier, FUNCTIONS)]


def serialize(activation: Any) -> str:
    """Return the function's name."""
    return str(getattr(activation, "__name__", type(activation).__name__))


deserialize = get


def rule_of(function: Any) -> Activation:
    """Return the nncore Activation of what `get` returned, or of a layer such as LeakyReLU()."""
    rule = getattr(function, "rule", None)
    if callable(rule):
        found: Activation = rule()
        return found
    if function is glu:
        raise ValueError("the activation glu halves the units; it cannot be that of a layer here")
    return rules.numerical(serialize(function), function)

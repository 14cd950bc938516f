"""keras.ops: functions of arrays, for losses, metrics and activations of the reader's own.

They are NumPy's, and those of keras.activations and keras.losses, under the names that Keras 3
gives them. What needs Keras's own tensors (loops, slopes, images, ...) says that it is not here.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from nncore.activation import Activation
from nncore.activations import ACTIVATIONS
from nncore.arrays import Array
from nncore.keras import activations, losses
from nncore.keras.activation_rules import ERF
from nncore.keras.activations import ActivationFunction
from nncore.keras.missing import ADVICE
from nncore.keras.tensors import Tensor, tensor
from nncore.keras.utils import to_categorical

_NUMPY = (
    *("abs", "absolute", "add", "all", "any", "arange", "arccos", "arcsin", "arctan", "arctan2"),
    *("argmax", "argmin", "argsort", "array", "average", "broadcast_to", "ceil", "clip"),
    *("concatenate", "copy", "cos", "cosh", "count_nonzero", "cumprod", "cumsum", "diag", "diff"),
    *("divide", "dot", "einsum", "equal", "exp", "expand_dims", "expm1", "eye", "flip", "floor"),
    *("floor_divide", "full", "full_like", "greater", "greater_equal", "hstack", "identity"),
    *("isclose", "isfinite", "isinf", "isnan", "less", "less_equal", "linspace", "log", "log10"),
    *("log1p", "log2", "logaddexp", "logical_and", "logical_not", "logical_or", "matmul", "max"),
    *("maximum", "mean", "median", "min", "minimum", "mod", "multiply", "nan_to_num", "ndim"),
    *("negative", "not_equal", "ones", "ones_like", "outer", "pad", "power", "prod", "quantile"),
    *("ravel", "reciprocal", "repeat", "reshape", "roll", "round", "sign", "sinh", "size", "sort"),
    *("split", "sqrt", "square", "squeeze", "stack", "std", "subtract", "sum", "swapaxes", "take"),
    *("tan", "tile", "trace", "transpose", "tril", "triu", "true_divide", "unique", "var"),
    *("vstack", "where", "zeros", "zeros_like"),
)  # fmt: skip
_LOSSES = ("binary_crossentropy", "categorical_crossentropy", "sparse_categorical_crossentropy")
_FOUND: dict[str, Any] = {
    **{name: getattr(np, name) for name in _NUMPY},
    **activations.FUNCTIONS,
    "norm": np.linalg.norm,
}


def _sin() -> Activation:
    """sin(z)."""
    return ACTIVATIONS["sin"]


sin = ActivationFunction("sin", _sin)


def cast(x: Any, dtype: Any) -> Tensor:
    """Return x in another type."""
    return tensor(x, np.dtype(dtype).name)


def convert_to_tensor(x: Any, dtype: Any = None) -> Tensor:
    """Return x as an array."""
    return tensor(x, None if dtype is None else np.dtype(dtype).name)


def convert_to_numpy(x: Any) -> Array:
    """Return x as a plain NumPy array."""
    return np.array(x)


def erf(x: Any) -> Tensor:
    """Return the error function of each number."""
    return tensor(np.asarray(ERF(np.asarray(x, dtype=np.float64)), dtype=np.float64))


def logsumexp(x: Any, axis: Any = None, keepdims: bool = False) -> Any:
    """Return log(sum(exp(x))) without overflow."""
    top = np.max(x, axis=axis, keepdims=True)
    found = np.log(np.sum(np.exp(x - top), axis=axis, keepdims=True)) + top
    return found if keepdims else np.squeeze(found, axis=axis)


def one_hot(x: Any, num_classes: int) -> Tensor:
    """Return class numbers as one-hot rows."""
    return tensor(to_categorical(x, num_classes))


def rsqrt(x: Any) -> Any:
    """Return 1 / sqrt(x)."""
    return 1.0 / np.sqrt(x)


def shape(x: Any) -> tuple[Any, ...]:
    """Return the shape of an array or a symbol."""
    return tuple(x.shape) if hasattr(x, "shape") else np.shape(x)


def __getattr__(name: str) -> Any:
    if name in _FOUND:
        return _FOUND[name]
    if name in _LOSSES:
        return losses.FUNCTIONS[name]
    if name.startswith("__"):
        raise AttributeError(f"module 'keras.ops' has no attribute {name!r}")
    what = f"keras.ops.{name} is not among the functions of arrays that are here"
    raise ModuleNotFoundError(f"{what}; {ADVICE}", name=f"keras.ops.{name}")


def __dir__() -> list[str]:
    return sorted([*globals(), *_FOUND, *_LOSSES])

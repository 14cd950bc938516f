"""keras.backend, as courses use it: `function` above all, and a few functions of arrays.

function([model.layers[0].input], [model.layers[2].output]) computes what a layer gives. The
arithmetic (mean, square, exp, ...) is NumPy's, for losses and metrics of the reader's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from nncore.arrays import Array
from nncore.keras.arrays import as_rows, numbers
from nncore.keras.config import (
    backend,
    clear_session,
    epsilon,
    floatx,
    image_data_format,
    set_epsilon,
    set_floatx,
)
from nncore.keras.missing import module_getattr, raise_missing
from nncore.keras.models.program import Program
from nncore.keras.tensors import KerasTensor, tensor
from nncore.keras.variables import Variable

__all__ = [
    "abs",
    "argmax",
    "backend",
    "cast",
    "clear_session",
    "clip",
    "concatenate",
    "constant",
    "count_params",
    "dot",
    "epsilon",
    "equal",
    "eval",
    "exp",
    "expand_dims",
    "flatten",
    "floatx",
    "function",
    "get_value",
    "greater",
    "image_data_format",
    "int_shape",
    "learning_phase",
    "less",
    "log",
    "max",
    "maximum",
    "mean",
    "min",
    "minimum",
    "ndim",
    "not_equal",
    "ones_like",
    "pow",
    "prod",
    "reshape",
    "round",
    "set_epsilon",
    "set_floatx",
    "set_learning_phase",
    "set_value",
    "shape",
    "sign",
    "sqrt",
    "square",
    "std",
    "sum",
    "var",
    "variable",
    "zeros_like",
]


class _LearningPhase:
    """The symbol for "is this training?" among the inputs of a function."""

    def __repr__(self) -> str:
        return "<learning phase>"


_PHASE = _LearningPhase()


def learning_phase() -> Any:
    """Return the symbol that function() takes beside the input: 1 for training, 0 else."""
    return _PHASE


def set_learning_phase(value: int) -> None:
    """Nothing follows from it here: layers train in fit, and only there."""


class Function:
    """A callable from input values to output values, made by `function`."""

    def __init__(self, inputs: Sequence[Any], outputs: Sequence[KerasTensor], one: bool) -> None:
        symbols = [each for each in inputs if each is not _PHASE]
        if len(symbols) != 1 or not isinstance(symbols[0], KerasTensor):
            raise ValueError(
                "function() takes the symbol of one layer's input, such as model.layers[0].input,"
                f" and learning_phase() if need be. Received: inputs={list(inputs)}"
            )
        for each in outputs:
            if not isinstance(each, KerasTensor):
                raise ValueError(
                    "function() gives symbols such as model.layers[2].output."
                    f" Received: outputs={list(outputs)}"
                )
        self.inputs, self.outputs, self._one = list(inputs), list(outputs), one
        self.program = Program(symbols[0], outputs)

    def __call__(self, *values: Any) -> Any:
        given = (
            list(values[0])
            if len(values) == 1 and isinstance(values[0], (list, tuple))
            else (list(values))
        )
        if len(given) != len(self.inputs):
            raise ValueError(
                f"this function takes a list of {len(self.inputs)} values, one per input."
                f" Received: {len(given)}"
            )
        training = False
        for symbol, value in zip(self.inputs, given, strict=True):
            if symbol is _PHASE:
                training = bool(value)
            else:
                rows = _like(symbol, value)
        with np.errstate(all="ignore"):
            columns = self.program.forward(rows.reshape(len(rows), -1).T, training)
        found = [
            as_rows(each, symbol.shape).numpy()
            for each, symbol in zip(columns, self.outputs, strict=True)
        ]
        return found[0] if self._one else found


def _like(symbol: KerasTensor, value: Any) -> Array:
    """Return the value as rows that the symbol stands for."""
    rows = numbers("the function's input", value)
    if rows.shape[1:] != tuple(symbol.shape[1:]):
        raise ValueError(
            f"the function's input must have the shape {tuple(symbol.shape)}."
            f" Received: an array of shape {rows.shape}"
        )
    return rows


def function(inputs: Any, outputs: Any, updates: Any = None, **kwargs: Any) -> Function:
    """Return a function from a layer's inputs to layers' outputs.

    Args:
        inputs: [model.layers[0].input], and learning_phase() if wanted.
        outputs: A symbol, or a list of them. The function takes a list of arrays and returns a
            list, or one array for one symbol.
    """
    if updates:
        raise_missing("updates change variables of Keras's graph, and there is no graph here")
    one = not isinstance(outputs, (list, tuple))
    ins = inputs if isinstance(inputs, (list, tuple)) else [inputs]
    return Function(ins, [outputs] if one else outputs, one)


def get_value(x: Any) -> Any:
    """Return the value of a variable: a number, or a copy of its array."""
    if not isinstance(x, Variable):
        return np.asarray(x)
    return float(x) if x.shape == () else x.numpy()


def set_value(x: Any, value: Any) -> None:
    """Overwrite a variable, such as model.optimizer.learning_rate."""
    if not isinstance(x, Variable):
        raise ValueError(f"set_value takes a variable. Received: {x!r}")
    x.assign(value)


def eval(x: Any) -> Any:
    """Return the value of a variable or an array."""
    return get_value(x)


def variable(value: Any, dtype: Any = None, name: str = "variable") -> Variable:
    """Return a variable with this value."""
    return Variable(np.array(value, dtype=np.float64), name, "backend")


def constant(value: Any, dtype: Any = None, shape: Any = None, name: Any = None) -> Any:
    """Return an array of this value."""
    array = np.asarray(value)
    return tensor(array if shape is None else np.broadcast_to(array, shape), dtype)


def cast(x: Any, dtype: Any) -> Any:
    """Return x in another type."""
    return tensor(x, np.dtype(dtype).name)


def int_shape(x: Any) -> tuple[Any, ...]:
    """Return the shape as a tuple."""
    return tuple(x.shape) if hasattr(x, "shape") else np.shape(x)


def count_params(x: Any) -> int:
    """Return the number of numbers in a variable."""
    return int(np.size(x.array if isinstance(x, Variable) else x))


shape, ndim = np.shape, np.ndim
mean, sum, prod, max, min, std, var = np.mean, np.sum, np.prod, np.max, np.min, np.std, np.var
abs, square, sqrt, exp, log, sign = np.abs, np.square, np.sqrt, np.exp, np.log, np.sign
maximum, minimum, clip, round, argmax, pow = (
    *(np.maximum, np.minimum, np.clip, np.round, np.argmax, np.power),
)
equal, not_equal, greater, less = np.equal, np.not_equal, np.greater, np.less
dot, reshape, flatten, concatenate = np.dot, np.reshape, np.ravel, np.concatenate
expand_dims, zeros_like, ones_like = np.expand_dims, np.zeros_like, np.ones_like

_MISSING = (
    *("gradients", "placeholder", "rnn", "conv1d", "conv2d", "pool2d", "random_normal"),
    *("get_session", "set_session", "name_scope", "switch", "stop_gradient", "in_train_phase"),
)
__getattr__ = module_getattr(
    "keras.backend", {name: f"keras.backend.{name} works on Keras's graph" for name in _MISSING}
)

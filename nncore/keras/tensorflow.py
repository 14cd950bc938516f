"""The little of TensorFlow that stands around Keras in a course's notebook.

Versions, seeds, arrays under the name of tensors, and silence about graphics cards. All else of
TensorFlow says that it is not here.
"""

from __future__ import annotations

from functools import wraps
from types import ModuleType
from typing import Any

import numpy as np

from nncore.keras import activations, config
from nncore.keras.missing import ADVICE, module_getattr
from nncore.keras.tensors import Tensor, tensor
from nncore.keras.variables import Variable

VERSION = "2.20.0+nncore"  # a TensorFlow of the time of keras.saving.VERSION
_MISSING: dict[str, str] = {
    name: f"tf.{name} belongs to TensorFlow's own programming, below Keras"
    for name in (
        *("GradientTape", "function", "Module", "Graph", "Session", "InteractiveSession"),
        *("placeholder", "linalg", "global_variables_initializer"),
    )
}
_PARTS = {
    name: f"tf.{name} belongs to TensorFlow's own programming, below Keras"
    for name in ("train", "io", "image", "strings", "lite", "distribute", "saved_model", "signal")
} | {"data": "tensorflow.data makes streams of batches"}


def _module(name: str, text: str, **members: Any) -> ModuleType:
    made = ModuleType(name, text)
    known = module_getattr(name, _MISSING, _PARTS)

    def getter(asked: str) -> Any:
        try:
            return known(asked)
        except AttributeError:
            if asked.startswith("__"):
                raise
        what = f"{name.replace('tensorflow', 'tf')}.{asked} is not among what is here of TensorFlow"
        raise AttributeError(f"{what}; {ADVICE}")

    vars(made).update(members, __nncore__=True, __getattr__=getter)
    vars(made)["__path__"] = []
    return made


def constant(value: Any, dtype: Any = None, shape: Any = None, name: Any = None) -> Tensor:
    """Return an array of this value."""
    array = np.asarray(value)
    return tensor(array if shape is None else np.broadcast_to(array, shape), _name(dtype))


def convert_to_tensor(value: Any, dtype: Any = None, **_: Any) -> Tensor:
    """Return `value` as an array."""
    return tensor(np.asarray(value), _name(dtype))


def cast(x: Any, dtype: Any) -> Tensor:
    """Return x in another type."""
    return tensor(np.asarray(x), _name(dtype))


def variable(initial_value: Any, name: str = "Variable", **_: Any) -> Variable:
    """Return a variable with this value."""
    return Variable(np.array(initial_value, dtype=np.float64), name, "tf")


def zeros(shape: Any, dtype: Any = "float32") -> Tensor:
    """Return zeros."""
    return tensor(np.zeros(shape), _name(dtype))


def ones(shape: Any, dtype: Any = "float32") -> Tensor:
    """Return ones."""
    return tensor(np.ones(shape), _name(dtype))


def normal(shape: Any, mean: float = 0.0, stddev: float = 1.0, seed: int | None = None) -> Tensor:
    """Return random numbers of N(mean, stddev^2)."""
    return tensor(config.generator(seed).normal(mean, stddev, np.asarray(shape, dtype=int)))


def uniform(
    shape: Any, minval: float = 0.0, maxval: float = 1.0, seed: int | None = None
) -> Tensor:
    """Return random numbers between minval and maxval."""
    return tensor(config.generator(seed).uniform(minval, maxval, np.asarray(shape, dtype=int)))


def printed(*values: Any, **_: Any) -> None:
    """Print values, as tf.print does."""
    print(*values)  # noqa: T201


def _eager(function: Any) -> Any:
    """Return the function with what it gives as a Tensor, which answers to `.numpy()`."""

    @wraps(function)
    def found(*args: Any, **kwargs: Any) -> Any:
        value = function(*args, **kwargs)
        of_numbers = isinstance(value, np.generic | np.ndarray)
        return np.asarray(value).view(Tensor) if of_numbers else value

    return found


def _name(dtype: Any) -> str | None:
    return None if dtype is None else np.dtype(dtype).name


def no_devices(kind: str | None = None) -> list[str]:
    """Return the devices of a kind: none."""
    return []


def nothing(*args: Any, **kwargs: Any) -> None:
    """Do nothing: there is no graph, no session, no log to set."""


class Logger:
    """What tf.get_logger() gives; it has nothing to log."""

    setLevel = staticmethod(nothing)


_NUMPY = {
    name: _eager(getattr(np, name))
    for name in (
        "abs", "exp", "maximum", "minimum", "reshape", "shape", "sign", "sqrt", "square",
        "squeeze", "tanh", "transpose", "zeros_like", "ones_like", "equal", "not_equal",
        "expand_dims", "where", "stack", "matmul", "add", "subtract", "multiply", "divide",
        "argmax", "argmin", "round", "greater", "less", "cos", "sin", "floor", "eye",
    )
}  # fmt: skip
_NUMPY |= {"concat": _eager(np.concatenate), "pow": _eager(np.power), "range": _eager(np.arange)}
_NUMPY |= {"zeros": zeros, "ones": ones, "sigmoid": activations.sigmoid, "print": printed}
_NUMPY |= {"identity": _eager(np.asarray), "clip_by_value": _eager(np.clip)}
_REDUCE = {
    f"reduce_{name}": _eager(getattr(np, name))
    for name in ("mean", "sum", "max", "min", "prod", "any", "all")
} | {"reduce_std": _eager(np.std), "reduce_variance": _eager(np.var)}  # fmt: skip
_SHORT = ("initializers", "losses", "metrics", "optimizers")  # tf.optimizers is Keras's, too
_TYPES = {
    name: getattr(np, name)
    for name in ("float16", "float32", "float64", "int8", "int16", "int32", "int64", "uint8")
} | {"bool": np.bool_, "string": np.str_}


def modules(keras: ModuleType) -> dict[str, ModuleType]:
    """Return the modules that `import tensorflow` and its kin give, by their names."""
    seed = {"set_seed": config.set_seed, "set_random_seed": config.set_seed}
    random = _module("tensorflow.random", "Seeds.", normal=normal, uniform=uniform, **seed)
    nn = _module("tensorflow.nn", "Activations.", **activations.FUNCTIONS)
    math_ = _module("tensorflow.math", "Functions of arrays.", log=np.log, **_NUMPY, **_REDUCE)
    log = _module(
        "tensorflow.logging", "Nothing is logged.", set_verbosity=nothing, ERROR=40, INFO=20
    )
    settings = dict(set_visible_devices=nothing, list_logical_devices=no_devices)
    experimental = _module(
        "tensorflow.config.experimental",
        "There is no graphics card.",
        list_physical_devices=no_devices,
        set_memory_growth=nothing,
    )
    devices = _module(
        "tensorflow.config",
        "There is no graphics card.",
        list_physical_devices=no_devices,
        experimental=experimental,
        run_functions_eagerly=nothing,
        **settings,
    )
    test = _module(
        "tensorflow.test",
        "There is no graphics card.",
        is_gpu_available=lambda *args, **kwargs: False,
        is_built_with_cuda=lambda: False,
        gpu_device_name=lambda: "",
    )
    common: dict[str, Any] = dict(
        __version__=VERSION,
        keras=keras,
        random=random,
        nn=nn,
        math=math_,
        config=devices,
        test=test,
        logging=log,
        set_random_seed=config.set_seed,
        **{name: getattr(keras, name) for name in _SHORT},
        executing_eagerly=lambda: True,
        get_logger=Logger,
        constant=constant,
        convert_to_tensor=convert_to_tensor,
        cast=cast,
        Variable=variable,
        Tensor=Tensor,
        reset_default_graph=config.clear_session,
        disable_eager_execution=nothing,
        enable_eager_execution=nothing,
        disable_v2_behavior=nothing,
        **_NUMPY,
        **_REDUCE,
        **_TYPES,
    )
    version = _module("tensorflow.version", "The version.", VERSION=VERSION)
    v1 = _module("tensorflow.compat.v1", "Names of TensorFlow 1.", **common)
    compat = _module("tensorflow.compat", "Names of other versions.", v1=v1)
    whole = _module("tensorflow", __doc__ or "", **common, compat=compat, version=version)
    parts = {
        each.__name__: each
        for each in (whole, random, nn, math_, devices, experimental, test, log, version)
    }
    python = _module("tensorflow.python", "An old place.", keras=keras)
    old = {each.__name__: each for each in (compat, v1, python)}
    return parts | old

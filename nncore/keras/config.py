"""What holds for all models: the type of shown numbers, epsilon, names, random numbers, engine.

Everything is computed in float64. `floatx` only says in which type weights and predictions are
handed out, float32 as in Keras. `engine` is what runs compiled training (nncore.kernel): natively
wasmtime where it is installed, in a page whatever the page gives to `set_engine`.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

import numpy as np

from nncore.arrays import Array
from nncore.checks import not_negative, one_of, whole_number
from nncore.kernel.engine import Engine
from nncore.kernel.plan import Unsupported

FLOATS = ("float16", "float32", "float64")
LARGEST_SEED = 2**32 - 1


class _State:
    """The module's only state."""

    floatx = "float32"
    exact = False
    epsilon = 1e-7
    names: ClassVar[Counter[str]] = Counter()
    generator: np.random.Generator | None = None
    engine: Engine | str | None = "auto"


def floatx() -> str:
    """Return the type of the numbers that are handed out: "float32" unless it was changed."""
    return "float64" if _State.exact else _State.floatx


def set_floatx(value: str) -> None:
    """Set the type of the numbers that are handed out: "float16", "float32" or "float64"."""
    _State.floatx = one_of("floatx", value, FLOATS)


@contextmanager
def exactly() -> Iterator[None]:
    """Hand out float64 meanwhile: slopes by differences need all digits of a reader's function."""
    before, _State.exact = _State.exact, True
    try:
        yield
    finally:
        _State.exact = before


def type_of_numbers(dtype: str) -> str:
    """Return in which type numbers are handed out that are asked for in `dtype`."""
    return "float64" if _State.exact and dtype in FLOATS else dtype


def epsilon() -> float:
    """Return the small number that keeps logarithms and quotients finite: 1e-7."""
    return _State.epsilon


def set_epsilon(value: float) -> None:
    """Set the number that `epsilon` returns."""
    _State.epsilon = not_negative("epsilon", value)


def shown(array: Array) -> Array:
    """Return a copy of `array` in the type of `floatx`."""
    with np.errstate(over="ignore"):
        return np.array(array, dtype=floatx())


def snake_case(name: str) -> str:
    """Return a class's name as Keras writes it in the names of layers: "max_norm" for "MaxNorm"."""
    name = re.sub(r"(.)([A-Z][a-z0-9]+)", r"\1_\2", re.sub(r"\W+", "", name))
    return re.sub(r"([a-z])([A-Z])", r"\1_\2", name).lower()


def unique_name(kind: str) -> str:
    """Return "dense", then "dense_1", "dense_2", ... for the kind "Dense"."""
    prefix = snake_case(kind)
    number = _State.names[prefix]
    _State.names[prefix] += 1
    return f"{prefix}_{number}" if number else prefix


def clear_session() -> None:
    """Let names begin anew: the next Dense layer is called "dense" again."""
    _State.names.clear()


def set_seed(seed: int) -> None:
    """Let all random numbers that are drawn here from now on follow from `seed`."""
    _State.generator = np.random.default_rng(whole_number("seed", seed, 0, LARGEST_SEED))


def set_random_seed(seed: int) -> None:
    """Seed Python's random numbers, NumPy's and those of this package, as keras.utils does."""
    set_seed(seed)
    random.seed(seed)
    np.random.seed(seed)  # noqa: NPY002 (the stream that it seeds is the reader's own)


def generator(seed: int | None = None) -> np.random.Generator:
    """Return the source of random numbers: a new one for a `seed`, else the common one.

    Without set_seed it follows from NumPy's own stream, so np.random.seed(7) makes runs equal, as
    in Keras 2.
    """
    if seed is not None:
        return np.random.default_rng(whole_number("seed", seed, 0))
    if _State.generator is not None:
        return _State.generator
    return np.random.default_rng(np.random.randint(0, 2**31, size=4))  # noqa: NPY002


def set_engine(engine: Engine | None) -> None:
    """Let `engine` run what can be compiled; None leaves all to NumPy."""
    _State.engine = engine


def engine() -> Engine | None:
    """Return the engine in use, or None: NumPy does the work."""
    if _State.engine == "auto":
        _State.engine = _native_engine()
    found: Any = _State.engine
    return found


def _native_engine() -> Engine | None:
    if sys.platform == "emscripten":
        return None
    try:
        from nncore.kernel.native import WasmtimeEngine

        return WasmtimeEngine()
    except Unsupported:
        return None


def backend() -> str:
    """Return the name of what computes: "numpy"."""
    return "numpy"


def image_data_format() -> str:
    """Return "channels_last", the order of Keras and of all that is here."""
    return "channels_last"

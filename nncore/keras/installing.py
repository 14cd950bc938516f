"""install(): `import keras` and `import tensorflow` mean this package from then on.

A course's notebook then runs as it is written. Modules that Keras and TensorFlow have and that
are not here raise at their import, in one sentence.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

from nncore.keras.missing import ADVICE, PARTS_OF_KERAS

PACKAGE = "nncore.keras"
PARTS = (
    *("activations", "backend", "callbacks", "config", "constraints", "initializers", "layers"),
    *("losses", "metrics", "models", "ops", "optimizers", "optimizers.schedules", "regularizers"),
    *("saving", "utils", "wrappers", "wrappers.scikit_learn"),
)
# Where older courses look for the same names.
OLD_PLACES = {
    "layers.core": "layers",
    "layers.normalization": "layers",
    "layers.advanced_activations": "layers",
    "layers.noise": "layers",
    "engine": "models",
    "engine.training": "models",
    "optimizers.legacy": "optimizers",
    "utils.np_utils": "utils",
    "utils.vis_utils": "utils",
    "utils.generic_utils": "utils",
}


KNOWN = PARTS_OF_KERAS | {"data": "tensorflow.data makes streams of batches"}


class _Finder:
    """Says for a module of Keras or TensorFlow that it is not here."""

    @staticmethod
    def find_spec(name: str, path: Sequence[str] | None = None, target: Any = None) -> None:
        """Raise ModuleNotFoundError for what install() has not made; else say nothing."""
        first, _, rest = name.partition(".")
        if first in ("keras", "tensorflow") and rest and getattr(
            sys.modules.get(first), "__nncore__", False
        ):  # fmt: skip
            word = next((KNOWN[part] for part in rest.split(".") if part in KNOWN), None)
            what = word or f"{name} is a module that is not here"
            raise ModuleNotFoundError(f"{what}; {ADVICE}", name=name)


def install(force: bool = False) -> None:
    """Let `keras`, `tensorflow.keras` and `tensorflow` be this package in this process.

    Where the real ones are imported already, RuntimeError, unless `force` is true.
    """
    from nncore.keras import tensorflow

    for name in ("keras", "tensorflow"):
        there = sys.modules.get(name)
        if there is not None and not getattr(there, "__nncore__", False) and not force:
            raise RuntimeError(f"{name} is imported already, from {there.__file__}; begin anew, or"
                               " call install(force=True)")  # fmt: skip
    package = importlib.import_module(PACKAGE)
    vars(package)["__nncore__"] = True
    for name in [name for name in sys.modules if name.partition(".")[0] in ("keras", "tensorflow")]:
        del sys.modules[name]
    roots = ("keras", "tensorflow.keras", "tensorflow.python.keras", "tensorflow.compat.v1.keras")
    for root in roots:
        sys.modules[root] = package
        for part in PARTS:
            sys.modules[f"{root}.{part}"] = importlib.import_module(f"{PACKAGE}.{part}")
        for old, part in OLD_PLACES.items():
            sys.modules[f"{root}.{old}"] = importlib.import_module(f"{PACKAGE}.{part}")
    for old, part in OLD_PLACES.items():
        above, _, last = f"{PACKAGE}.{old}".rpartition(".")
        if above in sys.modules and not hasattr(sys.modules[above], last):
            setattr(sys.modules[above], last, importlib.import_module(f"{PACKAGE}.{part}"))
    for name, module in tensorflow.modules(package).items():
        sys.modules[name] = module
    if not any(isinstance(each, _Finder) for each in sys.meta_path):
        sys.meta_path.insert(0, _Finder())
    for name in ("keras", "tensorflow"):
        _give_spec(sys.modules[name], name)


def _give_spec(module: ModuleType, name: str) -> None:
    """Let importlib.util.find_spec(name) find it, as who looks for Keras does."""
    if module.__spec__ is None:
        module.__spec__ = ModuleSpec(name, None)

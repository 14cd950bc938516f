"""keras.ops: the one operation that networks use as an activation under its name there.

All others work on Keras's own tensors; asking for one raises and says so.
"""

from typing import Any

from nncore.activation import Activation
from nncore.activations import ACTIVATIONS
from nncore.keras.activations import ActivationFunction
from nncore.keras.missing import ADVICE

__all__ = ["sin"]


def _sin() -> Activation:
    """sin(z)."""
    return ACTIVATIONS["sin"]


sin = ActivationFunction("sin", _sin)


def __getattr__(name: str) -> Any:
    if name.startswith("__"):
        raise AttributeError(f"module 'keras.ops' has no attribute {name!r}")
    what = "keras.ops works on Keras's own tensors"
    raise ModuleNotFoundError(f"{what}; {ADVICE}", name=f"keras.ops.{name}")

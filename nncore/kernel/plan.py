"""What can be compiled, and where its numbers stand in memory.

A Plan says what is fixed in a module's code: shapes, activations, loss, kind of optimizer. What
the compiler does not know (an optimizer of your own, say) is Unsupported, and left to NumPy.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from nncore.activations import ACTIVATIONS
from nncore.kernel.products import WORD, Blocks
from nncore.kernel.steps import SLOPES, State
from nncore.losses import LOSSES
from nncore.model import Sequential
from nncore.optimizer import Optimizer
from nncore.optimizers import OPTIMIZERS
from nncore.regularizers import REGULARIZERS, Regularizer

CHUNK = 32  # samples that are in the workspace at a time; larger batches come in several chunks


class Unsupported(Exception):
    """The kernel cannot do this here; the text says why, in words for a reader."""


@dataclass(frozen=True)
class Plan:
    """What a module is compiled for.

    Attributes:
        model: A Sequential.
        loss: A name.
        lanes: 2 with SIMD, 1 without.
        optimizer: A name, or None for a module that does not train.
        regularizer: "l1", "l2" or None.
    """

    model: Sequential
    loss: str
    lanes: int
    optimizer: str | None = None
    regularizer: str | None = None
    tanh_table: int = 0

    @cached_property
    def state(self) -> State:
        """Where the vectors stand in memory."""
        return State(self.model.n_params, self.optimizer)

    @cached_property
    def blocks(self) -> Blocks:
        """Where a chunk's numbers stand in the workspace."""
        return Blocks(self.model, self.lanes, trains=self.optimizer is not None)

    @property
    def n_words(self) -> int:
        """Length of the memory that the module works in: the vectors, then the workspace."""
        return self.state.workspace + CHUNK // self.lanes * self.blocks.size // WORD


def plan_for(
    model: Sequential,
    loss: str,
    lanes: int,
    optimizer: Optimizer | None = None,
    regularizer: Regularizer | None = None,
    tanh_table: int = 0,
) -> Plan:
    """Return the Plan for these objects; Unsupported for one of a kind that is not compiled."""
    for layer in model.layers:
        known = ACTIVATIONS.get(layer.activation)
        if known is None or not (known.compiled or known.name == "softmax"):
            raise Unsupported(f"the activation {layer.activation!r} is not compiled")
    if loss not in LOSSES or not LOSSES[loss].compiled:
        raise Unsupported(f"the loss {loss!r} is not compiled")
    rule = _name(optimizer, {kind: kind.name for kind in OPTIMIZERS.values() if kind.compiled})
    slope = _name(regularizer, {REGULARIZERS[name]: name for name in SLOPES})
    return Plan(model, loss, lanes, rule, slope, tanh_table)


def _name(choice: object, names: Mapping[Any, str]) -> str | None:
    """The name of an object's class; a subclass is another class."""
    if choice is not None and type(choice) not in names:
        raise Unsupported(f"{type(choice).__name__} is not compiled")
    return names.get(type(choice))

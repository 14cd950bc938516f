"""A model's way from its input to its outputs, as operations in an order that can be run.

Layers take one input each, so the ways to the outputs form a tree. Going back, the slopes of an
output and of the layers behind it are added up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from nncore.arrays import FloatArray
from nncore.keras.layers.base import Gradients, Layer
from nncore.keras.operations import Activate, Operation, Penalise
from nncore.keras.tensors import KerasTensor


@dataclass
class _Node:
    """The operations that make one symbol of the one at place `parent`."""

    operations: list[Operation]
    parent: int
    children: int = 0
    values: FloatArray = field(default_factory=lambda: np.empty(0))
    delta: FloatArray | None = None


def scratch(layer: Layer) -> FloatArray:
    """Return room for a layer's slopes, where nobody asks for them."""
    return np.empty(layer.storage.size)


class Program:
    """Passes from the symbol `inputs` to the symbols `outputs`.

    Args:
        gradients: Where a layer's slopes go.

    Raises:
        ValueError: For an output that is not made from the input.
    """

    def __init__(
        self,
        inputs: KerasTensor,
        outputs: Sequence[KerasTensor],
        gradients: Gradients = scratch,
    ) -> None:
        places = {id(inputs): 0}
        self.nodes = [_Node([], -1)]
        for output in outputs:
            way: list[KerasTensor] = []
            for symbol in output.ancestors():
                if id(symbol) in places:
                    break
                way.append(symbol)
            else:
                raise ValueError(
                    f"Graph disconnected: the output {output!r} is not made from {inputs!r}."
                )
            for symbol in reversed(way):
                before = symbol.parent
                if before is None:
                    raise ValueError(f"Graph disconnected at {symbol!r}.")
                parent = places[id(before)]
                operations = symbol.layer.operations(before.shape, gradients)
                places[id(symbol)] = len(self.nodes)
                self.nodes[parent].children += 1
                self.nodes.append(_Node(operations, parent))
        self.outputs = [places[id(output)] for output in outputs]
        self.kept: dict[str, object] = {}  # what was derived from it and stays true
        self._say_who_wants_slopes()
        everything = [each for node in self.nodes for each in node.operations]
        self.penalties = [each for each in everything if isinstance(each, Penalise)]

    def _say_who_wants_slopes(self) -> None:
        learns = [False] * len(self.nodes)
        for place, node in enumerate(self.nodes):
            so_far = node.parent >= 0 and learns[node.parent]
            for operation in node.operations:
                operation.wants_slope = so_far
                so_far = so_far or operation.learns
            learns[place] = so_far

    @property
    def chain(self) -> list[Operation] | None:
        """All operations one after another, if there is one output and one way to it."""
        if len(self.outputs) != 1 or self.outputs[0] != len(self.nodes) - 1:
            return None
        return [each for node in self.nodes for each in node.operations]

    def forward(self, x: FloatArray, training: bool = False) -> list[FloatArray]:
        """Return each output, (units, n), for inputs (numbers per sample, n)."""
        self.nodes[0].values = x
        for node in self.nodes[1:]:
            values = self.nodes[node.parent].values
            for operation in node.operations:
                values = operation.forward(values, training)
            node.values = values
        return [self.nodes[place].values for place in self.outputs]

    def last_activation(self, output: int) -> str | None:
        """Return the name of the function that makes output number `output`, if nothing follows.

        A loss that is fused with it can then give the slope with respect to the sums.
        """
        node = self.nodes[self.outputs[output]]
        last = node.operations[-1] if node.operations else None
        alone = node.children == 0 and self.outputs.count(self.outputs[output]) == 1
        return last.rule.name if alone and isinstance(last, Activate) else None

    def backward(self, deltas: Sequence[FloatArray | None], at_sums: Sequence[bool]) -> None:
        """Let every layer write its slopes, given those of the outputs (None: no loss there).

        Args:
            at_sums: For each output, whether its slope is the one before the last activation.
        """
        for node in self.nodes:
            node.delta = None
        skipped = set()
        for place, delta, before_activation in zip(self.outputs, deltas, at_sums, strict=True):
            if delta is not None:
                self._add(place, delta)
                if before_activation:
                    skipped.add(place)
        for place in range(len(self.nodes) - 1, 0, -1):
            node = self.nodes[place]
            if node.delta is None:
                continue
            delta = node.delta
            operations = node.operations[:-1] if place in skipped else node.operations
            for operation in reversed(operations):
                delta = operation.backward(delta)
                if not operation.wants_slope:
                    break
            else:
                self._add(node.parent, delta)

    def _add(self, place: int, delta: FloatArray) -> None:
        node = self.nodes[place]
        node.delta = delta if node.delta is None else node.delta + delta

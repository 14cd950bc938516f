"""Forward and backward passes over preallocated memory: the only place where they are written.

Inside, one column is one sample. A layer's outputs are then the rows of one solid block of
memory, and a last row of ones turns "weights times inputs plus bias" into a single product with
the layer's (n_in + 1, n_out) block of parameters. Going back, delta is the loss's slope with
respect to a layer's sums z; the block's gradient is inputs times delta, and weights times delta
is what the layer before receives. The very same passes serve training, prediction and display.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from nncore.activations import ACTIVATIONS
from nncore.arrays import FloatArray
from nncore.layers import Dense
from nncore.losses import Loss


class Network(Protocol):
    """What is asked of the model: widths, layers, and its vectors cut into the layers' blocks."""

    @property
    def n_inputs(self) -> int:
        """Number of input columns."""

    @property
    def layers(self) -> Sequence[Dense]:
        """The layers, from the first hidden one to the output."""

    def blocks(self, params: FloatArray) -> list[FloatArray]:
        """Return each layer's (n_in + 1, n_out) view of `params`."""


@dataclass
class _LayerViews:
    """One layer's memory; a and z have shape (units, n_rows)."""

    z: FloatArray
    a: FloatArray
    a_and_ones: FloatArray
    delta: FloatArray
    delta_rows: FloatArray


class Workspace:
    """Buffers for passing `n_rows` samples through `model`, forward and back.

    Give one to Sequential.forward and friends to reuse memory from call to call; what they return
    are then views into it, overwritten by the next call. One workspace serves one thread.

    Args:
        model: The network.
        n_rows: Number of samples, which are columns in here.
    """

    def __init__(self, model: Network, n_rows: int) -> None:
        self.model = model
        self.n_rows = n_rows
        self.x_and_ones = _with_ones(model.n_inputs, n_rows)
        self.layers = []
        for layer in model.layers:
            a_and_ones = _with_ones(layer.units, n_rows)
            z, delta = buffer((layer.units, n_rows)), buffer((layer.units, n_rows))
            views = _LayerViews(z, a_and_ones[:-1], a_and_ones, delta, delta.T)
            self.layers.append(views)
        self._params: FloatArray | None = None
        self._gradient: FloatArray | None = None

    def load(self, X: FloatArray) -> FloatArray:
        """Copy rows in, and return them as columns above a row of ones.

        Args:
            X: The samples, (n_rows, n_inputs).

        Returns:
            A view of the workspace, (n_inputs + 1, n_rows).
        """
        self.x_and_ones[:-1] = X.T
        return self.x_and_ones

    def bind(self, params: FloatArray, gradient: FloatArray | None = None) -> None:
        """Let the passes read one vector and write another from now on.

        Both stay live: the passes follow every change that is made to them in place.

        Args:
            params: The parameters, (n_params,).
            gradient: Where `backward` writes, (n_params,); None for forward passes alone.
        """
        if params is self._params and gradient is self._gradient:
            return
        self._params, self._gradient = params, gradient
        blocks = self.model.blocks(params)
        functions = [ACTIVATIONS[layer.activation] for layer in self.model.layers]
        # Only softmax has no slope of its own, and it stands last, with the loss it is fused with.
        slopes: list[Any] = [function.backprop for function in functions]
        self._forward = [
            (block.T, views.z, views.a, views.a_and_ones, activation.function)
            for block, views, activation in zip(blocks, self.layers, functions, strict=True)
        ]
        if gradient is None:
            return
        slots = self.model.blocks(gradient)
        self._backward = [
            (slots[k], blocks[k][:-1], self.layers[k - 1], slopes[k - 1])
            for k in range(len(blocks) - 1, 0, -1)
        ]
        self._first_slot, self._first_weights = slots[0], blocks[0][:-1]
        self._output_backprop = slopes[-1]

    def forward(self, x_and_ones: FloatArray) -> FloatArray:
        """Fill every layer's z and a from the inputs.

        Args:
            x_and_ones: The samples as columns above a row of ones, (n_inputs + 1, n_rows).

        Returns:
            The last layer's a, (n_outputs, n_rows).
        """
        inputs = x_and_ones
        for block_t, z, a, a_and_ones, function in self._forward:
            np.matmul(block_t, inputs, z)
            function(z, a)
            inputs = a_and_ones
        return a

    def backward(self, x_and_ones: FloatArray, targets: FloatArray, loss: Loss) -> None:
        """Write the loss's gradient with respect to the parameters into the bound vector.

        Args:
            x_and_ones: What `forward` was just called with, (n_inputs + 1, n_rows).
            targets: The targets as columns, (n_outputs, n_rows).
            loss: The loss.
        """
        views = self.layers[-1]
        delta = views.delta
        loss.gradient(views.a, targets, delta)
        if loss.activation is None:
            self._output_backprop(delta, views.z, views.a)
        self.descend(x_and_ones)

    def descend(
        self,
        x_and_ones: FloatArray,
        from_sums: FloatArray | None = None,
        to_inputs: FloatArray | None = None,
    ) -> None:
        """Write the gradient that follows from the slope with respect to the last layer's sums.

        Args:
            x_and_ones: What `forward` was just called with, (n_inputs + 1, n_rows).
            from_sums: That slope, (n_outputs, n_rows); None takes what stands in the last layer's
                delta.
            to_inputs: An array for the slope with respect to the inputs, (n_inputs, n_rows), where
                layers of another kind come before.
        """
        views = self.layers[-1]
        delta = views.delta
        if from_sums is not None:
            delta[...] = from_sums
        for slot, weights, before, backprop in self._backward:
            np.matmul(before.a_and_ones, views.delta_rows, slot)
            np.matmul(weights, delta, before.delta)
            views, delta = before, before.delta
            backprop(delta, views.z, views.a)
        np.matmul(x_and_ones, views.delta_rows, self._first_slot)
        if to_inputs is not None:
            np.matmul(self._first_weights, delta, to_inputs)


def buffer(shape: int | tuple[int, ...]) -> FloatArray:
    """Return uninitialised float64 memory, for all that training works in."""
    return np.empty(shape)


def _with_ones(n_rows: int, n_columns: int) -> FloatArray:
    """Return a buffer of n_rows rows and one more, all ones, that never changes."""
    block = buffer((n_rows + 1, n_columns))
    block[-1] = 1.0
    return block

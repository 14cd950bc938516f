"""What layers do to numbers: forward, and the slope's way back. One column is one sample.

A layer hands out its operations; a model's Program strings them together. Weighted sums are
nncore's own passes (a Workspace of one linear layer), and so is every activation that nncore has.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from nncore.activation import Activation
from nncore.arrays import FloatArray
from nncore.keras.config import generator
from nncore.layers import Dense as CoreDense
from nncore.model import Sequential as CoreSequential
from nncore.workspace import Workspace

MOST_WORKSPACES = 4


class Operation:
    """One step of a pass. `backward` belongs to the last `forward`.

    Attributes:
        wants_slope: Whether somebody before it needs the slope with respect to its inputs.
        learns: Whether it has parameters.
    """

    wants_slope = True
    learns = False

    def forward(self, x: FloatArray, training: bool) -> FloatArray:
        """Return the outputs, (n_out, n), for inputs (n_in, n)."""
        raise NotImplementedError

    def backward(self, delta: FloatArray) -> FloatArray:
        """Return the slope with respect to the inputs, given that of the outputs.

        The slope with respect to the parameters is written to where the operation was told to.
        """
        raise NotImplementedError


class WeightedSums(Operation):
    """z = W^T x + b, by the passes of nncore.workspace.

    Args:
        layer: Whose `storage` holds the (n_in + 1, units) block of weights and biases.
        gradient: A vector of the same length.
    """

    learns = True

    def __init__(self, layer: Any, n_inputs: int, units: int, gradient: FloatArray) -> None:
        self.layer, self.gradient = layer, gradient
        self.core = CoreSequential([CoreDense(units)], n_inputs)
        self.workspaces: dict[int, Workspace] = {}

    def forward(self, x: FloatArray, training: bool) -> FloatArray:
        n_rows = x.shape[1]
        workspace = self.workspaces.get(n_rows)
        if workspace is None:
            if len(self.workspaces) >= MOST_WORKSPACES:
                self.workspaces.clear()
            workspace = self.workspaces[n_rows] = Workspace(self.core, n_rows)
        workspace.bind(self.layer.storage, self.gradient)
        self.current = workspace
        return workspace.forward(workspace.load(x.T))

    def backward(self, delta: FloatArray) -> FloatArray:
        workspace = self.current
        before = np.empty((self.core.n_inputs, workspace.n_rows)) if self.wants_slope else None
        workspace.descend(workspace.x_and_ones, delta, before)
        if not self.layer.use_bias:
            self.gradient[-self.core.n_outputs :] = 0.0
        return delta if before is None else before


class Activate(Operation):
    """a = f(z)."""

    def __init__(self, rule: Activation) -> None:
        self.rule = rule

    def forward(self, x: FloatArray, training: bool) -> FloatArray:
        self.z, self.a = x, np.empty_like(x)
        self.rule.function(x, self.a)
        return self.a

    def backward(self, delta: FloatArray) -> FloatArray:
        delta = delta.copy()
        if self.rule.backprop is not None:
            self.rule.backprop(delta, self.z, self.a)
        return delta


class Drop(Operation):
    """In training, each number is set to 0 with probability `rate`, the others made larger.

    Args:
        seed: None draws from the common stream.

    Source: Srivastava et al. (2014), JMLR 15.
    """

    def __init__(self, rate: float, seed: int | None = None) -> None:
        self.rate = rate
        self.rng = None if seed is None else generator(seed)

    def forward(self, x: FloatArray, training: bool) -> FloatArray:
        self.factors = self.draw(x.shape) if training and self.rate > 0 else None
        return x if self.factors is None else x * self.factors

    def draw(self, shape: tuple[int, ...]) -> FloatArray:
        """Return the factors of one pass."""
        if self.rate >= 1:
            return np.zeros(shape)
        rng = self.rng or generator()
        return (rng.random(shape) >= self.rate) / (1.0 - self.rate)

    def backward(self, delta: FloatArray) -> FloatArray:
        return delta if self.factors is None else delta * self.factors


class DropGaussian(Drop):
    """In training, each number is multiplied by one of N(1, rate / (1 - rate))."""

    def draw(self, shape: tuple[int, ...]) -> FloatArray:
        rng = self.rng or generator()
        return rng.normal(1.0, np.sqrt(self.rate / (1.0 - self.rate)), shape)


class Noise(Operation):
    """In training, a number of N(0, stddev^2) is added to each."""

    def __init__(self, stddev: float, seed: int | None = None) -> None:
        self.stddev = stddev
        self.rng = None if seed is None else generator(seed)

    def forward(self, x: FloatArray, training: bool) -> FloatArray:
        rng = self.rng or generator()
        return x + rng.normal(0.0, self.stddev, x.shape) if training else x

    def backward(self, delta: FloatArray) -> FloatArray:
        return delta


class Scale(Operation):
    """x factor + shift, with one number for all or one per row."""

    def __init__(self, layer: Any) -> None:
        self.layer = layer

    def forward(self, x: FloatArray, training: bool) -> FloatArray:
        self.factor, shift = self.layer.factor_and_shift(len(x))
        return x * self.factor + shift

    def backward(self, delta: FloatArray) -> FloatArray:
        return delta * self.factor


class Penalise(Operation):
    """The identity, for a layer whose outputs are to be small: (sum of penalties) / n is loss.

    Attributes:
        value: That part of the loss in the last pass.
    """

    def __init__(self, regularizer: Any) -> None:
        self.regularizer, self.value = regularizer, 0.0

    def forward(self, x: FloatArray, training: bool) -> FloatArray:
        self.outputs, n_rows = x, x.shape[1]
        self.value = float(self.regularizer(x)) / n_rows
        return x

    def backward(self, delta: FloatArray) -> FloatArray:
        return delta + self.regularizer.slope(self.outputs) / self.outputs.shape[1]


class Normalise(Operation):
    """Batch normalization: (x - mean) / sqrt(variance + epsilon), then gamma and beta.

    In training by the batch's own mean and variance, with which the layer's running ones are
    brought along; else by the running ones. Source: Ioffe, Szegedy (2015), arXiv:1502.03167.
    """

    learns = True

    def __init__(self, layer: Any, gradient: FloatArray) -> None:
        self.layer, self.gradient = layer, gradient

    def forward(self, x: FloatArray, training: bool) -> FloatArray:
        layer = self.layer
        self.by_batch = training and layer.trainable
        if self.by_batch:
            mean, variance = x.mean(axis=1), x.var(axis=1)
            layer.bring_along(mean, variance)
        else:
            mean, variance = layer.moving_mean.array, layer.moving_variance.array
        self.scale = 1.0 / np.sqrt(variance + layer.epsilon)[:, None]
        self.normal = (x - mean[:, None]) * self.scale
        gamma, beta = layer.gamma_and_beta()
        return self.normal * gamma + beta

    def backward(self, delta: FloatArray) -> FloatArray:
        gamma, _ = self.layer.gamma_and_beta()
        slopes = [(delta * self.normal).sum(axis=1)] * self.layer.scale
        slopes += [delta.sum(axis=1)] * self.layer.center
        if slopes:
            self.gradient[:] = np.concatenate(slopes)
        delta = delta * gamma
        if self.by_batch:
            along = (delta * self.normal).mean(axis=1, keepdims=True)
            delta = delta - delta.mean(axis=1, keepdims=True) - self.normal * along
        return delta * self.scale
